//! `shell` and `kubectx -s`: a context for one shell, with the files of everybody else left as they are.

use std::{
    fs,
    os::unix::fs::{PermissionsExt, symlink},
    path::PathBuf,
    thread,
    time::{Duration, Instant},
};

use rustix::process::Signal;
use support::{Terminal, TestEnv, copy_program, executable};

use crate::support::{
    NS_SWITCH, THREE, bare, call, config, expect, on_cluster, read, run, with, with_kubectl,
};

/// Gives the environment a runtime folder, in which sessions are kept.
pub fn with_runtime(env: TestEnv) -> TestEnv {
    let runtime = env.home().join("run");
    fs::create_dir(&runtime).unwrap();
    fs::set_permissions(&runtime, fs::Permissions::from_mode(0o700)).unwrap();
    env.variable("XDG_RUNTIME_DIR", runtime)
}

/// The folders of the sessions there are.
pub fn sessions(env: &TestEnv) -> Vec<PathBuf> {
    let entries = fs::read_dir(env.home().join("run/kubectl-ns-switch")).into_iter().flatten();
    entries.map(|entry| entry.unwrap().path()).collect()
}

/// Runs a script in a shell that `shell` opens.
fn inside(env: &TestEnv, arguments: &[&str], script: &str) -> (i32, String, String) {
    let words: Vec<&str> =
        ["shell"].iter().chain(arguments).chain(&["--", "sh", "-c", script]).copied().collect();
    run(env, &words)
}

/// Waits until something holds.
#[track_caller]
pub fn wait_until(what: &str, condition: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_secs(60);
    while !condition() {
        assert!(Instant::now() < end, "{what}");
        thread::sleep(Duration::from_millis(10));
    }
}

pub const BETA: &str = "✔ Context \"beta\" (cluster two, user me, namespace default)\n";

#[test]
fn a_command_runs_in_its_context_and_its_status_is_returned() {
    let env = with_runtime(with(THREE));
    let script = "kubectl-ns_switch contexts -c; kubectl-ns_switch -c; cat; exit 7";
    assert_eq!(inside(&env, &["beta"], script), (7, "beta\ndefault\n".into(), BETA.into()));
    let web = "✔ Namespace \"web\" (context gamma; not checked)\n\
        ✔ Context \"gamma\" (cluster one, user other, namespace web)\n";
    assert_eq!(inside(&env, &["gamma/web", "-f"], script), (7, "gamma\nweb\n".into(), web.into()));
    assert_eq!(inside(&env, &[], script), (7, "alpha\nshop\n".into(), String::new()), "where one is");
    expect(&env, &["shell", "beta", "--", "true"], 0, "", BETA);
    assert_eq!(inside(&env, &[], "kill -KILL $$").0, 137);
    assert_eq!(run(&env, &["shell", "--", "nowhere-to-be-found"]).0, 127);
    let said = "error: no context exists with the name \"betta\"\nhint: did you mean \"beta\"?\n";
    expect(&env, &["shell", "betta", "--", "true"], 1, "", said);
    assert_eq!((sessions(&env), config(&env)), (Vec::new(), THREE.into()));
    assert!(!env.home().join(".local").exists(), "no record of it either");
}

#[test]
fn a_dash_is_the_context_before_the_one_outside() {
    let env = with_runtime(with(THREE));
    let said = "error: no previous context is known\nhint: it is remembered from the first switch on\n";
    expect(&env, &["shell", "-", "--", "true"], 1, "", said);
    run(&env, &["use", "beta"]);
    run(&env, &["use", "gamma"]);
    let before = config(&env);
    assert_eq!(inside(&env, &["-"], "kubectl-ns_switch contexts -c"), (0, "beta\n".into(), BETA.into()));
    assert_eq!(config(&env), before);
}

#[test]
fn a_context_that_begins_with_a_dash_goes_after_two() {
    let env = with_runtime(with(&THREE.replace("name: beta", "name: -f")));
    let said = "✔ Context \"-f\" (cluster two, user me, namespace default)\n";
    let output =
        env.run("sh", ["-c", "eval \"$(kubectl-ns_switch env -- -f)\"; kubectl-ns_switch contexts -c"]);
    assert_eq!((output.stdout.as_str(), output.stderr.as_str()), ("-f\n", said), "{output}");
    expect(&env, &["shell", "--", "-f", "--", "kubectl-ns_switch", "contexts", "-c"], 0, "-f\n", said);
    let env = env.variable("SHELL", "/usr/bin/env");
    let (status, stdout, stderr) = run(&env, &["shell", "--", "-f"]);
    assert!(status == 0 && stdout.contains("NS_SWITCH_SESSION=") && stderr == said, "{stdout}{stderr}");
    let refused = "error: after the context \"-f\", the command needs another --\n\
        hint: kubectl ns-switch shell -- CONTEXT -- COMMAND\n";
    expect(&env, &["shell", "--", "-f", "true"], 2, "", refused);
}

