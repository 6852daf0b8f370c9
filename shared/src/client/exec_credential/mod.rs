//! Credential plugins (`users[].user.exec`): run once, kept, and run again only when needed.
//!
//! Source: client-go's `plugin/pkg/client/auth/exec/exec.go`. kube would run the command three times for one
//! client, tell it that it is interactive when it is not, and leave out `installHint`.

mod answer;
mod plugin;
mod policy;

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;
use secrecy::SecretString;
use tokio::sync::Mutex;

use crate::{Error, Result, output::StderrSink};

pub(crate) use plugin::{InteractiveMode, Plugin};
pub(crate) use policy::Policy;

/// How long a plugin may take before the user is told what is waited for.
const PATIENCE: Duration = Duration::from_secs(1);

/// What a plugin answered.
#[derive(Clone, Debug)]
pub(crate) struct Credential {
    /// A bearer token.
    pub token: Option<SecretString>,
    /// A client certificate and its key, both PEM.
    pub certificate: Option<(String, SecretString)>,
    /// When it ends; the plugin is run again after that.
    pub expires: Option<Timestamp>,
}

/// A credential together with its number, so that two requests that fail with the same one renew it once.
#[derive(Clone, Debug)]
pub(crate) struct Lease {
    /// What to send.
    pub credential: Arc<Credential>,
    /// Counts the plugin's runs.
    pub generation: u64,
}

/// A plugin and what it last answered, shared by all requests of a client.
#[derive(Debug)]
pub(crate) struct PluginCredentials {
    plugin: Arc<Plugin>,
    held: Mutex<Held>,
}

#[derive(Debug, Default)]
struct Held {
    lease: Option<Lease>,
    accepted: bool,
}

impl PluginCredentials {
    /// Runs nothing yet.
    pub fn new(plugin: Plugin) -> Self {
        Self { plugin: Arc::new(plugin), held: Mutex::default() }
    }

    /// Checks whether the plugin could be started; runs nothing.
    ///
    /// # Errors
    /// It is not installed, can't be executed, or kuberc forbids it.
    pub fn check(&self) -> Result<()> {
        self.plugin.check()
    }

    /// Returns the credential in hand, fetched at the first call and after its end.
    ///
    /// # Errors
    /// What [`Plugin::run`] reports, worded as kubectl does.
    pub async fn lease(&self, stderr: &StderrSink) -> Result<Lease> {
        let mut held = self.held.lock().await;
        match &held.lease {
            Some(lease) if lease.credential.expires.is_none_or(|end| Timestamp::now() <= end) => {
                Ok(lease.clone())
            }
            _ => self.fetch(&mut held, stderr).await,
        }
    }

    /// Returns a newer credential than the one the server just refused (401); `None` when there is no point in asking.
    ///
    /// A credential that the server never accepted is not fetched again: the plugin would say the same, and it
    /// may open a browser each time.
    pub async fn renew(&self, refused: &Lease, stderr: &StderrSink) -> Result<Option<Lease>> {
        let mut held = self.held.lock().await;
        match &held.lease {
            Some(lease) if lease.generation != refused.generation => Ok(Some(lease.clone())),
            _ if held.accepted => self.fetch(&mut held, stderr).await.map(Some),
            _ => Ok(None),
        }
    }

    /// Notes that the server knew this credential.
    pub async fn accept(&self, accepted: &Lease) {
        let mut held = self.held.lock().await;
        if held.lease.as_ref().is_some_and(|lease| lease.generation == accepted.generation) {
            held.accepted = true;
        }
    }

    async fn fetch(&self, held: &mut Held, stderr: &StderrSink) -> Result<Lease> {
        let _pause = stderr.pause();
        let plugin = Arc::clone(&self.plugin);
        // A plugin may take seconds or ask the user something: the runtime's own thread must stay free.
        let mut running = tokio::task::spawn_blocking({
            let plugin = Arc::clone(&plugin);
            move || plugin.run()
        });
        let run = match tokio::time::timeout(PATIENCE, &mut running).await {
            Ok(run) => run,
            Err(_) => {
                // One that has the terminal may have asked something there, and is not talked over.
                if !plugin.has_terminal() {
                    stderr.note(&format!(
                        "waiting for the credential plugin {}, which may be waiting for you to log in",
                        plugin.name()
                    ));
                }
                running.await
            }
        };
        let credential = run.map_err(|_| Error::new("the credential plugin was interrupted"))??;
        let generation = held.lease.as_ref().map_or(0, |lease| lease.generation) + 1;
        let lease = Lease { credential: Arc::new(credential), generation };
        *held = Held { lease: Some(lease.clone()), accepted: false };
        Ok(lease)
    }
}

#[cfg(all(test, unix))]
mod tests;
