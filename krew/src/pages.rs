//! What archives hold beside the executable, the same on every platform: license, manual pages and completions.

use std::{fs, path::Path, process::Command};

use shared::{Error, Result, cli::man};

use crate::{archive::Member, platform::RELEASED};

/// Returns the files of a plugin: LICENSE, `man/…` written by the executable, and the committed `completions/…`.
pub fn pages(plugin: &str, executable: &Path, repository: &Path) -> Result<Vec<Member>> {
    let mut members = vec![member("LICENSE", &repository.join("LICENSE"), 0o644)?];
    let failed = |reason: String| {
        Error::new(format!("{} does not write its manual pages: {reason}", executable.display()))
    };
    let folder = tempfile::tempdir().map_err(|error| failed(error.to_string()))?;
    let output = Command::new(executable)
        .arg(man::HIDDEN_COMMAND)
        .arg(folder.path())
        .output()
        .map_err(|error| failed(error.to_string()))?;
    if !output.status.success() {
        return Err(failed(String::from_utf8_lossy(&output.stderr).trim().to_owned()));
    }
    let mut pages = Vec::new();
    for entry in fs::read_dir(folder.path()).map_err(|error| failed(error.to_string()))? {
        let path = entry.map_err(|error| failed(error.to_string()))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        pages.push(member(&format!("man/man1/{name}"), &path, 0o644)?);
    }
    // A folder lists its files in any order, and archives of the same files are to be the same.
    pages.sort_by(|one, other| one.path.cmp(&other.path));
    members.append(&mut pages);
    let file = RELEASED[0].executable(plugin);
    let shim = file.replacen("kubectl-", "kubectl_complete-", 1);
    for (name, mode) in [
        (shim, 0o755),
        (format!("{file}.bash"), 0o644),
        (format!("_{file}"), 0o644),
        (format!("{file}.fish"), 0o644),
    ] {
        members.push(member(
            &format!("completions/{name}"),
            &repository.join("completions").join(&name),
            mode,
        )?);
    }
    Ok(members)
}

/// Reads a file for an archive.
pub fn member(path: &str, from: &Path, mode: u32) -> Result<Member> {
    let content =
        fs::read(from).map_err(|error| Error::new(format!("can't read {}: {error}", from.display())))?;
    Ok(Member { path: path.to_owned(), content, mode })
}
