//! `check` against the real API server: random quotas, LimitRanges and objects, and the same verdict in the same words.
//!
//! A failure names its seed: `CHECK_SEED=… cargo test -p kubectl-quota --test quota differential` makes the same trials
//! again. `CHECK_TRIALS=10000` makes more of them.

pub mod classes;
mod cluster_state;
pub mod existing;
pub mod objects;
mod predictions;
pub mod rules;
pub mod sentences;
mod server_answers;
mod shrink;
mod trial;
mod values;

use std::time::Instant;

use cluster_state::World;
use support::{Random, number, seed};
use trial::Verdict;

/// Trials of an ordinary run.
const TRIALS: usize = 360;

/// So many wrong answers end the run.
const ENOUGH: usize = 10;

#[test]
#[expect(clippy::print_stdout, reason = "the seed and the figures are for whoever ran it")]
fn differential() {
    let seed = seed("CHECK_SEED");
    let wanted = number("CHECK_TRIALS").map_or(TRIALS, |count| usize::try_from(count).expect("a size"));
    println!("CHECK_SEED={seed} CHECK_TRIALS={wanted}");
    let mut random = Random::new(seed);
    let world = World::new(&mut random);
    let start = Instant::now();
    let (mut done, mut refused, mut uncertain) = (0, 0, 0);
    let mut wrong = Vec::new();
    while done < wanted {
        let trials = world.trials(&mut random);
        for (trial, foretold) in trials.iter().zip(predictions::all(&trials, &world)) {
            let answer = trial.answer.as_ref().expect("an answer");
            done += 1;
            refused += usize::from(!answer.admitted);
            uncertain += usize::from(foretold.verdict == Verdict::Unknown);
            if !sentences::agree(answer, &foretold) && !world.agrees_after_all(trial) {
                wrong.push((done, trial.clone()));
            }
        }
        if wrong.len() >= ENOUGH {
            break;
        }
    }
    if let Some((number, first)) = wrong.first() {
        for (number, trial) in &wrong[1..] {
            println!("trial {number}: {}", trial.answers(&world));
        }
        let smaller = shrink::shrink(first, &world);
        panic!(
            "CHECK_SEED={seed}, {} wrong, the first of them trial {number}:\n{}",
            wrong.len(),
            smaller.report(&world)
        );
    }
    world.end();
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{done} trials, {refused} refused by the server, {uncertain} left open by us, 0 wrong, {seconds:.1} s"
    );
    // A generator that only makes what is let in would prove nothing.
    assert!(refused * 5 > done, "only {refused} of {done} were refused");
    assert!(refused * 5 < done * 4, "{refused} of {done} were refused");
}
