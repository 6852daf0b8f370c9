//! Taking a write back.

use std::path::Path;

use super::{
    WriteOptions, Written,
    commit::commit,
    lock::{Waiting, written_over},
    outcome::{Outcome, finish},
    undo_record::{UndoRecord, changed_since},
};
use crate::Result;

/// Takes a write back, all of its files or none: byte for byte, and only where each file still is what that write made
/// of it ([`crate::cli::ExitStatus::Guarded`] otherwise). What this writes can itself be taken back.
pub fn undo(record: &UndoRecord, options: &WriteOptions) -> Result<Written> {
    let mut waiting = Waiting::as_told(options);
    loop {
        match commit(record.changes()?, options, &mut waiting)? {
            Outcome::Done(written) => return Ok(finish(*written, waiting)),
            // What somebody else made of the file meanwhile is no longer what there is a record of.
            Outcome::Conflicted(mut written) => {
                written.notes.extend(record.files().map(written_over));
                return Ok(finish(*written, waiting));
            }
            // Read again: it may be another file with the same bytes.
            Outcome::Changed if !waiting.is_over() => {}
            Outcome::Changed => {
                return Err(changed_since(record.files().next().unwrap_or(Path::new(""))));
            }
        }
    }
}
