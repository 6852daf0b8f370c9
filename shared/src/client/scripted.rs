//! A client of a server that answers by script, on a real socket.

use support::{FaultServer, Reply};

use super::{Client, Environment};
use crate::cli::ConnectionFlags;
use crate::kubeconfig::Kubeconfig;
use crate::output::StderrSink;

/// The server, and a client of it.
pub(super) struct Scripted {
    pub server: FaultServer,
    pub client: Client,
}

impl Scripted {
    /// Answers one request after the other, whatever its path; the last answer is repeated.
    pub fn new(replies: impl IntoIterator<Item = Reply>) -> Self {
        let server = FaultServer::http();
        server.otherwise(replies);
        let flags = ConnectionFlags { server: Some(server.url()), ..ConnectionFlags::default() };
        let client = Client::connect_with(
            &flags,
            &Kubeconfig::default(),
            &Environment::with_variables([]),
            StderrSink::discard(),
        )
        .unwrap();
        Self { server, client }
    }

    /// Returns the paths asked for so far, with their queries.
    pub fn asked(&self) -> Vec<String> {
        self.server.requests().iter().map(|request| request.target().to_owned()).collect()
    }
}
