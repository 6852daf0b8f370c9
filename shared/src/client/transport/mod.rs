//! Carries requests to one server: connections, TLS, proxies, compression.
//!
//! kube would build the same from its `Config`, together with authentication of its own: it runs credential plugins
//! up to three times and spends an OIDC refresh token without saving the new one. So only the parts beneath are
//! used here, hyper's client and rustls, and authentication stands in [`super::service`].

mod connector;
mod settings;
mod tls;

use http::{HeaderMap, Request, Response, Uri, uri::PathAndQuery};
use hyper::body::Incoming;
use hyper_util::{client::legacy, rt::TokioExecutor};
use kube::client::Body;
use tower_http::decompression::{Decompression, DecompressionBody};
use tower_service::Service as _;

use self::connector::Connector;
use crate::Result;

pub(crate) use settings::{ClientCertificate, Settings, Trust};
pub(crate) use tls::UNUSABLE;

/// The body of an answer as it is read: inflated.
pub(crate) type AnswerBody = DecompressionBody<Incoming>;

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Sends requests to one server. Cheap to clone; clones share their connections.
#[derive(Clone)]
pub(crate) struct Transport {
    client: Decompression<legacy::Client<Connector, Body>>,
    server: Uri,
    headers: HeaderMap,
}

impl Transport {
    /// Reads certificates and keys; opens nothing yet.
    ///
    /// # Errors
    /// TLS settings that can't be used.
    pub fn new(settings: &Settings) -> Result<Self> {
        let client = legacy::Client::builder(TokioExecutor::new()).build(Connector::new(settings)?);
        let client = Decompression::new(client).gzip(settings.compression);
        Ok(Self { client, server: settings.server.clone(), headers: settings.headers.clone() })
    }

    /// Sends a request whose address is a path beneath the server's.
    ///
    /// # Errors
    /// Whatever kept an answer from coming, as a chain of causes.
    pub async fn send(&self, mut request: Request<Body>) -> Result<Response<AnswerBody>, BoxError> {
        *request.uri_mut() = beneath(&self.server, request.uri().path_and_query())?;
        for (name, value) in &self.headers {
            request.headers_mut().append(name, value.clone());
        }
        Ok(self.client.clone().call(request).await?)
    }
}

/// Checks certificates and keys as [`Transport::new`] does, without reading those that the system trusts.
///
/// # Errors
/// TLS settings that can't be used.
pub(crate) fn check(settings: &Settings) -> Result<()> {
    let mut settings = settings.clone();
    if matches!(settings.trust, Trust::System) {
        settings.trust = Trust::Anybody;
    }
    tls::client_config(&settings).map(drop)
}

/// The address of `path` on `server`, whose own path comes first.
fn beneath(server: &Uri, path: Option<&PathAndQuery>) -> Result<Uri, http::Error> {
    let (base, path) = (server.path().trim_end_matches('/'), path.map_or("/", PathAndQuery::as_str));
    let mut parts = server.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(format!("{base}{path}"))?);
    Ok(Uri::from_parts(parts)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_of_the_server_comes_before_that_of_the_request() {
        let address = |server: &str, path: &str| {
            let path = PathAndQuery::try_from(path).unwrap();
            beneath(&server.parse().unwrap(), Some(&path)).unwrap().to_string()
        };
        assert_eq!(address("https://h:6443", "/api/v1/pods?limit=1"), "https://h:6443/api/v1/pods?limit=1");
        assert_eq!(address("https://h/k8s/clusters/c-1/", "/version"), "https://h/k8s/clusters/c-1/version");
    }
}
