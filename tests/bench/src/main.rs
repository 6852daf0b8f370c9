//! Measures the plugins beside kubectl and beside the bytes on the wire, in one run.
//!
//! `cargo bench-peers` builds the binaries users get, starts a control plane, and prints a table for each subject.
//! Absolute times are this machine's; the ratios are what counts.

mod binaries;
mod check;
mod demands;
mod elb_tls;
mod fill;
mod floor;
mod kubeconfigs;
mod measure;
mod namespaces;
mod quotas;
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
        /// How many manifests the check benchmark has
        #[arg(long, default_value_t = 1000)]
        manifests: usize,
    },
    /// Read a list in pages and forget it: what any reader pays at least
    #[command(hide = true)]
    Floor {
        /// The path of the list
        path: String,
        /// In one piece instead of pages of 500
        #[arg(long)]
        whole: bool,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Subject {
    /// Start-up and size of the binaries
    Start,
    /// `quota usage -A`
    Quotas,
    /// `quota check -f` of a folder
    Check,
    /// `ns-switch use`, `ns-switch NAMESPACE`, `ns-switch contexts`
    Switch,
    /// `ns-switch list`
    Namespaces,
    /// `elb-tls check -A` and `elb-tls list -A`
    ElbTls,
}

impl Plugin for Arguments {
    const NAME: &'static str = "bench-peers";
    const DEFAULT_SUBCOMMAND: Option<&'static str> = Some("run");

    fn execute(self, printer: &mut Printer) -> Result<ExitStatus> {
        match self.command {
            Command::Floor { path, whole } => {
                let page = if whole { 0 } else { 500 };
                floor_of(&self.global.connection, &path, page, printer)?;
            }
            Command::Run { subjects, runs, namespaces, contexts, services, manifests } => {
                let wanted = |subject| subjects.is_empty() || subjects.contains(&subject);
                if wanted(Subject::Start) {
                    start::run(runs, printer)?;
                }
                if wanted(Subject::Quotas) {
                    quotas::run(namespaces, runs, printer)?;
                }
                if wanted(Subject::Check) {
                    check::run(manifests, runs, printer)?;
                }
                if wanted(Subject::Switch) {
                    switch::run(&contexts, runs, printer)?;
                }
                if wanted(Subject::Namespaces) {
                    namespaces::run(namespaces, runs, printer)?;
                }
                if wanted(Subject::ElbTls) {
                    elb_tls::run(services, runs, printer)?;
                }
            }
        }
        Ok(ExitStatus::Success)
    }
}

fn floor_of(connection: &ConnectionFlags, path: &str, page: usize, printer: &mut Printer) -> Result<()> {
    let bytes = block_on(floor::read(connection, path, page, printer))?;
    printer.data(&format!("{bytes} bytes\n"))
}

fn main() -> ExitCode {
    shared::cli::main::<Arguments>()
}
