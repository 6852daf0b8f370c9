//! The binaries that users get, built as they are released.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use shared::{Error, Result};

/// The plugins' executables.
pub const NAMES: [&str; 4] = ["kubectl-quota", "kubectl-ns_switch", "kubectl-drain_safe", "kubectl-elb_tls"];

/// The program that does no more than a switch must.
pub const FLOOR: &str = "rewrite";

/// Builds programs with the `dist` profile and returns the folder they are in.
///
/// # Errors
/// The build fails.
pub fn build(names: &[&str]) -> Result<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.current_dir(&root).args(["build", "--profile", "dist", "--locked"]);
    for name in names {
        command.args(["--bin", name]);
    }
    let status = command.status().map_err(|error| Error::new(format!("can't run cargo: {error}")))?;
    if !status.success() {
        return Err(Error::new("the programs can't be built; cargo said why above"));
    }
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let folder = target.join("dist");
    folder.canonicalize().map_err(|error| Error::new(format!("{} is not there: {error}", folder.display())))
}
