//! Which names of ports the API server calls invalid (`IsValidPortName` in apimachinery).

use super::plain;

/// Returns the complaints about the name of a port.
pub(super) fn port_name_complaints(name: &str, path: &str) -> Vec<String> {
    let is_inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let reasons = [
        (name.len() > 15, "must be no more than 15 characters"),
        (
            !name.bytes().all(is_inner) || name.is_empty(),
            "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)",
        ),
        (!name.bytes().any(|byte| byte.is_ascii_lowercase()), "must contain at least one letter (a-z)"),
        (name.contains("--"), "must not contain consecutive hyphens"),
        (name.starts_with('-') || name.ends_with('-'), "must not begin or end with a hyphen"),
    ];
    let reasons = reasons.into_iter().filter(|(is_wrong, _)| *is_wrong);
    reasons.map(|(_, why)| format!("{path}: Invalid value: {}: {why}", plain(name))).collect()
}
