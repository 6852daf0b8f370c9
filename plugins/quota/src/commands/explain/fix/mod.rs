//! Commands that get refused objects admitted. Each is simulated before it is printed.

mod free;
mod resources;
mod scale;

use shared::{
    admission::{RefusedBy, simulator::Simulator},
    workload::owner::Owner,
};

use super::{
    consumers::QuotaConsumer, explanation::Row, namespace_snapshot::NamespaceSnapshot,
    simulated_workload::SimulatedWorkload,
};
use crate::remedy::{self, Feasibility};

/// Returns the commands each of which gets everything admitted that a workload lacks.
pub fn workload_fixes(
    simulated: &SimulatedWorkload,
    snapshot: &NamespaceSnapshot,
    consumers: &[QuotaConsumer],
) -> Vec<String> {
    let rules = snapshot.cluster.simulator();
    let namespace = &snapshot.namespace;
    let feasibility = |rules: &Simulator| simulated.feasibility(snapshot, rules);
    let (rows, owner) = (simulated.rows(), simulated.owner());
    let mut fixes = Vec::new();
    fixes.extend(remedy::raise(&rules, namespace, &feasibility));
    fixes.extend(remedy::limit_range_fixes(&simulated.refusals(), &rules, namespace, &feasibility));
    fixes.extend(resources::fixes(simulated, snapshot, &rules));
    fixes.extend(scale::fixes(simulated, snapshot, &rules));
    fixes.extend(free::fixes(&rows, &owner, consumers, &rules, namespace, &feasibility));
    fixes
}

/// Returns the commands each of which gets everything admitted that a pasted text reports.
pub fn text_fixes(
    rows: &[Row],
    refusals: &[(RefusedBy, String)],
    consumers: &[QuotaConsumer],
    snapshot: &NamespaceSnapshot,
    feasibility: &dyn Fn(&Simulator) -> Feasibility,
) -> Vec<String> {
    let rules = snapshot.cluster.simulator();
    let namespace = &snapshot.namespace;
    let mut fixes = Vec::new();
    fixes.extend(remedy::raise(&rules, namespace, feasibility));
    fixes.extend(remedy::limit_range_fixes(refusals, &rules, namespace, feasibility));
    fixes.extend(free::fixes(rows, &Owner::default(), consumers, &rules, namespace, feasibility));
    fixes
}
