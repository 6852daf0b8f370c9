//! The arguments of `kubectl quota`.

use std::path::PathBuf;

use clap::{Parser, Subcommand};
use shared::{
    Result,
    cli::{ExitStatus, GlobalFlags, Plugin, completion},
    output::Printer,
};

use crate::{
    capacity::args::CapacityArgs,
    commands::{
        check::{self, CheckArgs},
        create::{self, CreateArgs},
        diff::{self, DiffArgs},
        explain::{self, ExplainArgs},
        fits::{self, FitsArgs},
        limits::{self, LimitsArgs},
        lint::{self, LintArgs},
        rbac::{self, RbacArgs},
        recommend::{self, RecommendArgs},
        rollout,
        usage::{self, UsageArgs},
        verify::{self, VerifyArgs},
        what_if::{self, WhatIfArgs},
        who::{self, WhoArgs},
    },
    completers, dump_hint, help,
};

/// Show what quotas allow, what is used, and what would be admitted
///
/// Without a command, `usage` runs.
#[derive(Debug, Parser)]
#[command(version, after_help = help::PLUGIN, override_usage = "kubectl quota [COMMAND] [OPTIONS]")]
#[command(mut_arg("namespace", |flag| flag.add(completers::namespaces())))]
#[command(mut_arg("context", |flag| flag.add(completers::contexts())))]
pub struct QuotaArgs {
    /// Connection and color flags.
    #[command(flatten)]
    global: GlobalFlags,

    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Show what quotas allow and what is used (the default command)
    #[command(after_help = help::USAGE)]
    Usage(UsageArgs),
    /// Check whether the API server would admit manifests, without sending them
    ///
    /// Evaluates defaults, LimitRanges, quotas and scopes, one manifest after the other, and workloads by the pods that
    /// they will create. Pod Security, webhooks and policies decide only with --ask-server.
    #[command(after_help = help::CHECK)]
    Check(CheckArgs),
    /// Show how many more pods of a workload the quotas admit
    ///
    /// Evaluates ResourceQuotas and LimitRanges; whether nodes have room for the pods is considered with --nodes.
    #[command(
        after_help = help::FITS,
        override_usage = "kubectl quota fits [OPTIONS] TYPE/NAME | TYPE NAME\n       kubectl quota fits [OPTIONS] -f FILE"
    )]
    Fits(FitsArgs),
    /// Check whether a rolling update completes under the quotas
    ///
    /// Simulates the update of a Deployment, StatefulSet or DaemonSet, or its restart where its template does not change.
    #[command(
        after_help = help::ROLLOUT,
        override_usage = "kubectl quota rollout [OPTIONS] TYPE/NAME | TYPE NAME\n       kubectl quota rollout [OPTIONS] -f FILE"
    )]
    Rollout(CapacityArgs),
    /// Recommend quotas and limits sized by what runs, with reasons
    #[command(after_help = help::RECOMMEND)]
    Recommend(RecommendArgs),
    /// Create a quota and limits, by questions or flags
    ///
    /// Shows what will change, and refuses values that would break what runs.
    #[command(after_help = help::CREATE)]
    Create(CreateArgs),
    /// Explain why pods are refused, who uses the quota, and what would help
    #[command(after_help = help::EXPLAIN, mut_arg("name", |name| name.add(completers::names_of_type())))]
    Explain(ExplainArgs),
    /// Show which rollouts a changed quota would refuse, and which HPAs it would limit
    #[command(
        after_help = help::WHAT_IF,
        override_usage = "kubectl quota what-if [OPTIONS] --hard RESOURCE=QUANTITY,...\n       kubectl quota what-if [OPTIONS] -f FILE|DIR|-"
    )]
    WhatIf(WhatIfArgs),
    /// Show who uses what quotas limit, the largest share first
    ///
    /// Adds up what each workload is charged: pods by their Deployment, StatefulSet, DaemonSet or CronJob, and Services,
    /// claims and other objects.
    #[command(after_help = help::WHO)]
    Who(WhoArgs),
    /// Check that what quotas record as used is what exists
    ///
    /// Counts the objects of each namespace again, as the quota controller does, and shows what differs, with its likely
    /// cause.
    #[command(after_help = help::VERIFY)]
    Verify(VerifyArgs),
    /// Find quotas, LimitRanges and workloads that do not do what they look like
    ///
    /// `lint explain RULE` tells why a finding matters.
    #[command(after_help = help::LINT)]
    Lint(LintArgs),
    /// Show the LimitRanges in force, and what they make of a workload's containers
    #[command(
        after_help = help::LIMITS,
        override_usage = "kubectl quota limits [OPTIONS]\n       kubectl quota limits [OPTIONS] TYPE/NAME | TYPE NAME\n       kubectl quota limits [OPTIONS] -f FILE|DIR|-"
    )]
    Limits(LimitsArgs),
    /// Show how the quotas of two dumps differ
    #[command(after_help = help::DIFF)]
    Diff(DiffArgs),
    /// Print the least Role that a command needs
    ///
    /// A Role can't permit what has no namespace: nodes, classes, admission webhooks and policies. Of kinds that only
    /// quotas or manifests name, add `list` or `get`. `get` of Secrets is left out: it would permit their content.
    #[command(after_help = help::RBAC)]
    Rbac(RbacArgs),
    /// Print a shell's completion script, or install completion through kubectl
    #[command(after_help = completion::examples("quota"))]
    Completion(completion::Arguments),
}

