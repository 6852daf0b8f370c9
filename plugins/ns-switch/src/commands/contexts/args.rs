//! The words and flags of `contexts`.

use clap::{Args, Subcommand};
use shared::{
    cli::OutputFlags,
    output::{Format, FormatSet},
};

use super::{add::AddArgs, export::ExportArgs};
use crate::{
    completers,
    kubectl_flags::{TARGET, hidden},
    switching::{WriteFlags, without_server},
};

/// The formats of `contexts`.
#[derive(Clone, Debug)]
pub struct ContextFormats;

impl FormatSet for ContextFormats {
    const FORMATS: &'static [Format] =
        &[Format::Table, Format::Wide, Format::Json, Format::Yaml, Format::Name];

    // As `kubectl config get-contexts -o name` prints them.
    const NAME_HELP: &'static str = "Only names, one a line";
}

pub const LONG_ABOUT: &str = "\
List contexts and their credentials; switch to, rename and delete them

Who you are in a context is read from the certificates and tokens it names: no credential plugin runs and no cluster is \
asked, except by --check.";

/// The end of the help: examples and exit statuses.
pub const EXAMPLES: &str = "\
Examples:
  # List the contexts, with clusters, users and when credentials expire
  kubectl ns-switch contexts

  # Ask every cluster who you are there
  kubectl ns-switch contexts --check

  # Rename context old, and the current context
  kubectl ns-switch contexts new=old
  kubectl ns-switch contexts new=.

  # Delete two contexts, and the clusters and users that only they use
  kubectl ns-switch contexts -d one two --orphans

  # Delete all clusters and users that no context uses
  kubectl ns-switch contexts -d --orphans

  # Take over the contexts of another kubeconfig, under names of their own
  kubectl ns-switch contexts add team.yaml --rename '{file}-{name}'

  # Write a kubeconfig with one context, to be used on another computer
  kubectl ns-switch contexts export prod --embed --file prod.kubeconfig

  # Switch to a context that is called add
  kubectl ns-switch contexts -- add

Exit status:
  0    done
  1    a context does not exist
  5    a protected context, or a name that is taken
  7    the kubeconfig could not be read or written
  130  canceled";

/// What works on other kubeconfig files.
#[derive(Clone, Debug, Subcommand)]
pub enum ContextsCommand {
    /// Take over the contexts, clusters and users of other kubeconfig files
    #[command(args = hidden(TARGET), mut_arg("dry_run", without_server), long_about = super::add::LONG_ABOUT, after_help = super::add::EXAMPLES)]
    Add(AddArgs),
    /// Write a kubeconfig with nothing but some contexts and what they name
    #[command(args = hidden(TARGET), long_about = super::export::LONG_ABOUT, after_help = super::export::EXAMPLES)]
    Export(ExportArgs),
}

/// The arguments of `kubectl ns-switch contexts`.
#[derive(Args, Clone, Debug)]
#[command(args_conflicts_with_subcommands = true, disable_help_subcommand = true)]
pub struct ContextsArgs {
    /// What works on other kubeconfig files.
    #[command(subcommand)]
    pub command: Option<ContextsCommand>,

    /// The context to switch to, or - for the previous one; NEW=OLD renames OLD, NEW=. the current one; a name with a =
    /// in it or a - before it goes after --, and so does -NEW=OLD
    ///
    /// Without a name the contexts are listed.
    #[arg(
        value_name = "NAME|NEW=OLD",
        add = completers::contexts_and_renames(),
        conflicts_with_all = ["current", "delete", "unset", "check", "format", "no_headers"]
    )]
    pub word: Option<String>,

    /// The context to switch to, or with -d to delete, for a name with a = in it or a - before it
    #[arg(last = true, hide = true, value_name = "NAME", conflicts_with_all = ["word", "current", "unset", "check", "format", "no_headers"])]
    pub literal: Vec<String>,

    /// Print the name of the current context
    #[arg(short, long, conflicts_with_all = ["check", "delete", "unset", "format", "no_headers"])]
    pub current: bool,

    /// Delete contexts, . for the current one: all of them, or none if one does not exist
    #[arg(
        short,
        long,
        value_name = "NAME",
        num_args = 0..,
        add = completers::contexts(),
        conflicts_with_all = ["check", "unset", "format", "no_headers"]
    )]
    pub delete: Option<Vec<String>>,

    /// With -d, delete also the clusters and users that no other context uses; without names, all that no context uses
    #[arg(long, requires = "delete", conflicts_with = "word")]
    pub orphans: bool,

    /// With NEW=OLD, replace the context NEW if there is one
    #[arg(long, requires = "word")]
    pub overwrite: bool,

    /// Unset the current context
    #[arg(short, long, conflicts_with_all = ["check", "format", "no_headers"])]
    pub unset: bool,

    /// Answer the confirmation with yes
    ///
    /// Delete, or switch to a protected context: the command asks where the settings protect the context.
    #[arg(short, long)]
    pub yes: bool,

    /// The flags of commands that write.
    #[command(flatten)]
    pub write: WriteFlags,

    /// Ask every cluster who you are there, all at once and no longer than --request-timeout (5s); runs credential
    /// plugins
    #[arg(long)]
    pub check: bool,

    /// Skip kubeconfig files that can't be read, instead of failing
    #[arg(long)]
    pub skip_bad: bool,

    /// The format of the list.
    #[command(flatten)]
    pub output: OutputFlags<ContextFormats>,
}
