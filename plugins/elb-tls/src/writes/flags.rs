//! The flags of commands that write annotations.

use clap::{Args, ValueEnum};
use shared::cli::DryRun;

/// How annotations are written and printed.
#[derive(Args, Clone, Debug)]
pub struct WriteFlags {
    /// Answer the confirmation with yes
    #[arg(short = 'y', long)]
    pub yes: bool,

    /// Take over annotations that others own or have changed
    #[arg(long)]
    pub force_conflicts: bool,

    /// How far it goes.
    #[command(flatten)]
    pub dry_run: DryRun,

    /// Print the difference and write nothing
    #[arg(long, conflicts_with = "output")]
    pub diff: bool,

    /// Print the Services, or the change in a form for another tool, which writes nothing
    #[arg(short = 'o', long, value_name = "FORMAT", value_enum, ignore_case = true, help_heading = "Output")]
    pub output: Option<Output>,
}

/// What is printed instead of a line for each Service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Output {
    /// The Services, as YAML
    Yaml,
    /// The Services, as JSON
    Json,
    /// A merge patch for kubectl patch; for several Services the commands
    Patch,
    /// Patches for a kustomization.yaml
    Kustomize,
    /// Values for a chart that has service.annotations
    Helm,
}

impl WriteFlags {
    /// Returns whether the change is printed for other tools, and never written.
    pub fn is_for_others(&self) -> bool {
        self.diff || matches!(self.output, Some(Output::Patch | Output::Kustomize | Output::Helm))
    }
}
