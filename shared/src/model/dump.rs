//! Dumps.
/// placeholder
pub struct Dump;
