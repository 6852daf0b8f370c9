//! Commands that hints print: copied into a shell they do what the hint says, whatever the name.

use std::fs;

use support::TestEnv;

use crate::support::{config, run, with_kubectl};

/// The command between backquotes in the hint of a failure with this status.
#[track_caller]
fn hinted(env: &TestEnv, line: &[&str], status: i32) -> String {
    let found = run(env, line);
    assert_eq!((found.0, found.1.as_str()), (status, ""), "{line:?} {}", found.2);
    let hint = found
        .2
        .lines()
        .find_map(|line| line.strip_prefix("hint: `"))
        .unwrap_or_else(|| panic!("{}", found.2));
    hint.split('`').next().unwrap().to_owned()
}

/// The namespace of a context and the current context are what stands in the way of changing them alone.
const SHARED: &str = "\
common: &common {cluster: one, user: me, namespace: old}
current-context: other
clusters: [{name: one, cluster: {server: 'https://127.0.0.1:1'}}]
users: [{name: me, user: {token: x}}]
contexts:
- {name: -x, context: *common}
- {name: other, context: *common}
";

#[test]
fn a_namespace_of_a_context_with_a_dash() {
    let env = with_kubectl(SHARED);
    for (namespace, context) in [("web", "-x"), ("shop", "other")] {
        let flag = format!("--context={context}");
        let command = hinted(&env, &["to", namespace, "-f", &flag], 7);
        let expected = match context {
            "-x" => "kubectl config set-context --namespace=web -- -x",
            _ => "kubectl config set-context other --namespace=shop",
        };
        assert_eq!(command, expected);
        env.run("sh", ["-c", &command]).success();
        assert_eq!(run(&env, &["-c", &flag]), (0, format!("{namespace}\n"), String::new()));
        env.file(".kube/config", SHARED);
    }
}

#[test]
fn the_file_is_named_before_the_name() {
    let env = with_kubectl("");
    let path = env.file("a b", SHARED);
    let line = ["to", "web", "-f", "--context=-x", "--kubeconfig", "a b"];
    let command = hinted(&env, &line, 7);
    assert_eq!(command, "kubectl config set-context --namespace=web '--kubeconfig=a b' -- -x");
    env.run("sh", ["-c", &command]).success();
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains("namespace: web") && config(&env).is_empty(), "{text}");
}

#[test]
fn a_deletion() {
    let shared = "\
list: &list
- {name: -x, context: {cluster: one}}
- {name: other, context: {cluster: one}}
contexts: *list
";
    let env = with_kubectl(shared);
    let command = hinted(&env, &["contexts", "-y", "-d", "--", "-x"], 7);
    assert_eq!(command, "kubectl config delete-context -- -x");
    env.run("sh", ["-c", &command]).success();
    assert_eq!(run(&env, &["contexts", "-o", "name"]).1, "other\n");
}

#[test]
fn a_switch_and_a_rename() {
    let shared = "\
current-context: &current other
contexts:
- {name: &name -x, context: {cluster: one}}
- {name: other, context: {cluster: one}}
spare: [*current, *name]
";
    let env = with_kubectl(shared);
    let command = hinted(&env, &["use", "--", "-x"], 7);
    assert_eq!(command, "kubectl config use-context -- -x");
    env.run("sh", ["-c", &command]).success();
    assert_eq!(run(&env, &["contexts", "-c"]).1, "-x\n");
    env.file(".kube/config", shared);
    let command = hinted(&env, &["contexts", "new=-x"], 7);
    assert_eq!(command, "kubectl config rename-context -- -x new");
    env.run("sh", ["-c", &command]).success();
    assert_eq!(run(&env, &["contexts", "-o", "name"]).1, "new\nother\n");
}

#[test]
fn a_protected_context() {
    let env = with_kubectl(&SHARED.replace("*common", "{cluster: one, user: me}"));
    env.file(".config/kubectl-ns-switch/config.toml", "protected = [\"-x\"]\n");
    let command = hinted(&env, &["use", "--", "-x"], 5);
    assert_eq!(command, "kubectl ns-switch use --yes -- -x");
    env.run("sh", ["-c", &command]).success();
    assert_eq!(env.run("kubectl", ["config", "current-context"]).success().stdout, "-x\n");
}

#[test]
fn a_file_with_a_dash_in_doctor() {
    let env = with_kubectl("");
    let path = env.file("-config", "users: [{name: me, user: {token: x}}]\n");
    let env = env.variable("KUBECONFIG", "-config");
    let open = || std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&path).unwrap().permissions()) & 0o77;
    fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o644)).unwrap();
    assert_ne!(open(), 0);
    let (status, json, stderr) = run(&env, &["doctor", "-o", "json"]);
    assert_eq!((status, stderr.as_str()), (3, ""));
    let found: serde_json::Value = serde_json::from_str(&json).unwrap();
    let items = found["items"].as_array().unwrap();
    let fix = items.iter().find(|item| item["rule"] == "open-file").unwrap()["fix"].as_str().unwrap();
    assert_eq!(fix, "chmod 600 -- -config");
    env.run("sh", ["-c", fix]).success();
    assert_eq!(open(), 0);
}

#[test]
fn every_way_into_a_protected_context() {
    const GUARDED: &str = "\
current-context: other
contexts:
- {name: prod $(reboot), context: {}}
- {name: other, context: {}}
";
    let prod = "prod $(reboot)";
    for (line, after) in [
        (&["use", prod][..], prod),
        (&["contexts", "dev=prod $(reboot)"], "other"),
        (&["contexts", "other=prod $(reboot)", "--overwrite"], "other"),
        (&["contexts", "prod b=other"], "prod b"),
        (&["contexts", "-u"], prod),
        (&["undo"], prod),
    ] {
        let env = with_kubectl(GUARDED).variable("KUBECONFIG", ".kube/config:second");
        env.file("second", "current-context: prod $(reboot)\n");
        if line == ["undo"] {
            run(&env, &["use", prod]);
            run(&env, &["use", "other"]);
        }
        env.file(".config/kubectl-ns-switch/config.toml", "protected = [\"prod*\"]\n");
        let before = config(&env);
        let command = hinted(&env, line, 5);
        assert_eq!(config(&env), before);
        env.run("sh", ["-c", &command]).success();
        assert_eq!(run(&env, &["contexts", "-c"]).1.trim_end(), after, "{command}");
    }
}
