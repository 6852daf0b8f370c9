//! The flags of `doctor`.

use clap::Args;
use shared::{
    cli::OutputFlags,
    output::{Format, FormatSet},
};

/// The formats of `doctor`.
#[derive(Clone, Debug)]
pub struct FindingFormats;

impl FormatSet for FindingFormats {
    const FORMATS: &'static [Format] = &[Format::Table, Format::Json, Format::Yaml];
}

pub const LONG_ABOUT: &str = "\
Check the kubeconfig files, and show how to fix what is wrong

Looked for are files that can't be used, entries that name what does not exist or that kubectl would refuse, credential \
plugins that are not installed, credentials that expire, files that others may read, settings that can't be used, and locks \
and copies that a killed process left. No cluster is asked, and no credential plugin runs.

Exit status 3 means that there are errors or warnings.";

/// The end of the help: examples and exit statuses.
pub const EXAMPLES: &str = "\
Examples:
  # Check the kubeconfig
  kubectl ns-switch doctor

  # Check one file, for a script
  kubectl ns-switch doctor --kubeconfig team.yaml -o json

Exit status:
  0  nothing is wrong
  3  errors or warnings";

/// The arguments of `kubectl ns-switch doctor`.
#[derive(Args, Clone, Debug)]
pub struct DoctorArgs {
    /// The format of the findings.
    #[command(flatten)]
    pub output: OutputFlags<FindingFormats>,
}
