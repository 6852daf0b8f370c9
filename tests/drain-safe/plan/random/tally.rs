//! What random clusters showed.

use std::{collections::BTreeMap, fmt};

use serde_json::Value;

/// In what a plan was wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The server refused an eviction that the plan promised.
    Refused,
    /// A replacement waits that was foretold a place.
    PendingAlthoughYes,
    /// A replacement has a place that was foretold none.
    PlacedAlthoughNo,
    /// The scheduler says something else than the plan.
    Message,
    /// A dump of the cluster gives another plan.
    Dump,
}

/// A fault of a plan.
#[derive(Clone, Debug)]
pub struct Fault {
    pub kind: FaultKind,
    pub what: String,
    pub plan: Value,
}

/// What one cluster showed, or all together.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    pub evictions: usize,
    /// Refused after a replacement that was foretold nothing certain did not come up: no promise was broken.
    pub refused_behind_unknown: usize,
    pub foretold_pending: usize,
    pub placed_although_no: usize,
    pub answers: usize,
    pub unknown: usize,
    /// What the plan says of pods whose fit is unknown, and how often.
    pub fates: BTreeMap<String, usize>,
    pub messages: usize,
    pub faults: Vec<Fault>,
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} evictions, {} of them refused behind an unknown fit; {} answers, {} unknown {:?}; {} foretold Pending, {} of them placed; {} messages compared; {} faults",
            self.evictions,
            self.refused_behind_unknown,
            self.answers,
            self.unknown,
            self.fates,
            self.foretold_pending,
            self.placed_although_no,
            self.messages,
            self.faults.len()
        )
    }
}

impl Tally {
    /// Adds what another cluster showed.
    pub fn add(&mut self, other: Self) {
        self.evictions += other.evictions;
        self.refused_behind_unknown += other.refused_behind_unknown;
        self.foretold_pending += other.foretold_pending;
        self.placed_although_no += other.placed_although_no;
        self.answers += other.answers;
        self.unknown += other.unknown;
        other.fates.into_iter().for_each(|(fate, count)| *self.fates.entry(fate).or_default() += count);
        self.messages += other.messages;
        self.faults.extend(other.faults);
    }

    /// Asserts what plans promise.
    pub fn assert(&self) {
        let of = |kind: FaultKind| {
            let faults = self.faults.iter().filter(move |fault| fault.kind == kind);
            faults.map(|fault| fault.what.as_str()).collect::<Vec<_>>()
        };
        let none = Vec::<&str>::new();
        assert_eq!(of(FaultKind::Refused), none, "evictions that the plan promised were refused");
        assert_eq!(of(FaultKind::PendingAlthoughYes), none, "pods are Pending whose fit was yes");
        assert_eq!(of(FaultKind::Message), none, "the scheduler said something else");
        assert_eq!(of(FaultKind::Dump), none, "a dump gave another plan");
        assert!(
            self.placed_although_no * 100 <= self.foretold_pending,
            "{} of {} pods that were foretold Pending were placed: {:?}",
            self.placed_although_no,
            self.foretold_pending,
            of(FaultKind::PlacedAlthoughNo)
        );
        // A rate says nothing about a handful.
        assert!(
            self.answers < 100 || self.unknown * 10 <= self.answers,
            "{} of {} answers are unknown",
            self.unknown,
            self.answers
        );
        assert!(self.evictions > 0, "nothing was evicted");
    }
}
