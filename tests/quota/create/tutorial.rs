//! The story of every introduction to quotas, with the commands of this plugin alone.

use serde_json::json;
use support::{cluster, fresh_namespace};

use crate::support::{administrator, refusal_of_pods};

const HARD: &str = "requests.cpu=1,requests.memory=1Gi,limits.cpu=2,limits.memory=2Gi";

#[test]
fn a_quota_refuses_hello_world_and_defaults_let_it_in() {
    let namespace = fresh_namespace("story");
    let env = administrator();
    let create = |arguments: &[&str]| {
        let all = [&["quota", "create", "team", "-n", &namespace], arguments, &["--yes"]].concat();
        env.run("kubectl", all)
    };
    let output = create(&["--hard", HARD]);
    let said = format!(
        r#"resourcequota/team in namespace {namespace} is new:
  apiVersion: v1
  kind: ResourceQuota
  metadata:
    name: team
    namespace: {namespace}
  spec:
    hard:
      # in use 0
      limits.cpu: "2"
      # in use 0
      limits.memory: "2Gi"
      # in use 0
      requests.cpu: "1"
      # in use 0
      requests.memory: "1Gi"
The same without questions:
  kubectl quota create team -n {namespace} --hard limits.cpu=2,limits.memory=2Gi,requests.cpu=1,requests.memory=1Gi --yes
resourcequota/team is enforced
"#
    );
    assert_eq!(
        (output.status, output.stdout.as_str(), output.stderr),
        (Some(0), "resourcequota/team created\n", said)
    );

    env.run("kubectl", ["create", "deployment", "helloworld", "--image", "hello-world", "-n", &namespace])
        .success();
    assert_eq!(
        refusal_of_pods(&namespace, "helloworld"),
        "pods \"helloworld-*\" is forbidden: failed quota: team: must specify limits.cpu for: hello-world; limits.memory for: hello-world; requests.cpu for: hello-world; requests.memory for: hello-world"
    );

    let defaults = ["--default-limit", "cpu=200m,memory=512Mi", "--default-request", "cpu=100m,memory=256Mi"];
    let output = create(&defaults).success();
    assert_eq!(output.stdout, "limitrange/team created\n");
    // The controller tries again by itself, but only after a while; a person restarts it.
    env.run("kubectl", ["rollout", "restart", "deployment", "helloworld", "-n", &namespace]).success();
    let pods = format!("/api/v1/namespaces/{namespace}/pods");
    let pods =
        cluster().api().wait(&pods, "labelSelector=app%3Dhelloworld", "a pod", |pods| !pods.is_empty());
    assert_eq!(
        pods.expect("a pod")[0]["spec"]["containers"][0]["resources"],
        json!({"limits": {"cpu": "200m", "memory": "512Mi"}, "requests": {"cpu": "100m", "memory": "256Mi"}})
    );
}
