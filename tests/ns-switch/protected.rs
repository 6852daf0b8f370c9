//! Protected contexts.

use support::{Terminal, TestEnv, keys};

use crate::support::{NS_SWITCH, THREE, call, config, expect, run, with};

fn guarded(settings: &str) -> TestEnv {
    let env = with(THREE);
    env.file(".config/kubectl-ns-switch/config.toml", settings);
    env
}

#[test]
fn nobody_gets_into_one_by_accident() {
    let env = guarded("protected = [\"g*\", \"re:^bet\"]\n");
    for (line, context) in [
        (&["use", "gamma"][..], "gamma"),
        (&["contexts", "beta"], "beta"),
        (&["use", "gamma/web", "-f"], "gamma"),
    ] {
        let said = format!(
            "error: context \"{context}\" is protected\nhint: `kubectl ns-switch use {context} --yes` switches to it without asking\n"
        );
        expect(&env, line, 5, "", &said);
    }
    assert_eq!(config(&env), THREE);
    expect(&env, &["contexts", "alpha"], 0, "", "Context \"alpha\" already\n");
}

#[test]
fn yes_is_an_answer_and_the_warning_stays() {
    let env = guarded("protected = [\"gamma\"]\n");
    let said = "Warning: context \"gamma\" is protected\n✔ Context \"gamma\" (cluster one, user other, namespace default)\n";
    expect(&env, &["use", "gamma", "--yes"], 0, "", said);
    let (_, _, stderr) = run(&env, &["use", "alpha"]);
    assert_eq!(stderr, "✔ Context \"alpha\" (cluster one, user me, namespace shop)\n");
    let (status, _, _) = run(&env, &["contexts", "-"]);
    assert_eq!(status, 5, "going back is going there");
}

#[test]
fn at_a_terminal_it_is_asked() {
    for (answer, status, context) in [("y", 0, "gamma"), ("n", 130, "alpha"), (keys::CONTROL_C, 130, "alpha")]
    {
        let env = guarded("protected = [\"gamma\"]\n");
        let mut terminal = Terminal::start(&env, NS_SWITCH, ["use", "gamma"], (24, 80));
        terminal.wait_for_prompt("Switch to gamma");
        terminal.send(answer);
        assert_eq!(terminal.wait().0, status, "{answer:?}");
        assert!(!terminal.hides_cursor());
        assert_eq!(run(&env, &["contexts", "-c"]).1, format!("{context}\n"));
    }
}

#[test]
fn settings_that_cannot_be_read_guard_everything() {
    let env = guarded("protectd = [\"gamma\"]\n");
    let (status, _, stderr) = run(&env, &["use", "gamma"]);
    assert_eq!(status, 1);
    assert!(stderr.contains("config.toml line 1: unknown field `protectd`"), "{stderr}");
    assert_eq!(config(&env), THREE);
}

const REFUSED: &str = "error: context \"gamma\" is protected\nhint: ";

#[test]
fn undo_leads_into_one_only_on_purpose() {
    let env = guarded("protected = [\"gamma\"]\n");
    run(&env, &["use", "gamma", "--yes"]);
    run(&env, &["use", "alpha"]);
    let said = format!("{REFUSED}`kubectl ns-switch undo --yes` switches to it without asking\n");
    expect(&env, &["undo"], 5, "", &said);
    expect(&env, &["undo", "--dry-run"], 5, "", &said);
    assert_eq!(run(&env, &["contexts", "-c"]).1, "alpha\n");
    let warned = "Warning: context \"gamma\" is protected\n✔ Context \"gamma\" again\n";
    expect(&env, &["undo", "--yes"], 0, "", warned);
    expect(&env, &["undo"], 0, "", "✔ Context \"alpha\" again\n");
}

#[test]
fn a_name_neither_takes_protection_away_nor_gives_it_unasked() {
    let env = guarded("protected = [\"gamma\", \"prod-*\"]\n");
    let out = format!("{REFUSED}`kubectl ns-switch contexts dev=gamma --yes` renames it without asking\n");
    expect(&env, &["contexts", "dev=gamma"], 5, "", &out);
    let into = "error: a context with the name \"prod-a\" is protected\n\
        hint: `kubectl ns-switch contexts prod-a=alpha --yes` renames it without asking\n";
    expect(&env, &["contexts", "prod-a=alpha"], 5, "", into);
    let over = format!(
        "{REFUSED}`kubectl ns-switch contexts beta=gamma --overwrite --yes` renames it without asking\n"
    );
    expect(&env, &["contexts", "beta=gamma", "--overwrite"], 5, "", &over);
    assert_eq!(config(&env), THREE);
    let done = "Warning: context \"gamma\" is protected\n✔ Context \"gamma\" renamed to \"dev\"\n";
    expect(&env, &["contexts", "dev=gamma", "--yes"], 0, "", done);
    // Undoing it takes `dev` away, which nothing protects, and undoing that takes `gamma` away again.
    assert_eq!(run(&env, &["undo"]).0, 0);
    assert_eq!(run(&env, &["undo"]).0, 5);
    assert_eq!(config(&env), THREE);
}

