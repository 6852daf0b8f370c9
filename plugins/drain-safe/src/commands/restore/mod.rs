//! `kubectl drain-safe restore`: makes what files hold and the cluster lacks.

mod args;
mod create;
mod read;
pub mod run;

pub use args::RestoreArgs;
pub use run::run;
