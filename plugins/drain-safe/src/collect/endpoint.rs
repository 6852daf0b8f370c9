//! The host by which the API server is reached.

/// Returns the host of a URL; none where there is none.
pub fn host(url: &str) -> Option<String> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = match authority.strip_prefix('[') {
        Some(address) => address.split(']').next().unwrap_or_default(),
        None => authority.rsplit_once(':').map_or(authority, |(host, _)| host),
    };
    (!host.is_empty()).then(|| host.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::host;

    #[test]
    fn hosts_of_urls() {
        for (url, expected) in [
            ("https://10.0.0.1:6443", Some("10.0.0.1")),
            ("https://API.example.com/k8s/clusters/c1", Some("api.example.com")),
            ("https://[fd00::1]:6443/", Some("fd00::1")),
            ("", None),
        ] {
            assert_eq!(host(url).as_deref(), expected, "{url}");
        }
    }
}
