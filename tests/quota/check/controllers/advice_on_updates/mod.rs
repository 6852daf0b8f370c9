//! Advice for updates of workloads that run, some in the middle of a rollout: followed to the letter it is enough, and one
//! unit less is not.

mod scenario;
mod state;

use serde_json::{Value, json};
use support::{Random, TestEnv, cluster, number, seed};

use self::{
    scenario::{Scenario, apply, scenario},
    state::{amount, dump, is_complete, items, live, milli, unit},
};
use super::{
    advice_followed::{HEADINGS, paste, wait_until_enforced},
    observation::eventually,
    run_all,
};
use crate::support::{QUOTA, administrator, count_again, server_version, try_again};

const TRIALS: u64 = 10;

/// Which of the trials were advised, which of them in the middle of a rollout.
struct Outcome {
    is_advised: bool,
    is_half_way: bool,
    is_uncertain: bool,
}

/// Waits until the workload is complete. Freed or raised quota wakes no controller: its objects are made to try again.
fn wait_until_complete(scenario: &Scenario, about: &str) {
    let (namespace, mut attempt) = (&scenario.namespace, 0_u64);
    let path = cluster::api::object(&scenario.after).expect("a path");
    let is_done = eventually(|| {
        attempt += 1;
        if attempt.is_multiple_of(16) {
            let mark = json!(attempt.to_string());
            try_again(namespace, &mark);
            let again = json!({"metadata": {"annotations": {"try": mark}}});
            cluster().api().merge_patch(&path, &again).expect("an annotation");
        }
        if attempt.is_multiple_of(64) {
            count_again(namespace, "q");
        }
        is_complete(&scenario.after, namespace)
    });
    let events: Vec<_> =
        items(namespace, "api/v1", "events").iter().map(|one| one["message"].clone()).collect();
    assert!(is_done, "never complete: {about}\n{:#}\n{}", live(&scenario.after)["status"], json!(events));
}

/// Returns the hard limits that a block of commands sets.
fn raised(block: &str) -> Vec<(String, Value)> {
    let patches = block.lines().filter(|line| line.contains("kubectl patch resourcequota "));
    let patches = patches.filter_map(|line| line.split('\'').nth(1));
    let hard =
        patches.map(|patch| serde_json::from_str::<Value>(patch).expect("a patch")["spec"]["hard"].clone());
    hard.flat_map(|hard| hard.as_object().expect("limits").clone()).collect()
}

/// Asserts that a dump gives the same answer as the cluster, and that of what it advises nothing may be less.
fn assert_least(env: &TestEnv, scenario: &Scenario, state: &Value, live: &Value, about: &str) {
    let verdict = |state: &Value| {
        env.file("dump.json", state.to_string());
        let version = server_version();
        let words = ["check", "-f", "work.json", "--from", "dump.json", "--k8s", &version, "-o", "json"];
        env.run(QUOTA, words).json()
    };
    let of_dump = verdict(state);
    for field in ["verdict", "messages", "pods", "shortages"] {
        assert_eq!(of_dump["objects"][0][field], live["objects"][0][field], "{about}\n{of_dump}");
    }
    assert_eq!(of_dump["admitEverything"], live["admitEverything"], "{about}");
    let commands: Vec<_> = texts(&live["admitEverything"]);
    if commands.iter().any(|command| !command.starts_with("kubectl patch resourcequota ")) {
        return;
    }
    let limits = raised(&commands.join("\n"));
    let with = |limits: &[(String, Value)]| {
        let mut state = state.clone();
        let objects = state["items"].as_array_mut().expect("objects");
        let quota = objects.iter_mut().find(|one| one["kind"] == "ResourceQuota").expect("the quota");
        for (key, hard) in limits {
            quota["spec"]["hard"][key] = hard.clone();
            quota["status"]["hard"][key] = hard.clone();
        }
        verdict(&state)["objects"][0]["verdict"].clone()
    };
    assert_eq!(with(&limits), "Admitted", "not enough: {about}");
    for index in 0..limits.len() {
        let mut less = limits.clone();
        let (key, hard) = &mut less[index];
        *hard = json!(amount(key, milli(hard) - unit(key)));
        assert_eq!(with(&less), "Refused", "{less:?} would be enough: {}\n{about}", scenario.report());
    }
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().map(|text| text.as_str().expect("a text").to_owned()).collect()
}

fn run(trial: &u64) -> Outcome {
    let mut random = Random::new(*trial);
    let scenario = scenario(&mut random);
    let env = administrator();
    scenario.set_up(&env);
    let namespace = &scenario.namespace;
    env.file("work.json", scenario.after.to_string());
    let check = |words: &[&str]| env.run("kubectl", [&["quota", "check", "-f", "work.json"], words].concat());
    let checked = check(&[]);
    let about = format!("{}\n{checked}", scenario.report());
    let is_half_way = scenario.between.as_ref().is_some_and(|between| !is_complete(between, namespace));
    let mut outcome = Outcome { is_advised: false, is_half_way, is_uncertain: false };
    match checked.status {
        Some(0) => {}
        Some(3) => {
            let block = HEADINGS.iter().find_map(|heading| checked.stdout.split_once(heading));
            let (_, block) = block.unwrap_or_else(|| panic!("no advice: {about}"));
            let block = block.split("\n\n").next().expect("the commands");
            let state = dump(&scenario);
            assert_least(&env, &scenario, &state, &check(&["-o", "json"]).json(), &about);
            paste(&env, block, &about);
            wait_until_enforced(namespace);
            // One that was stuck goes on meanwhile, while it is looked at.
            if !is_half_way {
                let again = check(&[]);
                assert_eq!(again.status, Some(0), "not enough: {about}\n{again}");
            }
            outcome.is_advised = true;
        }
        Some(4) => outcome.is_uncertain = true,
        _ => panic!("{about}"),
    }
    if !outcome.is_uncertain {
        apply(&env, &scenario.after, &about);
        wait_until_complete(&scenario, &about);
    }
    cluster().api().delete(&format!("/api/v1/namespaces/{namespace}")).expect("an end");
    outcome
}

#[test]
#[expect(clippy::print_stdout, reason = "the seed and the figures are for whoever ran it")]
fn advice_for_updates_is_the_least_that_lets_them_through() {
    let seed = seed("UPDATE_ADVICE_SEED");
    let trials = number("UPDATE_ADVICE_TRIALS").unwrap_or(TRIALS);
    println!("UPDATE_ADVICE_SEED={seed} UPDATE_ADVICE_TRIALS={trials}");
    let mut random = Random::new(seed);
    let trials: Vec<_> = (0..trials).map(|_| random.number_below(u64::MAX)).collect();
    let outcomes = run_all(&trials, &format!("UPDATE_ADVICE_SEED={seed}"), run);
    let count = |of: fn(&Outcome) -> bool| outcomes.iter().filter(|one| of(one)).count();
    println!(
        "{} updates: {} after the printed advice, which was the least, {} in the middle of a rollout, {} uncertain",
        outcomes.len(),
        count(|one| one.is_advised),
        count(|one| one.is_half_way),
        count(|one| one.is_uncertain)
    );
}
