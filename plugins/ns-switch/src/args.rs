//! What can be typed after `kubectl ns-switch`.

use clap::{Parser, Subcommand};
use shared::{
    Result,
    cli::{EXIT_STATUS_HELP, ExitStatus, GlobalFlags, Plugin, completion},
    output::Printer,
};

use crate::{
    commands::{
        contexts::{self, ContextsArgs},
        create::{self, CreateArgs},
        doctor::{self, DoctorArgs},
        env::{self, EnvArgs},
        list::{self, ListArgs},
        rbac::{self, RbacArgs},
        shell::{self, ShellArgs},
        switch_namespace::{self, SwitchNamespaceArgs},
        undo::{self, UndoArgs},
        use_context::{self, UseArgs},
        user::{self, UserArgs},
        whoami::{self, WhoamiArgs},
    },
    completers,
    kubectl_flags::{ALL, ALL_BUT_FILE, NAMESPACE, TARGET, hidden, namespace_with_help},
    sessions,
    switching::without_server,
};

const LONG_ABOUT: &str = "\
Switch namespaces and contexts without losing anything

NAME is the namespace to switch to, and - the previous one. Without NAME a namespace is chosen from a list; where there \
is not a terminal, the namespaces are listed. A namespace that is called like a command goes after --.";

const EXAMPLES: &str = "\
Examples:
  # Work in namespace shop
  kubectl ns-switch shop

  # Go back to the previous namespace
  kubectl ns-switch -

  # Switch to context prod, and to namespace web in it
  kubectl ns-switch use prod/web

  # Set the namespace of context stage, and stay in the current context
  kubectl ns-switch --context stage web

  # Work in context prod in a shell of its own
  kubectl ns-switch shell prod

  # Switch to a namespace that is called list
  kubectl ns-switch -- list

  # List the contexts, and who you are in each of them
  kubectl ns-switch contexts";

const USAGE: &str = "\
kubectl ns-switch [OPTIONS] [NAME]
       kubectl ns-switch [OPTIONS] <COMMAND>";

const DEFAULT_FLAGS: &str = "\
Flags of the default command (all: kubectl ns-switch to --help):
  -              switch to the previous namespace, in place of NAME
  -c, --current  print the namespace in effect
  -u, --unset    remove the namespace from the context, so that kubectl uses \"default\"
  -f, --force    switch without asking the cluster whether the namespace exists
  --dry-run      show what would change, and write nothing";

const SETTINGS: &str = "\
Settings in $XDG_CONFIG_HOME/kubectl-ns-switch/config.toml (by default in ~/.config):
  protected = [\"prod-*\", \"re:^live\"]  ask before switching to these contexts
  prompt = false                      no context in the prompt of shells that are opened
  picker = \"fzf\"                      choose from lists with fzf, as NS_SWITCH_PICKER=fzf does
  [kubeconfigs]
  paths = [\"~/.kube/configs/*\"]        list these files beside yours, and enter them with shell
  [namespaces]
  team-cluster = [\"team-a\"]           namespaces of a context in which you may not list them";

/// Switch namespaces and contexts without losing anything
#[derive(Debug, Parser)]
#[command(
    version,
    long_about = LONG_ABOUT,
    override_usage = USAGE,
    after_help = format!("{DEFAULT_FLAGS}\n\n{SETTINGS}\n\n{EXAMPLES}\n\n{EXIT_STATUS_HELP}")
)]
// All plugins have kubectl's flags; none of these commands works in a namespace.
#[command(mut_arg("namespace", |flag| {
    flag.help("Not used here: name the namespace to switch to without a flag")
}))]
#[command(mut_arg("context", completers::with_contexts))]
pub struct NsSwitchArgs {
    /// The flags that every command takes.
    #[command(flatten)]
    global: GlobalFlags,

    #[command(subcommand)]
    command: Command,
}

