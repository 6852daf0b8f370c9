//! Which of kubectl's flags a command offers: those that mean something to it.

use support::TestEnv;

use crate::support::{THREE, config, expect, on_cluster, run, with, with_kubectl};

/// Which of some flags the help of a command offers, and its completion.
#[track_caller]
fn offered(env: &TestEnv, command: &str) -> Vec<&'static str> {
    let (status, help, stderr) = run(env, &[command, "--help"]);
    assert_eq!((status, stderr.as_str()), (0, ""), "{command}");
    let (status, completed, stderr) = run(env, &["__complete", command, "--"]);
    assert_eq!((status, stderr.as_str()), (0, ""), "{command}");
    let flags = ["--kubeconfig", "--context", "--namespace", "--server", "--request-timeout", "--color"];
    let in_help = |flag: &str| help.split_whitespace().any(|word| word == flag);
    let in_completion = |flag: &str| completed.lines().any(|line| line.split('\t').next() == Some(flag));
    for flag in flags {
        assert_eq!(in_help(flag), in_completion(flag), "{command} {flag}\n{help}\n{completed}");
    }
    flags.into_iter().filter(|flag| in_help(flag)).collect()
}

#[test]
fn help_and_completion_offer_what_means_something() {
    let env = with(THREE);
    let asking = ["--kubeconfig", "--context", "--server", "--request-timeout", "--color"];
    assert_eq!(offered(&env, "to"), asking);
    assert_eq!(offered(&env, "list"), asking);
    let choosing = ["--kubeconfig", "--server", "--request-timeout", "--color"];
    assert_eq!(offered(&env, "use"), choosing);
    assert_eq!(offered(&env, "contexts"), choosing);
    assert_eq!(offered(&env, "undo"), ["--kubeconfig", "--color"]);
    assert_eq!(offered(&env, "doctor"), ["--kubeconfig", "--color"]);
    assert_eq!(offered(&env, "completion"), ["--color"]);
    let (_, help, _) = run(&env, &["--help"]);
    assert!(help.contains("Not used here: name the namespace to switch to without a flag"), "{help}");
}

#[test]
fn a_target_in_a_flag_is_refused_with_the_way_to_say_it() {
    let env = with(THREE);
    let namespace = "error: --namespace does not name what to switch to\n";
    let said = format!("{namespace}hint: name the namespace without the flag: kubectl ns-switch NAME\n");
    expect(&env, &["-n", "web"], 2, "", &said);
    expect(&env, &["to", "web", "--namespace", "web"], 2, "", &said);
    let said = format!(
        "{namespace}hint: name the namespace after the context: kubectl ns-switch use CONTEXT/NAMESPACE\n"
    );
    for line in
        [&["use", "beta", "-n", "web"][..], &["contexts", "beta", "-nweb"], &["-n", "web", "use", "beta"]]
    {
        expect(&env, line, 2, "", &said);
    }
    let said = "error: --context does not name what to switch to\n\
                hint: name the context without the flag: kubectl ns-switch use CONTEXT\n";
    for line in [&["use", "beta", "--context", "gamma"][..], &["contexts", "--context=gamma", "-"]] {
        expect(&env, line, 2, "", said);
    }
    assert_eq!(config(&env), THREE);
    // As kubectl does, a list takes what it has no use for.
    expect(&env, &["contexts", "--context", "beta", "-n", "web", "-c"], 0, "alpha\n", "");
}

#[test]
fn a_value_may_begin_with_a_dash_and_an_empty_file_is_none_as_for_kubectl() {
    let env = with_kubectl(&THREE.replace("name: alpha", "name: -x"));
    let question = ["config", "view", "--minify", "--kubeconfig", "", "--context", "-x"];
    let kubectl = env.run("kubectl", question.iter().chain(&["-o", "jsonpath={..namespace}"]));
    assert_eq!((kubectl.status, kubectl.stdout.as_str()), (Some(0), "shop"), "{}", kubectl.stderr);
    expect(&env, &["-c", "--kubeconfig", "", "--context", "-x"], 0, "shop\n", "");
    expect(&env, &["--context", "-x", "-c"], 0, "shop\n", "");
}

#[test]
fn the_namespace_marked_as_current_is_the_contexts() {
    let env = on_cluster();
    let (status, stdout, stderr) = run(&env, &["list", "-n", "kube-system", "--no-headers"]);
    assert_eq!((status, stderr.as_str()), (0, ""));
    let marked: Vec<_> = stdout.lines().filter_map(|line| line.strip_prefix('*')).collect();
    assert!(marked.len() == 1 && marked[0].trim_start().starts_with("default "), "{stdout}");
}

#[test]
fn help_says_what_o_name_prints() {
    let env = on_cluster();
    for (command, help, line) in [
        ("to", "- name:  Only names, as namespace/NAME\n", "namespace/default"),
        ("list", "- name:  Only names, as namespace/NAME\n", "namespace/default"),
        ("contexts", "- name:  Only names, one a line\n", "cluster"),
    ] {
        let (_, found, _) = run(&env, &[command, "--help"]);
        assert!(found.contains(help), "{found}");
        let (status, stdout, stderr) = run(&env, &[command, "-o", "name"]);
        assert_eq!((status, stderr.as_str()), (0, ""), "{command}");
        let of_kubectl: &[&str] = match command {
            "contexts" => &["config", "get-contexts", "-o", "name"],
            _ => &["get", "namespaces", "-o", "name"],
        };
        let kubectl = env.run("kubectl", of_kubectl).success().stdout;
        if command == "contexts" {
            assert_eq!(stdout, kubectl);
        } else {
            assert!(kubectl.lines().any(|name| name == line), "{kubectl}");
            assert!(stdout.lines().any(|name| name == line), "{stdout}");
        }
    }
}

