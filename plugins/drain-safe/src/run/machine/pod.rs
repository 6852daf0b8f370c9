//! A pod during the run.

use std::time::Duration;

use super::{Moment, NodeRun, Settings};
use crate::plan::{Fits, PodPlan, ReasonCode, Verdict};

/// How long a pod that nobody can evict until somebody acts is waited for.
const GIVE_UP_AFTER: Duration = Duration::from_secs(30);

/// How much longer than its grace period a pod of a node without a kubelet is waited for.
const UNCONFIRMED_AFTER: Duration = Duration::from_secs(30);

/// The pauses after refusals and failures double up to this.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// How far a pod is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// It is there, as far as is known.
    Present,
    /// Its eviction is asked for.
    InFlight,
    /// It terminates.
    Leaving {
        /// Since when, as far as we saw.
        since: Moment,
        /// How long it may take.
        grace: Duration,
    },
    /// It is gone.
    Gone,
    /// It terminates on a node that does not answer, or for longer than anybody wants to wait.
    Unconfirmed,
}

/// What the run does about a pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disposition {
    /// It belongs on the node, and is not looked at.
    Stays,
    /// It is evicted as soon as it may go.
    Goes,
    /// It leaves by itself.
    Leaves,
    /// It can't be evicted until somebody acts.
    Blocked,
    /// It remains, and the node is not drained.
    Remains,
    /// It would come back, and remains.
    Returns,
}

/// Why a pod has not gone yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// In a word: a reason's code, or `Webhook`, `ServerBusy`, `ServerError`.
    pub code: &'static str,
    /// In a sentence.
    pub message: String,
}

/// A pod during the run.
#[derive(Clone, Debug)]
pub struct PodRun {
    /// The last plan of it.
    pub plan: PodPlan,
    /// The wave of the first plan that gave it one.
    pub wave: Option<usize>,
    /// Its node, by its place in the plan.
    pub node: usize,
    /// How far it is.
    pub phase: Phase,
    /// Its phase in the cluster, and whether it is Ready, as the watch shows it.
    pub is_ready: bool,
    /// Whether budgets have a say: not for pods that are pending or have finished.
    pub is_running: bool,
    /// Why it has not gone yet; what the server said last.
    pub held: Option<Held>,
    /// Whether the server has accepted its eviction.
    pub is_evicted: bool,
    /// When its eviction was first asked for.
    pub asked_at: Option<Moment>,
    /// When it was gone.
    pub gone_at: Option<Moment>,
    /// Whether nobody waits for it anymore.
    pub is_given_up: bool,
    /// Whether it came back after one of its owner was evicted.
    pub returned: bool,
    /// Whether the watch has shown it.
    pub(super) is_seen: bool,
    /// Its resourceVersion as the watch has shown it.
    pub(super) resource_version: String,
    /// Whether the answer to a request to evict it was lost: the request may be carried out yet.
    pub(super) is_in_doubt: bool,
    /// Since when it has been impossible to evict.
    pub(super) blocked_since: Option<Moment>,
    /// When it may be asked for again.
    pub(super) not_before: Moment,
    /// How often in a row the server refused or failed.
    pub(super) failures: u32,
}

impl PodRun {
    pub(super) fn new(plan: PodPlan, node: usize) -> Self {
        Self {
            wave: plan.wave,
            node,
            phase: Phase::Present,
            is_ready: plan.details.ready,
            is_running: plan.details.phase == "Running" || plan.details.phase == "Unknown",
            held: None,
            is_evicted: false,
            asked_at: None,
            gone_at: None,
            is_given_up: false,
            returned: false,
            is_seen: false,
            resource_version: String::new(),
            is_in_doubt: false,
            blocked_since: None,
            not_before: Moment::ZERO,
            failures: 0,
            plan,
        }
    }

    /// Returns what the run does about it.
    pub fn disposition(&self, settings: &Settings) -> Disposition {
        let first = self.plan.reasons.first().map(|reason| reason.code);
        match self.plan.verdict {
            Verdict::Skip => Disposition::Stays,
            Verdict::Evict if self.plan.fits == Some(Fits::No) && !settings.allow_pending => {
                // Let through by --allow-partial, which leaves it, or by --allow NoPlace, which does not.
                if settings.allow_partial { Disposition::Remains } else { Disposition::Goes }
            }
            Verdict::Evict => Disposition::Goes,
            Verdict::Returns if self.returned || self.plan.wave.is_none() => Disposition::Returns,
            Verdict::Returns => Disposition::Goes,
            Verdict::Wait => match first {
                Some(ReasonCode::BudgetHeld | ReasonCode::BudgetStale | ReasonCode::BudgetOfOperator) => {
                    Disposition::Goes
                }
                _ => Disposition::Leaves,
            },
            Verdict::Blocked => Disposition::Blocked,
            Verdict::Unmanaged | Verdict::Unknown => Disposition::Remains,
        }
    }

    /// Returns whether nothing more is done for it or expected of it.
    pub fn is_resolved(&self, settings: &Settings) -> bool {
        match self.phase {
            Phase::Gone | Phase::Unconfirmed => true,
            Phase::InFlight | Phase::Leaving { .. } => {
                self.disposition(settings) == Disposition::Stays && self.asked_at.is_none()
            }
            Phase::Present => match self.disposition(settings) {
                Disposition::Stays | Disposition::Remains | Disposition::Returns => true,
                Disposition::Goes | Disposition::Leaves | Disposition::Blocked => self.is_given_up,
            },
        }
    }

