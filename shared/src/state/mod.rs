//! What a plugin remembers between two runs.

mod private_folder;
mod store;

pub use private_folder::{is_own_folder, private_folder, user_word};
pub use store::Store;
