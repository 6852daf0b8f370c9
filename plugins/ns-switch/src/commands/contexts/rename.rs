//! `contexts NEW=OLD`: renames a context.

use shared::{
    Error, Result,
    kubeconfig::edit::Edit,
    output::{Printer, ShellCommand, sanitize_line},
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
        Some(old) => index.existing(old).map_err(|error| whole_name(error, &index, new, old))?.name.clone(),
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

/// Hints at how to switch to a context that is called as the words that were taken for a rename.
fn whole_name(error: Error, index: &ContextIndex, new: &str, old: &str) -> Error {
    let whole = format!("{new}={old}");
    if index.context(&whole).is_none() {
        return error;
    }
    let command = ShellCommand::new(["kubectl", "ns-switch", "use"]).name(&whole);
    error.with_hint(format!("`{command}` switches to the context of that name"))
}
