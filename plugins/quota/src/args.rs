//! What can be typed after `kubectl quota`.

use clap::{Parser, Subcommand};
use shared::{
    Result,
    cli::{ExitStatus, GlobalFlags, Plugin, completion},
    output::Printer,
};

use crate::commands::{
    check::{self, CheckArgs},
    create::{self, CreateArgs},
    explain::{self, ExplainArgs},
    fits::{self, FitsArgs},
    recommend::{self, RecommendArgs},
    rollout::{self, RolloutArgs},
    usage::{self, UsageArgs},
    what_if::{self, WhatIfArgs},
};

/// What each namespace may use, what it uses, and why nothing more fits
///
/// Without a command, `usage` runs.
#[derive(Debug, Parser)]
#[command(version)]
pub struct QuotaArgs {
    /// Which cluster, as whom, in which colours.
    #[command(flatten)]
    global: GlobalFlags,

    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Show what quotas allow and what is used (the default)
    Usage(UsageArgs),
    /// Tell whether manifests would be let in, and what the server would say
    Check(CheckArgs),
    /// Tell how many more pods of a workload fit, and what ends it
    Fits(FitsArgs),
    /// Tell whether a rolling update gets through on these quotas
    Rollout(RolloutArgs),
    /// Recommend a quota and a LimitRange for what runs, with the reason for each value
    Recommend(RecommendArgs),
    /// Make a quota and limits, guided or by flags
    Create(CreateArgs),
    /// Explain why objects are refused, who uses what they lack, and what would fix it
    Explain(ExplainArgs),
    /// Show which workloads a changed quota would refuse, and which HPAs could no longer reach maxReplicas
    WhatIf(WhatIfArgs),
    /// Print a shell's completion script, or install completion through kubectl
    Completion(completion::Arguments),
}

impl Plugin for QuotaArgs {
    const NAME: &'static str = "quota";
    const DEFAULT_SUBCOMMAND: Option<&'static str> = Some("usage");

    fn execute(self, printer: &mut Printer) -> Result<ExitStatus> {
        match self.command {
            Command::Usage(args) => usage::run(args, &self.global.connection, printer),
            Command::Check(args) => check::run(args, &self.global.connection, printer),
            Command::Fits(args) => fits::run(args, &self.global.connection, printer),
            Command::Rollout(args) => rollout::run(args, &self.global.connection, printer),
            Command::Recommend(args) => recommend::run(args, &self.global.connection, printer),
            Command::Create(args) => create::run(args, &self.global.connection, printer),
            Command::Explain(args) => explain::run(args, &self.global.connection, printer),
            Command::WhatIf(args) => what_if::run(args, &self.global.connection, printer),
            Command::Completion(arguments) => completion::run::<Self>(&arguments, printer),
        }
    }
}
