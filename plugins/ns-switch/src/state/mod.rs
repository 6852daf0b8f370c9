//! The records kept between two runs, for `-` and `undo`. A record that is missing or damaged never stands in the way of
//! a switch.

use shared::state::Store;

mod place;
mod previous;

pub use place::Place;
pub use previous::{PreviousContext, PreviousNamespace};

/// Returns the store of this plugin in the user's state folder.
pub fn user_store() -> Store {
    Store::of_plugin("ns-switch")
}
