//! The flags of `contexts`.

use clap::Args;
use shared::{
    cli::OutputFlags,
    output::{Format, FormatSet},
};

/// The formats of `contexts`.
#[derive(Clone, Debug)]
pub struct ContextFormats;

impl FormatSet for ContextFormats {
    const FORMATS: &'static [Format] =
        &[Format::Table, Format::Wide, Format::Json, Format::Yaml, Format::Name];
}

/// What can be typed after `kubectl ns-switch contexts`.
#[derive(Args, Clone, Debug)]
pub struct ContextsArgs {
    /// Print the name of the current context
    #[arg(short, long, conflicts_with_all = ["check", "no_headers"])]
    pub current: bool,

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
