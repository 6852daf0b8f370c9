//! Removing sessions whose shell has ended without a chance to do so.

use std::{
    fs,
    path::Path,
    time::{Duration, SystemTime},
};

use shared::{
    kubeconfig::write::{Writer, is_running},
    regular_file::read_text,
    state::is_own_folder,
};

use super::folder::{self, OWNER};
use crate::state::session_overlay;

/// A session this young may not have been handed over to its shell yet.
const YOUNG: Duration = Duration::from_secs(60);

/// Removes all sessions of this user whose owners have ended.
pub fn sweep() {
    let all = folder::all();
    if !is_own_folder(&all) {
        return;
    }
    let Ok(entries) = fs::read_dir(all) else { return };
    for entry in entries.flatten() {
        let folder = entry.path();
        if is_own_folder(&folder) && is_abandoned(&folder) {
            // Another run may be at it, too.
            drop(fs::remove_dir_all(folder));
        }
    }
}

/// Removes the session of this shell, which is left.
pub fn remove_current() {
    let Some(folder) = session_overlay().and_then(|overlay| Some(overlay.parent()?.to_owned())) else {
        return;
    };
    if folder.parent() == Some(&folder::all()) && is_own_folder(&folder) {
        drop(fs::remove_dir_all(folder));
    }
}

/// Returns whether the process that made a session has ended, and all its owners. `env` names its shell by number alone,
/// which the shell itself writes down, a moment after the program has ended.
fn is_abandoned(folder: &Path) -> bool {
    let owners = read_text(&folder.join(OWNER)).unwrap_or_default();
    let has_ended = |owner: &str| match owner.parse::<Writer>() {
        Ok(writer) => writer.has_ended(),
        Err(()) => !owner.trim().parse().is_ok_and(is_running),
    };
    let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let maker = name.rsplit_once('.').map_or("", |(maker, _)| maker);
    has_ended(maker) && owners.lines().all(has_ended) && !is_young(folder)
}

/// Returns whether a session was handed over less than a minute ago, or not at all in its first minute.
fn is_young(folder: &Path) -> bool {
    let modified = fs::metadata(folder.join(HANDED_OVER)).and_then(|found| found.modified()).ok();
    let age = modified.and_then(|modified| SystemTime::now().duration_since(modified).ok());
    age.is_some_and(|age| age < YOUNG)
}

/// The file that says since when a session waits for its shell: only those of `env` have it.
pub const HANDED_OVER: &str = "handed-over";

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_session_lasts_as_long_as_one_of_its_owners() {
        let folder = tempfile::tempdir().unwrap();
        let owned_by = |owners: &str| {
            fs::write(folder.path().join(OWNER), owners).unwrap();
            !is_abandoned(folder.path())
        };
        let mut child = std::process::Command::new("true").spawn().unwrap();
        let ended = Writer::of(child.id()).to_string();
        child.wait().unwrap();
        let this = Writer::this().to_string();
        assert!(owned_by(&format!("{this}\n")));
        assert!(owned_by(&format!("{ended}\n{this}\n")));
        assert!(!owned_by(&format!("{ended}\n")));
        assert!(owned_by(&format!("{}\n", std::process::id())), "a shell that named itself");
        assert!(!owned_by(&format!("{}\n", child.id())));
        assert!(!owned_by("") && !owned_by("nobody\n"));
        fs::write(folder.path().join(HANDED_OVER), "").unwrap();
        assert!(owned_by(&format!("{ended}\n")), "the shell has not read what was printed");
        let file = fs::File::options().write(true).open(folder.path().join(HANDED_OVER)).unwrap();
        file.set_modified(SystemTime::now() - 2 * YOUNG).unwrap();
        assert!(!owned_by(&format!("{ended}\n")));
    }
}
