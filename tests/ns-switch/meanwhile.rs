//! What another program changes between a list, a check and the write: the answer goes where it was about, or nowhere.

use std::{os::unix::fs::symlink, time::Duration};

use serde_json::json;
use support::{FaultServer, Reply, Terminal, TestEnv, executable, keys};

use crate::support::{NS_SWITCH, bare, config, run};

/// A server with one namespace.
fn server(namespace: &str) -> FaultServer {
    let server = FaultServer::http();
    let items = [json!({"metadata": {"name": namespace}})];
    server.otherwise([Reply::page("NamespaceList", &items, None)]);
    server
}

/// Contexts `a`, which is current, and `b`, each on its server.
fn two(a: &FaultServer, b: &FaultServer) -> TestEnv {
    let env = bare();
    symlink(executable(NS_SWITCH), env.home().join("bin").join("kubens")).unwrap();
    let text = format!(
        "clusters:\n- {{name: a, cluster: {{server: {}}}}}\n- {{name: b, cluster: {{server: {}}}}}\n\
         contexts:\n- {{name: a, context: {{cluster: a}}}}\n- {{name: b, context: {{cluster: b}}}}\n\
         current-context: a\n",
        a.url(),
        b.url()
    );
    env.file(".kube/config", text);
    env
}

fn choose(env: &TestEnv, program: &str, meanwhile: impl FnOnce()) -> (i32, String) {
    let mut terminal = Terminal::start(env, program, [""; 0], (24, 120));
    terminal.wait_for_prompt("only-in-a");
    meanwhile();
    terminal.send("only-in-a");
    terminal.send(keys::ENTER);
    terminal.wait()
}

#[test]
fn a_namespace_goes_to_the_context_whose_list_was_shown() {
    for (program, said) in [
        (NS_SWITCH, "✔ Namespace \"only-in-a\" (context a; found in the namespace list)"),
        ("kubens", "✔ Active namespace is \"only-in-a\""),
    ] {
        let (a, b) = (server("only-in-a"), server("only-in-b"));
        let env = two(&a, &b);
        let (status, screen) = choose(&env, program, || {
            assert_eq!(run(&env, &["use", "b"]).0, 0);
        });
        assert_eq!(status, 0, "{screen}");
        let warning =
            "Warning: context \"b\" is current now; the namespace is that of \"a\", whose list was shown";
        assert!(screen.contains(said) && screen.contains(warning), "{screen}");
        let text = config(&env);
        assert!(text.contains("{name: a, context: {cluster: a, namespace: only-in-a}}"), "{text}");
        assert!(text.contains("{name: b, context: {cluster: b}}"), "{text}");
        assert!(text.contains("current-context: b"), "{text}");
    }
}

#[test]
fn a_context_that_leads_elsewhere_by_now_is_left_alone() {
    for (program, status) in [(NS_SWITCH, 5), ("kubens", 1)] {
        let (a, b) = (server("only-in-a"), server("only-in-b"));
        let env = two(&a, &b);
        let before =
            config(&env).replace("{name: a, context: {cluster: a}}", "{name: a, context: {cluster: b}}");
        let (found, screen) = choose(&env, program, || {
            env.file(".kube/config", &before);
        });
        assert_eq!(found, status, "{screen}");
        assert!(
            screen.contains(
                "error: another program changed context \"a\" meanwhile: it names cluster \"b\" now, not cluster \"a\"\n\
                 hint: nothing was changed; run the command again"
            ),
            "{screen}"
        );
        assert_eq!(config(&env), before);
    }
}

#[test]
fn a_context_of_another_file_is_not_the_one_that_was_shown() {
    let (a, b) = (server("only-in-a"), server("only-in-b"));
    let env = two(&a, &b);
    let (first, second) = (env.home().join("first"), env.home().join(".kube/config"));
    let env = env.variable("KUBECONFIG", format!("{}:{}", first.display(), second.display()));
    let before = config(&env);
    let new = "contexts: [{name: a, context: {cluster: a}}]\n";
    let (status, screen) = choose(&env, NS_SWITCH, || {
        env.file("first", new);
    });
    assert_eq!(status, 5, "{screen}");
    assert!(
        screen.contains("another program changed context \"a\" meanwhile: it is the one in "),
        "{screen}"
    );
    assert_eq!((config(&env), crate::support::read(&first)), (before, new.to_owned()));
}

#[test]
fn a_context_that_is_changed_while_its_cluster_is_asked_is_left_alone() {
    let (a, b) = (FaultServer::http(), server("shop"));
    let shop = Reply::json(200, &json!({"metadata": {"name": "shop"}}));
    a.otherwise([shop.delay(Duration::from_millis(1500))]);
    let env = two(&a, &b);
    let changed =
        config(&env).replace("{name: a, context: {cluster: a}}", "{name: a, context: {cluster: b}}");
    for line in [&["shop"][..], &["use", "a/shop"]] {
        env.file(
            ".kube/config",
            changed.replace("{name: a, context: {cluster: b}}", "{name: a, context: {cluster: a}}"),
        );
        let seen = a.requests().len();
        let (status, stdout, stderr) = std::thread::scope(|scope| {
            let switching = scope.spawn(|| run(&env, line));
            a.wait_for_requests(seen + 1);
            env.file(".kube/config", &changed);
            switching.join().unwrap()
        });
        assert_eq!((status, stdout.as_str()), (5, ""), "{line:?} {stderr}");
        assert_eq!(
            stderr,
            "error: another program changed context \"a\" meanwhile: it names cluster \"b\" now, not cluster \"a\"\n\
             hint: nothing was changed; run the command again\n"
        );
        assert_eq!(config(&env), changed);
    }
}

#[test]
fn a_context_that_was_chosen_is_never_taken_for_a_context_and_a_namespace() {
    let env = crate::support::with(
        "contexts:\n- {name: a, context: {cluster: c}}\n- {name: a/b, context: {cluster: c}}\n- {name: z, context: {cluster: c}}\ncurrent-context: z\n",
    );
    let mut terminal = Terminal::start(&env, NS_SWITCH, ["use"], (24, 80));
    terminal.wait_for_prompt("a/b");
    let without = config(&env).replace("- {name: a/b, context: {cluster: c}}\n", "");
    env.file(".kube/config", &without);
    terminal.send("a/b");
    terminal.send(keys::ENTER);
    let (status, screen) = terminal.wait();
    assert_eq!(status, 1, "{screen}");
    assert!(screen.contains("error: no context exists with the name \"a/b\""), "{screen}");
    assert_eq!(config(&env), without);
}
