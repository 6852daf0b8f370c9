//! The arguments of `what-if`.

use std::path::PathBuf;

use clap::Args;

use shared::{
    cli::{DumpFlag, OutputFlags},
    output::{Format, FormatSet},
};

use crate::completers;

use crate::proposal::ResourceAmount;

/// The output formats of `what-if`.
#[derive(Clone, Debug)]
pub struct WhatIfFormats;

impl FormatSet for WhatIfFormats {
    const FORMATS: &'static [Format] = &[Format::Table, Format::Wide, Format::Json, Format::Yaml];
}

/// The arguments of `kubectl quota what-if`.
#[derive(Args, Clone, Debug)]
pub struct WhatIfArgs {
    /// Set these hard limits, such as requests.cpu=8,pods=20; other resources keep theirs. Required without -f
    #[arg(
        long,
        value_name = "RESOURCE=QUANTITY",
        add = completers::hard_limits(),
        value_delimiter = ',',
        required_unless_present = "filename"
    )]
    pub hard: Vec<ResourceAmount>,

    /// Change this quota [default: the only quota of the namespace]
    #[arg(long, value_name = "NAME", requires = "hard", add = completers::quotas())]
    pub quota: Option<String>,

    /// Evaluate every namespace that the change applies to: with --hard, those that have the quota named by --quota; with
    /// -f, those that its objects name, and for objects without a namespace, those that have an object of the same kind
    /// and name
    #[arg(short = 'A', long)]
    pub all_namespaces: bool,

    /// Evaluate the ResourceQuotas and LimitRanges of a file, a directory or standard input (-), in place of those of the
    /// same names
    #[arg(short = 'f', long = "filename", value_name = "FILE|DIR|-")]
    pub filename: Option<PathBuf>,

    /// The dump to read instead of a cluster.
    #[command(flatten)]
    pub dump: DumpFlag,

    /// The output format.
    #[command(flatten)]
    pub output: OutputFlags<WhatIfFormats>,
}
