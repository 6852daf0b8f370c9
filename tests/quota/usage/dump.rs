//! `--from`: a dump in place of a cluster.

use serde_json::{Value, json};

use crate::support::{QUOTA, without_cluster};

const DUMP: &str = "
apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: ResourceQuota
  metadata: {name: compute, namespace: shop, labels: {team: a}}
  spec: {hard: {requests.cpu: '4', pods: 10}}
  status: {hard: {requests.cpu: '4', pods: 10}, used: {requests.cpu: 3500m, pods: 12}}
- apiVersion: v1
  kind: ResourceQuota
  metadata: {name: \"e\\e]0;title\\avil\", namespace: web}
  spec: {hard: {pods: 1.5e1}}
  status: {hard: {pods: 1.5e1}, used: {pods: 0}}
";

const TABLE: &str = "\
NAMESPACE   QUOTA                     RESOURCE       USED    HARD   FREE   USE%   STATE
shop        compute                   pods           12      10     0      120%   Over
shop        compute                   requests.cpu   3500m   4      500m   87%    Warn
web         e\\u{1b}]0;title\\u{7}vil   pods           0       15     15     0%     Ok
";

#[test]
fn a_file_a_folder_and_standard_input_say_the_same() {
    let env = without_cluster();
    let expected = TABLE;
    let file = env.file("dump/quotas.yaml", DUMP);
    env.file("dump/notes.txt", "not a dump");
    let from =
        |path: &str| env.command("kubectl-quota", ["usage", "--from", path]).stdin(DUMP).run().success();
    for path in [file.to_str().expect("a path"), "dump", "-"] {
        let output = from(path);
        assert_eq!((output.stdout.as_str(), output.stderr.as_str()), (expected, ""), "{path}");
    }
    let windows = format!("\u{feff}{}", DUMP.replace('\n', "\r\n"));
    let output = env.command("kubectl-quota", ["usage", "--from", "-"]).stdin(windows).run().success();
    assert_eq!(output.stdout, expected);
}

#[test]
fn no_format_lets_an_escape_code_through() {
    let env = without_cluster();
    env.file("dump.yaml", DUMP);
    for format in ["table", "wide", "json", "yaml", "csv", "markdown", "name", "prom"] {
        let output = env.run("kubectl-quota", ["usage", "--from", "dump.yaml", "-o", format]).success();
        assert!(output.stdout.contains("pods") || format == "name", "{output}");
        let control = output.stdout.chars().find(|c| c.is_control() && *c != '\n');
        assert_eq!(control, None, "{output}");
    }
}

#[test]
fn selectors_and_namespaces_mean_the_same_as_on_a_server() {
    let env = without_cluster();
    env.file("dump.yaml", DUMP);
    let names = |arguments: &[&str]| {
        let line = ["usage", "--from", "dump.yaml", "-o", "name"].iter().chain(arguments);
        env.run("kubectl-quota", line).success().stdout
    };
    assert_eq!(names(&["-n", "shop"]), "resourcequota/compute\n");
    assert_eq!(names(&["-l", "team in (a,b)"]), "resourcequota/compute\n");
    assert_eq!(names(&["--field-selector", "metadata.namespace!=web"]), "resourcequota/compute\n");
    let none = env.run("kubectl-quota", ["usage", "--from", "dump.yaml", "-n", "nowhere"]).success();
    assert_eq!(
        (none.stdout.as_str(), none.stderr.as_str()),
        ("", "No ResourceQuota in namespace nowhere of the dump\n")
    );
}

