//! Measures the plugins beside kubectl and beside the bytes on the wire, in one run.
//!
//! `cargo bench-peers` builds the binaries users get, starts a control plane, and prints a table for each subject.
//! Absolute times are this machine's; the ratios are what counts.

mod beside;
mod binaries;
mod check;
mod demands;
mod distant;
mod drain;
mod drain_many;
mod drain_plan;
mod drain_reopened;
mod elb_tls;
mod evict;
mod fill;
mod floor;
mod kubeconfigs;
mod latency;
mod measure;
mod namespaces;
mod placement;
mod pods;
mod quotas;
mod replicas;
mod report;
mod start;
mod switch;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use shared::{
    Result,
    cli::{ConnectionFlags, ExitStatus, GlobalFlags, Plugin, block_on},
    output::Printer,
};

/// Measure ours beside the peers'
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    #[command(flatten)]
    global: GlobalFlags,

    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run benchmarks (the default)
    Run {
        /// What to measure; everything when left out
        subjects: Vec<Subject>,
        /// How often each command runs
        #[arg(long, default_value_t = 11)]
        runs: usize,
        /// How many namespaces the clusters of the benchmarks have
        #[arg(long, default_value_t = 10_000)]
        namespaces: usize,
        /// How many contexts the kubeconfigs have
        #[arg(long, value_delimiter = ',', default_values_t = [100, 1000])]
        contexts: Vec<usize>,
        /// How many services the benchmark of elb-tls has
        #[arg(long, default_value_t = 5000)]
        services: usize,
        /// How many pods the cluster of `verify` and `who` has
        #[arg(long, default_value_t = 20_000)]
        pods: usize,
        /// How many manifests the check benchmark has
        #[arg(long, default_value_t = 1000)]
        manifests: usize,
        /// How many nodes the clusters of the drain benchmark have
        #[arg(long, value_delimiter = ',', default_values_t = [100, 1000])]
        nodes: Vec<usize>,
        /// How many pods each of those nodes has
        #[arg(long, default_value_t = 10)]
        pods_per_node: usize,
        /// How many pods the node of the drain benchmark has
        #[arg(long, value_delimiter = ',', default_values_t = [110, 250])]
        evicted: Vec<usize>,
    },
    /// Read a list in pages and forget it: what any reader pays at least
    #[command(hide = true)]
    Floor {
        /// The paths of the lists
        #[arg(required = true)]
        paths: Vec<String>,
        /// In one piece instead of pages of 500
        #[arg(long)]
        whole: bool,
    },
    /// Evict the pods of some nodes over some connections: what any drain takes at least
    #[command(hide = true)]
    Evict {
        /// The nodes
        #[arg(required = true)]
        nodes: Vec<String>,
        /// How many evictions are asked for at once
        #[arg(long)]
        connections: usize,
    },
}

/// How many kubeconfig files stand beside one another.
const FILES: usize = 1000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Subject {
    /// Start-up and size of the binaries
    Start,
    /// `quota usage -A`
    Quotas,
    /// `quota verify -A` and `quota who -A`
    Pods,
    /// `quota check -f` of a folder
    Check,
    /// `quota check`, `fits`, `explain` and others against a server that is far away
    Latency,
    /// `quota check`, `fits`, `rollout`, `explain` and `what-if` of ten replicas and of ten million
    Replicas,
    /// `ns-switch use`, `ns-switch NAMESPACE`, `ns-switch contexts`
    Switch,
    /// `ns-switch contexts` of many files
    Beside,
    /// `ns-switch list`
    Namespaces,
    /// `drain-safe plan`
    DrainPlan,
    /// `drain-safe NODE`
    Drain,
    /// `drain-safe NODE… --max-parallel 10`
    DrainMany,
    /// `drain-safe NODE`, and somebody uncordons the node
    DrainReopened,
    /// `elb-tls check -A` and `elb-tls list -A`
    ElbTls,
    /// Where pods fit, without a cluster
    Placement,
}

impl Plugin for Arguments {
    const NAME: &'static str = "bench-peers";
    const DEFAULT_SUBCOMMAND: Option<&'static str> = Some("run");

    fn execute(self, printer: &mut Printer) -> Result<ExitStatus> {
        match self.command {
            Command::Floor { paths, whole } => {
                let page = if whole { 0 } else { 500 };
                floor_of(&self.global.connection, &paths, page, printer)?;
            }
            Command::Evict { nodes, connections } => {
                let connection = &self.global.connection;
                let pods = block_on(evict::evict(connection, &nodes, connections, printer))?;
                printer.data(&format!("{pods} pods\n"))?;
            }
            Command::Run {
                subjects,
                runs,
                namespaces,
                contexts,
                services,
                pods,
                manifests,
                nodes,
                pods_per_node,
                evicted,
            } => {
                let wanted = |subject| subjects.is_empty() || subjects.contains(&subject);
                if wanted(Subject::Start) {
                    start::run(runs, printer)?;
                }
                if wanted(Subject::Quotas) {
                    quotas::run(namespaces, runs, printer)?;
                }
                if wanted(Subject::Pods) {
                    pods::run(pods, runs, printer)?;
                }
                if wanted(Subject::Check) {
                    check::run(manifests, runs, printer)?;
                }
                if wanted(Subject::Latency) {
                    latency::run(runs, printer)?;
                }
                if wanted(Subject::Replicas) {
                    replicas::run(runs, printer)?;
                }
                if wanted(Subject::Switch) {
                    switch::run(&contexts, runs, printer)?;
                }
                if wanted(Subject::Beside) {
                    beside::run(FILES, runs, printer)?;
                }
                if wanted(Subject::Namespaces) {
                    namespaces::run(namespaces, runs, printer)?;
                }
                if wanted(Subject::DrainPlan) {
                    drain_plan::run(&nodes, pods_per_node, runs, printer)?;
                }
                if wanted(Subject::Drain) {
                    // Each takes seconds to tens of seconds.
                    drain::run(&evicted, runs.min(3), printer)?;
                }
                if wanted(Subject::DrainMany) {
                    drain_many::run(runs.min(3), printer)?;
                }
                if wanted(Subject::DrainReopened) {
                    drain_reopened::run(runs.min(5), printer)?;
                }
                if wanted(Subject::ElbTls) {
                    elb_tls::run(services, runs, printer)?;
                }
                if wanted(Subject::Placement) {
                    placement::run(printer)?;
                }
            }
        }
        Ok(ExitStatus::Success)
    }
}

fn floor_of(
    connection: &ConnectionFlags,
    paths: &[String],
    page: usize,
    printer: &mut Printer,
) -> Result<()> {
    let bytes = block_on(async {
        let mut bytes = 0;
        for path in paths {
            bytes += floor::read(connection, path, page, printer).await?;
        }
        Ok(bytes)
    })?;
    printer.data(&format!("{bytes} bytes\n"))
}

fn main() -> ExitCode {
    shared::cli::main::<Arguments>()
}
