//! Manifests and dumps mean what kubectl takes them for: YAML 1.1.

use serde_json::json;
use support::{TestEnv, fresh_namespace};

use crate::support::{administrator, enforced_quota};

/// A Deployment with an octal mode, as every second one has.
const DEPLOYMENT: &str = "\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 1_0
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: app
        image: app
        resources: {requests: {cpu: 010}}
      volumes:
      - name: config
        configMap: {name: config, defaultMode: 0644}
";

#[test]
fn numbers_reach_the_server_as_kubectl_sends_them() {
    let namespace = fresh_namespace("dialect");
    enforced_quota(&namespace, "few", &json!({"requests.cpu": "24"}));
    let env = administrator();
    env.file("web.yaml", DEPLOYMENT);
    let arguments = ["quota", "check", "--ask-server", "-n", &namespace, "-f", "web.yaml", "-o", "json"];
    let output = env.run("kubectl", arguments).exits(3);
    // The server took the mode, three pods of 8 fit, and seven of ten do not.
    assert_eq!(output.json()["objects"][0]["pods"], json!({"wanted": 10, "admitted": 3}), "{output}");
    assert_eq!(output.stderr, "");
}

#[test]
fn a_label_that_is_a_boolean_is_refused() {
    let namespace = fresh_namespace("dialect");
    enforced_quota(&namespace, "few", &json!({"configmaps": "5"}));
    let env = administrator();
    env.file("map.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, labels: {enabled: yes}}\n");
    let output =
        env.run("kubectl", ["quota", "check", "--ask-server", "-n", &namespace, "-f", "map.yaml"]).exits(3);
    assert!(output.stdout.contains("Refused"), "{output}");
    env.run("kubectl", ["create", "--dry-run=server", "-n", &namespace, "-f", "map.yaml"]).exits(1);
}

#[test]
fn a_dump_counts_as_kubectl_would() {
    let env = TestEnv::new().program(env!("CARGO_BIN_EXE_kubectl-quota"));
    let dump = "\
apiVersion: v1
kind: ResourceQuota
metadata: {name: few, namespace: shop}
spec: &spec {hard: {pods: 010, requests.cpu: 1_000}}
status:
  <<: *spec
  used: {pods: 0o7, requests.cpu: 0x10}
";
    env.file("dump.yaml", dump);
    let output = env.run("kubectl-quota", ["usage", "--from", "dump.yaml"]).success();
    let expected = "\
NAMESPACE   QUOTA   RESOURCE       USED   HARD   FREE   USE%   STATE
shop        few     pods           7      8      1      87%    Warn
shop        few     requests.cpu   16     1k     984    1%     Ok
";
    assert_eq!(output.stdout, expected);
}

#[test]
fn what_kubectl_can_not_read_is_refused_with_its_line() {
    let env = TestEnv::new().program(env!("CARGO_BIN_EXE_kubectl-quota"));
    env.file("dump.yaml", "kind: List\nitems: []\n---\nkind: Pod\nspec:\n  a: .inf\n");
    let output = env.run("kubectl-quota", ["usage", "--from", "dump.yaml"]).exits(1);
    assert_eq!(
        output.stderr,
        "error: dump.yaml, document 2: `.inf` is a number JSON does not have at line 6\n\
         hint: make the dump again with: kubectl get quota,limits,deploy,sts,ds,cj,rs,rc,jobs,pods,svc,pvc,hpa,ns -A -o yaml\n"
    );
}
