//! `create` where something is in the way: rights, quotas, policies, other owners, other bindings, kills.

use std::{thread, time::Duration};

use cluster::Rule;
use rustix::process::Signal;
use serde_json::{Value, json};
use support::{Random, TestEnv, cluster, executable, fresh_namespace, number, seed};

use crate::{
    create::object,
    support::{NS_SWITCH, on_cluster, run},
};

const APPLY: &[&str] = &["get", "create", "patch"];

fn actions(stdout: &str) -> Vec<(String, String)> {
    let document: Value = serde_json::from_str(stdout).unwrap();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let objects = document["objects"].as_array().unwrap().iter();
    objects.map(|one| (text(&one["kind"]), text(&one["action"]))).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(kind, action)| ((*kind).to_owned(), (*action).to_owned())).collect()
}

#[test]
fn a_right_that_is_missing_halfway_is_told_and_the_rest_comes_later() {
    let rules = [Rule::core(&["namespaces", "resourcequotas"], APPLY)];
    let kubeconfig = cluster().user("maker", &[]).unwrap();
    cluster().grant("maker", None, &rules).unwrap();
    let env = TestEnv::new().program(executable(NS_SWITCH)).kubeconfig(kubeconfig);
    let line = ["create", "team-halfway", "--pods", "3", "--edit", "user:jane", "--yes", "-o", "json"];
    let (status, stdout, stderr) = run(&env, &line);
    assert_eq!(status, 6, "{stderr}");
    let halfway = [("Namespace", "Created"), ("ResourceQuota", "Created"), ("RoleBinding", "Failed")];
    assert_eq!(actions(&stdout), pairs(&halfway));
    let document: Value = serde_json::from_str(&stdout).unwrap();
    let message = document["objects"][2]["message"].as_str().unwrap();
    assert!(message.contains("\"maker\" cannot patch resource \"rolebindings\""), "{message}");
    assert_eq!(
        document["next"],
        json!(["kubectl ns-switch create team-halfway --pods 3 --edit user:jane --yes"])
    );
    assert!(stderr.contains("Warning: you may not patch rolebindings.rbac.authorization.k8s.io in namespace team-halfway, which will fail\n"), "{stderr}");
    assert!(stderr.contains(&format!("Error from server (Forbidden): {message}\n")), "{stderr}");
    assert!(stderr.ends_with("the same command goes on where it stopped\n"), "{stderr}");
    // Whoever may bind finishes it.
    let (status, stdout, stderr) = run(&on_cluster(), &line);
    assert_eq!(status, 0, "{stderr}");
    let rest = [("Namespace", "Unchanged"), ("ResourceQuota", "Unchanged"), ("RoleBinding", "Created")];
    assert_eq!(actions(&stdout), pairs(&rest));
}

#[test]
fn who_may_not_read_is_told_which_role_is_missing() {
    let env =
        TestEnv::new().program(executable(NS_SWITCH)).kubeconfig(cluster().user("no-maker", &[]).unwrap());
    let (status, stdout, stderr) = run(&env, &["create", "team-never", "--pods", "3", "--yes"]);
    assert_eq!((status, stdout.as_str()), (6, ""));
    assert!(
        stderr.starts_with("Error from server (Forbidden): namespaces \"team-never\" is forbidden"),
        "{stderr}"
    );
    assert!(
        stderr.ends_with("hint: `kubectl ns-switch rbac create` prints the role that the command needs\n"),
        "{stderr}"
    );
}

