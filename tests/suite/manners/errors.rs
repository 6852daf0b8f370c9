//! Colors, and what an error says to do next.

use support::{TestEnv, plugins::file_name};

use crate::pages::{Page, env, pages};

fn run(env: &TestEnv, page: &Page, more: &[&str]) -> support::Output {
    let arguments = page.words.iter().map(String::as_str).chain(more.iter().copied());
    env.run(&file_name(page.plugin), arguments)
}

/// Asserts that an error is a sentence that says what to do next, or is followed by a line that does.
#[track_caller]
fn assert_helps(page: &Page, output: &support::Output) {
    if matches!(output.status, Some(0 | 3)) {
        return;
    }
    assert!(!output.stderr.contains("panicked"), "{output}");
    let is_error = |line: &str| {
        line.starts_with("error: ")
            || line.starts_with("The connection to the server ")
            // Without a subcommand there is the help.
            || line.starts_with("Usage: ")
    };
    assert!(output.stderr.lines().any(is_error), "{} ends without a word\n{output}", page.name());
    let next = |line: &str| {
        ["hint: ", "Usage: ", "  tip: ", "For more information, try "]
            .iter()
            .any(|begin| line.starts_with(begin))
            || line.contains('`')
    };
    assert!(output.stderr.lines().any(next), "{} does not say what to do next\n{output}", page.name());
}

#[test]
fn usage_errors_say_what_to_do_next() {
    let env = env();
    for page in pages() {
        let output = run(&env, page, &["--no-such-flag"]);
        assert_eq!((output.status, output.stdout.as_str()), (Some(2), ""), "{output}");
        assert!(output.stderr.starts_with("error: unexpected argument '--no-such-flag' found\n"), "{output}");
        assert_helps(page, &output);
    }
}

#[test]
fn colors_are_off_in_pipes_and_by_no_color_and_on_by_flag() {
    let env = env();
    for page in pages() {
        let is_colored = |output: &support::Output| output.stderr.contains('\u{1b}');
        assert!(!is_colored(&run(&env, page, &["--no-such-flag"])), "{}", page.name());
        assert!(is_colored(&run(&env, page, &["--color", "always", "--no-such-flag"])), "{}", page.name());
    }
    let forced = self::env().variable("CLICOLOR_FORCE", "1");
    let both = self::env().variable("CLICOLOR_FORCE", "1").variable("NO_COLOR", "1");
    for page in pages().iter().filter(|page| page.words.is_empty()) {
        let is_colored = |env: &TestEnv, flags: &[&str]| run(env, page, flags).stderr.contains('\u{1b}');
        assert!(is_colored(&forced, &["--no-such-flag"]), "{}", page.name());
        assert!(!is_colored(&forced, &["--color", "never", "--no-such-flag"]), "{}", page.name());
        assert!(!is_colored(&both, &["--no-such-flag"]), "{}", page.name());
        assert!(is_colored(&both, &["--color=always", "--no-such-flag"]), "{}", page.name());
    }
}

#[test]
fn errors_without_a_cluster_say_what_to_do_next() {
    // Nothing listens on port 1 of the loopback interface.
    let kubeconfig = "apiVersion: v1\nkind: Config\ncurrent-context: c\nclusters: [{name: c, cluster: {server: 'https://127.0.0.1:1'}}]\ncontexts: [{name: c, context: {cluster: c, user: u}}]\nusers: [{name: u, user: {token: t}}]\n";
    for content in [None, Some(kubeconfig), Some("a: b: c\n")] {
        for page in pages().iter().filter(|page| !page.words.is_empty()) {
            // It starts a shell, and is told how to in its own tests.
            if page.name() == "ns-switch shell" {
                continue;
            }
            let env = env();
            let path = env.home().join("config");
            if let Some(content) = content {
                env.file("config", content);
            }
            let env = env.variable("KUBECONFIG", path);
            // A word for each argument that it needs.
            assert_helps(page, &run(&env, page, &vec!["x"; page.required.len()]));
        }
    }
}
