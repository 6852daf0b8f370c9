//! Progress of a long listing, and what the server says beside its answers, on standard error.

use std::time::Duration;

use serde_json::json;
use support::{FaultServer, Reply, Terminal, TestEnv};

const LIST: &str = "/api/v1/namespaces/default/resourcequotas";
const ARGUMENTS: [&str; 5] = ["usage", "-n", "default", "-o", "name"];
const BOTH: &str = "resourcequota/one\nresourcequota/two\n";

/// A server of two pages, the second of which takes its time; and an environment with its kubeconfig.
fn server(delay: Duration) -> (FaultServer, TestEnv) {
    let server = FaultServer::http();
    let page = |name: &str, next| {
        let quota =
            json!({"metadata": {"name": name, "namespace": "default"}, "spec": {"hard": {"pods": "1"}}});
        Reply::page("ResourceQuotaList", &[quota], next)
    };
    server.on(LIST, [page("one", Some("a")), page("two", None).delay(delay)]);
    let env = environment(&server);
    (server, env)
}

fn environment(server: &FaultServer) -> TestEnv {
    let env = TestEnv::new().program(env!("CARGO_BIN_EXE_kubectl-quota"));
    let path = env.file("kubeconfig", server.kubeconfig());
    env.variable("KUBECONFIG", path)
}

/// Everything a run wrote to its terminal, and the screen it left.
fn on_terminal(delay: Duration) -> (String, String) {
    let (_server, env) = server(delay);
    let mut terminal = Terminal::start(&env, "kubectl-quota", ARGUMENTS, (24, 80));
    let (status, screen) = terminal.wait();
    assert_eq!(status, 0, "{screen}");
    assert!(!terminal.hides_cursor());
    (String::from_utf8_lossy(&terminal.raw()).into_owned(), screen)
}

#[test]
fn a_terminal_shows_a_long_listing_and_nothing_of_it_stays() {
    let (written, screen) = on_terminal(Duration::from_millis(1500));
    assert!(written.contains("listing resourcequotas 1"), "{written:?}");
    assert_eq!(screen.trim(), BOTH.trim());
}

#[test]
fn a_terminal_shows_nothing_of_a_short_listing() {
    // A busy machine may make any listing long: one of these is not.
    let runs: Vec<_> = (0..5).map(|_| on_terminal(Duration::ZERO).0).collect();
    assert!(runs.iter().any(|written| !written.contains("listing")), "{runs:?}");
}

#[test]
fn a_pipe_gets_a_line_of_a_long_listing_and_the_data_is_the_same() {
    let (_server, env) = server(Duration::from_millis(3000));
    let output = env.run("kubectl-quota", ARGUMENTS).success();
    assert_eq!(output.stdout, BOTH);
    assert_eq!(output.stderr, "listing resourcequotas: 1 so far\n");
}

#[test]
fn a_pipe_gets_nothing_of_a_short_listing() {
    let (_server, env) = server(Duration::from_millis(50));
    let output = env.run("kubectl-quota", ARGUMENTS).success();
    assert_eq!((output.stdout.as_str(), output.stderr.as_str()), (BOTH, ""));
}

#[test]
fn warnings_and_repeated_requests_are_told_by_every_command() {
    for command in [
        &["usage", "-n", "default"][..],
        &["explain", "-n", "default", "deployment/web"],
        &["fits", "-n", "default", "deployment/web"],
        &["what-if", "-n", "default", "--hard", "pods=1"],
        &["recommend", "-n", "default"],
        &["create", "-n", "default", "--hard", "pods=1", "--dry-run=client"],
    ] {
        let server = FaultServer::http();
        let busy = Reply::status(429, "TooManyRequests", "too many requests").header("Retry-After", "0");
        let refusal = Reply::status(403, "Forbidden", "no").header("Warning", "299 - \"be careful\"");
        // Which groups there are is asked for beside the list, and nobody waits for the answer where the list is refused.
        server.on("/apis", [Reply::text(200, "application/json", r#"{"groups": []}"#)]);
        server.otherwise([busy, refusal]);
        let output = environment(&server).run("kubectl-quota", command);
        let again = "the server has too many requests (429); asking again in 0 s\n";
        assert!(output.stderr.contains(again), "{output}");
        assert!(output.stderr.contains("Warning: be careful\n"), "{output}");
    }
}
