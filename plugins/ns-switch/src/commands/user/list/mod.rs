//! `user list`: the requests for certificates, and what was issued from this computer.

mod collect;
pub mod decide;
mod run;

pub use run::run;
