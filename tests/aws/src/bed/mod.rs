//! The bed: a control plane with nodes on instances, a simulated AWS, and both controllers at work between them.

mod controllers;
mod journal;
mod process;
mod settle;
mod webhook;

pub use settle::{Controller, Sync, Verdict};

use crate::seed::{INSTANCES, REGION};
use crate::server::Aws;
use cluster::{Cluster, Context, NodeSpec, Options, Result};
use journal::{CloudJournal, LoadBalancerJournal};
use process::Processes;
use serde_json::{Value, json};
use std::io::{self, Write};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Instant;

/// What a test may want different from the usual bed.
#[derive(Debug, Clone, Default)]
pub struct BedOptions {
    /// How the control plane is started.
    pub cluster: Options,
}

/// A running bed. It ends when this is dropped, and when the process that holds it ends in any way.
#[derive(Debug)]
pub struct Bed {
    cloud_journal: Mutex<CloudJournal>,
    balancer_journal: Mutex<LoadBalancerJournal>,
    namespaces: AtomicU32,
    // The controllers go before what they talk to.
    processes: Processes,
    aws: Aws,
    cluster: Cluster,
}

/// A moment in the life of a bed, to be given to [`Bed::settle`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    cloud: usize,
    balancer: usize,
    calls: usize,
}

impl Moment {
    /// Where the log of calls stood, for [`Aws::calls_since`].
    pub fn calls(self) -> usize {
        self.calls
    }
}

impl Bed {
    /// Builds what is missing, starts everything and waits until both controllers work.
    ///
    /// # Errors
    ///
    /// When a program cannot be built or does not start.
    pub fn start(options: BedOptions) -> Result<Self> {
        let programs = controllers::Programs::find_or_build()?;
        let start = Instant::now();
        let cluster = Cluster::start(options.cluster)?;
        let control_plane = start.elapsed();
        let aws = Aws::start().context(|| "cannot start the simulated AWS".into())?;
        cluster.add_nodes(&nodes())?;
        let processes = Processes::start(&cluster, &aws, &programs)?;
        let bed = Self {
            cloud_journal: Mutex::new(CloudJournal::new(processes.cloud_log())),
            balancer_journal: Mutex::new(LoadBalancerJournal::new(processes.balancer_log())),
            namespaces: AtomicU32::new(1),
            processes,
            aws,
            cluster,
        };
        bed.wait_until_ready()?;
        let _ = writeln!(
            io::stderr(),
            "aws: the bed started in {:.1} s, of which {:.1} s are the control plane's",
            start.elapsed().as_secs_f64(),
            control_plane.as_secs_f64()
        );
        Ok(bed)
    }

    /// The control plane.
    pub fn cluster(&self) -> &Cluster {
        &self.cluster
    }

    /// The simulated AWS.
    pub fn aws(&self) -> &Aws {
        &self.aws
    }

    /// The folder with the logs of the controllers. It goes with the bed.
    pub fn logs(&self) -> &std::path::Path {
        self.processes.folder()
    }

    /// Creates a namespace named `PREFIX-NUMBER`.
    ///
    /// # Errors
    ///
    /// When the API server refuses it.
    pub fn fresh_namespace(&self, prefix: &str) -> Result<String> {
        let name = format!("{prefix}-{}", self.namespaces.fetch_add(1, Ordering::Relaxed));
        let namespace = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}});
        self.cluster.api().create(&namespace).map(|_| name)
    }

    /// Adds a node on an instance. Its number is that of [`INSTANCES`].
    ///
    /// # Errors
    ///
    /// When the API server refuses it.
    pub fn add_node(&self, number: usize) -> Result<()> {
        self.cluster.add_node(&node(number))
    }

    /// Both controllers have to make something of a Service before tests rely on them.
    fn wait_until_ready(&self) -> Result<()> {
        for (name, class) in [("ready-cloud", Value::Null), ("ready-balancer", json!("service.k8s.aws/nlb"))]
        {
            let service = json!({
                "apiVersion": "v1", "kind": "Service", "metadata": {"name": name, "namespace": "default"},
                "spec": {"type": "LoadBalancer", "loadBalancerClass": class, "ports": [{"port": 80}]},
            });
            self.cluster.api().create(&service)?;
        }
        for name in ["ready-cloud", "ready-balancer"] {
            let path = format!("/api/v1/namespaces/default/services/{name}");
            let logs = || {
                format!(
                    "the controllers do not work; the ends of their logs:\n{}",
                    self.processes.ends_of_logs()
                )
            };
            let has_hostname =
                |service: &Value| service["status"]["loadBalancer"]["ingress"][0]["hostname"].is_string();
            self.cluster.api().wait_for(&path, "a hostname", has_hostname).context(logs)?;
        }
        // The other one stays: with the last of its Services aws-load-balancer-controller deletes the security group that
        // they share, and a Service that comes at this moment fails.
        self.cluster.api().delete("/api/v1/namespaces/default/services/ready-cloud").map(drop)
    }
}

/// The nodes that are there from the beginning. The last instance is left for tests that add a node.
fn nodes() -> Vec<NodeSpec> {
    (0..INSTANCES.len() - 1).map(node).collect()
}

fn node(number: usize) -> NodeSpec {
    let (instance, zone) = INSTANCES[number];
    NodeSpec::new(&format!("node-{}", number + 1))
        .zone(zone)
        .label("topology.kubernetes.io/region", REGION)
        .provider_id(&format!("aws:///{zone}/{instance}"))
}
