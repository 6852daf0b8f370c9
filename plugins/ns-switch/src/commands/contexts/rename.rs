//! `contexts NEW=OLD`: renames a context.

use shared::{
    Result,
    kubeconfig::edit::Edit,
    output::{Printer, sanitize_line},
};

use crate::{kubeconfigs::ContextIndex, switching::Switcher};

/// Renames a context, with `overwrite` to the name of another one, which is replaced. The history moves with it.
///
/// # Errors
/// The context does not exist, one of the new name does, or the file can't be written.
pub fn rename(
    switcher: &Switcher<'_>,
    new: &str,
    old: Option<&str>,
    overwrite: bool,
    printer: &mut Printer,
) -> Result<()> {
    let index = ContextIndex::read(switcher.kubeconfigs)?;
    let old = match old {
        Some(old) => index.existing(old)?.name.clone(),
        None => index.chosen(None)?.name.clone(),
    };
    if old == new {
        printer.note(format!("Context \"{}\" already has that name", sanitize_line(new)));
        return Ok(());
    }
    let taken = index.context(new).is_some();
    let was_current = taken && index.current.as_deref() == Some(new);
    let (from, to) = (old.clone(), new.to_owned());
    let edit = if overwrite { Edit::ReplaceContext { from, to } } else { Edit::RenameContext { from, to } };
    let applied = switcher.apply(index, &[edit], printer).map_err(|error| match taken && !overwrite {
        true => error.with_hint("choose another name, or pass --overwrite to replace that context"),
        false => error,
    })?;
    if !applied.written {
        return Ok(());
    }
    if taken {
        switcher.deleted(new);
    }
    switcher.renamed(&old, new);
    let (old, new) = (sanitize_line(&old), sanitize_line(new));
    printer.note(format!("✔ Context \"{old}\" renamed to \"{new}\""));
    if taken {
        let back = if applied.undoable { "; `kubectl ns-switch undo` brings it back" } else { "" };
        printer.note(format!("the context that was called \"{new}\" is gone{back}"));
    }
    if was_current {
        printer.warning(format!("\"{new}\" is the current context: it is now the one that was \"{old}\""));
    }
    Ok(())
}
