//! What a transport is built from: data only, read from flags, kubeconfig and environment.

use http::{HeaderMap, Uri};
use secrecy::SecretString;

/// How to reach one server.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// The server's base address; its path is put before the path of each request.
    pub server: Uri,
    /// The proxy in between: `http`, `https` or `socks5`, perhaps with `USER:PASSWORD@`.
    pub proxy: Option<Uri>,
    /// Sent with each request: who asks (`User-Agent`) and on whose behalf (`Impersonate-…`).
    pub headers: HeaderMap,
    /// Whether answers may be compressed.
    pub compression: bool,
    /// Whom to believe that it is the server.
    pub trust: Trust,
    /// The name to expect in the server's certificate instead of the one in its address.
    pub server_name: Option<String>,
    /// The certificate we show.
    pub identity: Option<ClientCertificate>,
}

/// Whom to believe that it is the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Trust {
    /// The authorities that the operating system trusts.
    System,
    /// These authorities, certificates in DER, and nobody else.
    Authorities(Vec<Vec<u8>>),
    /// Whoever answers (`insecure-skip-tls-verify`).
    Anybody,
}

/// A client certificate and its key, both PEM.
#[derive(Clone, Debug)]
pub(crate) struct ClientCertificate {
    /// The certificate, perhaps followed by its chain.
    pub certificate: Vec<u8>,
    /// The private key.
    pub key: SecretString,
}
