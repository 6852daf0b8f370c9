//! What a plugin remembers between two runs.

mod store;

pub use store::Store;
