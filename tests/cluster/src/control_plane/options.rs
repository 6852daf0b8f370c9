//! What a test may want different from the usual control plane.

use std::env;
use std::path::PathBuf;
use std::time::Duration;

/// By how many percent heaps usually grow: a fifth less work until the API server is ready than with Go's own 100.
pub(super) const HEAP_GROWTH: u32 = 300;

/// How to start a control plane. The default has all five programs and no audit log.
#[derive(Debug, Clone)]
pub struct Options {
    /// Whether the API server logs every request, see [`crate::Cluster::audit_log`].
    pub audit: bool,
    /// Whether kwok plays the kubelets. Without it nodes can be made, and nothing happens on them.
    pub nodes: bool,
    /// How often the quota controller recounts everything. Its default is five minutes; a test that makes drift
    /// and wants it to stay gives a day.
    pub quota_sync_period: Option<Duration>,
    /// The minor version that the servers emulate, such as `1.35`: its features and defaults in the programs of a newer
    /// one. Without it `CONTROL_PLANE_EMULATES` decides; without both they behave as what they are.
    pub emulates: Option<String>,
    /// The text of an `AdmissionConfiguration`, for what only the start of an API server can set, such as the
    /// `limitedResources` of the quota plugin.
    pub admission_configuration: Option<String>,
    /// How many percent its heap may grow before a server collects garbage (Go's `GOGC`). The default trades memory for
    /// a fast start; whoever makes objects by the hundred thousand gives less.
    pub heap_growth: u32,
    /// A data directory of etcd to start with, such as a snapshot was restored to. It is copied.
    pub etcd_data: Option<PathBuf>,
    /// More flags for etcd: the last of a name counts.
    pub etcd_flags: Vec<String>,
    /// More flags for kube-apiserver.
    pub api_server_flags: Vec<String>,
    /// More flags for kube-controller-manager.
    pub controller_manager_flags: Vec<String>,
    /// More flags for kube-scheduler.
    pub scheduler_flags: Vec<String>,
}

impl Options {
    /// Returns the flag of all servers that emulate an older version.
    pub(super) fn emulation_flag(&self) -> Option<String> {
        let asked_for = || env::var("CONTROL_PLANE_EMULATES").ok().filter(|minor| !minor.is_empty());
        let minor = self.emulates.clone().or_else(asked_for)?;
        Some(format!("--emulated-version={minor}"))
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            audit: false,
            nodes: true,
            quota_sync_period: None,
            emulates: None,
            admission_configuration: None,
            heap_growth: HEAP_GROWTH,
            etcd_data: None,
            etcd_flags: Vec::new(),
            api_server_flags: Vec::new(),
            controller_manager_flags: Vec::new(),
            scheduler_flags: Vec::new(),
        }
    }
}