#[test]
fn a_later_file_makes_none_current_unasked() {
    let env = guarded("protected = [\"gamma\"]\n").variable("KUBECONFIG", "first:.kube/config");
    env.file(".kube/config", THREE.replace("current-context: alpha", "current-context: gamma"));
    let first = "current-context: mine\ncontexts: [{name: mine, context: {cluster: one}}]\n";
    env.file("first", first);
    let unset = format!("{REFUSED}`kubectl ns-switch contexts -u --yes` switches to it without asking\n");
    expect(&env, &["contexts", "-u"], 5, "", &unset);
    let said = "error: context \"gamma\" is protected\n";
    for (program, line, status) in [
        (NS_SWITCH, &["contexts", "-u"][..], 5),
        ("kubectx", &["-u"], 1),
        ("kubectx", &["-d", "mine"], 1),
        ("kubectx", &["-d", "gamma"], 1),
        ("kubectx", &["gamma"], 1),
        ("kubectx", &["dev=gamma"], 1),
    ] {
        let path = env.home().join("bin").join(program);
        if !path.exists() {
            support::copy_program(&support::executable(NS_SWITCH), &path);
        }
        let found = call(&env, program, line);
        assert_eq!((found.0, found.1.as_str()), (status, ""), "{line:?} {}", found.2);
        assert!(found.2.starts_with(said), "{line:?} {}", found.2);
        assert_eq!(std::fs::read_to_string(env.home().join("first")).unwrap(), first);
    }
    let (status, _, stderr) = run(&env, &["contexts", "-d", "mine", "-y"]);
    assert!(status == 0 && stderr.starts_with("Warning: context \"gamma\" is protected\n"), "{stderr}");
}

#[test]
fn deleting_one_asks_once_and_says_so_before() {
    let env = guarded("protected = [\"gamma\"]\n");
    let mut terminal = Terminal::start(&env, NS_SWITCH, ["contexts", "-d", "gamma"], (24, 80));
    let screen = terminal.wait_for_prompt("Delete context gamma");
    assert!(screen.contains("Warning: context \"gamma\" is protected"), "{screen}");
    terminal.send("y");
    assert_eq!(terminal.wait().0, 0);
    assert_eq!(run(&env, &["contexts", "-o", "name"]).1, "alpha\nbeta\n");
    assert_eq!(run(&env, &["contexts", "-d", "beta"]).0, 2, "nobody is asked");
}

#[test]
fn lists_mark_them() {
    let env = guarded("protected = [\"g*\"]\n");
    let (status, table, _) = run(&env, &["contexts"]);
    let column = table.lines().next().unwrap().find("PROTECTED").unwrap();
    let marks: Vec<&str> =
        table.lines().skip(1).map(|line| line[column..].split(' ').next().unwrap()).collect();
    assert_eq!((status, marks), (0, vec!["", "", "yes"]), "{table}");
    let (_, json, _) = run(&env, &["contexts", "-o", "json"]);
    let list: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        (&list["items"][1]["protected"], &list["items"][2]["protected"]),
        (&false.into(), &true.into())
    );
    expect(&env, &["contexts", "-o", "name"], 0, "alpha\nbeta\ngamma\n", "");
    let (_, table, _) = run(&with(THREE), &["contexts"]);
    assert!(!table.contains("PROTECTED"), "{table}");
    let mut terminal = Terminal::start(&env, NS_SWITCH, ["use"], (24, 80));
    let screen = terminal.wait_for_prompt("gamma (protected)");
    assert!(!screen.contains("beta (protected)"), "{screen}");
    terminal.send("gam");
    terminal.send(keys::ENTER);
    terminal.wait_for_prompt("Switch to gamma");
    terminal.send("n");
    assert_eq!(terminal.wait().0, 130);
    let broken = guarded("protectd = []\n");
    let (status, table, stderr) = run(&broken, &["contexts"]);
    assert!(
        status == 0 && table.contains("gamma") && stderr.contains("unknown field `protectd`"),
        "{stderr}"
    );
}
