//! The roles that `rbac` prints are enough for what they are named after.

use serde_json::json;
use support::{TestEnv, cluster};

use super::setting::{Setting, machine};
use super::surge::assert_given_back;
use super::surge_left::killed;

/// The machine of a user who has the role of a command, and nothing else.
fn user_with(setting: &Setting, command: &str) -> TestEnv {
    let role = setting.run(&["rbac", command]).exits(0).stdout;
    let file = setting.env.file(&format!("{command}.yaml"), role).display().to_string();
    setting.env.run("kubectl", ["apply", "-f", &file]).exits(0);
    let user = format!("{}-{command}", setting.namespace);
    let kubeconfig = cluster().user(&user, &[]).expect("a user");
    let (role, user) = (format!("--clusterrole=kubectl-drain-safe-{command}"), format!("--user={user}"));
    let binding = format!("{}-{command}", setting.namespace);
    setting.env.run("kubectl", ["create", "clusterrolebinding", &binding, &role, &user]).exits(0);
    machine().kubeconfig(kubeconfig)
}

fn bare(setting: &Setting) {
    setting.create(&json!({
        "apiVersion": "v1", "kind": "Pod",
        "metadata": {"name": "tool", "namespace": setting.namespace, "labels": {"set": "tool"}},
        "spec": setting.pod_spec(0),
    }));
    setting.wait_ready("tool", 1);
}

#[test]
fn a_rolling_needs_no_more_than_its_role() {
    let setting = Setting::new("role-rolling");
    bare(&setting);
    setting.deploy_ready("web", 1);
    setting.add_node();
    let env = user_with(&setting, "rolling");
    let node = setting.node(1);
    let words = ["drain-safe", "rolling", &node, "--recreate-bare", "--single-replica=surge", "--yes"];
    let output = env.run("kubectl", words).exits(0);
    assert!(output.stdout.contains(&format!("node/{node} rolled\n")), "{output}");
    setting.wait_ready("tool", 1);
    setting.wait_ready("web", 1);
}

#[test]
fn an_undo_needs_no_more_than_its_role() {
    let setting = Setting::new("role-undo");
    setting.deploy_ready("web", 1);
    setting.add_node();
    setting.drain(&[]).exits(0);
    let env = user_with(&setting, "undo");
    let node = setting.node(1);
    let output = env.run("kubectl", ["drain-safe", "undo", &node, "--yes"]).exits(0);
    assert_eq!(output.stdout, format!("node/{node} uncordoned\n"), "{output}");
}

#[test]
fn an_undo_in_the_middle_of_a_surge_needs_no_more_than_its_role() {
    let setting = Setting::new("role-undo-surge");
    let (spec, run) = killed(&setting);
    let env = user_with(&setting, "undo");
    let output = env.run("kubectl", ["drain-safe", "undo", &run, "--yes"]).exits(0);
    let (namespace, node) = (&setting.namespace, setting.node(1));
    let lines = format!("deployment/web in namespace {namespace} given back\nnode/{node} uncordoned\n");
    assert_eq!(output.stdout, lines, "{output}");
    assert_given_back(&setting, &spec, 1);
}

#[test]
fn a_finish_needs_no_more_than_its_role() {
    let setting = Setting::new("role-finish");
    let (_, run) = killed(&setting);
    let env = user_with(&setting, "finish");
    let node = setting.node(1);
    let output = env.run("kubectl", ["drain-safe", "finish", &node]).exits(0);
    assert_eq!(output.stdout, format!("node/{node} uncordoned\n"), "{output}");
    assert!(output.stderr.contains(&format!("`kubectl drain-safe undo {run}` gives it back")), "{output}");
}

#[test]
fn a_restore_needs_no_more_than_its_role() {
    let setting = Setting::new("role-restore");
    bare(&setting);
    let result = setting.drain(&["--force", "-o", "json"]).exits(0).json();
    let folder = result["saved"].as_str().expect("a folder");
    let env = user_with(&setting, "restore");
    let output = env.run("kubectl", ["drain-safe", "restore", folder, "--dry-run=server"]).exits(0);
    let line = format!("pod/tool in namespace {} created", setting.namespace);
    assert_eq!(output.stdout, format!("{line} (server dry run)\n"));
    let output = env.run("kubectl", ["drain-safe", "restore", folder, "--yes"]).exits(0);
    assert_eq!(output.stdout, format!("{line}\n"));
}

#[test]
fn a_backup_needs_no_more_than_its_role() {
    let setting = Setting::new("role-backup");
    let env = user_with(&setting, "backup");
    let flags = super::backup::etcd_flags(&cluster().etcd());
    let flags = flags.iter().map(String::as_str).chain(["--secrets", "-o", "json"]);
    let output = super::backup::backup(&env, flags).run().exits(0);
    assert_eq!(output.json()["skipped"], json!([]));
    assert!(!output.stderr.contains("Warning"), "{output}");
}
