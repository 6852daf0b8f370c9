//! Locks that a killed process of this suite left behind, and the proof that they are.
//!
//! Either the lock names its process inside ([`super::Lock`]), or it is the same file as a temporary one beside it whose
//! name tells the process ([`super::swap()`]). And that process is gone ([`Writer::is_gone`]). kubectl's locks are empty
//! files without a second name: of those nothing can be known.

use std::{
    fs::{self, File},
    io::Read,
    path::Path,
};

use crate::kubeconfig::write::{Snapshot, names::Names, writer::Writer};

/// Longer than any signature, shorter than any kubeconfig.
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
    let file = File::open(lock).ok()?;
    let metadata = file.metadata().ok()?;
    if metadata.len() <= SIGNATURE {
        let mut text = String::new();
        (&file).take(SIGNATURE).read_to_string(&mut text).ok()?;
        if let Ok(writer) = text.parse() {
            return Some((file, writer));
        }
    }
    let snapshot = Snapshot::of(&metadata, lock);
    let target = lock.with_extension("");
    let twin =
        Names::of_new(&target).present().into_iter().find(|leftover| leftover.is_same_file(&snapshot))?;
    Some((file, twin.writer?))
}

/// Whether the name still leads to the file: another program may have removed it, and made a lock of its own.
fn is_still(file: &File, path: &Path) -> bool {
    let Ok(metadata) = file.metadata() else { return false };
    Snapshot::take(path).is_ok_and(|now| Snapshot::of(&metadata, path).is_same_file(&now))
}
