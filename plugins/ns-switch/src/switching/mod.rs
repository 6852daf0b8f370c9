//! What all commands that switch have in common: the guard, the edit, the memory for `-`, the one line afterwards.

mod context;
mod failure;
mod guard;
mod memory;
mod namespace;
mod namespace_name;
mod outcome;
mod switcher;

pub use failure::NamespaceFailure;
pub use guard::Agreed;
pub use namespace::Wanted;
pub use namespace_name::check_name;
pub use outcome::{Check, ContextSwitch, NamespaceSwitch};
pub use switcher::Switcher;
