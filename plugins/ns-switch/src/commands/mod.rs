//! The commands, a folder each. A command never imports another one: what two of them need stands in a room beside
//! this one.

pub mod contexts;
pub mod doctor;
pub mod list;
pub mod switch_namespace;
pub mod undo;
pub mod use_context;
