//! Annotations that others own and have other values.

use shared::{
    Error,
    cli::ExitStatus,
    output::{Column, Printer, Table, TableOptions},
};

use super::{annotation_write::AnnotationWrite, managers::other_managers};

/// An annotation that another manager owns and that would get another value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    key: String,
    owner: String,
    current: String,
    wanted: String,
}

/// Returns the conflicts of a write. Removing an annotation is none: who removes it names it.
pub fn conflicts(write: &AnnotationWrite) -> Vec<Conflict> {
    let mut found = Vec::new();
    for change in &write.changes {
        let (Some(current), Some(wanted)) = (&change.before, &change.after) else { continue };
        let owners = other_managers(&write.live, &change.key);
        if !owners.is_empty() {
            found.push(Conflict {
                key: change.key.clone(),
                owner: owners.join(", "),
                current: current.clone(),
                wanted: wanted.clone(),
            });
        }
    }
    found
}

/// Shows conflicts and returns the refusal.
pub fn refuse(write: &AnnotationWrite, conflicts: &[Conflict], printer: &mut Printer) -> Error {
    let mut table = Table::new(["KEY", "OWNER", "CURRENT", "WANTED"].map(Column::new));
    for conflict in conflicts {
        table.push([
            conflict.key.clone().into(),
            conflict.owner.clone().into(),
            conflict.current.clone().into(),
            conflict.wanted.clone().into(),
        ]);
    }
    printer.note(table.render(TableOptions::default(), false).trim_end());
    refusal(write)
}

/// Returns the refusal of a write that would take annotations from others.
pub fn refusal(write: &AnnotationWrite) -> Error {
    Error::new(format!("{} was not changed: others own annotations that would change", write.object()))
        .with_status(ExitStatus::Guarded)
        .with_hint("change them where their owner takes them from, or take them over with --force-conflicts")
}
