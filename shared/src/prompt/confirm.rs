//! Steps that are taken only with the user's consent.

use super::{Prompter, Question};
use crate::{Error, Result, cli::ExitStatus, output::Printer};

/// What is known of the user's consent before anything is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consent {
    /// `--yes` was given.
    Given,
    /// Nothing will be done: a dry run. It fails all the same where the step itself would fail, so that it predicts the
    /// outcome.
    NotNeeded,
    /// The user has to be asked.
    Missing,
}

/// A step that needs consent.
#[derive(Clone, Copy, Debug)]
pub struct GuardedStep<'a> {
    /// Why it is guarded: `context "prod" is protected`.
    pub reason: &'a str,
    /// The question, and the flag that answers it.
    pub question: Question<'a>,
    /// How to take the step without being asked.
    pub hint: &'a str,
}

/// Asks for consent where it is missing. The reason is a warning in any case.
///
/// # Errors
/// [`ExitStatus::Guarded`] where nobody can be asked, [`ExitStatus::Cancelled`] where the answer is no.
pub fn confirm(
    step: GuardedStep<'_>,
    consent: Consent,
    prompter: &mut dyn Prompter,
    printer: &mut Printer,
) -> Result<()> {
    if consent != Consent::Given && !prompter.can_ask() {
        return Err(Error::new(step.reason).with_hint(step.hint).with_status(ExitStatus::Guarded));
    }
    printer.warning(step.reason);
    match consent {
        Consent::Missing if !prompter.confirm(step.question, false)? => Err(Error::cancelled()),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        output::Appearance,
        prompt::{Answer, ScriptedPrompter},
    };

    const STEP: GuardedStep<'static> = GuardedStep {
        reason: "node is the last one",
        question: Question { text: "Drain it", answered_by: "--yes" },
        hint: "add --yes",
    };

    fn status(consent: Consent, mut prompter: ScriptedPrompter) -> (ExitStatus, String) {
        let (mut printer, capture) = Printer::captured(Appearance::default());
        let status = match confirm(STEP, consent, &mut prompter, &mut printer) {
            Ok(()) => ExitStatus::Success,
            Err(error) => error.status(),
        };
        assert_eq!(prompter.unused(), 0);
        (status, capture.stderr())
    }

    #[test]
    fn consent_is_asked_for_only_where_it_is_missing() {
        let warning = "Warning: node is the last one\n".to_owned();
        let answer = |yes| ScriptedPrompter::new([Answer::Confirm(yes)]);
        assert_eq!(status(Consent::Missing, answer(true)), (ExitStatus::Success, warning.clone()));
        assert_eq!(status(Consent::Missing, answer(false)), (ExitStatus::Cancelled, warning.clone()));
        let silent = || ScriptedPrompter::new([]);
        assert_eq!(status(Consent::Given, silent()), (ExitStatus::Success, warning.clone()));
        assert_eq!(status(Consent::NotNeeded, silent()), (ExitStatus::Success, warning));
    }

    #[test]
    fn without_a_terminal_only_a_flag_gives_consent() {
        let nobody = ScriptedPrompter::unattended;
        for consent in [Consent::Missing, Consent::NotNeeded] {
            assert_eq!(status(consent, nobody()), (ExitStatus::Guarded, String::new()));
        }
        assert_eq!(status(Consent::Given, nobody()).0, ExitStatus::Success);
    }
}
