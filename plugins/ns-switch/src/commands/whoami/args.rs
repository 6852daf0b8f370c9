//! The flags of `whoami`.

use clap::Args;
use shared::{
    cli::OutputFlags,
    output::{Format, FormatSet},
};

use crate::completers;

/// The formats of `whoami`.
#[derive(Clone, Debug)]
pub struct IdentityFormats;

impl FormatSet for IdentityFormats {
    const FORMATS: &'static [Format] = &[Format::Table, Format::Json, Format::Yaml, Format::Name];

    const NAME_HELP: &'static str = "Only the user's name";
}

pub const LONG_ABOUT: &str = "\
Show who you are to the cluster, and what you may do

The name, groups and UID are those that the API server sees. How you authenticate, and until when, is read from the flags \
and the kubeconfig. The table shows what you may do in the namespace; -n chooses another one.

With --can the command answers yes or no, and the exit status is 0 or 3.";

/// The end of the help: examples and exit statuses.
pub const EXAMPLES: &str = "\
Examples:
  # Show who you are, and what you may do in the namespace of the context
  kubectl ns-switch whoami

  # Ask whether you may delete pods in namespace shop
  kubectl ns-switch whoami -n shop --can delete pods

  # Ask for one object, a subresource, a resource of a group, and a path
  kubectl ns-switch whoami --can get secrets/db
  kubectl ns-switch whoami --can create pods/exec --subresource
  kubectl ns-switch whoami --can patch deployments.apps
  kubectl ns-switch whoami --can get /metrics

  # Show what somebody else may do
  kubectl ns-switch whoami --as jane --as-group developers

Exit status:
  0  shown, or the answer is yes
  3  the answer to --can is no
  4  the server did not say everything";

/// The arguments of `kubectl ns-switch whoami`.
#[derive(Args, Clone, Debug)]
pub struct WhoamiArgs {
    /// Ask only whether this is allowed: yes (exit status 0) or no (3)
    #[arg(
        long,
        num_args = 2,
        value_names = ["VERB", "RESOURCE[/NAME]"],
        conflicts_with = "no_headers",
        add = completers::verbs_and_resources()
    )]
    pub can: Option<Vec<String>>,

    /// With --can, read what stands after the / as a subresource
    #[arg(long, requires = "can")]
    pub subresource: bool,

    /// With --can, ask for all namespaces instead of one
    #[arg(short = 'A', long, requires = "can")]
    pub all_namespaces: bool,

    /// The format of the answer.
    #[command(flatten)]
    pub output: OutputFlags<IdentityFormats>,
}
