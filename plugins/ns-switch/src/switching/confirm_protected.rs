//! Protected contexts are switched to only on purpose.

use shared::{
    Result,
    output::{Printer, ShellCommand, sanitize_line},
    prompt::{self, Consent, GuardedStep, Question, TerminalPrompter},
};

use crate::settings::Settings;

/// Asks before a switch to a protected context, unless consent is given.
///
/// # Errors
/// As [`prompt::confirm`].
pub fn confirm_protected(
    settings: &Settings,
    context: &str,
    consent: Consent,
    printer: &mut Printer,
) -> Result<()> {
    if !settings.protects(context) {
        return Ok(());
    }
    let step = GuardedStep {
        reason: &format!("context \"{}\" is protected", sanitize_line(context)),
        question: Question { text: &format!("Switch to {context}"), answered_by: "--yes" },
        hint: &format!("`{}` switches to it without asking", use_yes(context)),
    };
    prompt::confirm(step, consent, &mut TerminalPrompter::default(), printer)
}

/// Returns the command that switches to a context without a question, whatever its name.
fn use_yes(context: &str) -> String {
    ShellCommand::new(["kubectl", "ns-switch", "use"]).name(context).flag("--yes").to_string()
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