#[test]
fn a_field_of_another_owner_is_not_taken_by_yes() {
    let name = fresh_namespace("owned");
    let path = format!("/api/v1/namespaces/{name}");
    let env = on_cluster();
    env.run("kubectl", ["label", "namespace", &name, "team=other"]).success();
    let line = ["create", &name, "--label", "team=mine", "--pods", "3", "--yes", "-o", "json"];
    let (status, stdout, stderr) = run(&env, &line);
    assert_eq!(status, 5, "{stderr}");
    assert_eq!(actions(&stdout), pairs(&[("Namespace", "Failed"), ("ResourceQuota", "NotTried")]));
    assert!(
        stderr.contains("conflict with \"kubectl-label\"") && stderr.contains(".metadata.labels.team"),
        "{stderr}"
    );
    assert!(stderr.contains("--force-conflicts"), "{stderr}");
    assert_eq!(object(&path)["metadata"]["labels"]["team"], "other");
    let (status, stdout, stderr) = run(&env, &[&line[..], &["--force-conflicts"]].concat());
    assert_eq!(status, 0, "{stderr}");
    assert_eq!(actions(&stdout), pairs(&[("Namespace", "Updated"), ("ResourceQuota", "Created")]));
    let labels = object(&path)["metadata"]["labels"].clone();
    assert_eq!(labels["team"], "mine");
    assert!(
        labels["pod-security.kubernetes.io/enforce"].is_null(),
        "an existing namespace keeps its level: {labels}"
    );
}

#[test]
fn a_binding_of_that_name_is_somebody_elses_access() {
    let name = fresh_namespace("taken");
    let binding = json!({
        "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding",
        "metadata": {"name": "edit-user-jane", "namespace": name},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "view"},
        "subjects": [{"kind": "User", "apiGroup": "rbac.authorization.k8s.io", "name": "jane"}],
    });
    cluster().api().create(&binding).unwrap();
    let (status, stdout, stderr) =
        run(&on_cluster(), &["create", &name, "--edit", "user:jane", "--pods", "1", "--yes"]);
    let said = "error: rolebinding/edit-user-jane exists and gives ClusterRole/view to somebody else; nothing was changed\nhint: rename or delete that RoleBinding first\n";
    assert_eq!((status, stdout.as_str(), stderr.as_str()), (5, "", said));
    assert!(cluster().api().get(&format!("/api/v1/namespaces/{name}/resourcequotas/quota")).is_err());
}

#[test]
fn a_namespace_that_is_going_away_takes_nothing() {
    let name = fresh_namespace("goes");
    let held = json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "held", "namespace": name, "finalizers": ["example.com/held"]}});
    cluster().api().create(&held).unwrap();
    let path = format!("/api/v1/namespaces/{name}");
    cluster().api().delete(&path).unwrap();
    cluster().api().wait_for(&path, "terminating", |one| one["status"]["phase"] == "Terminating").unwrap();
    let (status, stdout, stderr) = run(&on_cluster(), &["create", &name, "--pods", "1", "--yes"]);
    let said = format!(
        "error: namespace {name} is being deleted\nhint: wait until it is gone; `kubectl ns-switch list` shows what holds it\n"
    );
    assert_eq!((status, stdout.as_str(), stderr), (5, "", said));
    cluster()
        .api()
        .merge_patch(&format!("{path}/configmaps/held"), &json!({"metadata": {"finalizers": null}}))
        .unwrap();
}

#[test]
fn a_quota_of_somebody_else_refuses_in_its_words() {
    let name = fresh_namespace("full");
    let quota = json!({
        "apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": "few", "namespace": name},
        "spec": {"hard": {"count/rolebindings.rbac.authorization.k8s.io": "1"}},
    });
    cluster().api().create(&quota).unwrap();
    let path = format!("/api/v1/namespaces/{name}/resourcequotas/few");
    cluster().api().wait_for(&path, "enforced", |one| one["status"]["hard"].is_object()).unwrap();
    let line = ["create", &name, "--view", "user:a", "--edit", "user:b", "--yes", "-o", "json"];
    let (status, stdout, stderr) = run(&on_cluster(), &line);
    assert_eq!(status, 6, "{stderr}");
    let found = actions(&stdout);
    assert_eq!(
        found.last().map(|(kind, action)| (kind.as_str(), action.as_str())),
        Some(("RoleBinding", "Failed")),
        "{stdout}"
    );
    assert!(
        stderr.contains("exceeded quota: few, requested: count/rolebindings.rbac.authorization.k8s.io=1"),
        "{stderr}"
    );
    cluster().api().delete(&path).unwrap();
    let (status, _, stderr) = run(&on_cluster(), &line);
    assert_eq!(status, 0, "{stderr}");
}

