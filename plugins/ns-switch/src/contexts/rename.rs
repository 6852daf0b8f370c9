//! `contexts NEW=OLD`.

use shared::{
    Result,
    kubeconfig::edit::Edit,
    output::{Printer, sanitize_line},
};

use crate::{outline::Outline, switching::Switcher};

/// Gives a context another name. What is remembered under the old one is found under the new one.
///
/// # Errors
/// There is no such context, or there is one of the new name, or the file can't be written.
pub fn rename(switcher: &Switcher<'_>, new: &str, old: Option<&str>, printer: &mut Printer) -> Result<()> {
    let outline = Outline::read(switcher.kubeconfigs)?;
    let old = match old {
        Some(old) => outline.existing(old)?.name.clone(),
        None => outline.chosen(None)?.name.clone(),
    };
    if old == new {
        printer.note(format!("Context \"{new}\" is called so already"));
        return Ok(());
    }
    let edit = Edit::RenameContext { from: old.clone(), to: new.to_owned() };
    switcher.apply(outline, &[edit], printer)?;
    switcher.renamed(&old, new);
    let (old, new) = (sanitize_line(&old), sanitize_line(new));
    printer.note(format!("✔ Context \"{old}\" renamed to \"{new}\""));
    Ok(())
}
