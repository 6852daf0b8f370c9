//! `kubectl quota check`: whether the cluster would let manifests in, before they are sent.

mod args;
mod arithmetic;
mod changed;
mod cluster_side;
mod collect;
mod decide;
mod dump;
mod json;
mod junit;
mod kinds;
mod ledger;
mod manifest;
mod options;
mod read_object;
mod render;
mod row;
mod run;
mod workload;

pub use args::CheckArgs;
pub use run::run;
