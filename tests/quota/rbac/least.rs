//! The printed role is the least: without any one permission of it, the answer is another, or names what is missing.

use std::{
    collections::BTreeSet,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Instant,
};

use support::TestEnv;

use super::{
    Command, EVERYWHERE, IN_NAMESPACE, PATIENCE,
    fixture::{NAMESPACE, administrator},
    lines, permissions, role, run, stable, user_with,
};

/// What a role has for situations that the fixture is not in, and the test that is.
const ELSEWHERE: &[(&str, &str, &str)] = &[
    // `usage --watch`: usage/watch.
    ("usage", "watch", "resourcequotas"),
    // Quotas of other kinds: usage/other_quotas.
    ("usage", "get", "namespaces"),
    ("usage", "list", "hierarchicalresourcequotas"),
    ("usage", "list", "appliedclusterresourcequotas"),
    ("usage", "list", "clusterresourcequotas"),
    ("usage", "get", "projects"),
    ("usage", "list", "projects"),
    // It waits until a quota that it has written is enforced: create/flags.
    ("create", "watch", "resourcequotas"),
    // When what has drifted was written: verify/drift.
    ("verify", "get", "resourcequotas"),
    // Claims of devices, and the extended resources that stand for them: verify/device_classes.
    ("verify", "list", "resourceclaims"),
    ("who", "list", "deviceclasses"),
    ("verify", "list", "deviceclasses"),
    ("fits", "list", "deviceclasses"),
    // Pods that claim devices by a template: capacity/needs.
    ("fits", "get", "resourceclaimtemplates"),
    ("rollout", "get", "resourceclaimtemplates"),
    // StatefulSets with more than 50 claims, and those that lack pods or are in the middle of a rollout: check/workloads.
    ("check", "list", "persistentvolumeclaims"),
    ("fits", "get", "pods"),
    ("rollout", "get", "pods"),
    // Deployments in the middle of a rollout: check/controllers/advice_on_updates.
    ("check", "list", "replicasets"),
    // All classes are listed where something names none: unreadable.
    ("check", "get", "priorityclasses"),
    ("check", "list", "storageclasses"),
    ("fits", "list", "priorityclasses"),
    ("fits", "list", "storageclasses"),
    ("rollout", "list", "priorityclasses"),
    ("rollout", "list", "storageclasses"),
    ("what-if", "list", "priorityclasses"),
    ("what-if", "list", "storageclasses"),
    // There is no metrics-server: reading/who.
    ("who", "list", "pods"),
];

/// The answers to all lines of a command, streams and exit statuses.
fn answers(env: &TestEnv, lines: &[String]) -> Vec<String> {
    lines.iter().map(|line| answer(env, line)).collect()
}

fn answer(env: &TestEnv, line: &str) -> String {
    let output = run(env, line);
    format!("{:?}\n{}\n{}", output.status, stable(&output.stdout), stable(&output.stderr))
}

/// Returns the answers once they are the same twice: controllers may be at work still.
fn settled(env: &TestEnv, lines: &[String]) -> Vec<String> {
    let deadline = Instant::now() + PATIENCE;
    let mut last = answers(env, lines);
    loop {
        let next = answers(env, lines);
        if next == last {
            return next;
        }
        assert!(Instant::now() < deadline, "answers never stay the same:\n{last:#?}\n{next:#?}");
        last = next;
    }
}

/// Returns the permissions of a role without which nothing changes.
fn needless(command: &Command, is_everywhere: bool) -> Vec<String> {
    let place = (!is_everywhere).then_some(NAMESPACE);
    let all = permissions(&role(&administrator(), command.name, place));
    let prefix = if is_everywhere { "all" } else { "one" };
    let whole = user_with(&format!("{prefix}-{}", command.name), place, &all);
    let lines = lines(command, is_everywhere);
    let expected = settled(&whole, &lines);
    let (next, found) = (AtomicUsize::new(0), Mutex::new(BTreeSet::new()));
    let work = || {
        while let Some(left_out) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
            let (_, resource, verb) = left_out;
            if ELSEWHERE.contains(&(command.name, verb.as_str(), resource.as_str())) {
                continue;
            }
            let rest: Vec<_> = all.iter().filter(|one| *one != left_out).cloned().collect();
            let name = format!("{prefix}-{}-without-{verb}-{resource}", command.name);
            let user = user_with(&name, place, &rest);
            let differs = |(line, wanted): (&String, &String)| answer(&user, line) != *wanted;
            if !lines.iter().zip(&expected).any(differs) {
                found
                    .lock()
                    .expect("a list")
                    .insert(format!("(\"{}\", \"{verb}\", \"{resource}\"),", command.name));
            }
        }
    };
    thread::scope(|scope| (0..3).for_each(|_| drop(scope.spawn(work))));
    found.into_inner().expect("a list").into_iter().collect()
}

#[test]
fn every_permission_of_a_role_counts() {
    let needless: Vec<String> = IN_NAMESPACE.iter().flat_map(|command| needless(command, false)).collect();
    assert!(needless.is_empty(), "nothing changes without:\n{}", needless.join("\n"));
}

#[test]
fn every_permission_of_a_cluster_role_counts() {
    let needless: Vec<String> = EVERYWHERE.iter().flat_map(|command| needless(command, true)).collect();
    assert!(needless.is_empty(), "nothing changes without:\n{}", needless.join("\n"));
}