impl Plugin for QuotaArgs {
    const NAME: &'static str = "quota";
    const DEFAULT_SUBCOMMAND: Option<&'static str> = Some("usage");

    fn execute(self, printer: &mut Printer) -> Result<ExitStatus> {
        let dumps = self.command.dumps();
        let outcome = self.run(printer);
        outcome.map_err(|error| match dumps.as_slice() {
            [] => error,
            dumps => dump_hint::with_hint(error, &dumps.iter().map(PathBuf::as_path).collect::<Vec<_>>()),
        })
    }
}

impl QuotaArgs {
    fn run(self, printer: &mut Printer) -> Result<ExitStatus> {
        match self.command {
            Command::Usage(args) => usage::run(args, &self.global.connection, printer),
            Command::Check(args) => check::run(args, &self.global.connection, printer),
            Command::Fits(args) => fits::run(args, &self.global.connection, printer),
            Command::Rollout(args) => rollout::run(args, &self.global.connection, printer),
            Command::Recommend(args) => recommend::run(args, &self.global.connection, printer),
            Command::Create(args) => create::run(args, &self.global.connection, printer),
            Command::Explain(args) => explain::run(args, &self.global.connection, printer),
            Command::WhatIf(args) => what_if::run(args, &self.global.connection, printer),
            Command::Verify(args) => verify::run(&args, &self.global.connection, printer),
            Command::Who(args) => who::run(&args, &self.global.connection, printer),
            Command::Lint(args) => lint::run(&args, &self.global.connection, printer),
            Command::Limits(args) => limits::run(&args, &self.global.connection, printer),
            Command::Diff(args) => diff::run(&args, &self.global.connection, printer),
            Command::Rbac(args) => rbac::run(&args, &self.global.connection, printer),
            Command::Completion(arguments) => completion::run::<Self>(&arguments, printer),
        }
    }
}

impl Command {
    /// Returns the dumps that are read instead of a cluster.
    fn dumps(&self) -> Vec<PathBuf> {
        let from = match self {
            Self::Usage(args) => &args.dump.from,
            Self::Check(args) => &args.dump.from,
            Self::Fits(args) => &args.capacity.dump.from,
            Self::Rollout(args) => &args.dump.from,
            Self::Recommend(args) => &args.dump.from,
            Self::Explain(args) => &args.dump.from,
            Self::WhatIf(args) => &args.dump.from,
            Self::Who(args) => &args.dump.from,
            Self::Verify(args) => &args.dump.from,
            Self::Lint(args) => &args.dump.from,
            Self::Limits(args) => &args.dump.from,
            Self::Diff(args) => return vec![args.old.clone(), args.new.clone()],
            Self::Create(_) | Self::Rbac(_) | Self::Completion(_) => &None,
        };
        from.iter().cloned().collect()
    }
}
