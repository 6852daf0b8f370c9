//! One thing found about a pod, and the verdict that several of them give.

use crate::verdict::{Reason, ReasonCode, Verdict};

/// One thing found about a pod.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// In one word.
    pub code: ReasonCode,
    /// In a sentence.
    pub message: String,
    /// A flag or a command that helps.
    pub fix: Option<String>,
    /// The verdict, if it decides about the pod and is not just worth knowing.
    pub verdict: Option<Verdict>,
}

/// The order in which findings decide: the first that holds gives the verdict.
///
/// A pod that its budget lets go by its readiness still has data and annotations to respect, so these stand before it.
const ORDER: &[(ReasonCode, Verdict)] = &[
    (ReasonCode::Static, Verdict::Skip),
    (ReasonCode::NotSelected, Verdict::Skip),
    (ReasonCode::SkipLabel, Verdict::Skip),
    (ReasonCode::Stuck, Verdict::Wait),
    (ReasonCode::Terminating, Verdict::Wait),
    (ReasonCode::Finished, Verdict::Evict),
    (ReasonCode::DaemonSet, Verdict::Skip),
    (ReasonCode::NoController, Verdict::Unmanaged),
    (ReasonCode::OwnerGone, Verdict::Unmanaged),
    (ReasonCode::EmptyDir, Verdict::Blocked),
    (ReasonCode::DaemonSet, Verdict::Blocked),
    (ReasonCode::DoNotDisrupt, Verdict::Blocked),
    (ReasonCode::SingleReplica, Verdict::Blocked),
    (ReasonCode::CannotRecreate, Verdict::Blocked),
    (ReasonCode::FreeOfBudget, Verdict::Evict),
    (ReasonCode::SeveralBudgets, Verdict::Blocked),
    (ReasonCode::BudgetSyncFailed, Verdict::Blocked),
    (ReasonCode::BudgetStructural, Verdict::Blocked),
    (ReasonCode::BudgetOwnPods, Verdict::Blocked),
    (ReasonCode::WaveDeadlock, Verdict::Blocked),
    (ReasonCode::BudgetsUnreadable, Verdict::Unknown),
    (ReasonCode::BudgetHeld, Verdict::Wait),
    (ReasonCode::BudgetStale, Verdict::Wait),
    (ReasonCode::BudgetOfOperator, Verdict::Wait),
    (ReasonCode::Completes, Verdict::Wait),
    (ReasonCode::ToleratesCordon, Verdict::Returns),
    (ReasonCode::Pinned, Verdict::Returns),
    (ReasonCode::NoController, Verdict::Evict),
    (ReasonCode::OwnerGone, Verdict::Evict),
    (ReasonCode::Recreate, Verdict::Evict),
    (ReasonCode::NotStarted, Verdict::Evict),
    (ReasonCode::Surge, Verdict::Evict),
    (ReasonCode::Restart, Verdict::Evict),
    (ReasonCode::BudgetsIgnored, Verdict::Evict),
];

impl Found {
    /// Returns a finding that decides about the pod.
    pub fn deciding(code: ReasonCode, verdict: Verdict, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), fix: None, verdict: Some(verdict) }
    }

    /// Returns a finding that is worth knowing.
    pub fn noted(code: ReasonCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), fix: None, verdict: None }
    }

    /// Adds what helps.
    pub fn with_fix(mut self, fix: impl Into<String>) -> Self {
        self.fix = Some(fix.into());
        self
    }

    /// Returns whether it ends the search: nothing of what follows can decide otherwise.
    pub fn rank(&self) -> (usize, ReasonCode) {
        let place =
            ORDER.iter().position(|(code, verdict)| *code == self.code && Some(*verdict) == self.verdict);
        (place.unwrap_or(ORDER.len()), self.code)
    }
}

/// Returns the verdict of a pod, and the reasons with those that decide first.
pub fn verdict(mut found: Vec<Found>) -> (Verdict, Vec<Reason>) {
    found.sort_by_key(Found::rank);
    let verdict = found.iter().find_map(|one| one.verdict).unwrap_or(Verdict::Evict);
    let reasons = found.into_iter().map(|one| Reason { code: one.code, message: one.message, fix: one.fix });
    (verdict, reasons.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_that_holds_decides_and_all_are_kept() {
        let found = vec![
            Found::noted(ReasonCode::HostPath, "x"),
            Found::deciding(ReasonCode::BudgetHeld, Verdict::Wait, "x"),
            Found::deciding(ReasonCode::EmptyDir, Verdict::Blocked, "x"),
        ];
        let (given, reasons) = verdict(found);
        assert_eq!(given, Verdict::Blocked);
        let codes: Vec<_> = reasons.iter().map(|reason| reason.code).collect();
        assert_eq!(codes, [ReasonCode::EmptyDir, ReasonCode::BudgetHeld, ReasonCode::HostPath]);
        assert_eq!(verdict(Vec::new()).0, Verdict::Evict);
    }
}
