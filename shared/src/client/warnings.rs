//! What the server says beside its answer: `Warning` headers (RFC 7234, code 299).

use http::{HeaderMap, header::WARNING};

/// The texts of an answer's warnings, each once.
///
/// The API server sends one a header, as `299 - "text"` with quotes and backslashes escaped (`ParseWarningHeaders`
/// in apimachinery's `pkg/util/net/http.go`).
pub(crate) fn of(headers: &HeaderMap) -> Vec<String> {
    let mut texts = Vec::new();
    for value in headers.get_all(WARNING) {
        let text = value.to_str().ok().and_then(text_of);
        if let Some(text) = text.filter(|text| !texts.contains(text)) {
            texts.push(text);
        }
    }
    texts
}

fn text_of(header: &str) -> Option<String> {
    let rest = header.strip_prefix("299 ")?;
    let (_, quoted) = rest.split_once(' ')?;
    let mut characters = quoted.trim_start().strip_prefix('"')?.chars();
    let mut text = String::new();
    loop {
        match characters.next()? {
            '"' => return Some(text),
            '\\' => text.push(characters.next()?),
            character => text.push(character),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_each_warning_once() {
        let mut headers = HeaderMap::new();
        for value in [
            r#"299 - "unknown field \"spec.x\"""#,
            r#"299 - "unknown field \"spec.x\"""#,
            r#"299 - "metadata.finalizers: prefer a domain-qualified name""#,
            r#"199 - "not for us""#,
            r#"299 - "never ends"#,
        ] {
            headers.append(WARNING, value.parse().unwrap());
        }
        assert_eq!(
            of(&headers),
            ["unknown field \"spec.x\"", "metadata.finalizers: prefer a domain-qualified name"]
        );
    }
}
