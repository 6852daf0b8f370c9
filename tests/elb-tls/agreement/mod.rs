//! `plan` foretells, then the real controllers decide: on random Services and random changes of live ones.
//!
//! `ELB_TLS_SEED=$RANDOM` tries other Services, `ELB_TLS_TRIALS=500` more of them.

mod generate;
mod observe;
mod shrink;
mod state;
mod trial;

use std::{
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
    thread,
};

use ::support::{Random, number, seed};

use self::{
    generate::history,
    shrink::shrink,
    trial::{Report, run},
};

/// How many Services are tried in every `cargo test`; each is changed up to four times.
const TRIALS: u64 = 60;
/// Services that are tried at the same time: the controllers' work on one is mostly waiting.
const WORKERS: usize = 4;
/// So many foretold steps in a hundred may have a doubt.
const MOST_DOUBTS: usize = 5;

#[test]
#[expect(clippy::print_stdout, reason = "the seed and the figures are for whoever ran it")]
fn the_controllers_make_what_plan_foretold() {
    let trials = number("ELB_TLS_TRIALS").unwrap_or(TRIALS);
    let seed = seed("ELB_TLS_SEED");
    println!("ELB_TLS_SEED={seed} ELB_TLS_TRIALS={trials}");
    let (next, total) = (AtomicU64::new(0), Mutex::new(Report::default()));
    let failures = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                loop {
                    let trial = next.fetch_add(1, Ordering::Relaxed);
                    if trial >= trials {
                        return;
                    }
                    let history =
                        history(&mut Random::new(seed.wrapping_add(trial.wrapping_mul(0x1000_0001))));
                    match run(&history) {
                        Ok(report) => total.lock().unwrap().add(report),
                        Err(wrong) => failures.lock().unwrap().push((trial, history, wrong)),
                    }
                }
            });
        }
    });
    let (total, failures) = (total.into_inner().unwrap(), failures.into_inner().unwrap());
    println!("{total}; {} wrong", failures.len());
    let texts = failures.into_iter().take(8).map(|(trial, history, wrong)| {
        let (history, wrong) = shrink(history, wrong);
        format!("trial {trial} of ELB_TLS_SEED={seed}:\n{}\n{wrong}", state::to_yaml(&history))
    });
    let texts: Vec<_> = texts.collect();
    assert!(texts.is_empty(), "\n{}", texts.join("\n\n"));
    assert!(total.doubted * 100 <= total.steps * MOST_DOUBTS, "{total}");
}
