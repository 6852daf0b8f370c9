//! `env`: the context of a shell that is there already.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use rustix::process::Signal;
use support::has_tool;

use crate::{
    sessions::{BETA, sessions, wait_until, with_runtime},
    support::{THREE, config, expect, read, run, with},
};

#[test]
fn eval_gives_the_shell_a_context_and_takes_it_away() {
    // Where fish was started from bash, `$SHELL` names the latter.
    for (shell, login) in
        [("sh", "sh"), ("bash", "bash"), ("zsh", "zsh"), ("fish", "fish"), ("fish", "bash"), ("bash", "fish")]
    {
        let env = with_runtime(with(THREE)).variable("SHELL", format!("/usr/bin/{login}"));
        if !has_tool(shell, Path::new("/usr/bin").join(shell).exists()) {
            continue;
        }
        let (enter, leave) = match shell {
            "fish" => ("kubectl-ns_switch env beta | source", "kubectl-ns_switch env --unset | source"),
            _ => ("eval \"$(kubectl-ns_switch env beta)\"", "eval \"$(kubectl-ns_switch env --unset)\""),
        };
        let script = format!(
            "{enter}; kubectl-ns_switch contexts -c; kubectl-ns_switch env --prompt; kubectl-ns_switch web -f 2>/dev/null
            kubectl-ns_switch env --prompt; ls run/kubectl-ns-switch | wc -l; {leave}; kubectl-ns_switch contexts -c
            kubectl-ns_switch env --prompt; ls run/kubectl-ns-switch | wc -l; env | grep -c NS_SWITCH"
        );
        let output = env.run(shell, ["-c", &script]);
        assert_eq!(
            output.stdout.replace(' ', ""),
            "beta\nbeta\nbeta/web\n1\nalpha\n0\n0\n",
            "{shell} {output}"
        );
        assert_eq!(output.stderr, BETA, "{shell}");
        assert_eq!(config(&env), THREE);
    }
    let env = with_runtime(with(THREE));
    expect(&env, &["env", "--unset"], 0, "", "this shell has no context of its own\n");
    expect(&env, &["env", "--prompt"], 0, "", "");
}

#[test]
fn a_session_of_eval_ends_some_time_after_its_shell() {
    let env = with_runtime(with(THREE));
    let output =
        env.run("sh", ["-c", "eval \"$(kubectl-ns_switch env beta)\"; kubectl-ns_switch contexts -c"]);
    assert_eq!(output.stdout, "beta\n");
    let [session] = &sessions(&env)[..] else { panic!("{:?}", sessions(&env)) };
    let mut shell = env.command("sh", ["-c", "echo $$ > owner; exec sleep 60"]).in_folder(session).start();
    run(&env, &["contexts", "-c"]);
    let handed_over = fs::File::options().write(true).open(session.join("handed-over")).unwrap();
    handed_over.set_modified(SystemTime::now() - Duration::from_secs(3600)).unwrap();
    wait_until("the shell names itself", || read(&session.join("owner")).trim() == shell.id().to_string());
    run(&env, &["contexts", "-c"]);
    assert_eq!(sessions(&env).len(), 1, "its shell runs");
    shell.signal(Signal::KILL);
    shell.wait();
    run(&env, &["contexts", "-c"]);
    assert_eq!(sessions(&env), Vec::<PathBuf>::new());
}

#[test]
fn a_dash_in_env_is_the_context_before_the_one_outside() {
    let env = with_runtime(with(THREE));
    let said = "error: no previous context is known\nhint: it is remembered from the first switch on\n";
    expect(&env, &["env", "-"], 1, "", said);
    run(&env, &["use", "beta"]);
    run(&env, &["use", "gamma"]);
    let before = config(&env);
    let script = "eval \"$(kubectl-ns_switch env -)\"; kubectl-ns_switch contexts -c";
    let output = env.run("sh", ["-c", script]);
    assert_eq!((output.stdout.as_str(), output.stderr.as_str()), ("beta\n", BETA), "{output}");
    assert_eq!(config(&env), before);
}
