//! The kubeconfig files behind an overlay, spelled so that they can be listed in KUBECONFIG and found from any folder.

use std::{env, ffi::OsString, path::PathBuf};

use shared::{Error, Result, kubeconfig::KubeconfigFiles};

use crate::{kubeconfigs::Kubeconfigs, state::session_overlay};

/// Returns the absolute paths of the files, without the overlay of a session that this one replaces.
///
/// # Errors
/// A file that can be read only once: the shell could not read it again.
pub fn behind(kubeconfigs: &Kubeconfigs) -> Result<Vec<PathBuf>> {
    let replaced = session_overlay();
    let paths = kubeconfigs.files.paths().iter().filter(|path| Some(*path) != replaced.as_ref());
    paths.map(|path| absolute(kubeconfigs, path)).collect()
}

fn absolute(kubeconfigs: &Kubeconfigs, path: &std::path::Path) -> Result<PathBuf> {
    let absolute = kubeconfigs.environment.current_directory.join(path);
    if is_pipe(&absolute) {
        let sentence = format!("{} is a pipe, and can't be read again in the shell", path.display());
        return Err(Error::kubeconfig(sentence).with_hint("save it to a file first, and name that file"));
    }
    Ok(absolute)
}

#[cfg(unix)]
fn is_pipe(path: &std::path::Path) -> bool {
    use std::os::unix::fs::FileTypeExt;
    std::fs::metadata(path).is_ok_and(|found| found.file_type().is_fifo())
}

#[cfg(not(unix))]
fn is_pipe(_path: &std::path::Path) -> bool {
    false
}

/// Returns the value of KUBECONFIG that lists these files.
///
/// # Errors
/// A path has the character that separates paths.
pub fn listed(files: &[PathBuf]) -> Result<OsString> {
    env::join_paths(files).map_err(|_| {
        let separator = if cfg!(windows) { ';' } else { ':' };
        Error::kubeconfig(format!(
            "a kubeconfig file has \"{separator}\" in its path, which KUBECONFIG can't list"
        ))
        .with_hint("name it through a link without that character")
    })
}

/// Returns the kubeconfig files as they are once KUBECONFIG has this value.
pub fn as_listed(kubeconfigs: &Kubeconfigs, list: OsString, files: Vec<PathBuf>) -> Kubeconfigs {
    let mut environment = kubeconfigs.environment.clone();
    environment.kubeconfig = Some(list);
    Kubeconfigs { environment, files: KubeconfigFiles::Listed(files) }
}
