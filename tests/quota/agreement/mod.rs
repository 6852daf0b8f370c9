//! All commands that decide say the same of the same namespace.
//!
//! `AGREEMENT_TRIALS=5000` makes more trials, `AGREEMENT_SEED=…` others.

mod answers;
mod deployments;
mod fixes;
mod namespace;
mod pods;
mod relations;
mod workloads;

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use support::{Random, number, seed};

use self::{namespace::Namespace, relations::Findings};
use crate::support::without_cluster;

const TRIALS: u64 = 60;

/// Trials at once.
const ABREAST: usize = 4;

/// Makes up a namespace, and asks about it.
fn run(seed: u64) -> Findings {
    let mut random = Random::new(seed);
    let env = without_cluster();
    let namespace = Namespace::new(&mut random, &env);
    let mut findings = relations::compare(&mut random, &env, &namespace);
    if let Some(first) = findings.wrong.first_mut() {
        *first = format!("{first}\n{}", namespace.dump());
    }
    findings
}

#[test]
#[expect(clippy::print_stdout, reason = "the seed and the figures are for whoever ran it")]
fn no_command_contradicts_another() {
    let seed = seed("AGREEMENT_SEED");
    let trials = number("AGREEMENT_TRIALS").unwrap_or(TRIALS);
    println!("AGREEMENT_SEED={seed} AGREEMENT_TRIALS={trials}");
    let mut random = Random::new(seed);
    let seeds: Vec<u64> = (0..trials).map(|_| random.number_below(u64::MAX)).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut found = Vec::new();
        while let Some(seed) = seeds.get(next.fetch_add(1, Ordering::Relaxed)) {
            found.push((*seed, run(*seed)));
        }
        found
    };
    let found: Vec<(u64, Findings)> = thread::scope(|scope| {
        let threads: Vec<_> = (0..ABREAST).map(|_| scope.spawn(work)).collect();
        threads.into_iter().flat_map(|one| one.join().expect("trials")).collect()
    });
    let sum = |of: fn(&Findings) -> usize| found.iter().map(|(_, one)| of(one)).sum::<usize>();
    let wrong: Vec<_> = found.iter().filter(|(_, one)| !one.wrong.is_empty()).collect();
    println!(
        "{} comparisons, {} of them of what is refused, {} unknown, {} namespaces with contradictions",
        sum(|one| one.compared),
        sum(|one| one.refused),
        sum(|one| one.unknown),
        wrong.len(),
    );
    let reports = wrong.iter().map(|(seed, one)| format!("seed {seed}:\n{}", one.wrong.join("\n")));
    assert!(wrong.is_empty(), "AGREEMENT_SEED={seed}\n{}", reports.collect::<Vec<_>>().join("\n\n"));
}
