//! `kubectl ns-switch user`: gives people and programs access, and shows who has it.

mod args;
mod issue;
pub mod list;
mod run;

pub use args::{EXAMPLES, LONG_ABOUT, UserArgs};
pub use run::run;
