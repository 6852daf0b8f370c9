//! Features of a file that kubectl does not support, and what it makes of them: the user should know before it writes.

use std::path::Path;

use super::{change::Change, reading::Reading};
use crate::yaml::{Document, SourceText};

/// Returns whole sentences about a text that `changes` were made to. The fast reader accepts nothing of the kind.
pub(super) fn unsupported(path: &Path, text: &[u8], reading: &Reading, changes: &[Change]) -> Vec<String> {
    if matches!(reading, Reading::Scanned(_)) {
        return Vec::new();
    }
    let Ok(source) = SourceText::decode(text) else { return Vec::new() };
    let Ok(document) = Document::parse(&source.text) else { return Vec::new() };
    let shown = path.display();
    let mut notes = Vec::new();
    let times = document.times_set("current-context");
    if times > 1 && changes.iter().any(|change| matches!(change, Change::Current(_))) {
        notes.push(format!(
            "{shown} sets current-context {times} times: the last one counts, and was changed"
        ));
    }
    if document.has_more_documents() {
        notes.push(format!(
            "{shown} has more than one document: the first one counts, and kubectl deletes the others when it writes"
        ));
    }
    notes
}
