//! What can be typed after `kubectl drain-safe`.

use clap::{Parser, Subcommand};
use shared::{
    Result,
    cli::{ExitStatus, GlobalFlags, Plugin, completion},
    output::Printer,
};

use crate::commands::{
    backup::{self, BackupArgs},
    doctor::{self, DoctorArgs},
    drain::{self, DrainArgs},
    explain::{self, ExplainArgs},
    export::{self, ExportArgs},
    finish::{self, FinishArgs},
    plan::{self, PlanArgs},
    rbac::{self, RbacArgs},
    restore::{self, RestoreArgs},
    resume::{self, ResumeArgs},
    rolling::{self, RollingArgs},
    status::{self, StatusArgs},
    undo::{self, UndoArgs},
};
use crate::help;

/// Drain nodes as planned: the fate of every pod is shown before anything is touched
///
/// Without a command, `drain` runs.
#[derive(Debug, Parser)]
#[command(
    version,
    arg_required_else_help = true,
    after_help = help::plugin(),
    override_usage = "kubectl drain-safe [OPTIONS] NODE...\n       kubectl drain-safe [OPTIONS] <COMMAND>"
)]
#[command(mut_arg("namespace", |flag| {
    flag.help("The namespace of the pod to explain, and of objects in files that set none; nodes have none")
}))]
pub struct DrainSafeArgs {
    /// Connection and color flags.
    #[command(flatten)]
    pub global: GlobalFlags,

    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// One variant a command: its arguments live in the folder of the command, beside what it does.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Drain nodes: show the plan, ask, and do exactly that (the default)
    #[command(after_help = help::DRAIN)]
    Drain(Box<DrainArgs>),
    /// Show what a drain would do with every pod, without touching anything
    #[command(after_help = help::PLAN)]
    Plan(Box<PlanArgs>),
    /// Go on with a drain that was interrupted or killed, also on another machine
    #[command(after_help = help::RESUME)]
    Resume(ResumeArgs),
    /// Show the drains of the cluster, and what each waits for
    #[command(after_help = help::STATUS)]
    Status(StatusArgs),
    /// Wait until drained nodes are Ready again, and let pods in
    #[command(after_help = help::FINISH)]
    Finish(FinishArgs),
    /// Take a drain back: uncordon the nodes that it has cordoned, and bring saved pods back
    #[command(after_help = help::UNDO)]
    Undo(UndoArgs),
    /// Drain nodes one after the other, each once the one before is back and its workloads are whole
    #[command(after_help = help::ROLLING)]
    Rolling(Box<RollingArgs>),
    /// Explain what becomes of one pod, and which nodes take its replacement
    #[command(after_help = help::EXPLAIN)]
    Explain(Box<ExplainArgs>),
    /// Show which nodes can be drained now, and what in the cluster is in the way
    #[command(after_help = help::DOCTOR)]
    Doctor(Box<DoctorArgs>),
    /// Write what a drain or an upgrade could lose to files that kubectl apply accepts
    #[command(after_help = help::EXPORT)]
    Export(ExportArgs),
    /// Create what such files hold and the cluster lacks
    #[command(after_help = help::RESTORE)]
    Restore(RestoreArgs),
    /// Write the objects of the cluster and a snapshot of etcd to files, before a control-plane node goes
    #[command(after_help = help::BACKUP)]
    Backup(BackupArgs),
    /// Print the least ClusterRole that a command needs
    #[command(after_help = help::RBAC)]
    Rbac(RbacArgs),
    /// Print a shell's completion script, or install completion through kubectl
    #[command(after_help = completion::examples("drain-safe"))]
    Completion(completion::Arguments),
}

impl Plugin for DrainSafeArgs {
    const NAME: &'static str = "drain-safe";
    const DEFAULT_SUBCOMMAND: Option<&'static str> = Some("drain");

    fn execute(self, printer: &mut Printer) -> Result<ExitStatus> {
        match self.command {
            Command::Drain(args) => drain::run(*args, &self.global.connection, printer),
            Command::Resume(args) => resume::run(args, &self.global.connection, printer),
            Command::Status(args) => status::run(args, &self.global.connection, printer),
            Command::Finish(args) => finish::run(args, &self.global.connection, printer),
            Command::Undo(args) => undo::run(args, &self.global.connection, printer),
            Command::Plan(args) => plan::run(*args, &self.global.connection, printer),
            Command::Explain(args) => explain::run(*args, &self.global.connection, printer),
            Command::Doctor(args) => doctor::run(*args, &self.global.connection, printer),
            Command::Export(args) => export::run(args, &self.global.connection, printer),
            Command::Restore(args) => restore::run(args, &self.global.connection, printer),
            Command::Backup(args) => backup::run(args, &self.global.connection, printer),
            Command::Rolling(args) => rolling::run(*args, &self.global.connection, printer),
            Command::Rbac(args) => rbac::run(&args, printer),
            Command::Completion(arguments) => completion::run::<Self>(&arguments, printer),
        }
    }
}
