//! What leads into a protected context, or takes its protection away, is done only on purpose.

use shared::{
    Result,
    kubeconfig::edit::Edit,
    output::{Printer, ShellCommand, sanitize_line},
    prompt::{self, Consent, GuardedStep, Question, TerminalPrompter},
};

use crate::settings::Settings;

/// A step that a protected context is guarded against, and the command that takes it without asking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProtectedStep<'a> {
    /// The context becomes the current one.
    Switch { context: &'a str, command: String },
    /// The context is deleted.
    Delete { context: &'a str, command: String },
    /// The context gets another name: one of the two names may be protected and the other one not.
    Rename { from: &'a str, to: &'a str, command: String },
}

impl ProtectedStep<'_> {
    /// Returns why the step is guarded, if it is.
    fn reason(&self, settings: &Settings) -> Option<String> {
        let protected = |name: &str| format!("context \"{}\" is protected", sanitize_line(name));
        match self {
            Self::Switch { context, .. } | Self::Delete { context, .. } => {
                settings.protects(context).then(|| protected(context))
            }
            Self::Rename { from, .. } if settings.protects(from) => Some(protected(from)),
            Self::Rename { to, .. } => settings
                .protects(to)
                .then(|| format!("a context with the name \"{}\" is protected", sanitize_line(to))),
        }
    }

    /// Returns the question and the hint.
    fn words(&self) -> (String, String) {
        match self {
            Self::Switch { context, command } => (
                format!("Switch to {}", sanitize_line(context)),
                format!("`{command}` switches to it without asking"),
            ),
            Self::Delete { context, command } => (
                format!("Delete context {}", sanitize_line(context)),
                format!("`{command}` deletes it without asking"),
            ),
            Self::Rename { from, to, command } => (
                format!("Rename context {} to {}", sanitize_line(from), sanitize_line(to)),
                format!("`{command}` renames it without asking"),
            ),
        }
    }
}

/// Asks before a step that a protected context is guarded against, unless consent is given.
///
/// # Errors
/// As [`prompt::confirm`].
pub fn confirm_protected(
    settings: &Settings,
    step: &ProtectedStep<'_>,
    consent: Consent,
    printer: &mut Printer,
) -> Result<()> {
    let Some(reason) = step.reason(settings) else { return Ok(()) };
    let (question, hint) = step.words();
    let question = Question { text: &question, answered_by: "--yes" };
    let step = GuardedStep { reason: &reason, question, hint: &hint };
    prompt::confirm(step, consent, &mut TerminalPrompter::default(), printer)
}

/// Returns the steps among some edits that may have to be asked about. The switch to a context that was named is not
/// among them, since that was asked about before the cluster was.
pub fn guarded_steps<'a>(
    edits: &'a [Edit],
    before: Option<&str>,
    after: Option<&'a str>,
) -> Vec<ProtectedStep<'a>> {
    let mut steps = Vec::new();
    let mut clearing = None;
    for edit in edits {
        match edit {
            Edit::UnsetCurrentContext => clearing = Some(contexts(&["-u"]).flag("--yes").to_string()),
            Edit::DeleteContexts(names) => {
                let command = names.iter().fold(contexts(&["-d"]), ShellCommand::name).flag("--yes");
                let command = command.to_string();
                let delete = |context| ProtectedStep::Delete { context, command: command.clone() };
                steps.extend(names.iter().map(|name| delete(name)));
                clearing = Some(command);
            }
            Edit::RenameContext { from, to } => {
                let command = contexts(&[]).name(format!("{to}={from}")).flag("--yes").to_string();
                steps.push(ProtectedStep::Rename { from, to, command });
            }
            Edit::ReplaceContext { from, to } => {
                let command = contexts(&[]).name(format!("{to}={from}")).flag("--overwrite").flag("--yes");
                steps.push(ProtectedStep::Rename { from, to, command: command.to_string() });
            }
            Edit::SetCurrentContext(_)
            | Edit::SetNamespace { .. }
            | Edit::UnsetNamespace { .. }
            | Edit::DeleteUnused(_)
            | Edit::AddEntries(_)
            | Edit::ReplaceUser(_)
            | Edit::Require(_) => {}
        }
    }
    // Where one file sets no current context any more, a later one may.
    if let (Some(command), Some(context)) = (clearing, after.filter(|after| Some(*after) != before)) {
        steps.push(ProtectedStep::Switch { context, command });
    }
    steps
}

fn contexts(flags: &[&str]) -> ShellCommand {
    ShellCommand::new(["kubectl", "ns-switch", "contexts"].iter().chain(flags).copied())
}

/// Returns the command that switches to a context without a question, whatever its name.
pub fn use_yes(context: &str) -> String {
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
