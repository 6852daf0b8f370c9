//! Many switches at once, and switches that are killed.

use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::MetadataExt,
    path::Path,
    process::Command,
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread,
};

use support::{TestEnv, has_tool};

use crate::support::{NS_SWITCH, THREE, config, run, with};

pub fn names(env: &TestEnv) -> Vec<String> {
    let entries = fs::read_dir(env.home().join(".kube")).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// The kubeconfig with each context as the current one.
fn possible() -> Vec<String> {
    let contexts = ["alpha", "beta", "gamma"];
    contexts.iter().map(|name| THREE.replace("t-context: alpha", &format!("t-context: {name}"))).collect()
}

#[test]
fn twenty_switch_at_once_and_nobody_fails_or_reads_half_a_file() {
    let env = with(THREE);
    let (possible, stop, reads) = (possible(), AtomicBool::new(false), AtomicUsize::new(0));
    thread::scope(|scope| {
        let reader = scope.spawn(|| {
            while !stop.load(Ordering::Relaxed) {
                let text = config(&env);
                assert!(possible.contains(&text), "a torn read: {text}");
                reads.fetch_add(1, Ordering::Relaxed);
            }
        });
        let writers: Vec<_> = (0..20)
            .map(|number| {
                let env = &env;
                scope.spawn(move || {
                    for round in 0..5 {
                        let context = ["alpha", "beta", "gamma"][(number + round) % 3];
                        let (status, stdout, stderr) = run(env, &["use", context]);
                        assert_eq!((status, stdout.as_str()), (0, ""), "{stderr}");
                    }
                })
            })
            .collect();
        let ended: Vec<_> = writers.into_iter().map(thread::ScopedJoinHandle::join).collect();
        stop.store(true, Ordering::Relaxed);
        reader.join().unwrap();
        ended.into_iter().for_each(|ended| ended.unwrap());
    });
    assert!(reads.into_inner() > 20 && possible.contains(&config(&env)));
    assert_eq!(names(&env), ["config"]);
}

/// Whether strace can kill at a chosen call and let calls fail.
#[track_caller]
pub fn can_trace() -> bool {
    let traced = Command::new("strace").args(["-qq", "-o", "/dev/null", "true"]).status();
    has_tool("strace, and the permission to trace", traced.is_ok_and(|status| status.success()))
}

/// The calls of the system that a switch makes from its temporary file on, each with the how-manieth of its name it is.
pub fn calls(env: &TestEnv, trace: &Path) -> Vec<(String, usize)> {
    let words = ["-f", "-qq", "-o", trace.to_str().unwrap(), NS_SWITCH, "use", "beta"];
    env.run("strace", words).success();
    let text = fs::read_to_string(trace).unwrap();
    let (mut counts, mut writing, mut calls) = (BTreeMap::<&str, usize>::new(), false, Vec::new());
    for line in text.lines() {
        let Some((name, arguments)) =
            line.split_once(' ').and_then(|(_, call)| call.trim_start().split_once('('))
        else {
            continue;
        };
        let count = counts.entry(name).or_default();
        *count += 1;
        writing |= arguments.contains("O_TMPFILE") || arguments.contains(".kubeconfig-new");
        if writing && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            calls.push((name.to_owned(), *count));
        }
    }
    calls
}

#[test]
#[expect(clippy::print_stderr, reason = "a test says what it counted")]
fn killed_before_any_call_of_the_system_the_file_is_old_or_new_and_the_next_switch_clears_up() {
    if !can_trace() {
        return;
    }
    let env = with(THREE);
    let trace = env.home().join("trace");
    let possible = possible();
    let (mut kills, mut temporary) = (0, 0);
    for (call, time) in calls(&env, &trace) {
        fs::write(env.home().join(".kube/config"), THREE).unwrap();
        let inject = format!("inject={call}:signal=KILL:when={time}");
        let words = ["-f", "-qq", "-o", "/dev/null", "-e", &inject, NS_SWITCH, "use", "beta"];
        kills += usize::from(env.run("strace", words).status != Some(0));
        assert!(possible.contains(&config(&env)), "{call} {time}: {}", config(&env));
        let left = names(&env);
        let has = |end: &str| left.iter().any(|name| name.ends_with(end));
        assert!(!has(".lock"), "{call} {time}: {left:?}");
        temporary += usize::from(has(".kubeconfig-new"));
        let (status, _, stderr) = run(&env, &["use", "gamma"]);
        assert_eq!((status, stderr.lines().count()), (0, 1), "{call} {time}: {stderr}");
        assert_eq!((names(&env), &config(&env)), (vec!["config".into()], &possible[2]), "{call} {time}");
        assert_eq!(fs::metadata(env.home().join(".kube/config")).unwrap().nlink(), 1);
    }
    eprintln!("{kills} kills, one before each call: none left a lock, {temporary} a temporary file");
    assert!(kills > 20, "{kills}");
}

#[test]
fn without_links_the_new_file_has_its_name_from_the_beginning() {
    if !can_trace() {
        return;
    }
    for error in ["EPERM", "EOPNOTSUPP", "ENOSYS", "EMLINK"] {
        let env = with(THREE);
        let inject = format!("inject=linkat,link:error={error}");
        let words = ["-f", "-qq", "-o", "/dev/null", "-e", &inject, NS_SWITCH, "use", "beta"];
        let output = env.run("strace", words);
        let said = "✔ Context \"beta\" (cluster two, user me, namespace default)\n";
        assert_eq!((output.status, output.stderr.as_str()), (Some(0), said), "{error}");
        assert_eq!((config(&env), names(&env)), (possible()[1].clone(), vec!["config".into()]), "{error}");
    }
}
