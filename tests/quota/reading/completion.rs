//! What completion offers of what is in the cluster.

use std::time::Duration;

use serde_json::json;
use support::{FaultServer, Reply, fresh_namespace};

use crate::{
    objects::{cpu, deployment, template},
    support::{administrator, create, enforced_quota, pods, without_cluster},
};

#[test]
fn names_of_the_cluster_are_completed() {
    let namespace = fresh_namespace("completed");
    enforced_quota(&namespace, "compute", &json!({"requests.cpu": "4", "pods": "9"}));
    enforced_quota(&namespace, "objects", &json!({"services": "9"}));
    let env = administrator();
    let offered = |words: &[&str]| {
        let arguments = [&["__complete"], words].concat();
        env.run("kubectl-quota", arguments).success().stdout
    };
    for command in ["verify", "who", "usage"] {
        let quotas = offered(&[command, "-n", &namespace, ""]);
        assert_eq!(quotas, "compute\nobjects\n:4\n", "{command}");
    }
    assert_eq!(offered(&["usage", "-n", &namespace, "compute", ""]), "objects\n:4\n");
    assert_eq!(offered(&["who", "-n", &namespace, "-r", ""]), "pods\nrequests.cpu\nservices\n:4\n");
    create(&deployment(&namespace, "web", 1, template("web", &cpu("1m"))));
    pods(&namespace, "web", 1);
    for command in ["explain", "fits", "rollout", "limits"] {
        // Not its ReplicaSet, which nobody types.
        let workloads = offered(&[command, "-n", &namespace, ""]);
        assert!(workloads.lines().any(|line| line == "deployment/web"), "{command}: {workloads}");
        assert!(!workloads.contains("replicaset/"), "{command}: {workloads}");
        let started = offered(&[command, "-n", &namespace, "deployment/w"]);
        assert!(started.starts_with("deployment/web\n"), "{command}: {started}");
        // The type may be a word of its own, and the name follows it.
        for kind in ["deployment", "deploy", "deployments.apps"] {
            assert_eq!(offered(&[command, kind, "-n", &namespace, ""]), "web\n:4\n", "{command} {kind}");
            assert_eq!(offered(&[command, "-n", &namespace, kind, "w"]), "web\n:4\n", "{command} {kind}");
        }
        assert_eq!(offered(&[command, "-n", &namespace, "sts", ""]), ":4\n", "{command}");
        assert_eq!(offered(&[command, "-n", &namespace, "rs", ""]), ":4\n", "{command}");
    }
    assert_eq!(offered(&["what-if", "-n", &namespace, "--quota", ""]), "compute\nobjects\n:4\n");
    let hard = offered(&["what-if", "-n", &namespace, "--hard", "requests."]);
    assert!(hard.starts_with("requests.cpu=\n"), "{hard}");
    let groups = offered(&["usage", "--by", ""]);
    let is_offered = |word: &str| groups.lines().any(|line| line == word);
    assert!(is_offered("namespace") && is_offered("label:kubernetes.io/metadata.name"), "{groups}");
    let contexts = offered(&["usage", "--context", ""]);
    assert!(contexts.lines().count() > 1, "{contexts}");
    let namespaces = offered(&["verify", "-n", &namespace[..namespace.len() - 1]]);
    assert!(namespaces.lines().any(|line| line == namespace), "{namespaces}");
}

#[test]
fn a_server_that_does_not_answer_is_waited_for_a_second_and_no_longer() {
    let server = FaultServer::http();
    // As long as a test may take: whoever waits for it fails.
    server.otherwise([Reply::json(200, &json!({"items": []})).delay(Duration::from_secs(3600))]);
    let env = without_cluster();
    let path = env.file("silent.kubeconfig", server.kubeconfig());
    let env = env.variable("KUBECONFIG", path);
    for words in [
        &["usage", ""][..],
        &["usage", "-n", ""],
        &["who", "-r", ""],
        &["explain", "deployment/"],
        &["fits", "deployment/"],
        &["limits", "deployment/"],
        &["rollout", "deployment/"],
        &["verify", ""],
        &["what-if", "--quota", ""],
    ] {
        let arguments = [&["__complete"], words].concat();
        let output = env.run("kubectl-quota", arguments).success();
        assert_eq!((output.stdout.as_str(), output.stderr.as_str()), (":4\n", ""), "{words:?}");
    }
    // Contexts are in a file.
    let contexts = env.run("kubectl-quota", ["__complete", "usage", "--context", ""]).success().stdout;
    assert!(contexts.lines().count() > 1, "{contexts}");
    assert!(server.connections() > 0);
}

#[test]
fn what_needs_no_cluster_is_completed_without_one() {
    let env = without_cluster();
    let offered = |words: &[&str]| {
        let arguments = [&["__complete"], words].concat();
        env.run("kubectl-quota", arguments).success().stdout
    };
    assert!(
        offered(&["lint", "explain", "QTA-KEY-001"])
            .starts_with("QTA-KEY-001\tlimit on a name that nothing counts\n")
    );
    assert!(offered(&["rbac", "ver"]).starts_with("verify\t"));
    assert!(offered(&["create", "--scopes", "Not"]).starts_with("NotBestEffort\nNotTerminating\n"));
    assert!(offered(&["create", "--hard", "limits."]).starts_with("limits.cpu=\nlimits.memory=\n"));
    assert!(offered(&["usage", "--by", ""]).starts_with("namespace\nquota\nresource\n"));
    // Without a cluster there is nothing to offer, and nothing is said.
    assert_eq!(offered(&["verify", ""]), ":4\n");
}
