//! Carrying out a plan: cordon, evict, wait, until the nodes are empty or can't be emptied.

pub mod annotations;
pub mod cordon;
pub mod driver;
mod dry_run;
pub mod execute;
pub mod identity;
pub mod journal;
pub mod machine;
mod planned_only;
pub mod planner;
pub mod progress;
pub mod render;
pub mod result;
pub mod rights;
pub mod runs;
mod saved;
pub mod surge;
pub mod verdict;
