//! The commands, one folder each. A command never imports another one: what two of them share is in a module beside
//! this folder.

pub mod check;
pub mod create;
pub mod explain;
pub mod fits;
pub mod recommend;
pub mod rollout;
pub mod usage;
pub mod what_if;
