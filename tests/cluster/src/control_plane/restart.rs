//! An API server that dies and comes back: on the same port, with the same etcd.

use super::options::Options;
use super::{Cluster, program, start};
use crate::error::{Context, Result};
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

/// How the API server was started.
#[derive(Debug)]
pub(super) struct ApiServer {
    pub port: u16,
    pub etcd_port: u16,
    pub options: Options,
    /// Its number among the programs of the watchdog.
    pub program: AtomicUsize,
}

impl Cluster {
    /// Kills the API server, which cuts all connections and loses all answers that are under way, and starts it again after
    /// a while. Returns when it is ready.
    pub fn restart_api_server(&self, down: Duration) -> Result<()> {
        let server = &self.api_server;
        let lock = || self.watchdog.lock().unwrap_or_else(PoisonError::into_inner);
        lock().kill(server.program.load(Ordering::SeqCst)).context(|| "cannot kill kube-apiserver".into())?;
        thread::sleep(down);
        let ApiServer { port, etcd_port, options, .. } = server;
        let mut command = program::api_server(&self.folder, &self.programs, *port, *etcd_port, options)?;
        let program = lock().spawn(&mut command).context(|| "cannot start kube-apiserver again".into())?;
        server.program.store(program, Ordering::SeqCst);
        start::wait_until_ready(&self.api, &mut lock(), &self.folder, program)
    }
}
