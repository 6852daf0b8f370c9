//! How many more pods of a workload quotas leave room for.

use serde::Serialize;
use serde_json::Value;

use super::subject::Subject;
use crate::{
    admission::{By, Refusal},
    check::{Ledger, Outcome, claims, read_object, template, template_pod},
    facts::Object,
};

/// How many, and what ends it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fits {
    /// So many more; `None` where nothing bounds it.
    pub more: Option<usize>,
    /// What bounds it.
    pub by: Vec<Bound>,
    /// The server's words to the first that does not fit.
    pub messages: Vec<String>,
}

/// What bounds a workload.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Bound {
    /// `ResourceQuota`, `LimitRange` or `Validation`.
    pub kind: &'static str,
    /// Its name.
    pub name: String,
    /// The resource, where it is a matter of one.
    pub resource: Option<String>,
}

/// A set with claims is filled pod by pod; beyond so many the number means nothing.
const ENOUGH: usize = 10_000;

/// Adds pods, with their claims, until one is refused.
///
/// # Errors
/// A template that the server can't read, in its words.
pub fn fits(subject: &Subject) -> Result<Fits, String> {
    let manifest = &subject.manifest;
    let facts = template_pod(&manifest.kind, template(&manifest.kind.kind, &manifest.value))?;
    let pod = Object::pod(&manifest.namespace, &format!("{}-*", manifest.name), facts);
    let mut ledger = subject.ledger.clone();
    if manifest.value["spec"]["volumeClaimTemplates"].is_null() {
        return Ok(pods_alone(pod, ledger));
    }
    let first = subject.pods();
    for more in 0..ENOUGH {
        let mut objects = claims_of(&manifest.value, &manifest.name, first + more, subject)?;
        objects.push(pod.clone());
        for object in objects {
            match ledger.create(object) {
                Outcome::Admitted => {}
                Outcome::Refused(refusals) | Outcome::Either(refusals) => return Ok(ended(more, &refusals)),
            }
        }
    }
    Ok(Fits::default())
}

/// All pods are alike: one is tried, the others are divided out, and the next one is asked why not.
fn pods_alone(pod: Object, mut ledger: Ledger) -> Fits {
    let filled_in = ledger.filled_in(pod.clone());
    let more = match ledger.clone().create(pod.clone()) {
        Outcome::Admitted => match ledger.room(&filled_in) {
            Some(more) => more,
            None => return Fits::default(),
        },
        Outcome::Refused(_) | Outcome::Either(_) => 0,
    };
    ledger.charge_all(&filled_in, more);
    match ledger.create(pod) {
        Outcome::Admitted => Fits::default(),
        Outcome::Refused(refusals) | Outcome::Either(refusals) => {
            ended(usize::try_from(more).unwrap_or(usize::MAX), &refusals)
        }
    }
}

/// The claims that the pod of this ordinal lacks.
fn claims_of(set: &Value, name: &str, ordinal: usize, subject: &Subject) -> Result<Vec<Object>, String> {
    let kind = claims::claim_kind();
    let start = usize::try_from(set["spec"]["ordinals"]["start"].as_u64().unwrap_or(0)).unwrap_or(0);
    let missing = claims::of_pod(set, name, start + ordinal)
        .into_iter()
        .filter(|(name, _)| !subject.claims.contains(name));
    missing
        .map(|(name, template)| read_object::new_object(&kind, &subject.manifest.namespace, &name, template))
        .collect()
}

fn ended(more: usize, refusals: &[Refusal]) -> Fits {
    Fits {
        more: Some(more),
        by: bounds(refusals),
        messages: refusals.iter().map(|refusal| refusal.message.clone()).collect(),
    }
}

/// What refusals come from, resource by resource.
pub fn bounds(refusals: &[Refusal]) -> Vec<Bound> {
    let mut by: Vec<Bound> = Vec::new();
    for Refusal { by: By { kind, name }, shortages, .. } in refusals {
        let bound = |resource: Option<String>| Bound { kind, name: name.clone(), resource };
        if shortages.is_empty() {
            by.push(bound(None));
        }
        by.extend(shortages.iter().map(|shortage| bound(Some(shortage.resource.clone()))));
    }
    by.sort();
    by.dedup();
    by
}
