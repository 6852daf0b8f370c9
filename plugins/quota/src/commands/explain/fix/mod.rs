//! The smallest changes that let in what is refused, as commands. Each is tried out before it is printed.

mod free;
mod limits;
mod quota;
mod resources;
mod scale;

use shared::admission::{By, Shortage, simulator::Simulator};

use super::{
    consumers::QuotaConsumer,
    decide::{SimulatedWorkload, feasibility, simulator},
    namespace_snapshot::NamespaceSnapshot,
};

/// Whether something gets in under given rules.
#[derive(Clone, Debug, Default)]
pub struct Feasibility {
    /// All of it does.
    pub complete: bool,
    /// What quotas lack otherwise.
    pub shortages: Vec<Shortage>,
}

/// What would let in all that a workload lacks; each command is enough.
pub fn of_workload(
    simulated: &SimulatedWorkload,
    snapshot: &NamespaceSnapshot,
    consumers: &[QuotaConsumer],
) -> Vec<String> {
    let rules = simulator(snapshot);
    let simulate = |rules: &Simulator| feasibility(simulated, snapshot, rules);
    let mut fixes = Vec::new();
    fixes.extend(quota::raise(&rules, &snapshot.namespace, &simulate));
    fixes.extend(limits::fixes(&refusals(simulated), &rules, &snapshot.namespace, &simulate));
    fixes.extend(resources::fixes(simulated, snapshot, &rules));
    fixes.extend(scale::fixes(simulated, snapshot, &rules));
    fixes.extend(free::fixes(
        &simulated.rows(),
        &simulated.owner(),
        consumers,
        &rules,
        &snapshot.namespace,
        &simulate,
    ));
    fixes
}

/// What would let in what a text tells of.
pub fn of_text(
    rows: &[super::explanation::Row],
    refusals: &[(By, String)],
    consumers: &[QuotaConsumer],
    snapshot: &NamespaceSnapshot,
    simulate: &dyn Fn(&Simulator) -> Feasibility,
) -> Vec<String> {
    let rules = simulator(snapshot);
    let mut fixes = Vec::new();
    fixes.extend(quota::raise(&rules, &snapshot.namespace, simulate));
    fixes.extend(limits::fixes(refusals, &rules, &snapshot.namespace, simulate));
    let nobody = shared::workload::owner::Owner::default();
    fixes.extend(free::fixes(rows, &nobody, consumers, &rules, &snapshot.namespace, simulate));
    fixes
}

/// Who refuses, with the words, each once.
pub fn refusals(simulated: &SimulatedWorkload) -> Vec<(By, String)> {
    let mut all: Vec<(By, String)> = Vec::new();
    for refusal in simulated.results.iter().flat_map(|result| &result.refusals) {
        let one = (refusal.by.clone(), refusal.message.clone());
        if !all.contains(&one) {
            all.push(one);
        }
    }
    all
}
