//! `fits -f` of a pod: how many like it are admitted, foretold and then created.

use serde_json::{Value, json};
use support::{cluster, fresh_namespace};

use crate::{
    objects::{cpu, pod},
    support::{administrator, enforced_quota},
};

#[test]
fn as_many_pods_of_a_manifest_are_admitted_as_fit() {
    let namespace = fresh_namespace("alike");
    enforced_quota(&namespace, "compute", &json!({"pods": "9", "requests.cpu": "700m"}));
    let env = administrator();
    env.file("pod.yaml", pod(&namespace, "one", &cpu("200m")).to_string());
    let output = env.run("kubectl", ["quota", "fits", "-f", "pod.yaml"]).success();
    let table = format!(
        "\
NAMESPACE   KIND   NAME   PODS   MORE   BOUND BY
{namespace:<12}Pod    one    0      3      requests.cpu of compute
"
    );
    assert!(output.stdout.starts_with(&table), "{output}\nwanted:\n{table}");
    let names = ["one", "two", "three", "four"];
    let answers = names.map(|name| {
        let path = format!("/api/v1/namespaces/{namespace}/pods");
        let made = pod(&namespace, name, &cpu("200m"));
        cluster().api().request("POST", &path, None, Some(&made)).expect("an answer")
    });
    assert_eq!(answers.each_ref().map(|answer| answer.status), [201, 201, 201, 403]);
    let said = answers[3].body["message"].as_str().expect("a message").replace("\"four\"", "\"one\"");
    assert!(
        output.stdout.contains(&format!("The next pod would be refused:\n  {said}\n")),
        "{output}\n{said}"
    );
    let document: Value =
        env.run("kubectl", ["quota", "fits", "-f", "pod.yaml", "-o", "json"]).success().json();
    assert_eq!((&document["fits"], &document["workload"]["kind"]), (&json!(0), &json!("Pod")));
    // What has no rollout is told apart.
    let output = env.run("kubectl", ["quota", "rollout", "-f", "pod.yaml"]).exits(2);
    assert!(
        output.stderr.starts_with("error: a Pod is not rolled out\nhint: `kubectl quota check -f FILE`"),
        "{output}"
    );
}
