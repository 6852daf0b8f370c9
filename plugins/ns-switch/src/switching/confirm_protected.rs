//! Protected contexts are switched to only on purpose.

use shared::{
    Error, Result,
    cli::ExitStatus,
    output::{Printer, shell_command},
    prompt::{Prompter, Question, TerminalPrompter},
};

use crate::settings::Settings;

/// What somebody has said to a question that was not asked yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreed {
    /// `--yes`.
    Yes,
    /// Nothing, and nothing is to be done before: a dry run. If there is somebody to ask, the answer may be yes.
    IfAsked,
    /// Nothing.
    NotYet,
}

/// Asks before a switch into a protected context, if nothing is agreed yet. A context that is protected is named in
/// colour, either way.
///
/// # Errors
/// Somebody says no; or nobody is there to be asked ([`ExitStatus::Guarded`]).
pub fn pass(settings: &Settings, context: &str, agreed: Agreed, printer: &mut Printer) -> Result<()> {
    if !settings.protects(context) {
        return Ok(());
    }
    let mut prompter = TerminalPrompter::default();
    if agreed != Agreed::Yes && !prompter.can_ask() {
        return Err(Error::new(format!("context \"{context}\" is protected"))
            .with_hint(format!("`{}` switches to it without asking", use_yes(context)))
            .with_status(ExitStatus::Guarded));
    }
    printer.warning(format!("context \"{context}\" is protected"));
    if agreed != Agreed::NotYet {
        return Ok(());
    }
    let text = format!("Switch to {context}");
    match prompter.confirm(Question { text: &text, answered_by: "--yes" }, false)? {
        true => Ok(()),
        false => Err(Error::cancelled()),
    }
}

/// The command that switches to a context without a question, whatever its name.
fn use_yes(context: &str) -> String {
    shell_command(&["kubectl", "ns-switch", "use"], &[context], &["--yes"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_can_be_copied_into_a_shell() {
        assert_eq!(
            use_yes("arn:aws:eks:eu:1:cluster/a"),
            "kubectl ns-switch use arn:aws:eks:eu:1:cluster/a --yes"
        );
        assert_eq!(use_yes("prod $(reboot)"), "kubectl ns-switch use 'prod $(reboot)' --yes");
        assert_eq!(use_yes("-x y"), "kubectl ns-switch use --yes -- '-x y'");
    }
}