#[test]
fn the_overlay_has_every_context_and_no_credentials() {
    let env = with_runtime(with(THREE));
    let (status, overlay, _) =
        inside(&env, &["beta"], "cat \"$NS_SWITCH_SESSION\"; ls -ld \"$NS_SWITCH_SESSION\" >&2");
    assert_eq!(status, 0);
    let expected = "apiVersion: v1\nkind: Config\ncurrent-context: beta\ncontexts:\n\
        - name: alpha\n  context:\n    cluster: one\n    user: me\n    namespace: shop\n\
        - name: beta\n  context:\n    cluster: two\n    user: me\n\
        - name: gamma\n  context:\n    cluster: one\n    user: other\n";
    assert_eq!(overlay, expected);
    let (_, listed, modes) = inside(
        &env,
        &[],
        "echo \"$KUBECONFIG\"; ls -ld \"$NS_SWITCH_SESSION\" \"${NS_SWITCH_SESSION%/*}\" >&2",
    );
    let file = env.home().join(".kube/config");
    assert!(listed.ends_with(&format!("/kubeconfig:{}\n", file.display())), "{listed}");
    let mut modes: Vec<&str> = modes.lines().map(|line| &line[..10]).collect();
    modes.sort_unstable();
    assert_eq!(modes, ["-rw-------", "drwx------"]);
}

#[test]
fn switches_back_and_undo_stay_inside() {
    let env = with_runtime(with(THREE));
    run(&env, &["use", "gamma"]);
    run(&env, &["use", "alpha"]);
    let before = config(&env);
    let script = "kubectl-ns_switch contexts -; kubectl-ns_switch use gamma; kubectl-ns_switch web -f;
        kubectl-ns_switch -; kubectl-ns_switch undo; kubectl-ns_switch -c; kubectl-ns_switch contexts -c;
        kubectl-ns_switch contexts new=beta; kubectl-ns_switch --context alpha other -f";
    let (status, stdout, stderr) = inside(&env, &["beta"], script);
    assert_eq!((status, stdout.as_str()), (0, "web\ngamma\n"), "{stderr}");
    let lines: Vec<&str> = stderr.lines().collect();
    assert_eq!(
        lines[1], "✔ Context \"alpha\" (cluster one, user me, namespace shop)",
        "from where it was opened"
    );
    assert!(stderr.contains("✔ Namespace \"web\" again (context gamma)\n"), "{stderr}");
    assert_eq!(config(&env), before);
    let gamma = "✔ Context \"gamma\" (cluster one, user other, namespace default)\n";
    expect(&env, &["contexts", "-"], 0, "", gamma);
    expect(&env, &["undo"], 0, "", "✔ Context \"alpha\" again\n");
    let (status, _, stderr) = inside(&env, &["beta"], "kubectl-ns_switch undo");
    assert_eq!((status, stderr.lines().nth(1)), (1, Some("error: there is nothing to undo")));
}

#[test]
fn two_shells_on_one_context_have_a_namespace_each() {
    let env = with_runtime(with(THREE));
    let script =
        "kubectl-ns_switch shell beta/two -f -- sh -c 'kubectl-ns_switch -c; kubectl-ns_switch three -f';
        kubectl-ns_switch -c";
    let (status, stdout, _) = inside(&env, &["beta/one", "-f"], script);
    assert_eq!((status, stdout.as_str()), (0, "two\none\n"));
    assert_eq!((sessions(&env), config(&env)), (Vec::new(), THREE.into()));
}

#[test]
fn a_shell_in_a_shell_takes_the_place_of_the_outer_one() {
    let env = with_runtime(with(THREE));
    let script = "kubectl-ns_switch web -f 2>/dev/null; kubectl-ns_switch shell gamma -- sh -c '
        echo \"$KUBECONFIG\" | tr : \"\\n\" | wc -l; kubectl-ns_switch contexts - 2>/dev/null; kubectl-ns_switch -c
        kubectl-ns_switch env --prompt; exit 5'; echo $?; kubectl-ns_switch env --prompt";
    let (status, stdout, stderr) = inside(&env, &["beta"], script);
    assert_eq!(
        (status, stdout.replace(' ', "").as_str()),
        (0, "2\nweb\nbeta/web\n5\nbeta/web\n"),
        "{stderr}"
    );
    assert_eq!((sessions(&env), config(&env)), (Vec::new(), THREE.into()));
}

