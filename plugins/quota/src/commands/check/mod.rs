//! `kubectl quota check`: whether the API server would admit manifests, without sending them.

mod advice;
mod args;
mod decide;
pub mod dry_run;
pub mod evaluate;
pub mod json;
mod junit;
mod kustomize;
mod options;
mod render;
pub mod row;
mod run;

pub use args::CheckArgs;
pub use run::run;
