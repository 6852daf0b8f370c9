//! Which of kubectl's connection flags each command uses. The others are accepted, as kubectl accepts all of its own
//! everywhere, but hidden; only a flag that looks like the target of a switch, and is not, is refused.

use std::sync::OnceLock;

use clap::{Arg, Args, Command};
use shared::{Error, Result, cli::ConnectionFlags};

/// Unused by a command that asks the cluster of the chosen context.
pub const NAMESPACE: fn(&str) -> bool = |flag| flag == "namespace";

/// Unused by a command that chooses the context itself.
pub const TARGET: fn(&str) -> bool = |flag| matches!(flag, "namespace" | "context");

/// Unused by a command that asks no cluster.
pub const ALL_BUT_FILE: fn(&str) -> bool = |flag| flag != "kubeconfig";

/// Unused by a command that reads no kubeconfig.
pub const ALL: fn(&str) -> bool = |_| true;

/// Returns the unused flags, to be added to a command: clap keeps a global flag as a subcommand defines it, here hidden
/// from help and completion.
pub fn hidden(is_unused: fn(&str) -> bool) -> Vec<Arg> {
    chosen(is_unused).map(|flag| flag.hide(true)).collect()
}

/// Returns `--namespace` with another help, to be added to a command that uses it.
pub fn namespace_with_help(help: &'static str) -> Vec<Arg> {
    chosen(NAMESPACE).map(|flag| flag.help(help)).collect()
}

fn chosen(is_chosen: fn(&str) -> bool) -> impl Iterator<Item = Arg> {
    static FLAGS: OnceLock<Command> = OnceLock::new();
    let flags = FLAGS.get_or_init(|| ConnectionFlags::augment_args(Command::new("")));
    flags.get_arguments().filter(move |flag| is_chosen(flag.get_id().as_str())).cloned()
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
    Error::usage(format!("--{flag} does not name what to switch to")).with_hint(instead)
}
