//! `kubectl ns-switch` through the program: what is typed, what is written to which stream, and how it ends.
#![allow(clippy::unwrap_used)]

mod bytes;
mod completion;
mod contexts;
mod credentials;
mod doctor;
mod edits;
mod existence;
mod files;
mod hands;
mod harness;
mod kubectx;
mod kubens;
mod memory;
mod names;
mod obstacles;
mod picker;
mod protected;
mod switching;
mod undo;
