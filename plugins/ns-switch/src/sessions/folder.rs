//! The folder in which sessions are kept.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use shared::{
    Error, Result,
    kubeconfig::write::Writer,
    state::{is_own_folder, private_folder, user_word},
};

/// The name of the file that tells which processes a session belongs to.
pub const OWNER: &str = "owner";

/// Returns the folder of all sessions of this user: in the folder for what ends with the login, or else a private one
/// among the temporary files.
pub fn all() -> PathBuf {
    let runtime = env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|path| path.is_absolute());
    match runtime.filter(|path| is_own_folder(path)) {
        Some(runtime) => runtime.join("kubectl-ns-switch"),
        None => env::temp_dir().join(format!("kubectl-ns-switch-{}", user_word())),
    }
}

/// Makes the folder of a new session, whose owner is this process until another one is named.
///
/// # Errors
/// It can't be made, or somebody else could change what is in it.
pub fn create() -> Result<PathBuf> {
    let all = all();
    let failed = |path: &Path, error: std::io::Error| {
        Error::new(format!("can't keep a session in {}: {error}", path.display()))
            .with_hint("name a folder of your own in XDG_RUNTIME_DIR or TMPDIR")
    };
    private_folder(&all).map_err(|error| failed(&all, error))?;
    let this = Writer::this();
    let mut number = 0;
    let folder = loop {
        let folder = all.join(format!("{this}.{number}"));
        if fs::symlink_metadata(&folder).is_err() {
            break folder;
        }
        number += 1;
    };
    private_folder(&folder).map_err(|error| failed(&folder, error))?;
    fs::write(folder.join(OWNER), format!("{this}\n")).map_err(|error| failed(&folder, error))?;
    Ok(folder)
}
