//! What can be typed after `kubectl ns-switch`.

use clap::{Parser, Subcommand};
use shared::{
    Result,
    cli::{ExitStatus, GlobalFlags, Plugin, completion},
    output::Printer,
};

use crate::{
    commands::{
        contexts::{self, ContextsArgs},
        doctor::{self, DoctorArgs},
        list::{self, ListArgs},
        switch_namespace::{self, SwitchNamespaceArgs},
        undo,
        use_context::{self, UseArgs},
    },
    kubectl_flags::{ALL, ALL_BUT_FILE, NAMESPACE, TARGET, hidden},
    switching::{WriteFlags, without_server},
};

/// What stands below the help of the plugin.
const SETTINGS: &str = "\
Settings, in $XDG_CONFIG_HOME/kubectl-ns-switch/config.toml (~/.config without the variable):
  protected = [\"prod-*\", \"re:^live\"]  contexts that are switched to only after a question
  picker = \"fzf\"                       choose from lists with fzf; NS_SWITCH_PICKER=fzf does it too
  [namespaces]
  team-cluster = [\"team-a\"]            namespaces of a context that may not be listed there";

/// Switch namespaces and contexts without losing anything
///
/// Without a command, `to` runs: `kubectl ns-switch shop` works in the namespace shop from now on, `-` in the one
/// before. A namespace that is called like a command goes after --.
#[derive(Debug, Parser)]
#[command(version, after_help = SETTINGS)]
// All plugins have kubectl's flags; none of these commands works in a namespace.
#[command(mut_arg("namespace", |flag| {
    flag.help("No use here: the namespace to switch to is named without a flag")
}))]
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
    /// Switch to a namespace (the default)
    #[command(args = hidden(NAMESPACE))]
    To(SwitchNamespaceArgs),
    /// Switch to a context, and to a namespace in it
    #[command(args = hidden(TARGET))]
    Use(UseArgs),
    /// List the namespaces of the cluster
    #[command(args = hidden(NAMESPACE))]
    List(ListArgs),
    /// List contexts and who one is in them; rename and delete them
    #[command(args = hidden(TARGET), mut_arg("dry_run", without_server))]
    Contexts(ContextsArgs),
    /// Take the last change back
    #[command(args = hidden(ALL_BUT_FILE), mut_arg("dry_run", without_server))]
    Undo(WriteFlags),
    /// Show what is wrong with the kubeconfig files, and how to mend it
    #[command(args = hidden(ALL_BUT_FILE))]
    Doctor(DoctorArgs),
    /// Print a completion script, or let kubectl complete this plugin
    #[command(args = hidden(ALL))]
    Completion(completion::Arguments),
}

impl Plugin for NsSwitchArgs {
    const NAME: &'static str = "ns-switch";
    const DEFAULT_SUBCOMMAND: Option<&'static str> = Some("to");

    fn execute(self, printer: &mut Printer) -> Result<ExitStatus> {
        let connection = &self.global.connection;
        match self.command {
            Command::To(args) => switch_namespace::run(&args, connection, printer),
            Command::Use(args) => use_context::run(&args, connection, printer),
            Command::List(args) => list::run(&args, connection, printer),
            Command::Contexts(args) => contexts::run(&args, connection, printer),
            Command::Undo(args) => undo::run(args, connection, printer),
            Command::Doctor(args) => doctor::run(&args, connection, printer),
            Command::Completion(arguments) => completion::run::<Self>(&arguments, printer),
        }
    }
}