/// The commands. The arguments of each are in its folder, beside what it does.
#[derive(Debug, Subcommand)]
enum Command {
    /// Switch to a namespace (the default command)
    #[command(args = hidden(NAMESPACE), long_about = switch_namespace::LONG_ABOUT, after_help = switch_namespace::EXAMPLES)]
    To(SwitchNamespaceArgs),
    /// Switch to a context, and to a namespace in it
    #[command(args = hidden(TARGET), long_about = use_context::LONG_ABOUT, after_help = use_context::EXAMPLES)]
    Use(UseArgs),
    /// List the namespaces of the cluster
    #[command(args = hidden(NAMESPACE), long_about = list::LONG_ABOUT, after_help = list::EXAMPLES)]
    List(ListArgs),
    /// List contexts and their credentials; switch to, rename and delete them
    #[command(args = hidden(TARGET), mut_arg("dry_run", without_server), long_about = contexts::LONG_ABOUT, after_help = contexts::EXAMPLES)]
    Contexts(ContextsArgs),
    /// Open a shell with a context of its own
    #[command(args = hidden(TARGET), long_about = shell::LONG_ABOUT, after_help = shell::EXAMPLES)]
    Shell(ShellArgs),
    /// Print what gives the current shell a context of its own
    #[command(args = hidden(TARGET), long_about = env::LONG_ABOUT, after_help = env::EXAMPLES)]
    Env(EnvArgs),
    /// Create a namespace for a team, with everything in it
    #[command(args = hidden(NAMESPACE), long_about = create::LONG_ABOUT, after_help = create::EXAMPLES)]
    Create(Box<CreateArgs>),
    /// Show who you are to the cluster, and what you may do
    #[command(
        args = namespace_with_help("The namespace of the rules and of --can"),
        long_about = whoami::LONG_ABOUT, after_help = whoami::EXAMPLES
    )]
    Whoami(WhoamiArgs),
    /// Give people and programs access: certificates, tokens of service accounts, and kubeconfigs with them
    #[command(long_about = user::LONG_ABOUT, after_help = user::EXAMPLES)]
    User(UserArgs),
    /// Print the least role that a command needs
    #[command(args = hidden(ALL), long_about = rbac::LONG_ABOUT, after_help = rbac::EXAMPLES)]
    Rbac(RbacArgs),
    /// Undo the last change to the kubeconfig
    #[command(args = hidden(ALL_BUT_FILE), mut_arg("dry_run", without_server), long_about = undo::LONG_ABOUT, after_help = undo::EXAMPLES)]
    Undo(UndoArgs),
    /// Check the kubeconfig files, and show how to fix what is wrong
    #[command(args = hidden(ALL_BUT_FILE), long_about = doctor::LONG_ABOUT, after_help = doctor::EXAMPLES)]
    Doctor(DoctorArgs),
    /// Print a completion script, or install completion for kubectl
    #[command(args = hidden(ALL), long_about = completion::LONG_ABOUT, after_help = completion::examples("ns-switch"))]
    Completion(completion::Arguments),
}

impl Plugin for NsSwitchArgs {
    const NAME: &'static str = "ns-switch";
    const DEFAULT_SUBCOMMAND: Option<&'static str> = Some("to");

    fn execute(self, printer: &mut Printer) -> Result<ExitStatus> {
        let connection = &self.global.connection;
        let status = match self.command {
            Command::To(args) => switch_namespace::run(&args, connection, printer),
            Command::Use(args) => use_context::run(&args, connection, printer),
            Command::List(args) => list::run(&args, connection, printer),
            Command::Contexts(args) => contexts::run(&args, connection, printer),
            Command::Shell(args) => shell::run(&args, connection, printer),
            Command::Env(args) => env::run(&args, connection, printer),
            Command::Whoami(args) => whoami::run(&args, connection, printer),
            Command::User(args) => user::run(&args, connection, printer),
            Command::Create(args) => create::run(&args, connection, printer),
            Command::Rbac(args) => rbac::run(&args, printer),
            Command::Undo(args) => undo::run(&args, connection, printer),
            Command::Doctor(args) => doctor::run(&args, connection, printer),
            Command::Completion(arguments) => completion::run::<Self>(&arguments, printer),
        };
        sessions::sweep();
        status
    }
}
