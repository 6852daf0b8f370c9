//! The flags of `what-if`.

use std::path::PathBuf;

use clap::Args;

use shared::{
    cli::{DumpFlag, OutputFlags},
    output::{Format, FormatSet},
};

use crate::proposal::ResourceAmount;

/// The formats of `what-if`.
#[derive(Clone, Debug)]
pub struct WhatIfFormats;

impl FormatSet for WhatIfFormats {
    const FORMATS: &'static [Format] = &[Format::Table, Format::Json, Format::Yaml];
}

/// What can be typed after `kubectl quota what-if`.
#[derive(Args, Clone, Debug)]
pub struct WhatIfArgs {
    /// What the quota would allow: requests.cpu=8,pods=20; other resources stay as they are
    #[arg(
        long,
        value_name = "RESOURCE=QUANTITY",
        value_delimiter = ',',
        required_unless_present = "filename"
    )]
    pub hard: Vec<ResourceAmount>,

    /// Which quota of the namespace would change; the only one if left out
    #[arg(long, value_name = "NAME", requires = "hard")]
    pub quota: Option<String>,

    /// For every namespace: with --hard, for each that has a quota of the name given with --quota; with -f, for those
    /// that its objects name, and where these name none, for each that has an object of that kind and name
    #[arg(short = 'A', long)]
    pub all_namespaces: bool,

    /// ResourceQuotas and LimitRanges as they would be, in place of those of their names: a file, a folder, or - for
    /// standard input
    #[arg(short = 'f', long = "filename", value_name = "FILE|DIR|-")]
    pub filename: Option<PathBuf>,

    /// Where the cluster's objects come from.
    #[command(flatten)]
    pub dump: DumpFlag,

    /// How to show it.
    #[command(flatten)]
    pub output: OutputFlags<WhatIfFormats>,
}
