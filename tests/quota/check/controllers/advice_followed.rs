//! Advice is followed to the letter: pasted into a shell, after which everything is admitted.

use std::{
    cell::RefCell,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
};

use serde_json::{Value, json};
use support::{Output, Random, TestEnv, cluster, number, seed};

use super::{
    autoscalers_first,
    obeyed::wait_until_obeyed,
    observation::{become_ready, complete_pods, eventually, is_told},
    requests::{next_job, send},
    run_all,
    scenario::Scenario,
};
use crate::support::{administrator, wait_for_status};

const TRIALS: u64 = 12;

/// The headings under which `check` prints the commands that belong together.
pub const HEADINGS: [&str; 2] =
    ["\nTo admit everything:\n", "\nTo admit what quotas and LimitRanges refuse:\n"];

/// Which advice a trial follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Advice {
    /// That of `check`, before the manifests are applied.
    Check,
    /// One of those that `explain` gives once they are applied.
    Explain,
}

/// How often a trial is taken at most in which the quotas came to count something else than there is.
const ATTEMPTS: u32 = 3;

struct Trial {
    seed: u64,
    advice: Advice,
}

fn count(value: &Value) -> usize {
    value.as_u64().and_then(|count| usize::try_from(count).ok()).unwrap_or(0)
}

pub fn paste(env: &TestEnv, commands: &str, about: &str) {
    let pasted = env.command("sh", ["-s"]).stdin(commands.to_owned()).run();
    assert_eq!(pasted.status, Some(0), "{about}\n{commands}\n{pasted}");
}

/// Waits until every quota and LimitRange is enforced as it is now.
pub fn wait_until_enforced(namespace: &str) {
    let path = format!("/api/v1/namespaces/{namespace}/resourcequotas");
    for quota in cluster().api().get(&path).expect("quotas")["items"].as_array().expect("quotas") {
        let name = quota["metadata"]["name"].as_str().expect("a name");
        wait_for_status(namespace, name, |status| status["hard"] == quota["spec"]["hard"]);
    }
    wait_until_obeyed();
}

fn check(env: &TestEnv, namespace: &str, words: &[&str]) -> Output {
    env.run("kubectl", [&["quota", "check", "-n", namespace, "-f", "work.json"], words].concat())
}

/// Waits until a workload has all pods that it wants, with all they need.
fn assert_complete(namespace: &str, object: &Value, wanted: usize, about: &str) {
    let name = object["metadata"]["name"].as_str().expect("a name");
    if object["kind"] == "CronJob" {
        let mut told = None;
        let is_admitted = eventually(|| {
            told = next_job(object);
            told.is_none()
        });
        assert!(is_admitted, "{about}\nCronJob {name}: {told:?}");
        return;
    }
    assert!(
        eventually(|| complete_pods(namespace, name) == wanted),
        "{about}\n{name} has {} of {wanted} pods",
        complete_pods(namespace, name)
    );
}

/// Waits until a workload has all pods that it wants by now, `most` of them where the advice was not to want fewer.
fn assert_mended(namespace: &str, object: &Value, most: usize, about: &str) {
    let name = object["metadata"]["name"].as_str().expect("a name");
    let path = cluster::api::object(object).expect("a path");
    let (mut present, mut wanted) = (0, most);
    let is_mended = eventually(|| {
        if object["kind"] == "Deployment" {
            // A rollout goes on only as its pods become available.
            become_ready(namespace, name);
        }
        let live = cluster().api().get(&path).expect("the workload");
        // An autoscaler may be about to want more.
        let replicas = live["spec"].get("replicas").or(live["spec"].get("parallelism"));
        wanted = replicas.map_or(most, |replicas| count(replicas).min(most));
        present = complete_pods(namespace, name);
        present == wanted
    });
    assert!(is_mended, "{about}\n{name} has {present} of {wanted} pods");
}

/// Pastes what `check` prints, applies everything, and waits until all of it is there.
fn follow_check(env: &TestEnv, scenario: &Scenario, about: &str) {
    let namespace = &scenario.namespace;
    let checked = check(env, namespace, &[]);
    let block = HEADINGS.iter().find_map(|heading| checked.stdout.split_once(heading));
    let (_, block) = block.unwrap_or_else(|| panic!("no advice: {about}\n{checked}"));
    let block = block.split("\n\n").next().expect("the commands");
    paste(env, block, about);
    wait_until_enforced(namespace);
    let again = check(env, namespace, &["-o", "json"]);
    assert_eq!(again.status, Some(0), "{about}\n{block}\n{again}");
    let about = format!("{about}\n{block}");
    // Applied twice, it would take back what autoscalers have changed meanwhile.
    let output = env.run("kubectl", ["apply", "-n", namespace, "-f", "work.json"]);
    assert_eq!(output.status, Some(0), "{about}\n{output}");
    let rows = again.json()["objects"].as_array().expect("objects").clone();
    for (object, row) in scenario.manifests.iter().zip(&rows) {
        // The next run of a CronJob may still find no room beside all the rest, which is said.
        if row["pods"].is_object() && row["warnings"] == json!([]) {
            assert_complete(namespace, object, count(&row["pods"]["wanted"]), &about);
        }
    }
}

