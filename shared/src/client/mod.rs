//! From flags and kubeconfig to answers of the API server.
//!
//! [`Client`] is the one way to a cluster: it connects as kubectl does with the same flags, files and environment,
//! and fails with kubectl's sentences. Lists are read as slim structs ([`Client::list`]) or as JSON; single objects are
//! read and written as the types of k8s-openapi ([`Client::objects`], [`Client::evict`]), or as JSON.

mod bounded;
mod config;
mod credentials;
pub mod dynamic_list;
mod environment;
mod errors;
mod exec_credential;
mod headers;
mod id_token;
pub mod incomplete;
mod json_requests;
pub mod lease;
mod list;
#[cfg(test)]
mod list_tests;
mod login_time;
mod objects;
pub mod other_server;
mod proxy;
mod retry;
#[cfg(test)]
mod scripted;
pub mod self_subject_review;
mod server_clock;
mod service;
mod target;
mod timeout;
mod transport;
mod values;
mod warnings;
mod watch;
mod watch_lines;
#[cfg(test)]
mod watch_tests;

use std::{
    collections::BTreeSet,
    fmt,
    sync::{Arc, Mutex},
    time::Instant,
};

use bytes::{Bytes, BytesMut};
use http::{
    HeaderMap, HeaderValue, Request, Response,
    header::{ACCEPT_ENCODING, CONTENT_LENGTH},
};
use http_body_util::BodyExt as _;
use kube::client::Body;
use serde::de::DeserializeOwned;

pub use bounded::{IN_FLIGHT, bounded};
pub use config::{cluster_refusals, plugin_refusal, user_refusals};
pub use environment::Environment;
pub use errors::{OTHER_SERVER, expiry_of_token as token_expiry, what_is_there};
pub use list::{ListOptions, Page, Scope};
pub use objects::{Objects, Patch, WriteOptions};
pub use watch::WatchEvent;

use self::{
    config::Connection,
    errors::{Answer, Reporter},
    login_time::LoginTime,
    retry::Cause,
    server_clock::ServerClock,
    service::SentAt,
    timeout::{Awaited, Patience},
};
use crate::{
    Error, Result,
    cli::ConnectionFlags,
    kubeconfig::{self, Kubeconfig, LoadOptions, kubeconfig_files, load},
    model::misfit_segment,
    output::{Printer, StderrSink},
};

/// More than a page of pods has; a server that announces more is believed when it comes.
const LARGEST_RESERVE: usize = 16 << 20;

/// A connection to one API server as one user. Cheap to clone.
#[derive(Clone)]
pub struct Client {
    inner: kube::Client,
    facts: Arc<Facts>,
    /// The namespace in effect, where it is not that of the facts.
    other_namespace: Option<Arc<str>>,
    stderr: StderrSink,
}

struct Facts {
    reporter: Reporter,
    patience: Patience,
    login: Arc<LoginTime>,
    clock: ServerClock,
    server: String,
    namespace: String,
    context: Option<String>,
    /// What was noted.
    said: Mutex<BTreeSet<String>>,
}

/// Why an attempt brought no answer.
struct Failure {
    error: Error,
    cause: Option<Cause>,
}

impl Client {
    /// Connects as the flags say, with the kubeconfig files they, `KUBECONFIG` or the home folder name.
    ///
    /// Warnings of the server, requests that are sent again and the progress of lists go to the printer's standard
    /// error. Touches no network, runs no credential plugin and builds no TLS client: the first request does.
    /// Must be called within a tokio runtime.
    ///
    /// # Errors
    /// kubectl's sentences for kubeconfig files that can't be read, names that don't exist, and a configuration
    /// that can't be used.
    pub async fn connect(flags: &ConnectionFlags, printer: &Printer) -> Result<Self> {
        let environment = kubeconfig::Environment::from_process()?;
        let files = kubeconfig_files(flags.kubeconfig.as_deref(), &environment);
        let kubeconfig = load(&files, &environment, LoadOptions::default())?;
        Self::connect_with(flags, &kubeconfig, &Environment::from_process(), printer.stderr_sink())
    }

    /// Says something on standard error, as the client does itself when it waits for a server: once, however many tasks
    /// find it out.
    pub fn note(&self, text: &str) {
        let is_new = self.facts.said.lock().is_ok_and(|mut said| said.insert(text.to_owned()));
        if is_new {
            self.stderr.note(text);
        }
    }

