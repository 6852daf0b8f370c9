//! What can be typed after `kubectl ns-switch`.

use clap::{Parser, Subcommand};
use shared::{
    Result,
    cli::{ExitStatus, GlobalFlags, Plugin, completion},
    output::Printer,
};

use crate::{
    contexts::{self, ContextsArgs},
    list::{self, ListArgs},
};

/// The version of this plugin's JSON documents.
pub const API_VERSION: &str = "kubectl-ns-switch/v1";

/// Switch namespaces and contexts without losing anything
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true)]
pub struct NsSwitchArgs {
    /// Which cluster, as whom, in which colours.
    #[command(flatten)]
    global: GlobalFlags,

    #[command(subcommand)]
    command: Command,
}

/// One variant a command: its arguments live in the folder of the command, beside what it does.
#[derive(Debug, Subcommand)]
enum Command {
    /// List the namespaces of the cluster
    List(ListArgs),
    /// List contexts and who one is in them
    Contexts(ContextsArgs),
    /// Print a completion script, or let kubectl complete this plugin
    Completion(completion::Arguments),
}

impl Plugin for NsSwitchArgs {
    const NAME: &'static str = "ns-switch";

    fn execute(self, printer: &mut Printer) -> Result<ExitStatus> {
        let connection = &self.global.connection;
        match self.command {
            Command::List(args) => list::run(&args, connection, printer),
            Command::Contexts(args) => contexts::run(&args, connection, printer),
            Command::Completion(arguments) => completion::run::<Self>(&arguments, printer),
        }
    }
}
