//! The smallest trial that still goes wrong.

use serde_json::Value;

use super::{cluster_state::World, predictions, sentences, trial::Trial};

/// Steps that are tried; each asks the server.
const STEPS: usize = 120;

/// Leaves out whatever can be left out while the answers still differ.
pub fn shrink(trial: &Trial, world: &World) -> Trial {
    let mut smallest = World::again(trial);
    let mut steps = 0;
    'smaller: loop {
        for candidate in candidates(&smallest) {
            steps += 1;
            if steps > STEPS {
                return smallest;
            }
            let candidate = World::again(&candidate);
            let foretold = &predictions::all(std::slice::from_ref(&candidate), world)[0];
            if !sentences::agree(candidate.answer.as_ref().expect("an answer"), foretold) {
                smallest = candidate;
                continue 'smaller;
            }
        }
        return smallest;
    }
}

/// The trial without one thing, for everything that it can do without.
fn candidates(trial: &Trial) -> Vec<Trial> {
    let mut all = Vec::new();
    for index in 0..trial.quotas.len() {
        for smaller in without_one(&trial.quotas[index]["status"]["hard"]) {
            let mut candidate = trial.clone();
            candidate.quotas[index]["status"]["hard"] = smaller;
            all.push(candidate);
        }
    }
    for index in 0..trial.limit_ranges.len() {
        for smaller in without_one(&trial.limit_ranges[index]["spec"]["limits"]) {
            let mut candidate = trial.clone();
            candidate.limit_ranges[index]["spec"]["limits"] = smaller;
            all.push(candidate);
        }
    }
    // What exists can't be made again, so only new objects shrink.
    if trial.old.is_none() {
        for field in ["initContainers", "containers", "affinity", "resources"] {
            let smaller = without_one(&trial.object["spec"][field]);
            for smaller in smaller
                .into_iter()
                .filter(|value| field != "containers" || value != &Value::Array(Vec::new()))
            {
                let mut candidate = trial.clone();
                candidate.object["spec"][field] = smaller;
                all.push(candidate);
            }
        }
        let containers = trial.object["spec"]["containers"].as_array().map_or(0, Vec::len);
        for index in 0..containers {
            for list in ["requests", "limits"] {
                for smaller in without_one(&trial.object["spec"]["containers"][index]["resources"][list]) {
                    let mut candidate = trial.clone();
                    candidate.object["spec"]["containers"][index]["resources"][list] = smaller;
                    all.push(candidate);
                }
            }
        }
    }
    all
}

/// The value without one of its fields or items, each in turn.
fn without_one(value: &Value) -> Vec<Value> {
    match value {
        Value::Object(fields) => fields
            .keys()
            .map(|key| {
                let mut fields = fields.clone();
                fields.remove(key);
                Value::from(fields)
            })
            .collect(),
        Value::Array(items) => (0..items.len())
            .map(|index| {
                let mut items = items.clone();
                items.remove(index);
                Value::from(items)
            })
            .collect(),
        _ => Vec::new(),
    }
}
