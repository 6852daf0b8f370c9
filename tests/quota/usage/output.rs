//! States, reasons, thresholds and formats of `usage`, as the real server makes them.

use serde_json::{Value, json};
use support::fresh_namespace;

use crate::objects::quota;
use crate::support::{administrator, enforced_quota, wait_for_status, write_status};

/// The state of each resource in `usage -o json`.
fn states(list: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let items = list["items"].as_array().expect("items");
    items.iter().map(|item| (text(&item["resource"]), text(&item["state"]))).collect()
}

fn item<'a>(list: &'a Value, quota: &str, resource: &str) -> &'a Value {
    let items = list["items"].as_array().expect("items");
    let found = items.iter().find(|item| item["quota"] == quota && item["resource"] == resource);
    found.unwrap_or_else(|| panic!("no {resource} of {quota} in {list}"))
}

#[test]
fn each_state_is_told_apart() {
    let namespace = fresh_namespace("states");
    let hard = json!({
        "configmaps": "10", "count/deployments.app": "1", "count/foos.example.com": "1", "limits.cpu": "0",
        "limits.nvidia.com/gpu": "1", "nvidia.com/gpu": "1", "persistentvolumeclaims": "0", "pods": "10",
        "requests.cpu": "1", "secrets": "10", "services": "10",
    });
    enforced_quota(&namespace, "all", &hard);
    let used = json!({
        "configmaps": "8", "limits.cpu": "1m", "persistentvolumeclaims": "0", "pods": "10", "requests.cpu": "950m",
        "secrets": "12", "services": "7", "count/foos.example.com": null,
    });
    write_status(&namespace, "all", &json!({"hard": hard, "used": used}));

    let env = administrator();
    let output = env.run("kubectl", ["quota", "usage", "-n", &namespace, "-o", "json"]).success();
    let list = output.json();
    assert_eq!((&list["apiVersion"], &list["kind"]), (&json!("kubectl-quota/v1"), &json!("UsageList")));
    assert_eq!(list["skipped"], json!([]));
    let expected = [
        ("configmaps", "Warn"),
        ("count/deployments.app", "NeverEnforced"),
        ("count/foos.example.com", "Unknown"),
        ("limits.cpu", "Over"),
        ("limits.nvidia.com/gpu", "NeverEnforced"),
        ("nvidia.com/gpu", "NeverEnforced"),
        ("persistentvolumeclaims", "Blocked"),
        ("pods", "Full"),
        ("requests.cpu", "Crit"),
        ("secrets", "Over"),
        ("services", "Ok"),
    ];
    assert_eq!(states(&list), expected.map(|(resource, state)| (resource.to_owned(), state.to_owned())));
    assert_eq!(
        item(&list, "all", "requests.cpu"),
        &json!({
            "namespace": namespace, "quota": "all", "scopes": [], "resource": "requests.cpu",
            "hard": {"quantity": "1", "decimal": "1"}, "specHard": {"quantity": "1", "decimal": "1"}, "used": {"quantity": "950m", "decimal": "0.95"},
            "free": {"quantity": "50m", "decimal": "0.05"}, "ratio": 0.95, "state": "Crit", "reason": "at or above 95%",
            "binding": true, "kind": "ResourceQuota",
        })
    );
    let blocked = item(&list, "all", "persistentvolumeclaims");
    assert_eq!((&blocked["ratio"], &blocked["free"]["decimal"]), (&Value::Null, &json!("0")));
    let unknown = item(&list, "all", "count/foos.example.com");
    assert_eq!(
        (&unknown["used"], &unknown["free"], &unknown["ratio"]),
        (&Value::Null, &Value::Null, &Value::Null)
    );
    assert_eq!(item(&list, "all", "secrets")["free"]["decimal"], "0");
}

#[test]
fn what_is_not_in_force_yet_is_told() {
    let namespace = fresh_namespace("pending");
    enforced_quota(&namespace, "compute", &json!({"pods": "4", "services": "2"}));
    // The status of a moment ago: one limit was raised since, and one added.
    write_status(
        &namespace,
        "compute",
        &json!({"hard": {"pods": "3", "services": null}, "used": {"services": null}}),
    );
    let env = administrator();
    let output = env.run("kubectl", ["quota", "-n", &namespace]).success();
    assert_eq!(
        output.stdout,
        "\
QUOTA     RESOURCE   USED   HARD   FREE   USE%   STATE         REASON
compute   pods       0      3      3      0%     Pending       3 is enforced; spec.hard is 4, not synced yet
compute   services   -      2      -      -      NotEnforced   not in status.hard: the quota controller has not synced it, so nothing is limited yet
"
    );
    let list = env.run("kubectl", ["quota", "-n", &namespace, "-o", "json"]).success().json();
    let pods = item(&list, "compute", "pods");
    assert_eq!((&pods["hard"]["quantity"], &pods["specHard"]["quantity"]), (&json!("3"), &json!("4")));
}

