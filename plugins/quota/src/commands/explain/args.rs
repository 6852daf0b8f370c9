//! The arguments of `explain`.

use std::path::PathBuf;

use clap::Args;

use shared::{
    cli::OutputFlags,
    output::{Format, FormatSet},
};

/// The output formats of `explain`.
#[derive(Clone, Debug)]
pub struct ExplainFormats;

impl FormatSet for ExplainFormats {
    const FORMATS: &'static [Format] = &[Format::Table, Format::Json, Format::Yaml];
}

const HELP: &str = "\
Examples:
  # Explain why a Deployment has fewer pods than it wants
  kubectl quota explain deployment/experiment -n sandbox

  # Explain everything in a namespace that is stuck
  kubectl quota explain -n sandbox

  # Explain a refusal that was printed by another command
  kubectl create job hello --image=busybox -n sandbox 2>&1 | kubectl quota explain - -n sandbox

  # Explain from a dump
  kubectl get quota,limitrange,deploy,rs,sts,ds,cj,job,rc,pod,pvc,event -n sandbox -o yaml > dump.yaml
  kubectl quota explain deployment/experiment -n sandbox --from dump.yaml

Exit status:
  0  nothing is refused now
  1  error
  2  invalid usage
  3  something is refused now
  4  incomplete: some facts could not be read
  6  not permitted to read what is needed";

/// The arguments of `kubectl quota explain`.
#[derive(Args, Clone, Debug)]
#[command(after_help = HELP)]
pub struct ExplainArgs {
    /// Explain this object: deployment/web, sts/db, rs/…, ds/…, job/…, cronjob/…, rc/… or pod/…; with `-`, explain the
    /// refusals on standard input, such as an error, events or a log [default: everything in the namespace that is stuck]
    #[arg(value_name = "TYPE/NAME|-")]
    pub target: Option<String>,

    /// Explain the object of this name, if the type is given alone: deployment web
    #[arg(value_name = "NAME", requires = "target")]
    pub name: Option<String>,

    /// Read a dump instead of a cluster: a file made by `kubectl get … -o yaml|json`, a directory such as a must-gather,
    /// or - for standard input
    #[arg(long, value_name = "FILE|DIR|-")]
    pub from: Option<PathBuf>,

    /// The output format.
    #[command(flatten)]
    pub output: OutputFlags<ExplainFormats>,
}
