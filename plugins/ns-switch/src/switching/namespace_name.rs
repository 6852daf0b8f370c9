//! What can be a namespace's name.

use shared::{Error, Result};

/// Refuses what no namespace can be called: a name is a DNS label of RFC 1123, at most 63 characters long
/// (`ValidateNamespaceName` in `pkg/apis/core/validation/validation.go`). kubectl writes anything into the kubeconfig.
///
/// # Errors
/// A usage error that says what is allowed.
pub fn check_name(name: &str) -> Result<()> {
    let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let valid = matches!(name.len(), 1..=63)
        && name.bytes().all(inner)
        && !name.starts_with('-')
        && !name.ends_with('-');
    if valid {
        return Ok(());
    }
    Err(Error::usage(format!("no namespace can be called \"{name}\"")).with_hint(
        "names are lower-case letters, digits and '-', begin and end with a letter or digit, and have at most 63 characters",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_labels_are_names() {
        for name in ["a", "0", "kube-system", "no", "on", "007", "1e3", &"x".repeat(63)] {
            assert!(check_name(name).is_ok(), "{name}");
        }
        for name in
            ["", "-", "-a", "a-", "A", "a_b", "a.b", "a/b", "../x", "a b", "ü", "a\n", &"x".repeat(64)]
        {
            assert!(check_name(name).is_err(), "{name}");
        }
    }
}