#[test]
fn the_text_of_a_quantity_is_the_server_s() {
    let namespace = fresh_namespace("verbatim");
    enforced_quota(
        &namespace,
        "odd",
        &json!({"pods": "+1", "requests.memory": "010Mi", "requests.cpu": "1.500"}),
    );
    let env = administrator();
    let list = env.run("kubectl", ["quota", "-n", &namespace, "-o", "json"]).success().json();
    assert_eq!(item(&list, "odd", "pods")["hard"], json!({"quantity": "+1", "decimal": "1"}));
    assert_eq!(
        item(&list, "odd", "requests.memory")["hard"],
        json!({"quantity": "010Mi", "decimal": "10485760"})
    );
    assert_eq!(item(&list, "odd", "requests.cpu")["hard"], json!({"quantity": "1.500", "decimal": "1.5"}));
}

#[test]
fn the_tightest_of_several_quotas_binds() {
    let namespace = fresh_namespace("effective");
    enforced_quota(&namespace, "a-wide", &json!({"requests.cpu": "10", "pods": "5"}));
    enforced_quota(&namespace, "b-tight", &json!({"cpu": "4", "pods": "5"}));
    let scoped = json!({
        "apiVersion": "v1", "kind": "ResourceQuota",
        "metadata": {"name": "c-scoped", "namespace": namespace},
        "spec": {"hard": {"pods": "1"}, "scopeSelector": {"matchExpressions": [
            {"scopeName": "PriorityClass", "operator": "In", "values": ["high", "low"]}]}},
    });
    support::cluster().api().create(&scoped).expect("a scoped quota");
    wait_for_status(&namespace, "c-scoped", |status| status["hard"]["pods"] == "1");

    let env = administrator();
    let all = env.run("kubectl", ["quota", "-n", &namespace, "-o", "wide"]).success();
    assert_eq!(
        all.stdout,
        "\
QUOTA      RESOURCE       USED   HARD   FREE   USE%   STATE   SCOPES                        SPEC   BINDING   REASON
a-wide     pods           0      5      5      0%     Ok                                    5      yes
a-wide     requests.cpu   0      10     10     0%     Ok                                    10
b-tight    cpu            0      4      4      0%     Ok                                    4      yes
b-tight    pods           0      5      5      0%     Ok                                    5      yes
c-scoped   pods           0      1      1      0%     Ok      PriorityClass in (high,low)   1
"
    );
    let effective = env.run("kubectl", ["quota", "-n", &namespace, "--effective"]).success();
    assert_eq!(
        effective.stdout,
        "\
QUOTA     RESOURCE   USED   HARD   FREE   USE%   STATE
a-wide    pods       0      5      5      0%     Ok
b-tight   cpu        0      4      4      0%     Ok
b-tight   pods       0      5      5      0%     Ok
"
    );
    assert_eq!(
        effective.stderr,
        "Rows of scoped quotas are left out (1): they count only some objects and cannot be compared; run without --effective to see them\n"
    );
}

#[test]
fn a_threshold_that_is_reached_fails_the_command() {
    let namespace = fresh_namespace("threshold");
    enforced_quota(&namespace, "q", &json!({"pods": "3", "resourcequotas": "1"}));
    wait_for_status(&namespace, "q", |status| status["used"]["resourcequotas"] == "1");
    let env = administrator();
    let usage = |arguments: &[&str]| {
        let line = ["quota", "usage", "-n", &namespace].into_iter().chain(arguments.iter().copied());
        env.run("kubectl", line)
    };
    // A quota on quotas is full by design and no finding.
    usage(&["--fail-at", "100"]).success();
    write_status(&namespace, "q", &json!({"used": {"pods": "2"}}));
    usage(&["--fail-at", "66.7"]).success();
    let failed = usage(&["--fail-at", "66.6", "--warn", "60", "--crit", "66.66"]).exits(3);
    assert!(
        failed.stdout.contains("q       pods             2      3      1      66%    Crit\n"),
        "{failed}"
    );
    // A pipeline that fails is told why.
    assert_eq!(failed.stderr, format!("{namespace}/q: pods is 66% used (2 of 3)\n"));
    assert_eq!(usage(&["--warn", "96"]).exits(2).stdout, "");
    assert_eq!(usage(&["--fail-at", "much"]).exits(2).stdout, "");
}

