//! The simulated filters beside the real scheduler's.

mod agreement;
mod pods;
mod probe;
mod volumes;
mod world;
