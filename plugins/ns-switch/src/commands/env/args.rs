//! The words and flags of `env`.

use clap::{Args, ValueEnum};

use crate::completers;

pub const LONG_ABOUT: &str = "\
Print what gives the current shell a context of its own

As `kubectl ns-switch shell`, without a shell inside the shell: the variables it needs are printed for `eval`. The file \
that takes the switches is removed some time after the shell has ended.";

/// The end of the help: examples and exit statuses.
pub const EXAMPLES: &str = "\
Examples:
  # Use context prod in this shell alone
  eval \"$(kubectl ns-switch env prod)\"

  # The same in fish
  kubectl ns-switch env prod | source

  # Go back to the kubeconfig files
  eval \"$(kubectl ns-switch env --unset)\"

  # Print the context and namespace of this shell, for a prompt
  kubectl ns-switch env --prompt

Exit status:
  0  printed
  1  the context does not exist
  7  the kubeconfig could not be read";

/// The shells whose language is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Language {
    /// bash
    Bash,
    /// zsh
    Zsh,
    /// any POSIX shell
    Sh,
    /// fish
    Fish,
}

/// The arguments of `kubectl ns-switch env`.
#[derive(Args, Clone, Debug)]
pub struct EnvArgs {
    /// The context, and after a / the namespace in it; - for the previous context; a name that begins with - goes
    /// after --
    ///
    /// Without it the shell keeps the context it is in.
    #[arg(value_name = "CONTEXT[/NAMESPACE]", add = completers::contexts(), conflicts_with_all = ["unset", "prompt"])]
    pub target: Option<String>,

    /// A name that begins with -
    #[arg(last = true, hide = true, value_name = "CONTEXT[/NAMESPACE]", conflicts_with_all = ["target", "unset", "prompt"])]
    pub literal: Option<String>,

    /// Print in the language of this shell [default: the one that runs this]
    #[arg(long, value_enum, value_name = "SHELL")]
    pub shell: Option<Language>,

    /// Print what gives the shell back its KUBECONFIG, and remove the file that took the switches
    #[arg(short, long, conflicts_with_all = ["force", "yes", "prompt"])]
    pub unset: bool,

    /// Print the context and namespace of this shell for a prompt, and nothing where it has none of its own
    #[arg(long, conflicts_with_all = ["force", "yes", "shell"])]
    pub prompt: bool,

    /// Do not ask the cluster whether the namespace exists
    #[arg(short, long)]
    pub force: bool,

    /// Answer the confirmation with yes
    ///
    /// Switch to a protected context: the command asks where the settings protect the context.
    #[arg(short, long)]
    pub yes: bool,
}
