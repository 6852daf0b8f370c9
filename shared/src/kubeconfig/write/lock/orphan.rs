//! Locks that a killed process of this suite left behind, and the proof that they are.
//!
//! Such a lock names its process inside ([`super::Lock`]), and that process is gone ([`Writer::is_gone`]). kubectl's locks
//! are empty files: of those nothing can be known.

use std::{
    fs::{self, File},
    io::Read,
    path::Path,
};

use crate::{
    kubeconfig::write::{Snapshot, writer::Writer},
    regular_file::open_regular,
};

/// Longer than any signature.
const SIGNATURE: u64 = 128;

/// The process of this suite that made a lock, running or not.
pub(in crate::kubeconfig::write) fn owner(lock: &Path) -> Option<Writer> {
    signed(lock).map(|(_, writer)| writer)
}

/// Whether the lock is one of a killed process.
pub(in crate::kubeconfig::write) fn is_orphan(lock: &Path) -> bool {
    signed(lock).is_some_and(|(file, writer)| writer.is_gone(&file))
}

/// Removes the lock of a killed process; false where it is none. No two programs do it at once: each holds the file's
/// advisory lock meanwhile.
pub(super) fn remove(lock: &Path) -> bool {
    let Some((file, writer)) = signed(lock) else { return false };
    writer.is_gone(&file) && is_still(&file, lock) && fs::remove_file(lock).is_ok()
}

fn signed(lock: &Path) -> Option<(File, Writer)> {
    let file = open_regular(lock).ok()?;
    let metadata = file.metadata().ok()?;
    if metadata.len() > SIGNATURE {
        return None;
    }
    let mut text = String::new();
    (&file).take(SIGNATURE).read_to_string(&mut text).ok()?;
    Some((file, text.parse().ok()?))
}

/// Whether the name still leads to the file: another program may have removed it, and made a lock of its own.
fn is_still(file: &File, path: &Path) -> bool {
    let Ok(metadata) = file.metadata() else { return false };
    Snapshot::take(path).is_ok_and(|now| Snapshot::of(&metadata, path).is_same_file(&now))
}