    /// Connects as [`Client::connect`] does, with a kubeconfig that is already loaded and an environment that may not
    /// be the process's own.
    ///
    /// # Errors
    /// As [`Client::connect`].
    pub fn connect_with(
        flags: &ConnectionFlags,
        kubeconfig: &Kubeconfig,
        environment: &Environment,
        stderr: StderrSink,
    ) -> Result<Self> {
        let target = target::choose(flags, kubeconfig, environment)?;
        let connection = Connection::new(target, flags, environment)?;
        let login = Arc::<LoginTime>::default();
        let service = service::Authenticated::new(
            connection.settings,
            (connection.credentials, Arc::clone(&login)),
            connection.patience,
            connection.reporter.host.clone(),
            stderr.clone(),
        );
        let inner = kube::Client::new(service, connection.namespace.clone());
        let facts = Facts {
            reporter: connection.reporter,
            patience: connection.patience,
            login,
            clock: ServerClock::default(),
            server: connection.server,
            namespace: connection.namespace,
            context: connection.context,
            said: Mutex::default(),
        };
        Ok(Self { inner, facts: Arc::new(facts), other_namespace: None, stderr })
    }

    /// Returns whether flags, kubeconfig or the pod this runs in name a server at all. What reads files needs a cluster only
    /// where there is one.
    ///
    /// # Errors
    /// As [`Client::connect`].
    pub fn is_server_named(flags: &ConnectionFlags) -> Result<bool> {
        let environment = kubeconfig::Environment::from_process()?;
        let files = kubeconfig_files(flags.kubeconfig.as_deref(), &environment);
        let kubeconfig = load(&files, &environment, LoadOptions::default())?;
        Ok(target::choose(flags, &kubeconfig, &Environment::from_process())?.unreachable_hint.is_none())
    }

    /// Returns the namespace in effect: of the flag, the context, the pod this runs in, or `default`.
    pub fn namespace(&self) -> &str {
        self.other_namespace.as_deref().unwrap_or(&self.facts.namespace)
    }

    /// Returns the same connection with another namespace in effect.
    pub fn in_namespace(&self, namespace: &str) -> Self {
        Self { other_namespace: Some(namespace.into()), ..self.clone() }
    }

    /// Returns the server's base URL, for messages.
    pub fn server(&self) -> &str {
        &self.facts.server
    }

    /// Returns the context in effect, if there is one.
    pub fn context(&self) -> Option<&str> {
        self.facts.context.as_deref()
    }

    /// Sends one request and reads the whole answer, within `--request-timeout` or else as long as something comes
    /// every 60 s. The path is relative to the server's base URL.
    ///
    /// A GET is sent up to three times when the server is busy (429, 503, 504; `Retry-After` up to 15 s is obeyed)
    /// or the connection is lost. Nothing else is ever sent twice, but with a new credential after a 401.
    ///
    /// # Errors
    /// An answer outside 2xx as [`Error::api`], with the server's own sentence; trouble on the way there in kubectl's
    /// words.
    pub async fn request(&self, request: Request<Vec<u8>>) -> Result<Response<Bytes>> {
        refuse_misfits(request.uri().path())?;
        let _progress = self.stderr.progress(format!("waiting for {}", self.facts.reporter.host));
        let mut tries = 0;
        loop {
            tries += 1;
            let failure = match self.attempt(request.clone()).await {
                Ok(response) => return Ok(response),
                Err(failure) => failure,
            };
            let again = failure.cause.and_then(|cause| Some((cause, cause.wait(request.method(), tries)?)));
            let Some((cause, wait)) = again else { return Err(failure.error) };
            if tries == 1 {
                self.stderr.note(&cause.note(wait));
            }
            tokio::time::sleep(wait).await;
        }
    }

    /// Sends one request and hands over the answer unread, for watches. The timeout applies to the wait for the
    /// headers only; nothing is repeated, and the answer is not compressed.
    ///
    /// # Errors
    /// As [`Client::request`].
    pub async fn open(&self, mut request: Request<Vec<u8>>) -> Result<Response<Body>> {
        refuse_misfits(request.uri().path())?;
        // Servers from 1.37 on compress each event by itself, which our decompression cannot read.
        request.headers_mut().entry(ACCEPT_ENCODING).or_insert(HeaderValue::from_static("identity"));
        self.open_unread(request).await.map_err(|failure| failure.error)
    }

