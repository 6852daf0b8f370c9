//! `kubectl quota check`: whether the cluster would let manifests in, before they are sent.

mod args;
pub mod arithmetic;
mod decide;
mod json;
mod junit;
mod options;
mod render;
pub mod row;
mod run;
mod send;
mod server;

pub use args::CheckArgs;
pub use run::run;
