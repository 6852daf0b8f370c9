//! One folder a command.

pub mod check;
pub mod explain;
pub mod list;
pub mod plan;
pub mod policies;
pub mod rbac;
