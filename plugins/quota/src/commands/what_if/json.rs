//! The shape of `what-if -o json`. Keys are added to, never renamed.

use serde::Serialize;
use shared::quantity::Quantity;

use super::decide::{RolloutOutcome, WhatIf, WorkloadImpact, WorkloadState};
use crate::capacity::Bound;

/// The answer for one namespace.
#[derive(Serialize)]
pub struct Item<'a> {
    namespace: &'a str,
    quota: Option<&'a str>,
    changes: Vec<Change<'a>>,
    workloads: Vec<Workload<'a>>,
    autoscalers: Vec<Autoscaler<'a>>,
}

#[derive(Serialize)]
struct Change<'a> {
    quota: &'a str,
    resource: &'a str,
    from: Option<&'a Quantity>,
    to: Option<&'a Quantity>,
    used: Option<&'a Quantity>,
    over: bool,
}

#[derive(Serialize)]
struct Workload<'a> {
    kind: &'a str,
    name: &'a str,
    pods: usize,
    paused: bool,
    before: Under<'a>,
    after: Under<'a>,
}

#[derive(Serialize)]
struct Under<'a> {
    verdict: RolloutOutcome,
    fits: Option<usize>,
    by: &'a [Bound],
    messages: &'a [String],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Autoscaler<'a> {
    name: &'a str,
    workload: Target<'a>,
    max_replicas: usize,
    before: usize,
    after: usize,
}

#[derive(Serialize)]
struct Target<'a> {
    kind: &'a str,
    name: &'a str,
}

impl<'a> Item<'a> {
    /// The shape of an answer.
    pub fn new(answer: &'a WhatIf) -> Self {
        let changes = answer.changes.iter().map(|one| Change {
            quota: &one.quota,
            resource: &one.resource,
            from: one.from.as_ref(),
            to: one.to.as_ref(),
            used: one.used.as_ref(),
            over: one.is_over(),
        });
        let mut quotas: Vec<_> = answer.changes.iter().map(|one| one.quota.as_str()).collect();
        quotas.dedup();
        let autoscalers = answer.autoscalers.iter().map(|one| Autoscaler {
            name: &one.name,
            workload: Target { kind: &one.kind, name: &one.workload },
            max_replicas: one.max_replicas,
            before: one.before,
            after: one.after,
        });
        Self {
            namespace: &answer.namespace,
            quota: quotas.first().copied().filter(|_| quotas.len() == 1),
            changes: changes.collect(),
            workloads: answer.workloads.iter().map(workload).collect(),
            autoscalers: autoscalers.collect(),
        }
    }
}

fn workload(impact: &WorkloadImpact) -> Workload<'_> {
    let WorkloadImpact { kind, name, pods, resumed_by, before, after } = impact;
    Workload {
        kind,
        name,
        pods: *pods,
        paused: resumed_by.is_some(),
        before: under(before),
        after: under(after),
    }
}

fn under(state: &WorkloadState) -> Under<'_> {
    Under { verdict: state.outcome, fits: state.fits, by: &state.by, messages: &state.messages }
}
