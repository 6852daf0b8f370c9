//! `kubectl quota check`: whether the cluster would let manifests in, before they are sent.

mod announce;
mod apply;
mod args;
pub mod arithmetic;
pub mod changed;
pub mod cluster_side;
pub mod collect;
mod decide;
pub mod dump;
mod force;
mod json;
mod junit;
mod kinds;
mod ledger;
pub mod manifest;
mod options;
mod pod_opinion;
pub mod read_object;
mod render;
pub mod row;
pub mod rule;
mod run;
mod send;
mod server;
mod version;
pub mod workload;

pub use args::CheckArgs;
pub use cluster_side::ClusterSide;
pub use kinds::Kinds;
pub use ledger::{Ledger, Outcome};
pub use manifest::Manifest;
pub use pod_opinion::PodOpinion;
pub use read_object::template_pod;
pub use rule::complaints as rule_complaints;
pub use run::run;
pub use workload::{
    Made, ReplicaSets, Standing, Start, Strategy, There, at_once, claims, command_to_resume, daemon,
    is_of_template, is_paused, is_rolled_out, job_pods, make, roll, roll_on, template, template_path,
};