#[test]
fn a_format_goes_with_a_list_alone() {
    let env = with(THREE);
    for line in [
        &["-c", "-o", "json"][..],
        &["to", "web", "-f", "-o", "yaml"],
        &["to", "-u", "--no-headers"],
        &["contexts", "-c", "-o", "json"],
        &["contexts", "beta", "-o", "name"],
        &["contexts", "-o", "json", "--", "beta"],
        &["contexts", "-u", "-o", "wide"],
        &["contexts", "-o", "json", "-y", "-d", "beta"],
    ] {
        let (status, stdout, stderr) = run(&env, line);
        assert_eq!((status, stdout.as_str()), (2, ""), "{line:?} {stderr}");
        assert!(stderr.contains("cannot be used with"), "{line:?} {stderr}");
    }
    assert_eq!(config(&env), THREE);
}

#[test]
fn help_promises_nothing_a_command_has_not() {
    let env = with(THREE);
    for (command, asks) in [("to", true), ("use", true), ("contexts", false), ("undo", false)] {
        let (_, help, _) = run(&env, &[command, "--help"]);
        let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(help.contains("with server, have the server check it"), asks, "{command} {help}");
        assert_eq!(help.contains("no server is asked either way"), !asks, "{command} {help}");
    }
    for command in ["to", "list", "contexts", "doctor"] {
        let (_, help, _) = run(&env, &[command, "--help"]);
        assert!(help.contains("Leave the header line out of tables\n"), "{help}");
    }
}

#[test]
fn bash_completes_commands_with_the_same_flags() {
    let env = with(THREE);
    let (_, script, _) = run(&env, &["completion", "bash"]);
    env.file("script", script);
    let complete = "source ./script; COMP_WORDS=(kubectl-ns_switch \"$@\"); COMP_CWORD=$#; \
                    _kubectl__ns_switch kubectl-ns_switch \"${!#}\" ''; printf '%s\\n' \"${COMPREPLY[@]}\"";
    let completed = |words: &[&str]| {
        let line: Vec<&str> = ["-c", complete, "bash"].iter().chain(words).copied().collect();
        env.run("bash", line).success().stdout
    };
    assert_eq!(completed(&["un"]), "undo\n");
    assert_eq!(completed(&["undo", "--"]), "--yes\n--break-lock\n--dry-run\n--kubeconfig\n--color\n--help\n");
    assert_eq!(completed(&["to", "--con"]), "--context\n");
    assert_eq!(completed(&["use", "--con"]), "\n");
    assert_eq!(completed(&["list", "--n"]), "--no-headers\n");
}

#[test]
fn help_names_each_argument_once_and_every_exit_status() {
    let env = with(THREE);
    for (command, argument) in [
        ("to", "[NAME]"),
        ("use", "[CONTEXT[/NAMESPACE]]"),
        ("contexts", "[NAME|NEW=OLD]"),
        ("env", "[CONTEXT[/NAMESPACE]]"),
        ("completion", "[SHELL]"),
    ] {
        let (_, help, _) = run(&env, &[command, "--help"]);
        let (usage, rest) = help.split_once("\nArguments:\n").unwrap();
        let usage = usage.rsplit("Usage: ").next().unwrap().trim();
        let own = format!("kubectl ns-switch {command} [OPTIONS] {argument}");
        match command {
            "contexts" => {
                let (first, commands) = usage.split_once("\n\nCommands:\n").unwrap();
                assert_eq!(first, format!("{own}\n       kubectl ns-switch contexts <COMMAND>"));
                let words = commands.lines().filter_map(|line| line.split_whitespace().next());
                assert_eq!(words.collect::<Vec<_>>(), ["add", "export"]);
            }
            _ => assert_eq!(usage, own),
        }
        let (arguments, _) = rest.split_once("\nOptions:\n").unwrap();
        let named: Vec<_> = arguments.lines().filter(|line| line.starts_with("  [")).collect();
        assert_eq!(named, [format!("  {argument}")], "{help}");
    }
    let (_, help, _) = run(&env, &["--help"]);
    assert!(help.contains("\nUsage: kubectl ns-switch [OPTIONS] [NAME]\n"), "{help}");
    for code in ["0  ", "1  ", "2  ", "3  ", "4  ", "5  ", "6  ", "7  ", "130"] {
        assert!(help.contains(&format!("\n  {code}  ")), "{code} {help}");
    }
}

#[test]
fn the_plugins_own_help_shows_what_is_typed_first() {
    let env = with(THREE);
    for flag in ["--help", "-h", "help"] {
        let (status, stdout, stderr) = run(&env, &[flag]);
        assert_eq!((status, stderr.as_str()), (0, ""), "{flag}");
        for line in ["  -  ", "  -c, --current  ", "  -u, --unset  ", "  -f, --force  ", "  --dry-run  "] {
            assert!(stdout.contains(line), "{flag} {line:?}\n{stdout}");
        }
    }
}
