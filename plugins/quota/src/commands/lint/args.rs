//! The arguments of `kubectl quota lint`.

use clap::{Args, Subcommand};
use shared::{
    cli::{DumpFlag, FailOn, OutputFlags},
    output::{Format, FormatSet},
};

use crate::completers;

/// The output formats of `lint`.
#[derive(Clone, Debug)]
pub struct LintFormats;

impl FormatSet for LintFormats {
    const FORMATS: &'static [Format] =
        &[Format::Table, Format::Wide, Format::Json, Format::Yaml, Format::Sarif, Format::Junit];
}

/// The arguments of `kubectl quota lint`.
#[derive(Args, Clone, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub struct LintArgs {
    #[command(subcommand)]
    pub command: Option<LintCommand>,

    /// Look at all namespaces
    #[arg(short = 'A', long)]
    pub all_namespaces: bool,

    /// Where quotas, LimitRanges and workloads come from.
    #[command(flatten)]
    pub dump: DumpFlag,

    /// Exit with status 3 at findings of this severity or above
    #[arg(long, value_name = "SEVERITY", default_value = "info")]
    pub fail_on: FailOn,

    /// Leave findings of these rules out; may be repeated
    #[arg(long, value_name = "RULE,…", value_delimiter = ',', add = completers::rules())]
    pub ignore: Vec<String>,

    /// The output format.
    #[command(flatten)]
    pub output: OutputFlags<LintFormats>,
}

/// What else `lint` does.
#[derive(Clone, Debug, Subcommand)]
pub enum LintCommand {
    /// Explain a rule, or list all of them
    #[command(after_help = crate::help::LINT_EXPLAIN)]
    Explain(ExplainRuleArgs),
}

/// The arguments of `kubectl quota lint explain`.
#[derive(Args, Clone, Debug)]
pub struct ExplainRuleArgs {
    /// The rule; all of them when left out
    #[arg(value_name = "RULE", add = completers::rules())]
    pub rule: Option<String>,
}
