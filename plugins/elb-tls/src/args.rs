//! What can be typed after `kubectl elb-tls`.

use clap::{Parser, Subcommand};
use shared::{
    Result,
    cli::{ExitStatus, GlobalFlags, Plugin, completion},
    output::Printer,
};

use crate::commands::{
    annotate::{self, AnnotateArgs},
    check::{self, CheckArgs},
    explain::{self, ExplainArgs},
    list::{self, ListArgs},
    migrate::{self, MigrateArgs},
    plan::{self, PlanArgs},
    policies::{self, PoliciesArgs},
    rbac::{self, RbacArgs},
    rollback::{self, RollbackArgs},
    status::{self, StatusArgs},
    verify::{self, VerifyArgs},
    wait::{self, WaitArgs},
};
use crate::help;

/// Check, foretell and change what annotations make of AWS load balancers
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true, after_help = help::plugin())]
pub struct ElbTlsArgs {
    /// Connection and color flags.
    #[command(flatten)]
    global: GlobalFlags,

    #[command(subcommand)]
    command: Command,
}

/// One variant a command: its arguments live in the folder of the command, beside what it does.
#[derive(Debug, Subcommand)]
enum Command {
    /// List Services with load balancers, and which of their ports speak TLS
    #[command(after_help = help::LIST)]
    List(Box<ListArgs>),
    /// Show the listeners that the next sync makes, and what that hurts
    #[command(after_help = help::PLAN)]
    Plan(Box<PlanArgs>),
    /// Check annotations of Services, manifests and dumps
    #[command(after_help = help::CHECK)]
    Check(Box<CheckArgs>),
    /// Change annotations of Services, after a plan and checks
    #[command(after_help = help::ANNOTATE)]
    Annotate(Box<AnnotateArgs>),
    /// Show who acts on a Service, how its last sync ended, and what that means
    #[command(after_help = help::STATUS)]
    Status(StatusArgs),
    /// Wait until the last change of a Service is carried out
    #[command(after_help = help::WAIT)]
    Wait(WaitArgs),
    /// Connect to a load balancer as clients do, and compare what they get with the annotations
    #[command(after_help = help::VERIFY)]
    Verify(VerifyArgs),
    /// Print a new Service for another kind of load balancer, and the steps to it
    #[command(after_help = help::MIGRATE)]
    Migrate(MigrateArgs),
    /// Put annotations back as they were before a change by annotate
    #[command(after_help = help::ROLLBACK)]
    Rollback(RollbackArgs),
    /// Explain what a key means to each controller, or what a rule finds
    #[command(after_help = help::EXPLAIN)]
    Explain(ExplainArgs),
    /// List the predefined security policies
    #[command(after_help = help::POLICIES)]
    Policies(PoliciesArgs),
    /// Print the least role for a command
    #[command(after_help = help::RBAC)]
    Rbac(RbacArgs),
    /// Print a shell's completion script, or install completion through kubectl
    #[command(after_help = completion::examples("elb-tls"))]
    Completion(completion::Arguments),
}

impl Plugin for ElbTlsArgs {
    const NAME: &'static str = "elb-tls";

    fn execute(self, printer: &mut Printer) -> Result<ExitStatus> {
        let connection = &self.global.connection;
        match self.command {
            Command::List(args) => list::run(*args, connection, printer),
            Command::Check(args) => check::run(*args, connection, printer),
            Command::Annotate(args) => annotate::run(*args, connection, printer),
            Command::Status(args) => status::run(&args, connection, printer),
            Command::Migrate(args) => migrate::run(&args, connection, printer),
            Command::Verify(args) => verify::run(&args, connection, printer),
            Command::Wait(args) => wait::run(&args, connection, printer),
            Command::Rollback(args) => rollback::run(&args, connection, printer),
            Command::Explain(args) => explain::run(&args, printer),
            Command::Policies(args) => policies::run(&args, printer),
            Command::Rbac(args) => rbac::run(&args, connection, printer),
            Command::Plan(args) => plan::run(*args, connection, printer),
            Command::Completion(arguments) => completion::run::<Self>(&arguments, printer),
        }
    }
}
