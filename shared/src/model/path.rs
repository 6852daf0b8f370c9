//! Segments of the API's paths.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// Everything but the unreserved characters of RFC 3986.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Encodes a name for a segment of a path, or a value for a parameter of a query.
///
/// Names come from command lines, so a `?` in one must not lead to another object. Names with a `/` are encoded, too,
/// and refused by the client before they are sent: API servers decode a path before they take it apart.
pub fn path_segment(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// Returns what keeps a name from being one in a path, in client-go's words (`IsValidPathSegmentName` in
/// apimachinery's `pkg/api/validation/path`); no object can have such a name.
pub fn misfit_of_path(name: &str) -> Option<&'static str> {
    match name {
        "." => Some("may not be '.'"),
        ".." => Some("may not be '..'"),
        name if name.contains('/') => Some("may not contain '/'"),
        name if name.contains('%') => Some("may not contain '%'"),
        _ => None,
    }
}

/// Returns the first segment of an encoded path that no object can have as a name, decoded, and why.
pub(crate) fn misfit_segment(path: &str) -> Option<(String, &'static str)> {
    path.split('/').find_map(|segment| {
        let name = percent_decode_str(segment).decode_utf8_lossy();
        misfit_of_path(&name).map(|misfit| (name.into_owned(), misfit))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_segment_never_ends_early() {
        assert_eq!(path_segment("web-0.a_b~c"), "web-0.a_b~c");
        assert_eq!(path_segment("a?b#c d&e=f+g"), "a%3Fb%23c%20d%26e%3Df%2Bg");
        assert_eq!(path_segment("a/../b"), "a%2F..%2Fb");
        assert_eq!(path_segment("%2e"), "%252e");
        assert_eq!(path_segment("é"), "%C3%A9");
    }

    #[test]
    fn what_client_go_refuses_is_found() {
        for (name, why) in [
            ("..", "may not be '..'"),
            (".", "may not be '.'"),
            ("a/../b", "may not contain '/'"),
            ("%2e%2e", "may not contain '%'"),
        ] {
            let path = format!("/api/v1/namespaces/{}/pods", path_segment(name));
            assert_eq!(misfit_segment(&path), Some((name.to_owned(), why)));
        }
        assert_eq!(misfit_segment("/api/v1/namespaces/a%3Fb/pods/c..d"), None);
        assert_eq!(misfit_segment("/"), None);
    }
}
