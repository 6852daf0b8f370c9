//! What speaks against a drain as a whole: one file for each guard that needs more than a look.

mod addons;
mod autoscaler;
mod nodes;
mod quorum;
mod silent;
mod skew;
mod webhook;

pub use silent::out_of_service;

use super::{Capacity, Facts, Fits, Guard, GuardCode, ReasonCode, subject::Subject};
use crate::flags::DecisionFlags;

/// Returns what the guards found, those that block first.
pub fn guards(facts: &Facts, flags: &DecisionFlags, subjects: &[Subject], capacity: &Capacity) -> Vec<Guard> {
    let mut found = Vec::new();
    found.extend(no_place(flags, subjects));
    found.extend(quorum::quorum(facts));
    found.extend(webhook::webhooks(facts, subjects));
    found.extend(nodes::locked(facts));
    if flags.grace_period == 0 {
        found.push(blocking(GuardCode::GraceZero, "--grace-period=0 removes pods before they have stopped"));
    }
    found.extend(room(flags, capacity));
    found.extend(skew::skew(facts, flags));
    found.extend(only_replicas(subjects));
    found.extend(addons::dns(facts, subjects));
    found.extend(nodes::down(facts));
    found.extend(silent::not_ready(facts));
    found.extend(autoscaler::autoscalers(facts, subjects));
    found.extend(nodes::endpoint(facts));
    for guard in &mut found {
        if flags.allows(guard.code) {
            guard.blocks = false;
            guard.fix = None;
        } else if guard.blocks && guard.fix.is_none() {
            guard.fix = Some(format!("--allow {}", guard.code.as_str()));
        }
    }
    found.sort_by_key(|guard| (!guard.blocks, guard.code));
    found
}

fn blocking(code: GuardCode, message: impl Into<String>) -> Guard {
    Guard { code, message: message.into(), blocks: true, fix: None }
}

fn warning(code: GuardCode, message: impl Into<String>) -> Guard {
    Guard { code, message: message.into(), blocks: false, fix: None }
}

/// Names some of many.
fn some_of(names: &[String]) -> String {
    match names.len() {
        0..=3 => names.join(", "),
        more => format!("{} and {} more", names[..3].join(", "), more - 3),
    }
}

fn no_place(flags: &DecisionFlags, subjects: &[Subject]) -> Option<Guard> {
    let without = subjects.iter().filter(|one| one.wave.is_some() && one.fits == Some(Fits::No));
    let names: Vec<_> = without.filter(|one| one.has(ReasonCode::NoPlace)).map(Subject::name).collect();
    let message = format!("no node takes the replacement of {}", some_of(&names));
    let blocks = !flags.allow_pending && !flags.allow_partial;
    let fix = blocks.then(|| "--allow-pending".to_owned());
    (!names.is_empty()).then_some(Guard { code: GuardCode::NoPlace, message, blocks, fix })
}

fn room(flags: &DecisionFlags, capacity: &Capacity) -> Option<Guard> {
    let keep = flags.keep_free?;
    let tight = capacity.resources.iter().filter(|one| {
        let free = one.allocatable.saturating_sub(&one.after);
        !shared::quantity::reaches_percent(&free, &one.allocatable, keep)
    });
    let names: Vec<_> = tight.map(|one| one.resource.clone()).collect();
    let message = format!("less than {keep}% of {} would be free", names.join(", "));
    (!names.is_empty()).then(|| blocking(GuardCode::Capacity, message))
}

fn only_replicas(subjects: &[Subject]) -> Option<Guard> {
    let moved = |code| move |one: &&Subject| one.has(code) && one.wave.is_some();
    let softly = |one: &&Subject| one.has(ReasonCode::Surge) || one.has(ReasonCode::Restart);
    let names: Vec<_> = subjects
        .iter()
        .filter(moved(ReasonCode::OnlyReplica))
        .filter(|one| !softly(one))
        .map(Subject::name)
        .collect();
    let message = format!("workloads with a single replica are interrupted: {}", some_of(&names));
    (!names.is_empty()).then(|| warning(GuardCode::OnlyReplica, message))
}
