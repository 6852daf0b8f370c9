//! The objects of a cluster as files, one object a file, in the order in which they must be there.

mod export;
mod folder;
mod kinds;
mod read;

pub use export::{Export, Item, Snapshot};
pub use folder::{Folder, private_file};
pub use read::read;
