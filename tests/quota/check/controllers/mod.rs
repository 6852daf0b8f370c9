//! Random manifests under random rules, and what real controllers make of them: pods, and what pods bring along.
//!
//! `carried_out`: `CONTROLLERS_TRIALS=150` makes more trials, `CONTROLLERS_SEED=…` the same again. `advice_followed`:
//! `ADVICE_TRIALS=200` and `ADVICE_SEED=…`. `advice_on_updates`: `UPDATE_ADVICE_TRIALS=200` and `UPDATE_ADVICE_SEED=…`.

mod advice_followed;
mod advice_on_updates;
mod carried_out;
mod obeyed;
mod observation;
mod requests;
mod rules;
mod scenario;
mod workloads;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use cluster::NodeSpec;
use serde_json::Value;
use support::cluster;

/// The nodes for pods that must become ready, of all namespaces. Only pods that tolerate it run there.
const POOL: &str = "controllers";
const NODES: usize = 2;

/// Trials at once.
const ABREAST: usize = 6;

/// Creates the nodes once.
fn pool() {
    static POOL_CREATED: OnceLock<()> = OnceLock::new();
    POOL_CREATED.get_or_init(|| {
        let node = |number: usize| {
            let name = format!("{POOL}-{number}");
            let node = NodeSpec::new(&name).label("for", POOL).taint("for", POOL, "NoSchedule");
            node.capacity("cpu", "1000").capacity("memory", "1000Gi").capacity("pods", "1000")
        };
        cluster().add_nodes(&(0..NODES).map(node).collect::<Vec<_>>()).expect("nodes");
    });
}

/// Returns manifests with what was foretold of each, autoscalers first: as foretold, they scale workloads at once.
fn autoscalers_first<'a>(manifests: &'a [Value], rows: &'a [Value]) -> Vec<(&'a Value, &'a Value)> {
    let mut pairs: Vec<_> = manifests.iter().zip(rows).collect();
    pairs.sort_by_key(|(manifest, _)| manifest["kind"] != "HorizontalPodAutoscaler");
    pairs
}

/// Runs trials, some of them at once, and returns what each of them comes to, in their order. Panics with the reports of
/// those that failed once all are through.
fn run_all<T: Sync, R: Send>(trials: &[T], seed: &str, run: impl Fn(&T) -> R + Sync) -> Vec<R> {
    pool();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut results = Vec::new();
        while let Some(trial) = trials.get(next.fetch_add(1, Ordering::Relaxed)) {
            results.push(catch_unwind(AssertUnwindSafe(|| run(trial))));
        }
        results
    };
    let results: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = (0..ABREAST).map(|_| scope.spawn(work)).collect();
        threads.into_iter().flat_map(|one| one.join().expect("a thread that catches panics")).collect()
    });
    let failed = results.iter().filter(|result| result.is_err()).count();
    assert!(failed == 0, "{seed}: {failed} of {} wrong, see their reports above", trials.len());
    results.into_iter().flatten().collect()
}
