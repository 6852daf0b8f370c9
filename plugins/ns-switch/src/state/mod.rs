//! The records kept between two runs, for `-` and `undo`. A record that is missing or damaged never stands in the way of
//! a switch.

use shared::{kubeconfig::KubeconfigFiles, state::Store};

mod place;
mod previous;
mod session;

pub use place::Place;
pub use previous::{PreviousContext, PreviousNamespace};
pub use session::{ORIGINAL, SESSION, session_of, session_overlay, session_records};

/// Returns the store for changes to these files: the session's where they are a session's, or else that in the user's
/// state folder.
pub fn store_for(files: &KubeconfigFiles) -> Store {
    match session_of(files) {
        Some(overlay) => Store::in_folder(session_records(&overlay)),
        None => Store::of_plugin("ns-switch"),
    }
}
