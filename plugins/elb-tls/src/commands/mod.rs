//! One folder a command.

pub mod annotate;
pub mod check;
pub mod explain;
pub mod list;
pub mod migrate;
pub mod plan;
pub mod policies;
pub mod rbac;
pub mod rollback;
pub mod status;
pub mod verify;
pub mod wait;
