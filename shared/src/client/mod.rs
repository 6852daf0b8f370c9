//! Stand-in.

mod bounded;
mod list;
mod watch;
mod watch_lines;

pub use bounded::{IN_FLIGHT, bounded};
pub use list::{ListOptions, Page, Scope};
pub use watch::WatchEvent;

use bytes::Bytes;
use http_body_util::BodyExt;

use crate::{Error, Result};

/// A client.
#[derive(Clone)]
pub struct Client {
    inner: kube::Client,
}

impl Client {
    /// From kube.
    pub fn from_kube(inner: kube::Client) -> Self {
        Self { inner }
    }

    /// The whole answer.
    pub async fn request(&self, request: http::Request<Vec<u8>>) -> Result<http::Response<Bytes>> {
        let (parts, body) = self.open(request).await?.into_parts();
        let bytes = body.collect().await.map_err(|error| Error::new(error.to_string()))?.to_bytes();
        Ok(http::Response::from_parts(parts, bytes))
    }

    /// The answer, body unread.
    pub async fn open(&self, request: http::Request<Vec<u8>>) -> Result<http::Response<kube::client::Body>> {
        let request = request.map(kube::client::Body::from);
        let response = self.inner.send(request).await.map_err(|error| Error::new(error.to_string()))?;
        if !response.status().is_success() {
            let bytes =
                response.into_body().collect().await.map_err(|error| Error::new(error.to_string()))?;
            return Err(Error::api(serde_json::from_slice(&bytes.to_bytes()).unwrap_or_default()));
        }
        Ok(response)
    }
}
