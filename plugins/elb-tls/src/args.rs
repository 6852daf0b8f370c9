//! What can be typed after `kubectl elb-tls`.

use clap::{Parser, Subcommand};
use shared::{
    Result,
    cli::{ExitStatus, GlobalFlags, Plugin, completion},
    output::Printer,
};

/// Configure and verify TLS on AWS load balancers of Services
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true)]
pub struct Arguments {
    #[command(flatten)]
    pub global: GlobalFlags,

    #[command(subcommand)]
    pub command: Command,
}

/// One variant a command: its arguments live in the file of the command, beside what it does.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print a completion script, or let kubectl complete this plugin
    Completion(completion::Arguments),
}

impl Plugin for Arguments {
    const NAME: &'static str = "elb-tls";

    fn execute(self, printer: &mut Printer) -> Result<ExitStatus> {
        match self.command {
            Command::Completion(arguments) => completion::run::<Self>(&arguments, printer),
        }
    }
}
