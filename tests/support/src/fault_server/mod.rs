//! A server on the loopback interface that answers as a test wants, also as no good server would: late, cut off,
//! with broken JSON, or not at all. For what a real API server cannot be brought to do.

mod connection;
mod proxy;
mod reply;
mod request;

pub use proxy::FaultProxy;
pub use reply::Reply;
pub use request::Request;

use cluster::Authority;
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::collections::HashMap;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

/// How long a request may be waited for.
const LIMIT: Duration = Duration::from_secs(180);
/// Longer than any test.
const HOUR: Duration = Duration::from_secs(60 * 60);

/// A running server. It stops when dropped.
#[derive(Debug)]
pub struct FaultServer {
    address: SocketAddr,
    certificate: Option<String>,
    shared: Arc<Shared>,
}

/// What the threads of the connections share with the test.
#[derive(Debug, Default)]
struct Shared {
    scripts: Mutex<Scripts>,
    requests: Mutex<Vec<Request>>,
    arrived: Condvar,
    connections: AtomicUsize,
    stopped: AtomicBool,
}

/// What to answer.
#[derive(Debug, Default)]
struct Scripts {
    paths: HashMap<String, Script>,
    otherwise: Script,
}

/// The answers of one path, one after the other. The last is repeated.
#[derive(Debug, Default)]
struct Script {
    replies: Vec<Reply>,
    next: usize,
}

impl FaultServer {
    /// A server without encryption.
    ///
    /// # Panics
    ///
    /// When no port can be had.
    pub fn http() -> Self {
        Self::start(None)
    }

    /// A server with a certificate for `127.0.0.1` and `localhost`, see [`FaultServer::ca_pem`].
    ///
    /// # Panics
    ///
    /// When no port can be had.
    pub fn https() -> Self {
        Self::https_for(&["127.0.0.1", "localhost"])
    }

    /// A server whose certificate is for other names, perhaps wrong ones.
    ///
    /// # Panics
    ///
    /// When no port can be had or a name is none.
    pub fn https_for(names: &[&str]) -> Self {
        let authority = Authority::new().expect("a certificate authority");
        Self::https_signed(&authority, names, SystemTime::now() + HOUR)
    }

    /// A server whose certificate an authority of the test has signed, and which may have expired.
    ///
    /// # Panics
    ///
    /// When no port can be had or a name is none.
    pub fn https_signed(authority: &Authority, names: &[&str], expires: SystemTime) -> Self {
        let made = authority.server(names, expires).expect("a certificate");
        let certificate = CertificateDer::from_pem_slice(made.certificate.as_bytes());
        let key = PrivateKeyDer::from_pem_slice(made.key.as_bytes());
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("ring speaks the default versions")
            .with_no_client_auth()
            .with_single_cert(vec![certificate.expect("a certificate in PEM")], key.expect("a key in PEM"))
            .expect("a certificate that fits its key");
        Self::start(Some((Arc::new(config), authority.identity().certificate.clone())))
    }

    fn start(encryption: Option<(Arc<ServerConfig>, String)>) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let address = listener.local_addr().expect("the address of a server");
        let shared = Arc::new(Shared::default());
        let (config, certificate) = encryption.unzip();
        let accepting = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if accepting.stopped.load(Ordering::SeqCst) {
                    return;
                }
                accepting.connections.fetch_add(1, Ordering::SeqCst);
                let (shared, config) = (Arc::clone(&accepting), config.clone());
                thread::spawn(move || connection::serve(stream, config, &shared));
            }
        });
        Self { address, certificate, shared }
    }

    /// Answers requests for a path (without its query, whatever the method) with these replies, one after the other;
    /// the last is repeated. Paths without a script are answered as [`FaultServer::otherwise`] says.
    pub fn on(&self, path: &str, replies: impl IntoIterator<Item = Reply>) -> &Self {
        lock(&self.shared.scripts).paths.insert(path.to_owned(), Script::new(replies));
        self
    }

    /// Answers requests for all other paths with these replies, one after the other; the last is repeated. Without
    /// this they are answered with 404, as a Kubernetes `Status`.
    pub fn otherwise(&self, replies: impl IntoIterator<Item = Reply>) -> &Self {
        lock(&self.shared.scripts).otherwise = Script::new(replies);
        self
    }

    /// `http://127.0.0.1:PORT` or `https://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        let scheme = if self.certificate.is_some() { "https" } else { "http" };
        format!("{scheme}://{}", self.address)
    }

    /// The port on the loopback interface, for addresses with another name.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// The certificate of the authority that signed the server's; None without encryption.
    pub fn ca_pem(&self) -> Option<&str> {
        self.certificate.as_deref()
    }

    /// The text of a kubeconfig for this server, with a token. It does not verify the certificate: where that is
    /// what a test is about, it writes its own.
    pub fn kubeconfig(&self) -> String {
        let verify = if self.certificate.is_some() { ", insecure-skip-tls-verify: true" } else { "" };
        format!(
            "apiVersion: v1\nkind: Config\ncurrent-context: fault\nclusters:\n- name: fault\n  cluster: {{server: {:?}{verify}}}\ncontexts:\n- name: fault\n  context: {{cluster: fault, user: fault}}\nusers:\n- name: fault\n  user: {{token: token-of-the-test}}\n",
            self.url()
        )
    }

    /// All requests so far, in the order in which they came.
    pub fn requests(&self) -> Vec<Request> {
        lock(&self.shared.requests).clone()
    }

    /// Waits until this many requests have come, and returns all.
    ///
    /// # Panics
    ///
    /// When they do not come within three minutes, with those that did.
    pub fn wait_for_requests(&self, count: usize) -> Vec<Request> {
        let deadline = Instant::now() + LIMIT;
        let mut requests = lock(&self.shared.requests);
        while requests.len() < count {
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "{count} requests never came, only {:?}", *requests);
            let waited = self.shared.arrived.wait_timeout(requests, left);
            requests = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        requests.clone()
    }

    /// How many requests came for a path, whatever the query.
    pub fn count(&self, path: &str) -> usize {
        lock(&self.shared.requests).iter().filter(|request| request.path == path).count()
    }

    /// How many connections were opened.
    pub fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }
}

impl Drop for FaultServer {
    fn drop(&mut self) {
        self.shared.stopped.store(true, Ordering::SeqCst);
        // Wakes the thread that accepts; failing, there is none.
        let _ = TcpStream::connect(self.address);
    }
}

impl Shared {
    /// Records a request and takes the reply that is due.
    fn reply_to(&self, request: Request) -> Reply {
        let reply = {
            let Scripts { paths, otherwise } = &mut *lock(&self.scripts);
            paths.get_mut(&request.path).unwrap_or(otherwise).next()
        };
        lock(&self.requests).push(request);
        self.arrived.notify_all();
        reply.unwrap_or_else(|| {
            Reply::status(404, "NotFound", "the server could not find the requested resource")
        })
    }
}

impl Script {
    fn new(replies: impl IntoIterator<Item = Reply>) -> Self {
        Self { replies: replies.into_iter().collect(), next: 0 }
    }

    /// The reply that is due; None of a script without any.
    fn next(&mut self) -> Option<Reply> {
        let reply = self.replies.get(self.next).or_else(|| self.replies.last()).cloned();
        self.next += 1;
        reply
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
