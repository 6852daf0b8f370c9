//! Programs of a test's own, built with the packages of the control plane.

use super::build::{CACHE_FOLDER, GO_MOD, GO_SUM, cache_root, fingerprint, kubernetes_version};
use super::go;
use crate::error::{Context, Error, Result};
use std::fs;
use std::path::PathBuf;

/// Returns the path of a program whose only file this is, after building it if that was not done before. It is kept
/// beside the programs of the control plane.
pub fn build_program(name: &str, source: &str) -> Result<PathBuf> {
    let cache = cache_root()?.join(CACHE_FOLDER).join("tools");
    let key = fingerprint(&[GO_MOD, GO_SUM, source]);
    let program = cache.join(format!("{name}-{}-{key}", kubernetes_version()));
    if program.is_file() {
        return Ok(program);
    }
    fs::create_dir_all(&cache).context(|| format!("cannot create {}", cache.display()))?;
    let module = tempfile::tempdir_in(&cache).context(|| format!("cannot write to {}", cache.display()))?;
    for (file, text) in [("go.mod", GO_MOD), ("go.sum", GO_SUM), ("main.go", source)] {
        let path = module.path().join(file);
        fs::write(&path, text).context(|| format!("cannot write {}", path.display()))?;
    }
    go::check(module.path(), GO_MOD)?;
    let built = module.path().join(name);
    let output = go::command(module.path())
        .args(["build", "-trimpath", "-ldflags", "-s -w", "-o"])
        .arg(&built)
        .arg(".")
        .output()
        .context(|| "cannot run go".into())?;
    if !output.status.success() {
        return Err(go::failure(name, &output.stderr));
    }
    // Whoever else built it meanwhile built the same.
    fs::rename(&built, &program)
        .map_err(|error| Error::new(format!("cannot keep {}: {error}", program.display())))?;
    Ok(program)
}
