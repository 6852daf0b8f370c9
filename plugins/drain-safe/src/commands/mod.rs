//! One folder a command.

pub mod doctor;
pub mod explain;
pub mod export;
pub mod plan;
pub mod rbac;
