//! Validation of namespace names.

use shared::{Error, Result};

/// Refuses invalid names: a name is a DNS label of RFC 1123, at most 63 characters long
/// (`ValidateNamespaceName` in `pkg/apis/core/validation/validation.go`). kubectl writes any text into the kubeconfig.
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
    Err(Error::usage(format!("\"{name}\" is not a valid namespace name")).with_hint(
        "names are at most 63 lower-case letters, digits and '-', and begin and end with a letter or digit",
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
