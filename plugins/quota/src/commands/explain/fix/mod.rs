//! Commands that get refused objects admitted. Each is simulated before it is printed.

mod free;
mod resources;
mod scale;

use shared::{
    admission::{RefusedBy, simulator::Simulator},
    output::ShellCommand,
    workload::owner::Owner,
};

use super::{
    consumers::QuotaConsumer,
    explanation::Row,
    namespace_snapshot::{NamespaceSnapshot, controller, kind},
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
    fixes.extend(own_fixes(simulated, snapshot));
    fixes.extend(free::fixes(&rows, &[owner], consumers, (&rules, snapshot), &feasibility));
    if fixes.is_empty() {
        // Nothing is enough by itself where LimitRanges refuse before quotas do.
        fixes.extend(remedy::change_all(&rules, namespace, &feasibility));
    }
    fixes
}

/// Returns the commands that change the workload itself; none for one that a controller would change back.
pub fn own_fixes(simulated: &SimulatedWorkload, snapshot: &NamespaceSnapshot) -> Vec<String> {
    let rules = snapshot.cluster.simulator();
    let is_managed = controller(simulated.subject).is_some();
    if is_managed && kind(simulated.subject) != "Job" {
        return Vec::new();
    }
    let mut fixes = resources::fixes(simulated, snapshot, &rules);
    fixes.extend(scale::fixes(simulated, snapshot, &rules));
    fixes
}

/// Returns the command that creates the ServiceAccount that a refusal says is missing.
pub fn service_account(message: &str) -> Option<String> {
    let (_, rest) = message.split_once("error looking up service account ")?;
    let (namespace, rest) = rest.split_once('/')?;
    let (name, rest) = rest.split_once(": ")?;
    rest.ends_with("not found").then(|| {
        ShellCommand::new(["kubectl", "create", "serviceaccount"])
            .name(name)
            .flag_with("-n", namespace)
            .to_string()
    })
}

/// Returns the command that raises the quotas that refuse what a workload lacks.
pub fn raise(simulated: &SimulatedWorkload, snapshot: &NamespaceSnapshot) -> Option<String> {
    let feasibility = |rules: &Simulator| simulated.feasibility(snapshot, rules);
    remedy::raise(&snapshot.cluster.simulator(), &snapshot.namespace, &feasibility)
}

/// Returns the commands each of which gets everything admitted that a pasted text reports. `own` are the workloads whose
/// pods it tells of, and commands that change them.
pub fn text_fixes(
    (own, own_fixes): (&[Owner], Vec<String>),
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
    fixes.extend(own_fixes);
    fixes.extend(free::fixes(rows, own, consumers, (&rules, snapshot), feasibility));
    if fixes.is_empty() {
        fixes.extend(remedy::change_all(&rules, namespace, feasibility));
    }
    fixes
}
