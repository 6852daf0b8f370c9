//! How to reach a server: its address, the proxy in between, and whom to trust.

use http::Uri;
use x509_parser::pem::Pem;

use super::Target;
use crate::{
    Error, Result,
    client::{environment::Environment, proxy::ProxyEnvironment, transport::Trust},
    kubeconfig::Cluster,
};

/// Returns the server's address; without a scheme it is `http://` (`DefaultServerURL` in client-go's
/// `rest/url_utils.go`).
pub(super) fn server_of(cluster: &Cluster) -> Result<Uri> {
    let text = cluster.server.as_deref().unwrap_or_default();
    let text = text.split(['?', '#']).next().unwrap_or_default();
    match text.parse::<Uri>() {
        Ok(uri) if uri.scheme().is_some() && uri.host().is_some() => Ok(uri),
        _ => format!("http://{text}").parse().map_err(|_| {
            Error::kubeconfig(format!("host must be a URL or a host:port pair: {text:?}"))
                .with_hint("correct `server` of the cluster in the kubeconfig, or give --server")
        }),
    }
}

/// Returns the proxy on the way to `server`: the kubeconfig's own, else the environment's.
pub(super) fn proxy_of(target: &Target, server: &Uri, environment: &Environment) -> Result<Option<Uri>> {
    let proxy = match target.cluster.proxy_url.as_deref().filter(|url| !url.is_empty()) {
        Some(url) => {
            let refuse = |why: &str| {
                // The URL may hold a password, so it is not repeated.
                Error::kubeconfig(format!("invalid 'proxy-url' for cluster {:?}: {why}", target.cluster_name))
            };
            let uri: Uri = url.parse().map_err(|_| refuse("it is not a URL"))?;
            match uri.scheme_str() {
                Some("http" | "https" | "socks5") => Some(uri),
                scheme => {
                    let scheme = scheme.unwrap_or_default();
                    return Err(refuse(&format!(
                        "unsupported scheme {scheme:?}, must be http, https, or socks5"
                    )));
                }
            }
        }
        None => ProxyEnvironment::of(environment).proxy_for(server).map_err(Error::new)?,
    };
    Ok(proxy.map(resolving_remotely))
}

/// Rewrites `socks5h`, to Go another word for `socks5`; hyper knows only the latter.
fn resolving_remotely(proxy: Uri) -> Uri {
    match proxy.to_string().strip_prefix("socks5h://").map(|rest| format!("socks5://{rest}").parse()) {
        Some(Ok(same)) => same,
        _ => proxy,
    }
}

/// Adds the port to a server's address: without one a tunnel would be made to 443, for `http` too.
pub(super) fn with_port_for_tunnel(server: &Uri, tunnel: bool) -> Uri {
    let (Some("http"), None, true, Some(authority)) =
        (server.scheme_str(), server.port(), tunnel, server.authority())
    else {
        return server.clone();
    };
    format!("http://{authority}:80{}", server.path()).parse().unwrap_or_else(|_| server.clone())
}

/// Returns whom to trust as the server: the given authorities, anybody, or those of the operating system.
pub(super) fn trust(cluster: &Cluster, authority: Option<&[u8]>) -> Result<Trust> {
    let Some(pem) = authority else {
        return Ok(if cluster.insecure_skip_tls_verify { Trust::Anybody } else { Trust::System });
    };
    if cluster.insecure_skip_tls_verify {
        return Err(Error::kubeconfig(
            "specifying a root certificates file with the insecure flag is not allowed",
        ));
    }
    let certificates = authorities(pem);
    if certificates.is_empty() {
        return Err(Error::kubeconfig(
            "unable to load root certificates: unable to parse bytes as PEM block",
        )
        .with_hint(
            "certificate-authority-data is the base64 of a PEM file, certificate-authority the path of one",
        ));
    }
    Ok(Trust::Authorities(certificates))
}

/// Returns the certificates of a PEM text, in DER.
pub(in crate::client) fn authorities(pem: &[u8]) -> Vec<Vec<u8>> {
    Pem::iter_from_buffer(pem)
        .filter_map(Result::ok)
        .filter(|pem| pem.label == "CERTIFICATE")
        .map(|pem| pem.contents)
        .collect()
}
