//! What the picker shows of names, what it offers first, and what is typed already.

use serde_json::json;
use support::{FaultServer, Reply, Terminal, TestEnv, keys};

use crate::support::{NS_SWITCH, config, expect, run, with};

const EKS: [&str; 3] = ["payments-production", "payments-staging", "payments-tooling"];

fn contexts(names: &[String]) -> TestEnv {
    let entries: String =
        names.iter().map(|name| format!("- {{name: '{name}', context: {{cluster: c}}}}\n")).collect();
    with(&format!("contexts:\n{entries}"))
}

fn eks() -> TestEnv {
    contexts(&EKS.map(|name| format!("arn:aws:eks:eu-west-1:111122223333:cluster/{name}")))
}

fn current(env: &TestEnv) -> String {
    run(env, &["contexts", "-c"]).1.trim().to_owned()
}

#[test]
fn names_that_differ_at_the_end_are_told_apart_on_any_terminal() {
    for columns in [46, 30] {
        let env = eks();
        let mut terminal = Terminal::start(&env, NS_SWITCH, ["use"], (10, columns));
        terminal.wait_for_prompt("3/3");
        terminal.send("pay");
        let screen = terminal.wait_until("what was typed and the ends", |screen| {
            screen.contains("Context > pay")
                && ["production", "staging", "tooling"].iter().all(|end| screen.contains(end))
        });
        assert!(screen.lines().all(|line| line.chars().count() <= usize::from(columns)), "{screen}");
        assert!(screen.lines().filter(|line| line.contains("pay")).count() == 4, "{screen}");
        terminal.send(keys::DOWN);
        terminal.send(keys::ENTER);
        assert_eq!(terminal.wait().0, 0);
        assert!(current(&env).contains("payments-"), "{}", current(&env));
    }
}

#[test]
fn control_w_takes_one_word_and_accents_need_not_be_typed() {
    let env = contexts(&["café".into(), "team-one-blue".into(), "team-two-blue".into()]);
    let mut terminal = Terminal::start(&env, NS_SWITCH, ["use"], (10, 80));
    terminal.wait_for_prompt("3/3");
    terminal.send("team two\u{17}");
    terminal.wait_until("both teams", |screen| screen.contains("2/3"));
    terminal.send("\u{17}cafe");
    terminal.wait_until("the accent", |screen| screen.contains("Context > cafe") && screen.contains("café"));
    terminal.send(keys::ENTER);
    assert_eq!(terminal.wait().0, 0);
    assert_eq!(current(&env), "café");
}

#[test]
fn the_previous_one_comes_first() {
    let env = contexts(&["a", "b", "c", "d"].map(ToOwned::to_owned));
    run(&env, &["use", "c"]);
    run(&env, &["use", "b"]);
    let mut terminal = Terminal::start(&env, NS_SWITCH, ["use"], (10, 80));
    let screen = terminal.wait_for_prompt("4/4");
    let names: Vec<&str> =
        screen.lines().skip(2).map(|line| line.trim_start_matches(['>', '*', ' '])).collect();
    assert_eq!(names, ["c", "a", "b", "d"], "{screen}");
    terminal.send("\u{1b}[H\r");
    assert_eq!(terminal.wait().0, 0);
    assert_eq!(current(&env), "c");
}

#[test]
fn a_part_of_a_context_is_typed_already_on_a_terminal() {
    let env = contexts(&["prod-eu".into(), "stage".into()]);
    let mut terminal = Terminal::start(&env, NS_SWITCH, ["use", "prd"], (10, 80));
    terminal.wait_for_prompt("Context > prd");
    terminal.send(keys::ENTER);
    assert_eq!(terminal.wait().0, 0);
    assert_eq!(current(&env), "prod-eu");
    let said = "error: no context exists with the name \"prd\"\nhint: did you mean \"prod-eu\"?\n";
    expect(&env, &["use", "prd"], 1, "", said);
    let mut terminal = Terminal::start(&env, NS_SWITCH, ["use", "xyz"], (10, 80));
    let (status, screen) = terminal.wait();
    assert_eq!(status, 1, "nothing fits: {screen}");
    assert!(screen.contains("no context exists with the name \"xyz\""), "{screen}");
}

fn on_server(server: &FaultServer) -> TestEnv {
    let names = ["default", "shop", "web"].map(|name| json!({"metadata": {"name": name}}));
    server.on("/api/v1/namespaces", [Reply::page("NamespaceList", &names, None)]);
    server.otherwise([Reply::status(404, "NotFound", "namespaces not found")]);
    let env = crate::support::bare();
    env.file(".kube/config", server.kubeconfig());
    env
}

#[test]
fn a_part_of_a_namespace_is_typed_already_on_a_terminal() {
    let server = FaultServer::http();
    let env = on_server(&server);
    let mut terminal = Terminal::start(&env, NS_SWITCH, ["shp"], (10, 80));
    terminal.wait_for_prompt("Namespace > shp");
    terminal.send(keys::ENTER);
    let (status, screen) = terminal.wait();
    assert_eq!(status, 0, "{screen}");
    assert!(screen.contains("✔ Namespace \"shop\" (context "), "{screen}");
    assert!(config(&env).contains("namespace: shop"), "{}", config(&env));
    let (status, stdout, stderr) = run(&env, &["shp"]);
    assert_eq!((status, stdout.as_str()), (1, ""));
    assert!(stderr.ends_with("hint: did you mean \"shop\"?\n"), "{stderr}");
}

#[test]
fn escape_from_a_part_of_a_name_changes_nothing() {
    let server = FaultServer::http();
    let env = on_server(&server);
    let before = config(&env);
    let mut terminal = Terminal::start(&env, NS_SWITCH, ["shp"], (10, 80));
    terminal.wait_for_prompt("Namespace > shp");
    terminal.send(keys::ESCAPE);
    assert_eq!(terminal.wait().0, 130);
    assert_eq!(config(&env), before);
}

#[test]
fn a_typed_yes_leaves_nothing_to_the_shell() {
    for typed in [&["yes\r"][..], &["y", "e", "s", "\r"], &["y\r"], &["y"]] {
        let env = contexts(&["a".into(), "b".into()]);
        let script = "kubectl-ns_switch contexts -d a; stty -icanon min 0 time 10; printf 'left: [%s]\\n' \"$(dd bs=64 count=1 2>/dev/null | tr '\\r\\n' '  ')\"";
        let mut terminal = Terminal::start(&env, "sh", ["-c", script], (24, 80));
        terminal.wait_for_prompt("Delete context a");
        for key in typed {
            terminal.send(key);
            std::thread::sleep(std::time::Duration::from_millis(150));
        }
        let (_, screen) = terminal.wait();
        assert!(screen.contains("Delete context a [y/N] yes\n"), "{screen}");
        assert!(
            screen.contains("✔ Context \"a\" deleted") && screen.contains("left: []"),
            "{typed:?} {screen}"
        );
        expect(&env, &["contexts", "-o", "name"], 0, "b\n", "");
    }
}
