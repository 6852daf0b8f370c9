//! The commands, a folder each: arguments beside what is done with them.

pub mod backup;
pub mod doctor;
pub mod drain;
pub mod explain;
pub mod export;
pub mod finish;
pub mod plan;
pub mod rbac;
pub mod restore;
pub mod resume;
pub mod rolling;
pub mod status;
pub mod undo;
