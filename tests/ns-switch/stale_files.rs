//! What killed switches leave: `doctor` finds it, and what it advises mends it.

use std::{collections::BTreeSet, fs, process::Command};

use serde_json::Value;
use support::TestEnv;

use crate::{
    concurrent_switches::{calls, can_trace, names},
    support::{NS_SWITCH, THREE, config, run, with},
};

/// The findings of rules about what was left: rule and fix.
fn left(env: &TestEnv) -> Vec<(String, String)> {
    let (_, json, stderr) = run(env, &["doctor", "-o", "json"]);
    assert_eq!(stderr, "");
    let document: Value = serde_json::from_str(&json).unwrap();
    let items = document["items"].as_array().unwrap().iter();
    let text = |item: &Value, key: &str| item[key].as_str().unwrap().to_owned();
    let found = items.map(|item| (text(item, "rule"), text(item, "fix")));
    found.filter(|(rule, _)| rule.starts_with("left-") || rule == "interrupted-write").collect()
}

/// Does what a fix says, but for its conditions.
fn mend(env: &TestEnv, fix: &str) {
    let commands = fix.replace("if it is: ", "").replace("then, either way: ", "");
    let commands =
        commands.split(';').filter(|part| ["cp ", "rm "].iter().any(|verb| part.trim().starts_with(verb)));
    for command in commands {
        let status = Command::new("sh").args(["-c", command]).current_dir(env.home()).status().unwrap();
        assert!(status.success(), "{command}");
    }
}

/// Switches to beta, killed before each call of the system from the first that writes on, with what `check` says of
/// the findings; returns all rules met.
fn kill_everywhere(env: &TestEnv, check: impl Fn(&[(String, String)])) -> BTreeSet<String> {
    let mut met = BTreeSet::new();
    let file = env.home().join(".kube/config");
    for (call, time) in calls(env, &env.home().join("trace")) {
        fs::write(&file, THREE).unwrap();
        let inject = format!("inject={call}:signal=KILL:when={time}");
        let words = ["-f", "-qq", "-o", "/dev/null", "-e", &inject, NS_SWITCH, "use", "beta"];
        env.run("strace", words);
        let found = left(env);
        check(&found);
        for (rule, fix) in found {
            mend(env, &fix);
            met.insert(rule);
        }
        assert_eq!(left(env), [], "{call} {time}");
    }
    met
}

#[test]
fn temporary_files_are_found_and_mended() {
    if !can_trace() {
        return;
    }
    let env = with(THREE);
    let met = kill_everywhere(&env, |_| ());
    assert_eq!(met.iter().collect::<Vec<_>>(), ["left-file"], "no lock");
    assert_eq!(names(&env), ["config"]);
}

#[test]
fn a_file_that_was_torn_is_put_back() {
    if !can_trace() {
        return;
    }
    let env = with(THREE);
    // A file with two names is written in place.
    fs::hard_link(env.home().join(".kube/config"), env.home().join("other")).unwrap();
    let switched = THREE.replace("t-context: alpha", "t-context: beta");
    let torn = std::cell::Cell::new(0);
    let met = kill_everywhere(&env, |found| {
        let is_torn = ![THREE, &switched].contains(&config(&env).as_str());
        torn.set(torn.get() + usize::from(is_torn));
        let told = found.iter().any(|(rule, _)| rule == "interrupted-write");
        assert!(told || !is_torn, "{}", config(&env));
        if let Some((_, fix)) = found.iter().find(|(rule, _)| rule == "interrupted-write") {
            mend(&env, fix.split("; then").next().unwrap());
            assert_eq!(config(&env), THREE);
        }
    });
    assert!(torn.get() > 0, "no kill tore the file");
    let expected = ["interrupted-write", "left-copy", "left-lock"];
    assert!(expected.iter().all(|rule| met.contains(*rule)), "{met:?}");
}

#[test]
fn without_links_a_copy_is_kept_all_the_same() {
    if !can_trace() {
        return;
    }
    let env = with(THREE);
    fs::hard_link(env.home().join(".kube/config"), env.home().join("other")).unwrap();
    // Killed when the new bytes are written and the old end is still there.
    let injected = ["inject=linkat,link:error=EPERM", "inject=ftruncate:signal=KILL:when=1"];
    let words = ["-f", "-qq", "-o", "/dev/null", "-e", injected[0], "-e", injected[1], NS_SWITCH];
    env.run("strace", words.iter().chain(&["use", "beta"]));
    assert_ne!(config(&env), THREE);
    let found = left(&env);
    assert_eq!(found.iter().filter(|(rule, _)| rule == "interrupted-write").count(), 1, "{found:?}");
    found.iter().for_each(|(_, fix)| mend(&env, fix));
    assert_eq!((config(&env).as_str(), left(&env)), (THREE, Vec::new()));
}
