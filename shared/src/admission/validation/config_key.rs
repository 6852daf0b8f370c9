//! Which keys of ConfigMaps and Secrets the API server calls invalid (`IsConfigMapKey` in apimachinery).

const KEY: &str = "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

/// Returns why a text is not such a key.
pub(super) fn config_key_errors(key: &str) -> Vec<&'static str> {
    let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    let start = match key {
        "." => Some("must not be '.'"),
        ".." => Some("must not be '..'"),
        _ => key.starts_with("..").then_some("must not start with '..'"),
    };
    let reasons = [
        (key.len() > 253).then_some("must be no more than 253 characters"),
        (key.is_empty() || !key.bytes().all(is_inner)).then_some(KEY),
        start,
    ];
    reasons.into_iter().flatten().collect()
}
