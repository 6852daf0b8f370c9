//! The arguments of `list`.

use clap::{Args, ValueEnum};
use shared::{
    cli::OutputFlags,
    output::{Format, FormatSet},
};

use crate::inputs::ServiceFlags;

/// The output formats of `list`.
#[derive(Clone, Debug)]
pub struct ListFormats;

impl FormatSet for ListFormats {
    const FORMATS: &'static [Format] = &[
        Format::Table,
        Format::Wide,
        Format::Json,
        Format::Yaml,
        Format::Csv,
        Format::Markdown,
        Format::Name,
    ];
}

/// The arguments of `kubectl elb-tls list`.
#[derive(Args, Clone, Debug)]
pub struct ListArgs {
    /// Which Services.
    #[command(flatten)]
    pub services: ServiceFlags,

    /// List only Services that speak TLS, that do not, or that have errors
    #[arg(long, value_name = "WHICH")]
    pub only: Option<Only>,

    /// The output format.
    #[command(flatten)]
    pub output: OutputFlags<ListFormats>,
}

/// The values of `--only`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Only {
    /// Those with a TLS port
    Tls,
    /// Those without
    Plain,
    /// Those with errors, as `check` finds them
    Broken,
}