#[test]
fn what_is_no_dump_is_an_error_that_says_where() {
    let env = without_cluster();
    env.file("broken.yaml", "kind: ResourceQuota\nmetadata: [\n");
    env.file("truncated.json", r#"{"kind": "ResourceQuotaList", "items": [{"metadata""#);
    env.file("pods.yaml", "kind: Pod\napiVersion: v1\nmetadata: {name: p}\n");
    env.file(
        "number.yaml",
        "kind: ResourceQuota\napiVersion: v1\nmetadata: {name: q}\nspec: {hard: {pods: many}}\n",
    );
    env.file("empty/readme.md", "");
    let refused = |path: &str| {
        let output = env.run("kubectl-quota", ["usage", "--from", path]).exits(1);
        assert_eq!(output.stdout, "", "{output}");
        output.stderr
    };
    for path in ["broken.yaml", "truncated.json", "pods.yaml", "nowhere.yaml", "empty"] {
        let said = refused(path);
        assert!(said.starts_with("error: ") && said.contains(path), "{path}: {said}");
    }
    let broken = refused("broken.yaml");
    assert_eq!(
        broken,
        "error: broken.yaml, document 1: did not find expected ',' or ']' at line 2\n\
         hint: make the dump again with: kubectl get quota,limits,deploy,sts,ds,cj,rs,rc,jobs,pods,svc,pvc,hpa,ns -A -o yaml\n"
    );
    assert!(refused("pods.yaml").contains("Pod"), "{}", refused("pods.yaml"));
    let number = refused("number.yaml");
    assert!(number.starts_with("error: resourcequota /q: spec.hard[pods] is `many`: "), "{number}");
}

#[test]
fn a_dump_needs_no_cluster_and_no_kubeconfig() {
    let env = without_cluster();
    let nowhere = env.home().join("nowhere/kubeconfig");
    let env = env.variable("KUBECONFIG", nowhere);
    env.file("dump.yaml", DUMP);
    env.run("kubectl-quota", ["usage", "--from", "dump.yaml"]).success();
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let env = without_cluster();
    env.file("dump.yaml", DUMP);
    let output =
        env.run("sh", ["-c", "kubectl-quota usage --from dump.yaml; echo \"status $?\" >&2"]).success();
    assert_eq!(output.stderr, "status 0\n");
    let closed = env.run("bash", ["-c", "set -o pipefail; kubectl-quota usage --from dump.yaml | true"]);
    assert_eq!(closed.stderr, "");
    closed.success();
}

#[test]
fn what_teams_may_use_is_compared_with_what_nodes_have() {
    let env = without_cluster();
    let node = |name: &str, cpu: &str| {
        json!({
            "apiVersion": "v1", "kind": "Node", "metadata": {"name": name},
            "status": {"allocatable": {"cpu": cpu, "memory": "8Gi", "pods": "110"}},
        })
    };
    let namespace = |name: &str, team: &str| {
        json!({
            "apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": {"team": team}},
        })
    };
    let quota = |namespace: &str, cpu: &str| {
        let hard = json!({"requests.cpu": cpu, "requests.storage": "1Ti", "pods": "55"});
        json!({
            "apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": "q", "namespace": namespace},
            "spec": {"hard": hard},
            "status": {"hard": hard, "used": {"requests.cpu": "1", "requests.storage": "0", "pods": "0"}},
        })
    };
    let items = [
        node("a", "3920m"),
        node("b", "80m"),
        namespace("one", "red"),
        namespace("two", "red"),
        namespace("three", "blue"),
        quota("one", "4"),
        quota("two", "2"),
        quota("three", "1"),
    ];
    env.file("dump.json", json!({"apiVersion": "v1", "kind": "List", "items": items}).to_string());
    let by = |words: &[&str]| {
        env.run(QUOTA, [&["usage", "--from", "dump.json", "--by", "label:team"], words].concat()).success()
    };
    assert_eq!(
        by(&["-o", "csv", "--no-headers"]).stdout,
        "blue,pods,1,0,55,55,0,Ok,25,,0\n\
         blue,requests.cpu,1,1,1,0,100,Full,25,,0\n\
         blue,requests.storage,1,0,1099511627776,1099511627776,0,Ok,,,0\n\
         red,pods,2,0,110,110,0,Ok,50,,0\n\
         red,requests.cpu,2,2,6,4,33,Ok,150,,0\n\
         red,requests.storage,2,0,2199023255552,2199023255552,0,Ok,,,0\n"
    );
    let json = by(&["-o", "json"]).json();
    let red = &json["items"][1]["totals"];
    assert_eq!((&red[1]["overcommitment"], &red[1]["allocatable"]["quantity"]), (&json!(1.5), &json!("4")));
    assert_eq!((&red[2]["overcommitment"], &red[2]["allocatable"]), (&Value::Null, &Value::Null));
}
