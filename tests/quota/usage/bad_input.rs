//! What `usage` answers to what can't be right.

use support::TestEnv;

use crate::support::{administrator, without_cluster};

#[test]
fn an_unknown_context_is_named() {
    let output = administrator().run("kubectl", ["quota", "--context", "admim"]).exits(1);
    assert_eq!(output.stdout, "");
    assert_eq!(output.stderr, "error: context \"admim\" does not exist\nhint: did you mean \"admin\"?\n");
}

#[test]
fn a_namespace_that_does_not_exist() {
    let output = administrator().run("kubectl", ["quota", "usage", "-n", "nowhere", "-o", "json"]).exits(1);
    assert_eq!(output.stdout, "");
    assert_eq!(
        output.stderr,
        "Error from server (NotFound): namespaces \"nowhere\" not found\nhint: `kubectl get namespaces` lists those that are there\n"
    );
}

fn kubeconfig(text: &str) -> TestEnv {
    let env = without_cluster();
    let path = env.file("broken.kubeconfig", text);
    env.variable("KUBECONFIG", path)
}

#[test]
fn a_broken_kubeconfig_names_file_and_line() {
    let output =
        kubeconfig("apiVersion: v1\nkind: Config\nclusters: [\n").run("kubectl-quota", ["usage"]).exits(7);
    assert_eq!(output.stdout, "");
    assert!(output.stderr.contains("broken.kubeconfig") && output.stderr.contains("line "), "{output}");
    let output = kubeconfig("current-context: 123\n").run("kubectl-quota", ["usage"]).exits(7);
    assert!(output.stderr.contains("broken.kubeconfig") && output.stderr.contains("line 1"), "{output}");
}

#[test]
fn a_folder_is_no_kubeconfig() {
    let env = without_cluster().variable("KUBECONFIG", "/");
    let output = env.run("kubectl-quota", ["usage"]).exits(7);
    assert!(output.stderr.starts_with("error: ") && output.stderr.contains("directory"), "{output}");
}

#[test]
fn a_missing_kubeconfig_is_named_where_it_was_asked_for() {
    let env = without_cluster();
    let output = env.run("kubectl-quota", ["usage", "--kubeconfig", "/nowhere/config"]).exits(7);
    assert!(output.stderr.contains("/nowhere/config"), "{output}");
    let nothing = env.run("kubectl-quota", ["usage"]);
    assert!(matches!(nothing.status, Some(1 | 7)), "{nothing}");
    assert!(nothing.stderr.contains("kubeconfig"), "{nothing}");
}

#[test]
fn command_lines_that_make_no_sense_are_usage_errors() {
    let env = without_cluster();
    for line in [
        vec!["usage", "--by", "color"],
        vec!["usage", "--by", "label:"],
        vec!["usage", "--sort", "size"],
        vec!["usage", "--top", "-1"],
        vec!["usage", "--effective", "--by", "quota"],
        vec!["usage", "--watch", "-o", "yaml"],
        vec!["usage", "--watch", "--from", "x"],
        vec!["usage", "--watch", "--fail-at", "90"],
        vec!["usage", "-o", "xml"],
        vec!["usage", "--by", "quota", "-o", "prom"],
        vec!["usage", "--request-timeout", "soon"],
        vec!["--unknown"],
    ] {
        let output = env.run("kubectl-quota", &line).exits(2);
        assert!(output.stdout.is_empty() && output.stderr.starts_with("error: "), "{output}");
    }
}

#[test]
fn names_in_a_namespace_that_does_not_exist() {
    let output = administrator().run("kubectl", ["quota", "usage", "compute", "-n", "nowhere"]).exits(1);
    let said = "Error from server (NotFound): namespaces \"nowhere\" not found\nhint: `kubectl get namespaces` lists those that are there\n";
    assert_eq!((output.stdout.as_str(), output.stderr.as_str()), ("", said));
}

#[test]
fn a_selector_that_the_server_can_not_read_is_explained() {
    let env = administrator();
    for (flag, hint) in [
        ("-l", "write key=value, key!=value, key in (a,b), key notin (a,b), key or !key, joined by commas"),
        ("--field-selector", "write metadata.name=x or metadata.namespace!=y, joined by commas"),
    ] {
        for words in [&[][..], &["-A"], &["-o", "json"], &["--watch"]] {
            let output = env.run("kubectl", [&["quota", "usage", flag, "==="], words].concat()).exits(1);
            assert_eq!(output.stdout, "");
            let lines: Vec<_> = output.stderr.lines().collect();
            let [said, next] = lines.as_slice() else { panic!("{output}") };
            assert!(said.starts_with("Error from server (BadRequest): "), "{output}");
            assert_eq!(*next, format!("hint: {hint}"), "{output}");
        }
    }
}
