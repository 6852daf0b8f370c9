//! The smallest changes that let in what is refused, as commands. Each is tried out before it is printed.

mod free;
mod limits;
mod quota;
mod resources;
mod scale;

use shared::admission::{By, Shortage, simulator::Ledger};

use super::{
    consumers::Held,
    decide::{Case, ledger, probe},
    namespace_snapshot::World,
};

/// Whether something gets in under given rules.
#[derive(Clone, Debug, Default)]
pub struct Probe {
    /// All of it does.
    pub complete: bool,
    /// What quotas lack otherwise.
    pub shortages: Vec<Shortage>,
}

/// What would let in all that a workload lacks; each command is enough.
pub fn of_workload(case: &Case, world: &World, held: &[Held]) -> Vec<String> {
    let rules = ledger(world);
    let attempt = |rules: &Ledger| probe(case, world, rules);
    let mut fixes = Vec::new();
    fixes.extend(quota::raise(&rules, &world.namespace, &attempt));
    fixes.extend(limits::fixes(&refusals(case), &rules, &world.namespace, &attempt));
    fixes.extend(resources::fixes(case, world, &rules));
    fixes.extend(scale::fixes(case, world, &rules));
    fixes.extend(free::fixes(&case.rows(), &case.owner(), held, &rules, &world.namespace, &attempt));
    fixes
}

/// What would let in what a text tells of.
pub fn of_text(
    rows: &[super::explanation::Row],
    refusals: &[(By, String)],
    held: &[Held],
    world: &World,
    attempt: &dyn Fn(&Ledger) -> Probe,
) -> Vec<String> {
    let rules = ledger(world);
    let mut fixes = Vec::new();
    fixes.extend(quota::raise(&rules, &world.namespace, attempt));
    fixes.extend(limits::fixes(refusals, &rules, &world.namespace, attempt));
    let nobody = shared::workload::owner::Owner::default();
    fixes.extend(free::fixes(rows, &nobody, held, &rules, &world.namespace, attempt));
    fixes
}

/// Who refuses, with the words, each once.
pub fn refusals(case: &Case) -> Vec<(By, String)> {
    let mut all: Vec<(By, String)> = Vec::new();
    for refusal in case.trials.iter().flat_map(|trial| &trial.refusals) {
        let one = (refusal.by.clone(), refusal.message.clone());
        if !all.contains(&one) {
            all.push(one);
        }
    }
    all
}
