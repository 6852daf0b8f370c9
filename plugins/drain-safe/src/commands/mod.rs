//! One folder a command.

pub mod plan;
