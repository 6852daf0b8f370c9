//! The flags of `list`.

use clap::Args;
use shared::{
    cli::OutputFlags,
    output::{Format, FormatSet},
};

/// The formats of lists of namespaces.
#[derive(Clone, Debug)]
pub struct NamespaceFormats;

impl FormatSet for NamespaceFormats {
    const FORMATS: &'static [Format] = &[Format::Table, Format::Json, Format::Yaml, Format::Name];

    const NAME_HELP: &'static str = "Only names, as namespace/NAME";
}

/// What can be typed after `kubectl ns-switch list`.
#[derive(Args, Clone, Debug)]
pub struct ListArgs {
    /// How to show it.
    #[command(flatten)]
    pub output: OutputFlags<NamespaceFormats>,
}
