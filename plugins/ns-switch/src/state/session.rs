//! The session of the shell, where it has one: a kubeconfig file of the shell's own, before all others.

use std::{
    env,
    path::{Path, PathBuf},
};

use shared::kubeconfig::KubeconfigFiles;

/// Names the session's overlay, for prompts and for this program.
pub const SESSION: &str = "NS_SWITCH_SESSION";

/// Keeps the KUBECONFIG from before the session.
pub const ORIGINAL: &str = "NS_SWITCH_ORIGINAL_KUBECONFIG";

/// Returns the overlay of the shell's session, whether or not its files are used now.
pub fn session_overlay() -> Option<PathBuf> {
    env::var_os(SESSION).map(PathBuf::from).filter(|path| path.is_absolute())
}

/// Returns the overlay of the session in which these files are used: it stands before all others.
pub fn session_of(files: &KubeconfigFiles) -> Option<PathBuf> {
    let overlay = session_overlay()?;
    (files.paths().first()? == &overlay && overlay.exists()).then_some(overlay)
}

/// Returns the folder in which a session keeps its records for `-` and `undo`, which end with it.
pub fn session_records(overlay: &Path) -> PathBuf {
    overlay.with_file_name("state")
}
