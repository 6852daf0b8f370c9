//! Carrying out a plan: cordon, evict, wait, until the nodes are empty or can't be emptied.

pub mod annotations;
mod close;
pub mod cordon;
pub mod driver;
mod dry_run;
pub mod execute;
pub mod identity;
pub mod journal;
pub mod machine;
pub mod planner;
pub mod progress;
pub mod recreate;
pub mod render;
pub mod result;
pub mod rights;
pub mod rolling;
pub mod runs;
pub mod saved;
pub mod surge;
pub mod verdict;
