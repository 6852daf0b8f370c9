//! The arguments of `annotate`.

use std::path::PathBuf;

use clap::Args;
use shared::cli::RequestTimeout;

use crate::{
    completers,
    inputs::{ControllerFlag, ServiceFlags},
    key_changes::KeyFlags,
    writes::WriteFlags,
};

/// The arguments of `kubectl elb-tls annotate`.
#[derive(Args, Clone, Debug)]
pub struct AnnotateArgs {
    /// Which Services.
    #[command(flatten)]
    pub targets: TargetFlags,

    /// What changes.
    #[command(flatten)]
    pub changes: KeyFlags,

    /// Write in spite of findings of these rules; may be repeated
    #[arg(long, value_name = "RULE,…", value_delimiter = ',', add = completers::rules())]
    pub ignore: Vec<String>,

    /// Take it as wanted that ports lose TLS (ELB-IMP-005)
    #[arg(long)]
    pub allow_plaintext: bool,

    /// Write the Services that can be written where others can't, and exit with status 3
    #[arg(long)]
    pub keep_going: bool,

    /// How they are written.
    #[command(flatten)]
    pub write: WriteFlags,

    /// Wait until the controllers have carried out the change, and show the status
    #[arg(
        long,
        value_name = "DURATION",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "5m",
        conflicts_with_all = ["output", "diff", "dry_run", "local"]
    )]
    pub wait: Option<RequestTimeout>,

    /// Verify, at the end, what clients get
    #[arg(long, conflicts_with_all = ["output", "diff", "dry_run", "local"])]
    pub verify: bool,
}

/// The flags that choose the Services to change.
#[derive(Args, Clone, Debug, Default)]
pub struct TargetFlags {
    /// The names of Services
    #[arg(value_name = "SERVICE", add = completers::services())]
    pub names: Vec<String>,

    /// Choose Services with these labels (key=value, key!=value, key in (a,b), key, !key)
    #[arg(short = 'l', long, value_name = "SELECTOR", conflicts_with = "names")]
    pub selector: Option<String>,

    /// Choose the Services that a file, a directory with all below it, or - for standard input names; may be repeated. Other
    /// kinds are passed over
    #[arg(short = 'f', long = "filename", value_name = "FILE|DIR|-", conflicts_with_all = ["names", "selector"])]
    pub filenames: Vec<PathBuf>,

    /// Ask no cluster: print the Services of the files with the change
    #[arg(long, requires = "filenames")]
    pub local: bool,

    /// Write for this controller, instead of the one that acts
    #[arg(long, value_name = "KIND", default_value = "auto")]
    pub controller: ControllerFlag,

    /// The region of the load balancers [default: that of hostnames and nodes]
    #[arg(long, value_name = "REGION")]
    pub region: Option<String>,
}

impl TargetFlags {
    /// Returns whether no Service is chosen.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty() && self.selector.is_none() && self.filenames.is_empty()
    }

    /// Returns the flags as reading commands have them.
    pub fn into_service_flags(self) -> ServiceFlags {
        ServiceFlags {
            names: self.names,
            selector: self.selector,
            filenames: self.filenames,
            local: self.local,
            controller: self.controller,
            region: self.region,
            ..ServiceFlags::default()
        }
    }
}
