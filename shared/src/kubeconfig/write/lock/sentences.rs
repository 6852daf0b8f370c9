//! What is said of a lock that is in the way.

use std::{io, path::Path, time::Duration};

use super::age;
use crate::{
    Error,
    kubeconfig::write::holders,
    output::{ShellCommand, spelled_duration},
};

/// From this age on a lock was left behind: by a program that was killed.
pub(super) const STALE: Duration = Duration::from_secs(60);

pub(super) fn cannot_create(path: &Path, error: &io::Error) -> Error {
    Error::kubeconfig(format!("cannot lock the kubeconfig: open {}: {}", path.display(), reason(error)))
        .with_hint(NOT_WRITABLE)
}

/// Words the failure for a lock that stays: who may hold it, how old it is, and what to do.
pub(super) fn held(path: &Path, lock_timeout: Duration) -> Error {
    let age = age(path).unwrap_or_default();
    let shown = path.display();
    let remove = ShellCommand::new(["rm"]).name(path.to_string_lossy());
    let owner = holders::of(path);
    if age > STALE {
        let sentence = format!(
            "the kubeconfig is locked: {shown} is {} old, left behind by a program that was killed{owner}",
            spelled_duration(age)
        );
        return Error::kubeconfig(sentence).with_hint(format!(
            "if no kubectl, helm or other program is changing the file, add --break-lock, or: {remove}"
        ));
    }
    let sentence = format!(
        "the kubeconfig is locked: {shown}, {} old, did not go away within {}{owner}",
        spelled_duration(age),
        spelled_duration(lock_timeout)
    );
    Error::kubeconfig(sentence)
        .with_hint(format!("try again; if no program is changing the file, add --break-lock, or: {remove}"))
}

/// Words a note for who waits for a lock.
pub(super) fn waited_for(path: &Path) -> String {
    format!("waiting for {} to go away{}", path.display(), holders::of(path))
}

/// Words a note for where the change was made and somebody else may still undo it without knowing.
pub(in crate::kubeconfig::write) fn still_writing(shown: &Path) -> String {
    format!(
        "another program was writing {} at the same moment and is not done: see whether the change is still there",
        shown.display()
    )
}

/// Words a note for where the change was made and somebody else wrote at once.
pub(in crate::kubeconfig::write) fn written_over(shown: &Path) -> String {
    format!("another program wrote {} at the same moment: see what it says now", shown.display())
}

/// Returns the reason of an I/O failure in the words of Unix tools, without the number.
pub(in crate::kubeconfig::write) fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    match text.find(" (os error") {
        Some(at) => text[..at].to_lowercase(),
        None => text,
    }
}

/// Tells what to do where the file can't be written. A program that knows another way says so instead.
pub const NOT_WRITABLE: &str = "make the file and its folder writable";
