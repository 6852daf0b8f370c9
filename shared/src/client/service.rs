//! Sends requests with credentials, and builds the TLS client when the first one is sent.
//!
//! It stands beneath [`kube::Client`], so that kube's typed calls authenticate in the same way.

use std::{
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
    time::{Duration, Instant},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use http::{HeaderValue, Request, Response, StatusCode, header::AUTHORIZATION};
use kube::client::Body;
use secrecy::{ExposeSecret as _, SecretString};

use super::{
    credentials::{Credentials, bearer},
    exec_credential::{Credential, Lease, PluginCredentials},
    timeout::{Awaited, Patience},
};

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// A connection's transport, not yet built.
#[derive(Clone)]
pub(crate) struct Authenticated {
    shared: Arc<Shared>,
}

/// When a request left, credentials in hand: an extension of its response.
///
/// A plugin may wait for a user to log in, which is no fault of the server's.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SentAt(pub Instant);

struct Shared {
    config: kube::Config,
    patience: Patience,
    host: String,
    credentials: Credentials,
    transport: Mutex<Option<Transport>>,
}

/// A client of kube's, and the plugin's run whose certificate it shows (0 without).
#[derive(Clone)]
struct Transport {
    client: kube::Client,
    generation: u64,
}

impl Authenticated {
    /// Builds nothing and runs nothing yet.
    ///
    /// `patience` bounds the wait for each response's headers; `host` is named when it ends.
    pub fn new(config: kube::Config, credentials: Credentials, patience: Patience, host: String) -> Self {
        let transport = Mutex::new(None);
        Self { shared: Arc::new(Shared { config, patience, host, credentials, transport }) }
    }
}

impl Shared {
    async fn send(&self, mut request: Request<Body>) -> Result<Response<Body>, BoxError> {
        match &self.credentials {
            // Whoever sets the header himself means it.
            _ if request.headers().contains_key(AUTHORIZATION) => self.pass_on(None, request).await,
            Credentials::None => self.pass_on(None, request).await,
            Credentials::Token(token) => {
                request.headers_mut().insert(AUTHORIZATION, bearer(token)?);
                self.pass_on(None, request).await
            }
            Credentials::TokenFile(file) => {
                request.headers_mut().insert(AUTHORIZATION, bearer(&file.token())?);
                self.pass_on(None, request).await
            }
            Credentials::Plugin(plugin) => self.send_with(plugin, request).await,
        }
    }

    /// Sends with the plugin's credential; one that worked before and is refused now is renewed once.
    async fn send_with(
        &self,
        plugin: &PluginCredentials,
        request: Request<Body>,
    ) -> Result<Response<Body>, BoxError> {
        let lease = plugin.lease().await?;
        let again = copy(&request);
        let response = self.pass_on(Some(&lease), with_token(request, &lease.credential)?).await?;
        if response.status() != StatusCode::UNAUTHORIZED {
            plugin.accept(&lease).await;
            return Ok(response);
        }
        let Some(again) = again else { return Ok(response) };
        match plugin.renew(&lease).await? {
            Some(fresh) => self.pass_on(Some(&fresh), with_token(again, &fresh.credential)?).await,
            None => Ok(response),
        }
    }

    async fn pass_on(
        &self,
        lease: Option<&Lease>,
        request: Request<Body>,
    ) -> Result<Response<Body>, BoxError> {
        let transport = self.transport(lease)?;
        let start = Instant::now();
        let mut response = match self.patience.next(Duration::ZERO) {
            None => transport.send(request).await?,
            Some(limit) => tokio::time::timeout(limit, transport.send(request))
                .await
                .map_err(|_| self.patience.exceeded(Awaited::Headers, &self.host))??,
        };
        response.extensions_mut().insert(SentAt(start));
        Ok(response)
    }

    /// The client to send with: built at the first request, and anew when a plugin gave another certificate.
    fn transport(&self, lease: Option<&Lease>) -> Result<kube::Client, kube::Error> {
        let identity =
            lease.and_then(|lease| Some((lease.generation, lease.credential.certificate.as_ref()?)));
        let generation = identity.map_or(0, |(generation, _)| generation);
        let mut held = self.transport.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(transport) = held.as_ref().filter(|transport| transport.generation == generation) {
            return Ok(transport.client.clone());
        }
        let mut config = self.config.clone();
        if let Some((_, (certificate, key))) = identity {
            config.auth_info.client_certificate_data = Some(STANDARD.encode(certificate));
            config.auth_info.client_key_data = Some(SecretString::from(STANDARD.encode(key.expose_secret())));
        }
        let client = kube::Client::try_from(config)?;
        *held = Some(Transport { client: client.clone(), generation });
        Ok(client)
    }
}

fn with_token(mut request: Request<Body>, credential: &Credential) -> Result<Request<Body>, crate::Error> {
    if let Some(token) = &credential.token {
        let value: HeaderValue = bearer(token)?;
        request.headers_mut().insert(AUTHORIZATION, value);
    }
    Ok(request)
}

/// The same request once more; `None` where its body is a stream that can be read only once.
fn copy(request: &Request<Body>) -> Option<Request<Body>> {
    let mut copy = Request::new(request.body().try_clone()?);
    *copy.method_mut() = request.method().clone();
    *copy.uri_mut() = request.uri().clone();
    *copy.headers_mut() = request.headers().clone();
    *copy.extensions_mut() = request.extensions().clone();
    Some(copy)
}

impl tower_service::Service<Request<Body>> for Authenticated {
    type Response = Response<Body>;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let shared = Arc::clone(&self.shared);
        Box::pin(async move { shared.send(request).await })
    }
}
