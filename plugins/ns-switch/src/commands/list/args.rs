//! The flags of `list`.

use clap::Args;
use shared::cli::OutputFlags;

use crate::namespaces::NamespaceFormats;

pub const LONG_ABOUT: &str = "\
List the namespaces of the cluster

Where you may not list them, those are looked up one by one that the settings, the kubeconfig or an earlier switch name; \
the exit status is 4 then. Of a namespace that is being deleted it is said what holds it.";

/// The end of the help: examples and exit statuses.
pub const EXAMPLES: &str = "\
Examples:
  # List the namespaces of the current context's cluster
  kubectl ns-switch list

  # Show labels, and the quota of each that is nearest to its limit
  kubectl ns-switch list -o wide

  # List those of another context as JSON
  kubectl ns-switch list --context prod -o json

Exit status:
  0  listed
  1  the cluster could not be asked
  6  namespaces may not be listed";

/// The arguments of `kubectl ns-switch list`.
#[derive(Args, Clone, Debug)]
pub struct ListArgs {
    /// The format of the list.
    #[command(flatten)]
    pub output: OutputFlags<NamespaceFormats>,
}
