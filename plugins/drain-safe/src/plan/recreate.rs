//! Pods without a controller that a drain recreates on another node: which of them can't be.

use super::{
    Facts, Fits, ReasonCode, Verdict,
    places::Places,
    subject::{Subject, Successor},
};
use crate::{
    flags::DecisionFlags,
    pods::{Found, bound_data},
};

/// Notes which pods can't be recreated elsewhere, and why. `--force` lets these go even so.
pub fn note_recreations<'a>(
    facts: &'a Facts,
    flags: &DecisionFlags,
    subjects: &mut [Subject<'a>],
    places: &mut Places<'a>,
) {
    for (index, subject) in subjects.iter_mut().enumerate() {
        if subject.successor != Successor::Recreated {
            continue;
        }
        let Some(why) = obstacle(facts, subject, index, places) else { continue };
        let message = format!("it can't be recreated elsewhere: {why}");
        if !flags.force {
            let found = Found::deciding(ReasonCode::CannotRecreate, Verdict::Blocked, message);
            subject.found.push(found.with_fix("--force"));
            continue;
        }
        subject.successor = Successor::Nobody;
        places.forget(index);
        subject.found.retain(|one| one.code != ReasonCode::Recreate);
        let lost =
            Found::deciding(ReasonCode::NoController, Verdict::Evict, "no controller would recreate it");
        subject.found.push(lost);
        subject.found.push(Found::noted(ReasonCode::CannotRecreate, message));
    }
}

fn obstacle<'a>(
    facts: &'a Facts,
    subject: &Subject<'a>,
    index: usize,
    places: &Places<'a>,
) -> Option<String> {
    if let Some(data) = bound_data(subject.pod, facts) {
        return Some(format!("{data} stays on this node"));
    }
    if subject.has(ReasonCode::Quota) && subject.fits == Some(Fits::Unknown) {
        let quota = subject.found.iter().find(|one| one.code == ReasonCode::Quota);
        return quota.map(|quota| quota.message.clone());
    }
    let fit = places.fit_alone(subject, index)?;
    (!fit.fits()).then(|| fit.message().trim_end_matches('.').to_owned())
}
