//! Changes of annotations, by flags that several commands share.

mod changes;
mod flags;
mod normalize;

pub use changes::KeyChanges;
pub use flags::{AlpnPolicy, BackendProtocol, KeyFlags, Switch};
