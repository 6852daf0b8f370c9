//! What can be typed after `kubectl elb-tls`.

use clap::{Parser, Subcommand};
use shared::{
    Result,
    cli::{EXIT_STATUS_HELP, ExitStatus, GlobalFlags, Plugin, completion},
    output::Printer,
};

/// Placeholder for a plugin that configures and verifies TLS on AWS load balancers
///
/// It has no commands yet besides completion.
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true, after_help = EXIT_STATUS_HELP)]
pub struct ElbTlsArgs {
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
    /// Print a shell's completion script, or install completion through kubectl
    Completion(completion::Arguments),
}

impl Plugin for ElbTlsArgs {
    const NAME: &'static str = "elb-tls";

    fn execute(self, printer: &mut Printer) -> Result<ExitStatus> {
        match self.command {
            Command::Completion(arguments) => completion::run::<Self>(&arguments, printer),
        }
    }
}
