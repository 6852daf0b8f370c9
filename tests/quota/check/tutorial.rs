//! The story of every introduction to quotas: foretold, then lived through.

use serde_json::json;
use support::{cluster, fresh_namespace};

use crate::objects::limit_range;
use crate::support::{administrator, enforced_quota, refusal_of_pods};

const HELLO_WORLD: &str = "
apiVersion: apps/v1
kind: Deployment
metadata:
  name: helloworld
spec:
  replicas: 1
  selector:
    matchLabels: {app: helloworld}
  template:
    metadata:
      labels: {app: helloworld}
    spec:
      containers:
      - name: helloworld
        image: hello-world
";

const LIMITS: &str = "
apiVersion: v1
kind: LimitRange
metadata:
  name: defaults
spec:
  limits:
  - type: Container
    default: {cpu: 200m, memory: 512Mi}
    defaultRequest: {cpu: 100m, memory: 256Mi}
";

#[test]
fn hello_world_is_refused_without_defaults_and_admitted_with_them() {
    let namespace = fresh_namespace("textbook");
    let hard =
        json!({"requests.cpu": "1", "requests.memory": "1Gi", "limits.cpu": "2", "limits.memory": "2Gi"});
    enforced_quota(&namespace, "compute", &hard);
    let env = administrator();
    env.file("app.yaml", HELLO_WORLD);
    env.file("both/1-limits.yaml", LIMITS);
    env.file("both/2-app.yaml", HELLO_WORLD);
    let check =
        |files: &str| env.run("kubectl", ["quota", "check", "-n", &namespace, "-f", files, "-o", "json"]);

    let expected = "pods \"helloworld-*\" is forbidden: failed quota: compute: must specify limits.cpu for: helloworld; limits.memory for: helloworld; requests.cpu for: helloworld; requests.memory for: helloworld";
    let item = json!({"type": "Container", "default": {"cpu": "100m", "memory": "128Mi"}});
    let range = limit_range(&namespace, "defaults", &item);
    let defaults = format!("printf '%s\\n' '{range}' | kubectl apply -n {namespace} -f -");
    let refused = check("app.yaml").exits(3).json();
    assert_eq!(refused["admitEverything"], json!([defaults]));
    assert_eq!(
        refused["objects"],
        json!([{
            "source": {"file": "app.yaml", "document": 1},
            "kind": "Deployment",
            "namespace": namespace,
            "name": "helloworld",
            "verdict": "Refused",
            "messages": [expected],
            "by": [{"kind": "ResourceQuota", "name": "compute"}],
            "pods": {"wanted": 1, "admitted": 0},
            "shortages": [],
            "fix": [defaults],
            "doubt": null,
            "warnings": [],
        }])
    );
    // What the LimitRange of the same folder changes is foretold before it is there.
    check("both").success();

    env.run("kubectl", ["apply", "-n", &namespace, "-f", "app.yaml"]).success();
    assert_eq!(refusal_of_pods(&namespace, "helloworld"), expected);
    env.run("kubectl", ["delete", "-n", &namespace, "deployment", "helloworld"]).success();

    env.run("kubectl", ["apply", "-n", &namespace, "-f", "both/1-limits.yaml"]).success();
    let admitted = check("app.yaml").success().json();
    assert_eq!(admitted["objects"][0]["verdict"], "Admitted");
    assert_eq!(admitted["objects"][0]["pods"], json!({"wanted": 1, "admitted": 1}));
    env.run("kubectl", ["apply", "-n", &namespace, "-f", "app.yaml"]).success();
    let pods = format!("/api/v1/namespaces/{namespace}/pods");
    let pods =
        cluster().api().wait(&pods, "labelSelector=app%3Dhelloworld", "the pod", |pods| pods.len() == 1);
    assert_eq!(
        pods.expect("the pod")[0]["spec"]["containers"][0]["resources"],
        json!({"limits": {"cpu": "200m", "memory": "512Mi"}, "requests": {"cpu": "100m", "memory": "256Mi"}})
    );
}
