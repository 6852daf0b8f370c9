//! The printed role is the least: without any one permission of it, the answer is another, or names what is missing.

use std::{
    collections::{BTreeMap, BTreeSet},
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
    // `usage --watch`: over_time, `changes_are_watched`.
    ("usage", "watch", "resourcequotas"),
    // It waits until a quota that it has written is enforced: over_time, `a_quota_is_created_and_its_enforcement_awaited`.
    ("create", "watch", "resourcequotas"),
    // When what has drifted was written: over_time, `when_what_has_drifted_was_written_is_read`.
    ("verify", "get", "resourcequotas"),
    // It asks which namespace, on a terminal: create/wizard.
    ("create", "list", "namespaces"),
];

/// The answer to a line, streams and exit status.
fn answer(env: &TestEnv, line: &str) -> String {
    let output = run(env, line);
    format!("{:?}\n{}\n{}", output.status, stable(&output.stdout), stable(&output.stderr))
}

/// The answers that one gets who has the whole role, by line.
struct Whole {
    env: TestEnv,
    answers: Mutex<BTreeMap<String, String>>,
}

impl Whole {
    /// Returns whether a user gets another answer. Who has the whole role is asked again then: what differs because a
    /// controller went on meanwhile is no reason to need a permission.
    fn is_other(&self, user: &TestEnv, line: &str) -> bool {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let found = answer(user, line);
            let known = self.answers.lock().expect("answers").get(line).cloned();
            if known.as_ref() == Some(&found) {
                return false;
            }
            let now = answer(&self.env, line);
            if known.as_ref() == Some(&now) {
                return true;
            }
            assert!(Instant::now() < deadline, "{line} never stays the same:\n{known:?}\n{now}");
            self.answers.lock().expect("answers").insert(line.to_owned(), now);
        }
    }
}

/// Returns the permissions of a role without which nothing changes.
fn needless(command: &Command, is_everywhere: bool) -> Vec<String> {
    let place = (!is_everywhere).then_some(NAMESPACE);
    let all = permissions(&role(&administrator(), command.name, place));
    let prefix = if is_everywhere { "all" } else { "one" };
    let env = user_with(&format!("{prefix}-{}", command.name), place, &all);
    let whole = Whole { env, answers: Mutex::default() };
    let lines = lines(command, is_everywhere);
    let (next, found) = (AtomicUsize::new(0), Mutex::new(BTreeSet::new()));
    let work = || {
        while let Some(left_out) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
            let (group, resource, verb) = left_out;
            if ELSEWHERE.contains(&(command.name, verb.as_str(), resource.as_str())) {
                continue;
            }
            let rest: Vec<_> = all.iter().filter(|one| *one != left_out).cloned().collect();
            let name = format!("{prefix}-{}-without-{verb}-{resource}.{group}", command.name);
            let user = user_with(&name, place, &rest);
            if !lines.iter().any(|line| whole.is_other(&user, line)) {
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