    /// Returns whether its eviction was asked for, whatever came of it.
    pub fn was_asked(&self) -> bool {
        self.asked_at.is_some()
    }

    /// Returns the only resourceVersion that may be evicted. After a lost answer it is the one that was seen last: the server
    /// accepts evictions of terminating pods too, and would accept this pod's twice.
    pub fn version_to_evict(&self) -> Option<String> {
        (self.is_in_doubt && !self.resource_version.is_empty()).then(|| self.resource_version.clone())
    }

    /// Returns how often in a row the server refused or failed.
    pub fn failures(&self) -> u32 {
        self.failures
    }

    /// Returns whether only another plan can tell what becomes of it: it waits for something.
    pub(super) fn needs_a_plan(&self, settings: &Settings) -> bool {
        let waits = matches!(
            self.disposition(settings),
            Disposition::Goes | Disposition::Leaves | Disposition::Blocked
        );
        waits && self.phase == Phase::Present && !self.is_given_up
    }

    /// Returns how long it may take to end.
    pub fn grace(&self, settings: &Settings) -> Duration {
        Duration::from_secs(settings.grace.unwrap_or(self.plan.details.grace_seconds).unsigned_abs())
    }

    /// Returns whether it may be asked for now, as far as it alone is concerned.
    pub(super) fn is_ready_to_go(&self, settings: &Settings, now: Moment) -> bool {
        self.phase == Phase::Present
            && self.is_seen
            && !self.is_given_up
            && self.blocked_since.is_none()
            && self.not_before <= now
            && self.disposition(settings) == Disposition::Goes
    }

    /// Returns whether budgets decide about its eviction (`canIgnorePDB` in Kubernetes' `eviction.go`).
    pub(super) fn is_under_budgets(&self, settings: &Settings) -> bool {
        let is_free = self.plan.has(ReasonCode::FreeOfBudget) && !self.is_ready;
        // Nobody asks a budget about a pod that its Deployment removes.
        let is_asked = self.way().is_none();
        self.is_running && is_asked && !is_free && !settings.ignore_budgets && !self.plan.budgets.is_empty()
    }

    /// Takes over a new plan of it.
    pub(super) fn replanned(&mut self, plan: &PodPlan, settings: &Settings, now: Moment) {
        if matches!(self.phase, Phase::Gone | Phase::InFlight | Phase::Leaving { .. }) {
            return;
        }
        self.plan = plan.clone();
        self.wave = self.wave.or(plan.wave);
        self.judge_blocked(settings, now);
        if let Some(reason) = plan.reasons.first().filter(|_| plan.verdict != Verdict::Evict) {
            self.held = Some(Held { code: reason.code.as_str(), message: reason.message.clone() });
        }
    }

    /// Starts or stops the time after which it is given up.
    pub(super) fn judge_blocked(&mut self, settings: &Settings, now: Moment) {
        match self.disposition(settings) {
            Disposition::Blocked => drop(self.blocked_since.get_or_insert(now)),
            _ => self.unblock(),
        }
    }

    pub(super) fn unblock(&mut self) {
        self.blocked_since = None;
    }

    /// Remembers a refusal or a failure, and waits longer after each.
    pub(super) fn pause(&mut self, first: Duration, code: &'static str, message: String, now: Moment) {
        let pause = first.saturating_mul(2u32.saturating_pow(self.failures)).min(LONGEST_PAUSE);
        self.failures = self.failures.saturating_add(1);
        self.not_before = now + pause;
        self.held = Some(Held { code, message });
    }

    /// Returns when it is given up.
    pub(super) fn given_up_at(&self) -> Option<Moment> {
        self.blocked_since.filter(|_| !self.is_given_up).map(|since| since + GIVE_UP_AFTER)
    }

    /// Returns when nobody waits anymore for its end, which a node without a kubelet never reports, and nobody asks for on
    /// a node that is not drained anymore.
    pub(super) fn unconfirmed_at(&self, node: &NodeRun) -> Option<Moment> {
        match self.phase {
            Phase::Leaving { since, grace } if !node.is_ready || node.is_over() => {
                Some(since + grace + UNCONFIRMED_AFTER)
            }
            _ => None,
        }
    }

    /// Returns when something changes by the clock alone.
    pub(super) fn times(&self, settings: &Settings, node: &NodeRun) -> impl Iterator<Item = Moment> {
        let waits = self.phase == Phase::Present && self.disposition(settings) == Disposition::Goes;
        let again = Some(self.not_before).filter(|_| waits);
        let skipped = match (&self.phase, settings.skip_deleted_after) {
            (Phase::Leaving { since, grace }, Some(limit)) => Some(*since + *grace + limit),
            _ => None,
        };
        [again, self.given_up_at(), self.unconfirmed_at(node), skipped].into_iter().flatten()
    }

    pub(super) fn is_gone(&mut self, now: Moment) {
        self.phase = Phase::Gone;
        self.gone_at.get_or_insert(now);
    }
}
