//! `cargo cluster down`.

use super::{control, say};
use cluster::Result;

/// Stops the cluster of `up` and returns when it is gone.
pub fn run() -> Result<()> {
    match control::ask(control::STOP)? {
        Some(_) => say("stopped"),
        None => say("no control plane is running"),
    }
    Ok(())
}
