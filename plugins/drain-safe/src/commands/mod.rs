//! The commands, a folder each: arguments beside what is done with them.

pub mod drain;
pub mod finish;
pub mod plan;
pub mod resume;
pub mod status;
pub mod undo;
