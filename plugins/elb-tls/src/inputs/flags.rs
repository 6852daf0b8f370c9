//! The flags that choose Services.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use shared::cli::DumpFlag;

use crate::{completers, controllers::ControllerKind};

/// The flags that choose Services and say where they come from.
#[derive(Args, Clone, Debug, Default)]
pub struct ServiceFlags {
    /// The names of Services
    #[arg(value_name = "SERVICE", add = completers::services())]
    pub names: Vec<String>,

    /// Look at all namespaces
    #[arg(short = 'A', long, conflicts_with_all = ["names", "filenames"])]
    pub all_namespaces: bool,

    /// Choose Services with these labels (key=value, key!=value, key in (a,b), key, !key)
    #[arg(short = 'l', long, value_name = "SELECTOR", conflicts_with = "names")]
    pub selector: Option<String>,

    /// Read Services from a file, a directory with all below it, or - for standard input; may be repeated. Other kinds are
    /// passed over
    #[arg(short = 'f', long = "filename", value_name = "FILE|DIR|-", conflicts_with = "names")]
    pub filenames: Vec<PathBuf>,

    /// Where the cluster's objects come from.
    #[command(flatten)]
    pub dump: DumpFlag,

    /// Ask no cluster: judge the files alone
    #[arg(long, requires = "filenames", conflicts_with = "from")]
    pub local: bool,

    /// Judge by the rules of this controller, instead of the one that acts
    #[arg(long, value_name = "KIND", default_value = "auto")]
    pub controller: ControllerFlag,

    /// The region of the load balancers [default: that of hostnames and nodes]
    #[arg(long, value_name = "REGION")]
    pub region: Option<String>,
}

/// The values of `--controller`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ControllerFlag {
    /// The one that acts
    #[default]
    Auto,
    /// The cloud provider's Classic Load Balancers
    Classic,
    /// The cloud provider's Network Load Balancers
    NlbInTree,
    /// The AWS Load Balancer Controller
    Lbc,
    /// EKS Auto Mode
    EksAuto,
    /// Nobody
    None,
}

impl ControllerFlag {
    /// Returns the controller; `None` for the one that acts.
    pub fn kind(self) -> Option<ControllerKind> {
        match self {
            Self::Auto => None,
            Self::Classic => Some(ControllerKind::Classic),
            Self::NlbInTree => Some(ControllerKind::NlbInTree),
            Self::Lbc => Some(ControllerKind::Lbc),
            Self::EksAuto => Some(ControllerKind::EksAuto),
            Self::None => Some(ControllerKind::None),
        }
    }
}
