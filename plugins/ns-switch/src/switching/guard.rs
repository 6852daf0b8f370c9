//! Protected contexts are switched to only on purpose.

use shared::{
    Error, Result,
    cli::ExitStatus,
    output::Printer,
    prompt::{Prompter, Question, TerminalPrompter},
};

use crate::settings::Settings;

/// Asks before a switch into a protected context; `yes` is the answer given beforehand. A context that is protected is named in
/// colour, either way.
///
/// # Errors
/// Somebody says no; or nobody is there to be asked ([`ExitStatus::Guarded`]).
pub fn pass(settings: &Settings, context: &str, yes: bool, printer: &mut Printer) -> Result<()> {
    if !settings.protects(context) {
        return Ok(());
    }
    if yes {
        printer.warning(format!("context \"{context}\" is protected"));
        return Ok(());
    }
    let mut prompter = TerminalPrompter::default();
    if !prompter.can_ask() {
        return Err(Error::new(format!("context \"{context}\" is protected"))
            .with_hint(format!("`kubectl ns-switch use {context} --yes` switches to it without asking"))
            .with_status(ExitStatus::Guarded));
    }
    printer.warning(format!("context \"{context}\" is protected"));
    let text = format!("Switch to {context}");
    match prompter.confirm(Question { text: &text, answered_by: "--yes" }, false)? {
        true => Ok(()),
        false => Err(Error::cancelled()),
    }
}
