//! Which of kubectl's flags mean something to which command. The others are taken, as kubectl takes all of its own
//! everywhere, but not offered; only a flag that looks like the target of a switch, and is not, is refused.

use std::sync::OnceLock;

use clap::{Arg, Args, Command};
use shared::{Error, Result, cli::ConnectionFlags};

/// Of no use to a command that asks the cluster about the chosen context.
pub const NAMESPACE: fn(&str) -> bool = |flag| flag == "namespace";

/// Of no use to a command that chooses the context itself.
pub const TARGET: fn(&str) -> bool = |flag| matches!(flag, "namespace" | "context");

/// Of no use to a command that asks no cluster.
pub const ALL_BUT_FILE: fn(&str) -> bool = |flag| flag != "kubeconfig";

/// Of no use to a command that reads no kubeconfig.
pub const ALL: fn(&str) -> bool = |_| true;

/// The flags of no use, to be added to a command: clap keeps a global flag as a subcommand has it, here out of help
/// and completion.
pub fn hidden(of_no_use: fn(&str) -> bool) -> Vec<Arg> {
    static FLAGS: OnceLock<Command> = OnceLock::new();
    let flags = FLAGS.get_or_init(|| ConnectionFlags::augment_args(Command::new("")));
    let flags = flags.get_arguments().filter(|flag| of_no_use(flag.get_id().as_str()));
    flags.map(|flag| flag.clone().hide(true)).collect()
}

/// Refuses `--namespace`.
///
/// # Errors
/// A usage error that says how to name the namespace.
pub fn refuse_namespace(connection: &ConnectionFlags, instead: &str) -> Result<()> {
    match connection.namespace {
        None => Ok(()),
        Some(_) => Err(not_a_target("namespace", instead)),
    }
}

/// Refuses `--namespace` and `--context` where a context is switched to.
///
/// # Errors
/// A usage error that says how to name them.
pub fn refuse_target(connection: &ConnectionFlags) -> Result<()> {
    refuse_namespace(
        connection,
        "name the namespace after the context: kubectl ns-switch use CONTEXT/NAMESPACE",
    )?;
    match connection.context {
        None => Ok(()),
        Some(_) => {
            Err(not_a_target("context", "name the context without the flag: kubectl ns-switch use CONTEXT"))
        }
    }
}

fn not_a_target(flag: &str, instead: &str) -> Error {
    Error::usage(format!("--{flag} says where other commands work, not where to switch to"))
        .with_hint(instead)
}