#[test]
fn a_policy_refuses_before_anything_is_written() {
    let policy = json!({
        "apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingAdmissionPolicy",
        "metadata": {"name": "needs-cost-center"},
        "spec": {
            "matchConstraints": {"resourceRules": [{"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE"], "resources": ["namespaces"]}]},
            "matchConditions": [{"name": "ours", "expression": "object.metadata.name.startsWith('team-policy')"}],
            "validations": [{"expression": "'cost-center' in object.metadata.labels", "message": "a namespace needs the label cost-center"}],
        },
    });
    let binding = json!({
        "apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingAdmissionPolicyBinding",
        "metadata": {"name": "needs-cost-center"},
        "spec": {"policyName": "needs-cost-center", "validationActions": ["Deny"]},
    });
    cluster().api().create(&policy).unwrap();
    cluster().api().create(&binding).unwrap();
    let env = on_cluster();
    // The API server learns of a policy some time after it is created.
    let deadline = std::time::Instant::now() + Duration::from_secs(120);
    let probe =
        || env.run("kubectl", ["create", "namespace", "team-policy-probe", "--dry-run=server"]).status;
    while probe() == Some(0) {
        assert!(std::time::Instant::now() < deadline, "the policy has no effect");
        thread::sleep(Duration::from_millis(50));
    }
    let line = ["create", "team-policy", "--pods", "1", "--yes", "-o", "json"];
    let (status, stdout, stderr) = run(&env, &line);
    assert_eq!(status, 1, "{stderr}");
    assert_eq!(actions(&stdout), pairs(&[("Namespace", "Failed"), ("ResourceQuota", "NotTried")]));
    assert!(stderr.contains("a namespace needs the label cost-center"), "{stderr}");
    assert!(cluster().api().get("/api/v1/namespaces/team-policy").is_err(), "the dry run was refused");
    let (status, _, stderr) = run(&env, &[&line[..], &["--label", "cost-center=7"]].concat());
    assert_eq!(status, 0, "{stderr}");
}

/// Kills the command at any moment, and repeats it: it always comes to its end, with every object once and the same.
#[test]
#[expect(clippy::print_stdout, reason = "the seed is for whoever ran it")]
fn a_killed_run_is_finished_by_the_next_one() {
    let seed = seed("TEAM_SEED");
    println!("TEAM_SEED={seed}");
    let mut random = Random::new(seed);
    let mut killed = 0;
    for trial in 0..number("TEAM_KILLS").unwrap_or(5) {
        let name = format!("team-killed-{trial}");
        let user = format!("killed-{trial}");
        let env = on_cluster();
        let line = [
            "create",
            &name,
            "--profile",
            "small",
            "--network-policy",
            "deny",
            "--allow-dns",
            "--pull-secret",
            "r",
            "--edit",
            "user:jane",
            "--view",
            "group:all",
            "--with-user",
            &user,
            "--switch",
            "--yes",
        ];
        let mut running = env.command(NS_SWITCH, line).start();
        thread::sleep(Duration::from_millis(random.number_below(700)));
        if !running.has_ended() {
            running.signal(Signal::KILL);
            killed += 1;
        }
        running.wait();
        let (status, _, stderr) = run(&env, &line);
        assert_eq!(status, 0, "trial {trial}: {stderr}");
        let (_, stdout, _) = run(&env, &[&line[..], &["--dry-run=server", "-o", "json"]].concat());
        assert!(actions(&stdout).iter().all(|(_, action)| action == "Unchanged"), "trial {trial}: {stdout}");
        assert_eq!(actions(&stdout).len(), 8, "{stdout}");
        let kubeconfig = format!("{user}.kubeconfig");
        let (status, who, stderr) = run(&env, &["whoami", "--kubeconfig", &kubeconfig, "-o", "name"]);
        assert_eq!((status, who), (0, format!("{user}\n")), "trial {trial}: {stderr}");
        assert_eq!(run(&env, &["-c"]).1, format!("{name}\n"));
        let left: Vec<_> = std::fs::read_dir(env.home())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|file| file.contains(&user) && *file != kubeconfig)
            .collect();
        assert_eq!(left, [""; 0], "trial {trial}: nothing is left beside the file");
    }
    println!("{killed} were killed");
}
