//! Waits until the API server decides by all quotas and LimitRanges as they are now.
//!
//! Admission knows them from watches, which tell of changes in their order. A change in another namespace that it obeys comes
//! after all that were there before: on a slow machine that takes longer than the next request.

use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};
use support::{cluster, fresh_namespace};

use super::{observation::eventually, requests::send};
use crate::{
    objects::{limit_range, pod, quota},
    support::{enforced_quota, wait_for_status},
};

/// The namespace of the changes, and the number of the last one.
static CANARY: Mutex<Option<(String, usize)>> = Mutex::new(None);

/// The amounts that take turns.
const MEMORY: [&str; 2] = ["1Mi", "2Mi"];
const CPU: [&str; 2] = ["1", "2"];

fn bounds(namespace: &str, turn: usize) -> Value {
    limit_range(namespace, "canary", &json!({"type": "Container", "max": {"cpu": CPU[turn]}}))
}

/// Makes the first change.
fn first() -> (String, usize) {
    let namespace = fresh_namespace("canary");
    enforced_quota(&namespace, "canary", &json!({"requests.memory": MEMORY[0]}));
    cluster().api().create(&bounds(&namespace, 0)).expect("a LimitRange");
    (namespace, 0)
}

/// Waits until admission has heard of every quota and LimitRange that was there when this was called.
pub fn wait_until_obeyed() {
    let mut canary = CANARY.lock().unwrap_or_else(PoisonError::into_inner);
    let (namespace, turn) = canary.get_or_insert_with(first);
    *turn = 1 - *turn;
    let api = cluster().api();
    let memory = quota(namespace, "canary", &json!({"requests.memory": MEMORY[*turn]}));
    for rule in [memory, bounds(namespace, *turn)] {
        let path = cluster::api::object(&rule).expect("a path");
        api.merge_patch(&path, &json!({"spec": rule["spec"]})).expect("a change");
    }
    wait_for_status(namespace, "canary", |status| status["hard"]["requests.memory"] == MEMORY[*turn]);
    let probes = [
        (json!({"memory": "1Ti", "cpu": "1m"}), format!("limited: requests.memory={}", MEMORY[*turn])),
        (json!({"cpu": "10"}), format!("maximum cpu usage per Container is {},", CPU[*turn])),
    ];
    for (requests, words) in probes {
        let mut probe = pod(namespace, "probe", &requests);
        if requests["cpu"] == "10" {
            probe["spec"]["containers"][0]["resources"]["limits"] = requests.clone();
        }
        let is_told = || send(&probe, true).is_some_and(|told| told.contains(&words));
        assert!(eventually(is_told), "the API server never says: {words}");
    }
}
