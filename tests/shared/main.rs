//! What of `shared` needs a process of its own: terminals and signals.
#![cfg(unix)]
#![allow(clippy::unwrap_used)]

mod child;
mod interrupt;
mod progress;
mod prompt;
mod terminal;
