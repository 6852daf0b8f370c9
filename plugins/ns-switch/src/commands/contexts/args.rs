//! The words and flags of `contexts`.

use clap::Args;
use shared::{
    cli::OutputFlags,
    output::{Format, FormatSet},
};

use crate::{completers, switching::WriteFlags};

/// The formats of `contexts`.
#[derive(Clone, Debug)]
pub struct ContextFormats;

impl FormatSet for ContextFormats {
    const FORMATS: &'static [Format] =
        &[Format::Table, Format::Wide, Format::Json, Format::Yaml, Format::Name];

    // As `kubectl config get-contexts -o name` prints them.
    const NAME_HELP: &'static str = "Only names, one a line";
}

/// What can be typed after `kubectl ns-switch contexts`.
#[derive(Args, Clone, Debug)]
pub struct ContextsArgs {
    /// The context to switch to, or - for the one before; NEW=OLD renames OLD, NEW=. the current one; without it
    /// contexts are listed
    #[arg(
        value_name = "NAME|NEW=OLD",
        add = completers::contexts(),
        conflicts_with_all = ["literal", "current", "delete", "unset", "check", "format", "no_headers"]
    )]
    pub word: Option<String>,

    /// The context to switch to, or with -d to delete, for a name with a = in it or a - before it
    #[arg(last = true, value_name = "NAME", conflicts_with_all = ["current", "unset", "check", "format", "no_headers"])]
    pub literal: Vec<String>,

    /// Print the name of the current context
    #[arg(short, long, conflicts_with_all = ["check", "delete", "unset", "format", "no_headers"])]
    pub current: bool,

    /// Delete contexts, . for the current one: all of them or, if one does not exist, none
    #[arg(
        short,
        long,
        value_name = "NAME",
        num_args = 0..,
        add = completers::contexts(),
        conflicts_with_all = ["check", "unset", "format", "no_headers"]
    )]
    pub delete: Option<Vec<String>>,

    /// With -d: delete clusters and users too that no context uses then; without names, all that no context uses
    #[arg(long, requires = "delete", conflicts_with = "word")]
    pub orphans: bool,

    /// With NEW=OLD: replace the context NEW, if there is one
    #[arg(long, requires = "word")]
    pub overwrite: bool,

    /// Let no context be the current one
    #[arg(short, long, conflicts_with_all = ["check", "format", "no_headers"])]
    pub unset: bool,

    /// Delete, or switch to a protected context, without being asked
    #[arg(short, long)]
    pub yes: bool,

    /// How to write.
    #[command(flatten)]
    pub write: WriteFlags,

    /// Ask every cluster who we are there, all at once and no longer than --request-timeout (5s); credential
    /// plugins run for this
    #[arg(long)]
    pub check: bool,

    /// Leave out kubeconfig files that can't be read instead of failing
    #[arg(long)]
    pub skip_bad: bool,

    /// How to show it.
    #[command(flatten)]
    pub output: OutputFlags<ContextFormats>,
}
