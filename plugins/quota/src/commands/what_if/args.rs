//! The arguments of `what-if`.

use std::path::PathBuf;

use clap::Args;

use shared::{
    cli::OutputFlags,
    output::{Format, FormatSet},
};

use crate::proposal::ResourceAmount;

/// The output formats of `what-if`.
#[derive(Clone, Debug)]
pub struct WhatIfFormats;

impl FormatSet for WhatIfFormats {
    const FORMATS: &'static [Format] = &[Format::Table, Format::Json, Format::Yaml];
}

const HELP: &str = "\
Examples:
  # Show what a smaller CPU limit would do
  kubectl quota what-if --hard requests.cpu=1500m --quota compute-quota -n checkout

  # Show what a quota or LimitRange in a file would do before it is applied
  kubectl get quota compute-quota -n shop -o yaml | kubectl quota what-if -f - -n shop

  # Show what the same limit would do in every namespace with a quota of this name
  kubectl quota what-if --hard pods=10 --quota compute-quota -A

Exit status:
  0  every workload completes its next rollout or run under the changed rules
  1  error
  2  invalid usage
  3  a workload would be refused or would deadlock
  4  incomplete: a result is unknown, or some facts could not be read
  6  not permitted to read quotas";

/// The arguments of `kubectl quota what-if`.
#[derive(Args, Clone, Debug)]
#[command(after_help = HELP)]
pub struct WhatIfArgs {
    /// Set these hard limits, such as requests.cpu=8,pods=20; other resources keep theirs. Required without -f
    #[arg(
        long,
        value_name = "RESOURCE=QUANTITY",
        value_delimiter = ',',
        required_unless_present = "filename"
    )]
    pub hard: Vec<ResourceAmount>,

    /// Change this quota [default: the only quota of the namespace]
    #[arg(long, value_name = "NAME", requires = "hard")]
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

    /// Read a dump instead of a cluster: a file made by `kubectl get … -o yaml|json`, a directory such as a must-gather,
    /// or - for standard input
    #[arg(long, value_name = "FILE|DIR|-")]
    pub from: Option<PathBuf>,

    /// The output format.
    #[command(flatten)]
    pub output: OutputFlags<WhatIfFormats>,
}