#[test]
fn every_format_says_the_same() {
    let namespace = fresh_namespace("formats");
    enforced_quota(&namespace, "q", &json!({"pods": "4", "limits.memory": "1Gi"}));
    write_status(&namespace, "q", &json!({"used": {"pods": "3", "limits.memory": "536870912"}}));
    let env = administrator();
    let usage = |format: &str| env.run("kubectl", ["quota", "-n", &namespace, "-o", format]).success().stdout;
    assert_eq!(
        usage("csv"),
        format!(
            "NAMESPACE,QUOTA,RESOURCE,USED,HARD,FREE,USE%,STATE,SCOPES,SPEC,BINDING,REASON\n\
             {namespace},q,limits.memory,536870912,1073741824,536870912,50,Ok,,1073741824,yes,\n\
             {namespace},q,pods,3,4,1,75,Ok,,4,yes,\n"
        )
    );
    assert!(usage("markdown").contains("| q | pods | 3 | 4 | 1 | 75% | Ok |  | 4 | yes |  |\n"));
    assert_eq!(usage("name"), "resourcequota/q\n");
    assert_eq!(
        usage("prom"),
        format!(
            "# HELP kube_resourcequota [STABLE] Information about resource quota.\n\
             # TYPE kube_resourcequota gauge\n\
             kube_resourcequota{{namespace=\"{namespace}\",resourcequota=\"q\",resource=\"limits.memory\",type=\"hard\"}} 1073741824\n\
             kube_resourcequota{{namespace=\"{namespace}\",resourcequota=\"q\",resource=\"pods\",type=\"hard\"}} 4\n\
             kube_resourcequota{{namespace=\"{namespace}\",resourcequota=\"q\",resource=\"limits.memory\",type=\"used\"}} 536870912\n\
             kube_resourcequota{{namespace=\"{namespace}\",resourcequota=\"q\",resource=\"pods\",type=\"used\"}} 3\n"
        )
    );
    assert!(
        usage("yaml").starts_with("apiVersion: kubectl-quota/v1\nkind: UsageList\nitems:\n- namespace: ")
    );
    assert!(!usage("table").contains('\u{1b}'), "no color in a pipe");
}

#[test]
fn rows_are_selected_sorted_and_cut() {
    let namespace = fresh_namespace("order");
    let labelled = |name: &str, team: &str, hard: &Value| {
        let mut object = quota(&namespace, name, hard);
        object["metadata"]["labels"] = json!({"team": team});
        support::cluster().api().create(&object).expect("a quota");
        wait_for_status(&namespace, name, |status| status["hard"].is_object());
    };
    labelled("one", "a", &json!({"pods": "10", "secrets": "10"}));
    labelled("two", "b", &json!({"pods": "10"}));
    write_status(&namespace, "one", &json!({"used": {"pods": "2", "secrets": "9"}}));
    write_status(&namespace, "two", &json!({"used": {"pods": "5"}}));
    let env = administrator();
    let rows = |arguments: &[&str]| {
        let line = ["quota", "-n", &namespace, "--no-headers"].into_iter().chain(arguments.iter().copied());
        let output = env.run("kubectl", line).success();
        let cells = |line: &str| line.split_whitespace().take(2).collect::<Vec<_>>().join("/");
        output.stdout.lines().map(cells).collect::<Vec<_>>()
    };
    assert_eq!(rows(&[]), ["one/pods", "one/secrets", "two/pods"]);
    assert_eq!(rows(&["--sort", "percent"]), ["one/secrets", "two/pods", "one/pods"]);
    assert_eq!(rows(&["--sort", "free"]), ["one/secrets", "two/pods", "one/pods"]);
    assert_eq!(rows(&["--top", "1"]), ["one/secrets"]);
    assert_eq!(rows(&["-l", "team=b"]), ["two/pods"]);
    assert_eq!(rows(&["--field-selector", "metadata.name=one"]), ["one/pods", "one/secrets"]);
    assert_eq!(rows(&["two"]), ["two/pods"]);
    let missing = env.run("kubectl", ["quota", "-n", &namespace, "three"]).exits(1);
    assert!(
        missing.stderr.starts_with(&format!("error: no ResourceQuota `three` in namespace {namespace}\n"))
    );
}

#[test]
fn a_command_that_was_mistyped_is_told_as_such() {
    let namespace = fresh_namespace("mistyped");
    let env = administrator();
    let said = |word: &str| env.run("kubectl", ["quota", word, "-n", &namespace]).exits(1).stderr;
    assert_eq!(
        said("usge"),
        format!(
            "error: no ResourceQuota `usge` in namespace {namespace}\nhint: did you mean the command `kubectl quota usage -n {namespace}`?\n"
        )
    );
    // What follows has flags of its own.
    let other = env.run("kubectl", ["quota", "chek", "-f", "a b.yaml", "-n", &namespace]).exits(2);
    assert!(
        other.stderr.ends_with(&format!(
            "\nhint: did you mean the command `kubectl quota check -f 'a b.yaml' -n {namespace}`?\n"
        )),
        "{other}"
    );
    assert!(
        !env.run("kubectl", ["quota", "check", "--nonsense"])
            .exits(2)
            .stderr
            .contains("did you mean the command")
    );
    assert!(said("compute").ends_with("`kubectl quota --help` the commands\n"));
}