/// Applies everything, and follows one piece of advice about the one workload that is stuck. Returns false where none is.
fn follow_explain(env: &TestEnv, scenario: &Scenario, random: &mut Random, about: &str) -> bool {
    let namespace = &scenario.namespace;
    let foretold = check(env, namespace, &["-o", "json"]).json();
    let rows = foretold["objects"].as_array().expect("objects");
    let mut stuck = Vec::new();
    for (object, row) in autoscalers_first(&scenario.manifests, rows) {
        let name = object["metadata"]["name"].as_str().expect("a name");
        // One after the other: those that come at once take what they get.
        let is_created = send(object, false).is_none();
        if row["pods"].is_object() && is_created && object["kind"] != "CronJob" {
            let admitted = count(&row["pods"]["admitted"]);
            assert!(eventually(|| complete_pods(namespace, name) == admitted), "{about}\n{object}\n{row}");
            if row["verdict"] == "Refused" {
                let messages: Vec<_> = row["messages"].as_array().expect("messages").iter().collect();
                let messages: Vec<_> =
                    messages.iter().filter_map(|one| one.as_str()).map(str::to_owned).collect();
                // What comes next changes the amounts in the message of a controller that has not tried yet. Of a refused
                // ControllerRevision no event tells.
                let tells = |message: &String| !message.starts_with("controllerrevisions.apps ");
                assert!(
                    !messages.iter().all(tells) || eventually(|| is_told(namespace, name, &messages)),
                    "{about}\n{object}\n{row}"
                );
                stuck.push((object, count(&row["pods"]["wanted"])));
            }
        }
    }
    // Of several that are stuck, any may take what was freed for one.
    let [(object, wanted)] = stuck.as_slice() else { return false };
    let kind = object["kind"].as_str().expect("a kind").to_lowercase();
    let target = format!("{kind}/{}", object["metadata"]["name"].as_str().expect("a name"));
    let explained = env.run("kubectl", ["quota", "explain", &target, "-n", namespace, "-o", "json"]);
    assert_eq!(explained.status, Some(3), "{about}\n{target}\n{explained}");
    let explanation = explained.json();
    let fixes = explanation["fix"].as_array().expect("commands").clone();
    assert!(!fixes.is_empty(), "no advice: {about}\n{explained}");
    let fix = random.pick(&fixes);
    let fix = fix.as_str().expect("a command");
    let about = format!("{about}\n{explained}\n{fix}");
    paste(env, fix, &about);
    wait_until_enforced(namespace);
    if let Some(retry) = explanation["retry"]["command"].as_str() {
        paste(env, retry, &about);
    }
    assert_mended(namespace, object, *wanted, &about);
    true
}

/// Returns what the quotas of a namespace count wrongly. The quota controller may count before it has heard of an object, and
/// so give back what that one was charged; a controller that creates an object a second time, since it has not heard of the
/// first, has it charged twice (<https://github.com/kubernetes/kubernetes/issues/123434>).
fn miscounted(env: &TestEnv, namespace: &str) -> Option<Value> {
    let verified = env.run("kubectl", ["quota", "verify", "-n", namespace, "-o", "json"]);
    (verified.status == Some(3)).then(|| verified.json()["items"].clone())
}

/// Takes a trial, and takes it again where the quotas came to count something else than there is: no advice foresees that.
/// Returns how many scenarios were made up.
#[expect(clippy::print_stdout, reason = "what was taken again is for whoever ran it")]
fn run(trial: &Trial) -> usize {
    let env = administrator();
    for attempt in 1.. {
        let place = RefCell::new(String::new());
        let panic = match catch_unwind(AssertUnwindSafe(|| follow(&env, trial, &place))) {
            Ok(made_up) => return made_up,
            Err(panic) => panic,
        };
        match miscounted(&env, &place.borrow()) {
            Some(items) if attempt < ATTEMPTS => {
                println!(
                    "{:?}, trial {}, is taken again: quotas count wrongly, {items}",
                    trial.advice, trial.seed
                );
            }
            _ => resume_unwind(panic),
        }
    }
    unreachable!("there are attempts enough")
}

/// Makes up scenarios until one is refused by quotas or LimitRanges, and follows the advice. `place` is the namespace that is
/// tried. Returns how many were made up.
fn follow(env: &TestEnv, trial: &Trial, place: &RefCell<String>) -> usize {
    let mut random = Random::new(trial.seed);
    for made_up in 1.. {
        let scenario = Scenario::new(&mut random, false);
        place.replace(scenario.namespace.clone());
        scenario.set_up();
        env.file("work.json", scenario.document());
        let about = format!("{:?}\n{}", trial.advice, scenario.report());
        let is_refused = check(env, &scenario.namespace, &[]).status == Some(3);
        let is_followed = is_refused
            && match trial.advice {
                Advice::Check => {
                    follow_check(env, &scenario, &about);
                    true
                }
                Advice::Explain => follow_explain(env, &scenario, &mut random, &about),
            };
        scenario.clear();
        if is_followed {
            return made_up;
        }
    }
    unreachable!("there are scenarios enough")
}

#[test]
#[expect(clippy::print_stdout, reason = "the seed and the figures are for whoever ran it")]
fn printed_advice_gets_everything_admitted() {
    let seed = seed("ADVICE_SEED");
    let trials = number("ADVICE_TRIALS").unwrap_or(TRIALS);
    println!("ADVICE_SEED={seed} ADVICE_TRIALS={trials}");
    let mut random = Random::new(seed);
    let trials: Vec<_> = (0..trials)
        .map(|index| Trial {
            seed: random.number_below(u64::MAX),
            advice: if index % 3 == 2 { Advice::Explain } else { Advice::Check },
        })
        .collect();
    let made_up: usize = run_all(&trials, &format!("ADVICE_SEED={seed}"), run).iter().sum();
    println!(
        "{} refusals of {made_up} random manifests, all admitted after the printed advice",
        trials.len()
    );
}
