//! Watch.
/// placeholder
pub struct WatchEvent;
