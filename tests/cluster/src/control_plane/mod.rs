//! One running control plane.

pub mod audit;
mod files;
pub mod options;
pub mod ports;
mod program;
mod readiness;
mod restart;
mod start;
pub mod watchdog;

use crate::api::Api;
use crate::certificates::{Authority, Identity};
use crate::error::{Context, Error, Result};
use crate::kubeconfig::{Credentials, Kubeconfig};
use crate::programs::Programs;
use audit::AuditLog;
use options::Options;
use restart::ApiServer;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use watchdog::Watchdog;

/// A running control plane. It ends when this is dropped, and when the process that holds it ends in any way.
#[derive(Debug)]
pub struct Cluster {
    folder: PathBuf,
    server: String,
    authority: Authority,
    api: Api,
    programs: Programs,
    audit: Option<AuditLog>,
    files: AtomicU32,
    api_server: ApiServer,
    /// Last, since its drop removes the folder that everything above lives in.
    watchdog: Mutex<Watchdog>,
}

/// How the etcd of a control plane is reached.
#[derive(Debug, Clone)]
pub struct Etcd {
    /// `https://127.0.0.1:PORT`.
    pub url: String,
    /// The file with the certificate of the authority that signed etcd's.
    pub authority: PathBuf,
    /// The file with a client certificate that etcd accepts.
    pub certificate: PathBuf,
    /// The file with its private key.
    pub key: PathBuf,
}

/// The parts of a control plane that answers; what [`start`] hands over.
struct Started {
    folder: PathBuf,
    server: String,
    authority: Authority,
    administrator: Identity,
    api: Api,
    api_server: ApiServer,
    watchdog: Watchdog,
}

impl Cluster {
    /// Builds the programs if need be, starts them, and waits until the API server answers, namespaces get their
    /// service account and quotas their status: about three seconds.
    pub fn start(options: Options) -> Result<Self> {
        let programs = Programs::find_or_build()?;
        let started = start::start(&programs, &options)?;
        let audit = options.audit.then(|| AuditLog::new(started.folder.join(files::AUDIT_LOG)));
        let cluster = Self {
            folder: started.folder,
            server: started.server,
            authority: started.authority,
            api: started.api,
            programs,
            audit,
            files: AtomicU32::new(0),
            api_server: started.api_server,
            watchdog: Mutex::new(started.watchdog),
        };
        let administrator = cluster.kubeconfig_for("admin", Credentials::Certificate(started.administrator));
        administrator.write(&cluster.kubeconfig_path())?;
        Ok(cluster)
    }

    /// The administrator's kubeconfig; its context is called `admin`.
    pub fn kubeconfig_path(&self) -> PathBuf {
        self.folder.join(files::ADMINISTRATOR)
    }

    /// `https://127.0.0.1:PORT`.
    pub fn server_url(&self) -> &str {
        &self.server
    }

    /// The certificate of the authority that signed the server's and the users' certificates.
    pub fn ca_pem(&self) -> &str {
        &self.authority.identity().certificate
    }

    /// The administrator's client.
    pub fn api(&self) -> &Api {
        &self.api
    }

    /// How its etcd is reached.
    pub fn etcd(&self) -> Etcd {
        let path = |name: &str| self.folder.join(name);
        Etcd {
            url: format!("https://127.0.0.1:{}", self.api_server.etcd_port),
            authority: path(files::AUTHORITY),
            certificate: path(files::SERVER),
            key: path(files::SERVER_KEY),
        }
    }

    /// The folder with kubectl and the servers, to be put on a PATH.
    pub fn programs_dir(&self) -> &Path {
        self.programs.folder()
    }

    /// The folder with the cluster's data, certificates and logs (`kube-apiserver.log` …). It goes with the cluster.
    pub fn data_dir(&self) -> &Path {
        &self.folder
    }

    /// The audit log; an error that names the option if it was not switched on.
    pub fn audit_log(&self) -> Result<&AuditLog> {
        self.audit.as_ref().ok_or_else(|| {
            Error::new("start the cluster with Options { audit: true, .. } to read its audit log")
        })
    }

    /// A kubectl command of the administrator: add arguments, input and environment, then run it.
    pub fn kubectl_command(&self) -> Command {
        let mut command = Command::new(self.programs.path("kubectl"));
        command
            .env_clear()
            .env("HOME", &self.folder)
            .env("PATH", self.programs_dir())
            .env("KUBECONFIG", self.kubeconfig_path());
        command
    }

    /// Runs kubectl as the administrator. Each call takes about 60 ms; [`Cluster::api`] is faster.
    pub fn kubectl(&self, arguments: &[&str]) -> Result<Output> {
        self.kubectl_command().args(arguments).output().context(|| "cannot run kubectl".into())
    }

    pub(crate) fn authority(&self) -> &Authority {
        &self.authority
    }

    pub(crate) fn kubeconfig_for(&self, name: &str, credentials: Credentials) -> Kubeconfig {
        Kubeconfig {
            name: name.to_owned(),
            server: self.server.clone(),
            authority: self.ca_pem().to_owned(),
            namespace: None,
            credentials,
        }
    }

    /// A path for a new file of the cluster, which goes with it.
    pub(crate) fn new_file(&self, name: &str) -> PathBuf {
        let number = self.files.fetch_add(1, Ordering::Relaxed);
        let safe: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        self.folder.join(format!("{number}-{safe}.kubeconfig"))
    }
}
