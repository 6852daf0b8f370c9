//! Cargo, run by a program that cargo runs.

use std::env;
use std::ffi::OsString;
use std::process::Command;

/// Variables that tell a program of its own package.
const OF_PACKAGE: [&str; 2] = ["CARGO_PKG_", "CARGO_MANIFEST_"];

/// Returns a command of the cargo that runs this program, or of the one on the PATH. What this program is told of its own
/// package is no news of those that are built: ring's build script takes it for one, and most of them would be compiled anew
/// after each change of who asks.
pub fn cargo() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    let told = env::vars_os().map(|(name, _)| name);
    let is_of_package = |name: &OsString| {
        OF_PACKAGE.iter().any(|begin| name.as_encoded_bytes().starts_with(begin.as_bytes()))
    };
    for name in told.filter(is_of_package) {
        command.env_remove(name);
    }
    command
}
