//! Sends requests with credentials, and builds the TLS client when the first one is sent.
//!
//! It stands beneath [`kube::Client`], so that kube's typed calls authenticate in the same way.

use std::{
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
    time::{Duration, Instant},
};

use http::{HeaderValue, Request, Response, StatusCode, header::AUTHORIZATION};
use kube::client::Body;

use super::{
    credentials::Credentials,
    exec_credential::{Credential, Lease, PluginCredentials},
    headers::{basic, bearer},
    login_time::LoginTime,
    timeout::{Awaited, Patience},
    transport::{AnswerBody, ClientCertificate, Settings, Transport},
};
use crate::output::StderrSink;

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
    settings: Settings,
    patience: Patience,
    host: String,
    credentials: Credentials,
    login: Arc<LoginTime>,
    stderr: StderrSink,
    built: Mutex<Option<Built>>,
}

/// A transport, and the plugin's run whose certificate it shows (0 without).
struct Built {
    transport: Transport,
    generation: u64,
}

impl Authenticated {
    /// Builds nothing and runs nothing yet.
    ///
    /// The time that logging in takes is counted in `login`. `patience` bounds the wait for each response's headers; `host` is named when it ends. Progress on `stderr` is
    /// hidden while a credential plugin runs, which may ask the user something there.
    pub fn new(
        settings: Settings,
        (credentials, login): (Credentials, Arc<LoginTime>),
        patience: Patience,
        host: String,
        stderr: StderrSink,
    ) -> Self {
        let built = Mutex::new(None);
        Self { shared: Arc::new(Shared { settings, patience, host, credentials, login, stderr, built }) }
    }
}

impl Shared {
    async fn send(&self, mut request: Request<Body>) -> Result<Response<AnswerBody>, BoxError> {
        // Whoever sets the header himself means it.
        if request.headers().contains_key(AUTHORIZATION) {
            return self.pass_on(None, request).await;
        }
        let header = match &self.credentials {
            Credentials::None => None,
            Credentials::Password(pair) => Some(basic(pair)?),
            Credentials::Token(token) => Some(bearer(token)?),
            Credentials::TokenFile(file) => Some(bearer(&file.token())?),
            Credentials::IdToken(token) => Some(token.header()?),
            Credentials::Plugin(plugin) => return self.send_with(plugin, request).await,
        };
        if let Some(header) = header {
            request.headers_mut().insert(AUTHORIZATION, header);
        }
        self.pass_on(None, request).await
    }

    /// Sends with the plugin's credential; one that worked before and is refused now is renewed once.
    async fn send_with(
        &self,
        plugin: &PluginCredentials,
        request: Request<Body>,
    ) -> Result<Response<AnswerBody>, BoxError> {
        let logging_in = self.login.begin();
        let lease = plugin.lease(&self.stderr).await?;
        drop(logging_in);
        self.login.gave(&lease.credential);
        let again = copy(&request);
        let response = self.pass_on(Some(&lease), with_token(request, &lease.credential)?).await?;
        if response.status() != StatusCode::UNAUTHORIZED {
            plugin.accept(&lease).await;
            return Ok(response);
        }
        let Some(again) = again else { return Ok(response) };
        let logging_in = self.login.begin();
        let renewed = plugin.renew(&lease, &self.stderr).await?;
        drop(logging_in);
        match renewed {
            Some(fresh) => {
                self.login.gave(&fresh.credential);
                self.pass_on(Some(&fresh), with_token(again, &fresh.credential)?).await
            }
            None => Ok(response),
        }
    }

    async fn pass_on(
        &self,
        lease: Option<&Lease>,
        request: Request<Body>,
    ) -> Result<Response<AnswerBody>, BoxError> {
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

    /// Returns the transport to send with: built at the first request, and anew when a plugin gave another certificate.
    fn transport(&self, lease: Option<&Lease>) -> crate::Result<Transport> {
        let identity =
            lease.and_then(|lease| Some((lease.generation, lease.credential.certificate.as_ref()?)));
        let generation = identity.map_or(0, |(generation, _)| generation);
        let mut held = self.built.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(built) = held.as_ref().filter(|built| built.generation == generation) {
            return Ok(built.transport.clone());
        }
        let mut settings = self.settings.clone();
        if let Some((_, (certificate, key))) = identity {
            let certificate = certificate.clone().into_bytes();
            settings.identity = Some(ClientCertificate { certificate, key: key.clone() });
        }
        let transport = Transport::new(&settings)?;
        *held = Some(Built { transport: transport.clone(), generation });
        Ok(transport)
    }
}

fn with_token(mut request: Request<Body>, credential: &Credential) -> Result<Request<Body>, crate::Error> {
    if let Some(token) = &credential.token {
        let value: HeaderValue = bearer(token)?;
        request.headers_mut().insert(AUTHORIZATION, value);
    }
    Ok(request)
}

/// Returns the same request once more; `None` where its body is a stream that can be read only once.
fn copy(request: &Request<Body>) -> Option<Request<Body>> {
    let mut copy = Request::new(request.body().try_clone()?);
    *copy.method_mut() = request.method().clone();
    *copy.uri_mut() = request.uri().clone();
    *copy.headers_mut() = request.headers().clone();
    *copy.extensions_mut() = request.extensions().clone();
    Some(copy)
}

impl tower_service::Service<Request<Body>> for Authenticated {
    type Response = Response<AnswerBody>;
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