    /// Gets JSON from a path, such as `/api/v1/namespaces/default`.
    ///
    /// # Errors
    /// As [`Client::request`]; and an answer that is not JSON of this form, of which nothing is shown.
    pub async fn get_json<T: DeserializeOwned>(&self, path: &str) -> Result<T> {
        let request = Request::get(path).body(Vec::new()).map_err(|error| not_a_path(path, &error))?;
        self.receive_json(request).await
    }

    async fn attempt(&self, request: Request<Vec<u8>>) -> Result<Response<Bytes>, Failure> {
        let (parts, body) = self.open_unread(request).await?.into_parts();
        let body = self.read(body, &parts).await?;
        Ok(Response::from_parts(parts, body))
    }

    /// Waits for the headers; an answer outside 2xx is read and becomes the failure.
    async fn open_unread(&self, request: Request<Vec<u8>>) -> Result<Response<Body>, Failure> {
        let sent = self.inner.send(request.map(Body::from)).await;
        let response = sent.map_err(|error| Failure {
            error: self.facts.reporter.transport(&error),
            cause: Reporter::is_connection_lost(&error).then_some(Cause::ConnectionLost),
        })?;
        self.facts.clock.see(response.headers());
        for warning in warnings::of(response.headers()) {
            self.stderr.note(&format!("Warning: {warning}"));
        }
        if response.status().is_success() {
            return Ok(response);
        }
        let (parts, body) = response.into_parts();
        // What a refusal says matters more than that its end is missing.
        let body = self.read(body, &parts).await.unwrap_or_default();
        let answer = Answer { status: parts.status, headers: &parts.headers, body: &body };
        Err(Failure {
            error: self.facts.reporter.answer(answer),
            cause: Cause::of_answer(parts.status, &parts.headers),
        })
    }

    async fn read(&self, mut body: Body, head: &http::response::Parts) -> Result<Bytes, Failure> {
        let start = head.extensions.get().map_or_else(Instant::now, |SentAt(start)| *start);
        let Facts { reporter, patience, .. } = &*self.facts;
        let failed = |error| Failure { error, cause: None };
        let mut whole = BytesMut::with_capacity(announced(&head.headers));
        loop {
            let frame = match patience.next(start.elapsed()) {
                None => body.frame().await,
                Some(limit) => tokio::time::timeout(limit, body.frame())
                    .await
                    .map_err(|_| failed(patience.exceeded(Awaited::Body, &reporter.host)))?,
            };
            let Some(frame) = frame else { return Ok(whole.freeze()) };
            if let Ok(data) = frame.map_err(|error| failed(reporter.body(&error)))?.into_data() {
                whole.extend_from_slice(&data);
            }
        }
    }
}

/// Refuses a path with a name that no object can have, in client-go's words: decoded by the server, it would lead
/// elsewhere. Every request does; what sends others at the same time asks before it sends any.
///
/// # Errors
/// The name, and what about it no object can have.
pub fn refuse_misfits(path: &str) -> Result<()> {
    match misfit_segment(path) {
        Some((name, misfit)) => Err(Error::usage(format!("invalid resource name {name:?}: [{misfit}]"))),
        None => Ok(()),
    }
}

fn not_a_path(path: &str, error: &http::Error) -> Error {
    Error::usage(format!("{path:?} is not a path of the API: {error}"))
}

/// Returns how much room to make for a body before it comes: what the server announces, within reason. Compressed
/// answers have lost their length on the way here, and watches never had one.
fn announced(headers: &HeaderMap) -> usize {
    let length = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    length.unwrap_or(0).min(LARGEST_RESERVE)
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("server", &self.facts.server)
            .field("context", &self.facts.context)
            .field("namespace", &self.facts.namespace)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_is_made_for_what_is_announced_within_reason() {
        let headers =
            |length: &'static str| HeaderMap::from_iter([(CONTENT_LENGTH, HeaderValue::from_static(length))]);
        assert_eq!(announced(&HeaderMap::new()), 0);
        assert_eq!(announced(&headers("1234567")), 1_234_567);
        assert_eq!(announced(&headers("99999999999999")), 16 * 1024 * 1024);
        assert_eq!(announced(&headers("-1")), 0);
    }
}
