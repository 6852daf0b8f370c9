//! From an address to an open connection: TCP, perhaps a proxy, perhaps TLS.

use std::{
    future::{Future, poll_fn},
    io,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
    time::Duration,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use http::{HeaderValue, Uri};
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_rustls::{FixedServerNameResolver, HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::{
    Connected, Connection, HttpConnector,
    proxy::{SocksV5, Tunnel},
};
use percent_encoding::percent_decode_str;
use rustls::pki_types::ServerName;
use tower_service::Service;

use super::{BoxError, Settings, tls};
use crate::{Error, Result};

/// How long a connection may take to come about, TLS included (`Dial.Timeout` in client-go's `transport/cache.go`).
const CONNECT_TIMEOUT: Duration = Duration::from_secs(30);

/// Opens connections. All kinds of them are one type, so that the HTTP client exists once in the program.
#[derive(Clone)]
pub(super) struct Connector(Arc<dyn Fn(Uri) -> Opening + Send + Sync>);

type Opening = Pin<Box<dyn Future<Output = Result<Stream, BoxError>> + Send>>;

impl Connector {
    /// # Errors
    /// TLS settings that can't be used.
    pub fn new(settings: &Settings) -> Result<Self> {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        let config = tls::client_config(settings)?;
        let Some(proxy) = settings.proxy.clone() else {
            return Ok(with_tls(tcp, config, settings)?.in_time());
        };
        let to_server = match proxy.scheme_str() {
            Some("socks5") => Self::socks(&proxy, tcp),
            Some("https") => {
                let secure = HttpsConnectorBuilder::new().with_tls_config(config.clone()).https_only();
                Self::of(tunnel(proxy, secure.enable_http1().wrap_connector(tcp)))
            }
            _ => Self::of(tunnel(proxy, tcp)),
        };
        Ok(with_tls(to_server, config, settings)?.in_time())
    }

    fn of<C>(connector: C) -> Self
    where
        C: Service<Uri> + Clone + Send + Sync + 'static,
        C::Response: Read + Write + Connection + Send + Unpin + 'static,
        C::Error: Into<BoxError>,
        C::Future: Send,
    {
        Self(Arc::new(move |address| {
            let mut connector = connector.clone();
            Box::pin(async move {
                poll_fn(|context| connector.poll_ready(context)).await.map_err(Into::into)?;
                let stream = connector.call(address).await.map_err(Into::into)?;
                Ok(Stream(Box::new(stream)))
            })
        }))
    }

    /// Connections through a SOCKS proxy. hyper-util's error says that the proxy was not reached, and hides why: so that
    /// reason is kept beside it.
    fn socks(proxy: &Uri, tcp: HttpConnector) -> Self {
        let (proxy, user) = (proxy.clone(), user_and_password(proxy));
        Self(Arc::new(move |address| {
            let dial = Dial { tcp: tcp.clone(), failure: Arc::default() };
            let failure = Arc::clone(&dial.failure);
            let mut socks = SocksV5::new(proxy.clone(), dial);
            if let Some((user, password)) = user.clone() {
                socks = socks.with_auth(user, password);
            }
            Box::pin(async move {
                match socks.call(address).await {
                    Ok(stream) => Ok(Stream(Box::new(stream))),
                    Err(error) => {
                        let reason = failure.lock().unwrap_or_else(PoisonError::into_inner).take();
                        Err(reason.unwrap_or_else(|| error.into()))
                    }
                }
            })
        }))
    }

    /// The same, but for at most [`CONNECT_TIMEOUT`].
    fn in_time(self) -> Self {
        Self(Arc::new(move |address| {
            let opening = (self.0)(address);
            Box::pin(async move {
                let late = |_| io::Error::from(io::ErrorKind::TimedOut);
                tokio::time::timeout(CONNECT_TIMEOUT, opening).await.map_err(late)?
            })
        }))
    }
}

/// TLS for `https`, nothing added for `http`.
fn with_tls<C>(connector: C, config: rustls::ClientConfig, settings: &Settings) -> Result<Connector>
where
    C: Service<Uri> + Clone + Send + Sync + 'static,
    C::Response: Read + Write + Connection + Send + Unpin + 'static,
    C::Error: Into<BoxError>,
    C::Future: Send,
    HttpsConnector<C>: Service<Uri, Error = BoxError>,
    <HttpsConnector<C> as Service<Uri>>::Response: Read + Write + Connection + Send + Unpin + 'static,
    <HttpsConnector<C> as Service<Uri>>::Future: Send,
{
    let mut builder = HttpsConnectorBuilder::new().with_tls_config(config).https_or_http();
    if let Some(name) = &settings.server_name {
        let name = ServerName::try_from(name.clone()).map_err(|_| {
            Error::kubeconfig(format!("tls-server-name {name:?} is neither a host's name nor an address"))
        })?;
        builder = builder.with_server_name_resolver(FixedServerNameResolver::new(name));
    }
    Ok(Connector::of(builder.enable_http1().wrap_connector(connector)))
}

/// Opens connections to a proxy, and keeps the failure.
#[derive(Clone)]
struct Dial {
    tcp: HttpConnector,
    failure: Arc<Mutex<Option<BoxError>>>,
}

impl Service<Uri> for Dial {
    type Response = <HttpConnector as Service<Uri>>::Response;
    type Error = &'static str;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        // As is the connector's, always.
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, proxy: Uri) -> Self::Future {
        let Self { mut tcp, failure } = self.clone();
        Box::pin(async move {
            tcp.call(proxy).await.map_err(|error| {
                *failure.lock().unwrap_or_else(PoisonError::into_inner) = Some(error.into());
                "the proxy was not reached"
            })
        })
    }
}

/// The user and password in the address of a proxy.
fn user_and_password(proxy: &Uri) -> Option<(String, String)> {
    let (user, _) = proxy.authority()?.as_str().rsplit_once('@')?;
    let (user, password) = user.split_once(':').unwrap_or((user, ""));
    let decoded = |text| percent_decode_str(text).decode_utf8_lossy().into_owned();
    Some((decoded(user), decoded(password)))
}

/// A tunnel through an HTTP proxy, with the user and password of the proxy's address.
fn tunnel<C>(proxy: Uri, connector: C) -> Tunnel<C> {
    let authority = proxy.authority().map(|authority| authority.as_str()).unwrap_or_default();
    let header = authority.rsplit_once('@').and_then(|(user, _)| {
        let user: Vec<u8> = percent_decode_str(user).collect();
        let mut value = HeaderValue::from_str(&format!("Basic {}", STANDARD.encode(user))).ok()?;
        value.set_sensitive(true);
        Some(value)
    });
    let tunnel = Tunnel::new(proxy, connector);
    match header {
        Some(header) => tunnel.with_auth(header),
        None => tunnel,
    }
}

impl Service<Uri> for Connector {
    type Response = Stream;
    type Error = BoxError;
    type Future = Opening;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, address: Uri) -> Opening {
        (self.0)(address)
    }
}

/// An open connection of any kind.
pub(super) struct Stream(Box<dyn Duplex>);

trait Duplex: Read + Write + Connection + Send + Unpin {}

impl<T: Read + Write + Connection + Send + Unpin> Duplex for T {}

impl Connection for Stream {
    fn connected(&self) -> Connected {
        self.0.connected()
    }
}

impl Read for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(context, buffer)
    }
}

impl Write for Stream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(context)
    }

    fn is_write_vectored(&self) -> bool {
        self.0.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffers: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write_vectored(context, buffers)
    }
}
