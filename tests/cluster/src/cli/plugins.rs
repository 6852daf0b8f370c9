//! Builds the plugins that the demo shows.

use cluster::{Context, Error, Result, cargo};
use serde_json::Value;
use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Stdio;

/// Builds one package a plugin, `kubectl-NAME`, and returns their programs.
pub fn build(names: &BTreeSet<String>) -> Result<Vec<PathBuf>> {
    let mut command = cargo();
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
    let programs = messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter_map(|message| message["executable"].as_str().map(PathBuf::from));
    Ok(programs.collect())
}

/// Makes a folder for a PATH, or brings it up to date, of links to the plugins and to what completes them. The folders that they are in hold other
/// files of such names, which `kubectl plugin list` warns of.
pub fn link(programs: &[PathBuf], folder: &Path) -> Result<()> {
    let completions = clone()?.ancestors().map(|above| above.join("completions")).find(|one| one.is_dir());
    let scripts = completions.and_then(|completions| fs::read_dir(completions).ok());
    let scripts = scripts.into_iter().flatten().flatten().map(|entry| entry.path());
    let completes = |path: &Path| {
        path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"kubectl_complete-"))
    };
    let scripts = scripts.filter(|path| completes(path));
    fs::create_dir_all(folder).context(|| format!("cannot make {}", folder.display()))?;
    for program in programs.iter().cloned().chain(scripts) {
        let Some(name) = program.file_name() else { continue };
        let link = folder.join(name);
        // `cargo cluster env` may be asked more than once.
        if fs::read_link(&link).is_ok_and(|present| present == program) {
            continue;
        }
        let _ = fs::remove_file(&link);
        symlink(&program, &link).context(|| format!("cannot make {}", link.display()))?;
    }
    Ok(())
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