#[test]
fn kubectl_switches_in_the_overlay_and_finds_credentials_behind_it() {
    let env = with_runtime(with_kubectl(THREE));
    let script = "set -e; kubectl config current-context; kubectl config use-context gamma
        kubectl config set-context --current --namespace=deep; kubectl config set-context alpha --namespace=other
        kubectl config view --minify -o 'jsonpath={.clusters[0].cluster.server} {.contexts[0].context.namespace}{\"\\n\"}'
        kubectl config use-context beta; kubectl config view --minify --raw -o 'jsonpath={.users[0].user.token}{\"\\n\"}'
        grep -c hunter2 \"$NS_SWITCH_SESSION\" || true; kubectl-ns_switch -c --context alpha; ls \"${NS_SWITCH_SESSION%/*}\"";
    let (status, stdout, stderr) = inside(&env, &["beta"], script);
    let expected = "beta\nSwitched to context \"gamma\".\nContext \"gamma\" modified.\nContext \"alpha\" modified.\n\
        https://127.0.0.1:1 deep\nSwitched to context \"beta\".\nhunter2\n0\nother\nkubeconfig\nowner\nstate\n";
    assert_eq!((status, stdout.as_str()), (0, expected), "{stderr}");
    assert_eq!(config(&env), THREE);
}

#[test]
fn every_reader_of_several_files_reaches_the_cluster() {
    let env = with_runtime(on_cluster());
    let file =
        env.variables().iter().find(|(name, _)| *name == "KUBECONFIG").map(|(_, path)| PathBuf::from(path));
    let before = read(file.as_deref().unwrap());
    let script = "set -e; kubectl get namespace default -o name; kubectl-ns_switch kube-system
        kubectl config view --minify -o 'jsonpath={.contexts[0].context.namespace}{\"\\n\"}'
        kubectl get serviceaccount default -o 'jsonpath={.metadata.namespace}{\"\\n\"}'
        kubectl-ns_switch list -o name | grep -x namespace/kube-system";
    let (status, stdout, stderr) = inside(&env, &[], script);
    let expected = "namespace/default\nkube-system\nkube-system\nnamespace/kube-system\n";
    assert_eq!((status, stdout.as_str()), (0, expected), "{stderr}");
    assert_eq!(read(file.as_deref().unwrap()), before);
    let nowhere = format!("{}/nowhere-to-be-found", current(&env));
    let (status, _, stderr) = inside(&env, &[&nowhere], "true");
    assert!(
        status == 1 && stderr.contains("no namespace exists with the name \"nowhere-to-be-found\""),
        "{stderr}"
    );
    assert_eq!(sessions(&env), Vec::<PathBuf>::new());
}

fn current(env: &TestEnv) -> String {
    run(env, &["contexts", "-c"]).1.trim().to_owned()
}

#[test]
fn it_is_removed_however_the_shell_ends() {
    let env = with_runtime(with(THREE));
    let start = |script: &str| {
        let running = env.command(NS_SWITCH, ["shell", "beta", "--", "sh", "-c", script]).start();
        let ready = env.home().join("ready");
        wait_until("the shell has started", || {
            fs::read_to_string(&ready).is_ok_and(|text| text.ends_with('\n'))
        });
        let process: u32 = read(&ready).trim().parse().unwrap();
        fs::remove_file(ready).unwrap();
        (running, process)
    };
    let script = "echo $$ > ready; exec sleep 600";
    for (signal, status) in [(Signal::TERM, 143), (Signal::HUP, 129)] {
        let (mut running, _) = start(script);
        running.signal(signal);
        assert_eq!(running.wait().status, Some(status));
        assert_eq!(sessions(&env), Vec::<PathBuf>::new(), "{signal:?}");
    }
    // Ctrl-C is the shell's to answer: here it goes on.
    let (mut running, process) =
        start("trap 'echo caught; exit 3' INT; echo $$ > ready; while :; do sleep 0.05; done");
    running.interrupt();
    let id = rustix::process::Pid::from_raw(process as i32).unwrap();
    rustix::process::kill_process(id, Signal::INT).unwrap();
    let output = running.wait();
    assert_eq!((output.status, output.stdout.as_str()), (Some(3), "caught\n"));
    // A kill can't be answered: as long as the shell runs its session stays, and the next run after that removes it.
    let (mut running, process) = start(script);
    running.signal(Signal::KILL);
    running.wait();
    run(&env, &["contexts", "-c"]);
    assert_eq!(sessions(&env).len(), 1, "the shell runs");
    let id = rustix::process::Pid::from_raw(process as i32).unwrap();
    rustix::process::kill_process(id, Signal::KILL).unwrap();
    wait_until("the session is removed", || {
        run(&env, &["contexts", "-c"]);
        sessions(&env).is_empty()
    });
}

