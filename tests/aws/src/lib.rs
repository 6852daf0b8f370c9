//! The real aws-cloud-controller-manager and aws-load-balancer-controller, unmodified, on the real control plane,
//! against a simulated AWS on loopback.
//!
//! ```no_run
//! use aws::{Bed, BedOptions};
//! # fn main() -> cluster::Result<()> {
//! let bed = Bed::start(BedOptions::default())?;
//! let balancers = bed.aws().load_balancers();
//! # drop(balancers); Ok(())
//! # }
//! ```

mod account;
mod bed;
mod call_log;
mod certificates;
mod classic;
mod ec2;
mod listing;
mod network_load_balancers;
mod security_policies;
mod seed;
mod server;
mod tags;
mod wire;

pub use bed::{Bed, BedOptions, Controller, Moment, Sync, Verdict};
pub use call_log::Call;
pub use listing::{Backend, Kind, Listener, LoadBalancer};
pub use seed::{CERTIFICATES, CLUSTER, IAM_CERTIFICATE, INSTANCES, REGION};
pub use server::Aws;
