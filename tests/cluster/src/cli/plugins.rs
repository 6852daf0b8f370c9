//! Builds the plugins that the demo shows.

use cluster::{Context, Error, Result};
use serde_json::Value;
use std::collections::BTreeSet;
use std::env;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Builds one package a plugin, `kubectl-NAME`, and returns the folders of their programs, to be put on a PATH.
pub fn build(names: &BTreeSet<String>) -> Result<Vec<PathBuf>> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.current_dir(clone()?).args(["build", "--bins", "--message-format=json-render-diagnostics"]);
    for name in names {
        command.args(["--package", &format!("kubectl-{name}")]);
    }
    // Unoptimised, since the tests build the same and nobody measures here. Cargo's progress goes to stderr by itself.
    let output = command.stderr(Stdio::inherit()).output().context(|| "cannot run cargo".into())?;
    if !output.status.success() {
        return Err(Error::new("the plugins do not compile, see above"));
    }
    let messages = String::from_utf8_lossy(&output.stdout);
    let folders: BTreeSet<PathBuf> = messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter_map(|message| message["executable"].as_str().map(PathBuf::from))
        .filter_map(|program| program.parent().map(PathBuf::from))
        .collect();
    Ok(folders.into_iter().collect())
}

/// Returns a folder of the clone that is run: what `cargo run` names, else what this program was built in. The folder
/// that `env!` noted at compile time would be the old one in a clone that was copied or moved with its `target`.
pub fn clone() -> Result<PathBuf> {
    let package = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let program = env::current_exe().context(|| "cannot find the program that runs".into())?;
    let of_program = || program.ancestors().find(|folder| folder.join("plugins").is_dir()).map(PathBuf::from);
    package.filter(|folder| folder.is_dir()).or_else(of_program).ok_or_else(|| {
        Error::new(format!(
            "cannot find the plugins' source above {}: use `cargo demo`, in a clone",
            program.display()
        ))
    })
}