#[test]
fn a_terminal_that_closes_leaves_nothing() {
    let env = with_runtime(with(THREE)).variable("SHELL", "/bin/bash");
    env.file(".bashrc", "PS1='mine> '\n");
    let terminal = Terminal::start(&env, NS_SWITCH, ["shell", "beta"], (24, 100));
    terminal.wait_for_prompt("mine> ");
    assert_eq!(sessions(&env).len(), 1);
    drop(terminal);
    wait_until("the session is removed", || {
        run(&env, &["contexts", "-c"]);
        sessions(&env).is_empty()
    });
}

#[test]
fn a_protected_context_is_asked_about_and_a_pipe_refused() {
    let env = with_runtime(with(THREE));
    env.file(".config/kubectl-ns-switch/config.toml", "protected = [\"gamma\"]\n");
    let (status, _, stderr) = run(&env, &["shell", "gamma", "--", "true"]);
    assert!(status == 5 && stderr.starts_with("error: context \"gamma\" is protected\n"), "{stderr}");
    assert_eq!(run(&env, &["env", "gamma"]).0, 5);
    assert_eq!(run(&env, &["shell", "gamma", "--yes", "--", "true"]).0, 0);
    let script = "kubectl-ns_switch shell --kubeconfig <(cat .kube/config) -- true";
    let output = env.run("bash", ["-c", script]);
    assert_eq!(output.status, Some(7));
    assert!(
        output.stderr.contains(" is a pipe, and can't be read again in the shell\nhint: save it to a file"),
        "{output}"
    );
    let (status, stdout, stderr) = run(&with_runtime(bare()), &["shell", "--", "true"]);
    assert_eq!((status, stdout.as_str()), (1, ""));
    assert!(
        stderr.starts_with("error: current-context is not set\nhint: no kubeconfig was found"),
        "{stderr}"
    );
}

#[test]
fn sessions_are_kept_where_nobody_else_can_write() {
    let env = with(THREE);
    let temporary = env.home().join("tmp");
    fs::create_dir(&temporary).unwrap();
    let env = env.variable("TMPDIR", &temporary);
    let (status, stdout, _) = inside(&env, &["beta"], "echo \"$NS_SWITCH_SESSION\"");
    assert_eq!(status, 0);
    let folder = PathBuf::from(stdout.trim()).parent().unwrap().parent().unwrap().to_path_buf();
    assert_eq!(folder.parent(), Some(temporary.as_path()));
    assert_eq!(fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o777)).unwrap();
    let refused = |why: &str| {
        let (status, stdout, stderr) = run(&env, &["shell", "beta", "--", "true"]);
        assert_eq!((status, stdout.as_str()), (1, ""), "{why} {stderr}");
        let said = format!(
            "error: can't keep a session in {}: somebody else may change what is in it\n\
             hint: name a folder of your own in XDG_RUNTIME_DIR or TMPDIR\n",
            folder.display()
        );
        assert_eq!(stderr, said, "{why}");
    };
    refused("others may write there");
    fs::remove_dir_all(&folder).unwrap();
    fs::create_dir(env.home().join("trap")).unwrap();
    symlink(env.home().join("trap"), &folder).unwrap();
    refused("a link leads elsewhere");
}

#[test]
fn kubectx_opens_a_shell_that_it_does_not_leave() {
    let env = with_runtime(with(THREE)).variable("SHELL", "/bin/sh");
    copy_program(&executable(NS_SWITCH), &env.home().join("bin/kubectx"));
    for flag in ["-s", "--shell"] {
        let typed = "kubectx -c; kubectx gamma; echo \"$?\"; kubectl-ns_switch contexts -c; exit 9\n";
        let output = env.command("kubectx", [flag, "beta"]).stdin(typed).run();
        assert_eq!((output.status, output.stdout.as_str()), (Some(9), "1\nbeta\n"), "{output}");
        let locked = "error: you are in a locked single-context shell (\"beta\"), use 'exit' to leave\n";
        assert_eq!(output.stderr, format!("{BETA}{locked}{locked}"));
    }
    assert_eq!((sessions(&env), config(&env)), (Vec::new(), THREE.into()));
    for (line, said) in [
        (&["-s"][..], "'-s' requires a context name argument (or fzf for interactive mode)"),
        (&["-s", "a", "b"], "'-s' accepts at most one context name argument"),
        (&["-s", "delta"], "no context exists with the name: \"delta\""),
    ] {
        assert_eq!(call(&env, "kubectx", line), (1, String::new(), format!("error: {said}\n")));
    }
}
