//! Random clusters, planned and then drained by plain API calls: what the plan promised is what happens.
//!
//! `DRAIN_PLAN_TRIALS=500` makes more clusters, `DRAIN_PLAN_SEED=…` others. A cluster that shows a fault is made smaller
//! while it still does, and printed as YAML.
#![expect(clippy::print_stderr, reason = "a random test says what it tried and found")]

mod cluster;
mod judge;
mod shrink;
mod tally;
mod trial;

use std::{
    thread,
    time::{Duration, Instant},
};

use support::{Random, number, seed};

use self::{
    cluster::RandomCluster,
    shrink::shrink,
    tally::{Fault, Tally},
    trial::carry_out,
};

const TRIALS: u64 = 4;
/// How long a cluster that shows a fault may be made smaller.
const SHRINKING: Duration = Duration::from_secs(240);

#[test]
fn what_a_plan_promises_happens() {
    let (seed, trials) = (seed("DRAIN_PLAN_SEED"), number("DRAIN_PLAN_TRIALS").unwrap_or(TRIALS));
    eprintln!("DRAIN_PLAN_SEED={seed} DRAIN_PLAN_TRIALS={trials}");
    let mut tally = Tally::default();
    for trial in 0..trials {
        let seed = seed.wrapping_mul(1_000_003).wrapping_add(trial);
        let made = RandomCluster::new(&mut Random::new(seed));
        let mut found = carry_out(&made, &mut Random::new(seed));
        eprintln!("trial {trial}: {found}");
        found.faults.iter_mut().for_each(|fault| fault.what = format!("trial {trial}: {}", fault.what));
        found.faults.iter().for_each(|fault| eprintln!("{}", fault.what));
        if let Some(fault) = found.faults.first() {
            explain(&made, seed, fault);
        }
        tally.add(found);
    }
    eprintln!("all: {tally}");
    tally.assert();
}

/// Prints the smallest cluster that can be found to show the same kind of fault.
fn explain(made: &RandomCluster, seed: u64, fault: &Fault) {
    let mut last = fault.clone();
    let shows = |smaller: &RandomCluster| {
        // Which order of events shows a fault is a matter of chance.
        (0..2).any(|attempt| {
            let found = carry_out(smaller, &mut Random::new(seed.wrapping_add(attempt)));
            let same = found.faults.into_iter().find(|other| other.kind == fault.kind);
            same.map(|same| last = same).is_some()
        })
    };
    let smallest = shrink(made.clone(), shows, Instant::now() + SHRINKING);
    eprintln!("the smallest cluster that shows {:?}: {}\n{}", last.kind, last.what, smallest.to_yaml());
    eprintln!("its plan was\n{}", serde_yaml::to_string(&last.plan).expect("YAML"));
}

/// Waits so that the scheduler and controllers have seen a change.
fn pause(milliseconds: u64) {
    thread::sleep(Duration::from_millis(milliseconds));
}
