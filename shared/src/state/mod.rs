//! What a plugin remembers between two runs.

mod journal;
mod private_folder;
mod store;

pub use journal::Journal;
pub use private_folder::{is_own_folder, private_folder, user_word};
pub use store::Store;
