//! The commands, one folder each. A command never imports another one: what two of them share is in a module beside
//! this folder.

pub mod check;
pub mod create;
pub mod diff;
pub mod explain;
pub mod fits;
pub mod limits;
pub mod lint;
pub mod rbac;
pub mod recommend;
pub mod rollout;
pub mod usage;
pub mod verify;
pub mod what_if;
pub mod who;
