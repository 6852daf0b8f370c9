//! How far `usage` reaches: all namespaces, teams, what is forbidden, what is empty, and at what price.

use cluster::Rule;
use serde_json::json;
use support::{cluster, fresh_namespace};

use crate::objects::{limit_range, quota};
use crate::support::{administrator, enforced_quota, user, write_status};

#[test]
fn all_namespaces_take_one_list_and_no_pods() {
    let namespace = fresh_namespace("audited");
    enforced_quota(&namespace, "q", &json!({"pods": "4"}));
    let env = user("auditor");
    cluster().grant("auditor", None, &[Rule::core(&["resourcequotas"], &["list"])]).expect("a grant");
    let audit = cluster().audit_log().expect("an audit log");
    let position = audit.position().expect("a position");
    let output = env.run("kubectl", ["quota", "usage", "-A"]).success();
    assert!(output.stdout.starts_with("NAMESPACE "), "{output}");
    let requests = audit.since(position).expect("entries");
    let ours: Vec<_> = requests.iter().filter(|entry| entry.user == "auditor").collect();
    // Which groups the server has is asked for meanwhile: there may be quotas of other kinds.
    let (groups, lists): (Vec<_>, Vec<_>) = ours.into_iter().partition(|entry| entry.uri == "/apis");
    assert_eq!((groups.len(), lists.len()), (1, 1), "{groups:?} {lists:?}");
    assert!(lists[0].uri.starts_with("/api/v1/resourcequotas?limit=500"), "{lists:?}");
}

#[test]
fn a_forbidden_list_of_all_namespaces_degrades_and_says_so() {
    let namespace = fresh_namespace("degraded");
    enforced_quota(&namespace, "q", &json!({"pods": "4"}));
    cluster()
        .grant("viewer", Some(&namespace), &[Rule::core(&["resourcequotas"], &["list"])])
        .expect("a grant");
    let env = user("viewer");
    let output = env.run("kubectl", ["quota", "usage", "-A", "-n", &namespace]).exits(4);
    assert_eq!(
        output.stdout,
        format!(
            "{:width$}   QUOTA   RESOURCE   USED   HARD   FREE   USE%   STATE\n{namespace}   q       pods       0      4      4      0%     Ok\n",
            "NAMESPACE",
            width = namespace.len()
        )
    );
    let reason = r#"resourcequotas is forbidden: User "viewer" cannot list resource "resourcequotas" in API group "" at the cluster scope"#;
    assert_eq!(
        output.stderr,
        format!(
            "Warning: can't list resourcequotas in all namespaces: {reason}\nonly namespace {namespace} is shown\n"
        )
    );
    let list = env.run("kubectl", ["quota", "usage", "-A", "-n", &namespace, "-o", "json"]).exits(4).json();
    assert_eq!(
        list["skipped"],
        json!([{"verb": "list", "resource": "resourcequotas", "namespace": "", "reason": reason}])
    );
    assert_eq!(list["items"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_forbidden_namespace_is_an_error_and_never_an_empty_list() {
    let env = user("stranger");
    let namespace = fresh_namespace("forbidden");
    for (arguments, all) in [
        (vec!["quota", "usage", "-n", &namespace], false),
        (vec!["quota", "usage", "-A", "-n", &namespace], true),
        (vec!["quota", "who", "-A", "-n", &namespace], true),
        (vec!["quota", "verify", "-A", "-n", &namespace], true),
    ] {
        let output = env.run("kubectl", arguments).exits(6);
        assert_eq!(output.stdout, "");
        let sentence = format!(
            "Error from server (Forbidden): resourcequotas is forbidden: User \"stranger\" cannot list resource \"resourcequotas\" in API group \"\" in the namespace \"{namespace}\"\n"
        );
        let hint =
            "hint: nor may you list those of all namespaces: name a namespace that you may read with -n\n";
        assert_eq!(output.stderr.trim_end_matches(hint), sentence, "{output}");
        assert_eq!(output.stderr.contains(hint), all, "{output}");
    }
}

#[test]
fn a_namespace_without_quotas_says_what_limits_it() {
    let namespace = fresh_namespace("empty");
    let env = administrator();
    let usage = || env.run("kubectl", ["quota", "-n", &namespace]).success();
    assert_eq!(
        (usage().stdout, usage().stderr),
        (String::new(), format!("No ResourceQuota in namespace {namespace} (LimitRange: 0)\n"))
    );
    let range =
        limit_range(&namespace, "defaults", &json!({"type": "Container", "default": {"cpu": "200m"}}));
    cluster().api().create(&range).expect("a limit range");
    assert_eq!(usage().stderr, format!("No ResourceQuota in namespace {namespace} (LimitRange: 1)\n"));
    let list = env.run("kubectl", ["quota", "-n", &namespace, "-o", "json"]).success().json();
    assert_eq!(list["items"], json!([]));
}

#[test]
fn a_quota_without_limits_is_named() {
    let namespace = fresh_namespace("hollow");
    cluster().api().create(&quota(&namespace, "hollow", &json!({}))).expect("a quota");
    let output = administrator().run("kubectl", ["quota", "-n", &namespace]).success();
    assert_eq!(output.stdout, "");
    assert_eq!(
        output.stderr,
        format!("resourcequota {namespace}/hollow limits nothing: its spec.hard is empty\n")
    );
}

#[test]
fn teams_are_summed_by_the_label_of_their_namespaces() {
    let (first, second) = (fresh_namespace("team"), fresh_namespace("team"));
    for namespace in [&first, &second] {
        let label = json!({"metadata": {"labels": {"example.com/team": "shop"}}});
        cluster().api().merge_patch(&format!("/api/v1/namespaces/{namespace}"), &label).expect("a label");
    }
    enforced_quota(&first, "wide", &json!({"requests.cpu": "8"}));
    enforced_quota(&first, "tight", &json!({"cpu": "2"}));
    enforced_quota(&second, "only", &json!({"requests.cpu": "4", "pods": "10"}));
    write_status(&first, "wide", &json!({"used": {"requests.cpu": "1500m"}}));
    write_status(&first, "tight", &json!({"used": {"cpu": "1500m"}}));
    write_status(&second, "only", &json!({"used": {"requests.cpu": "3", "pods": "7"}}));
    let env = administrator();
    let output = env.run("kubectl", ["quota", "-A", "--by", "label:example.com/team", "-o", "csv"]).success();
    let rows: Vec<&str> = output.stdout.lines().filter(|line| line.starts_with("shop,")).collect();
    // The two quotas of the first namespace count the same pods: only the tighter is in the sum.
    // The share of nodes depends on what nodes there are.
    let (rows, shares): (Vec<_>, Vec<_>) = rows
        .iter()
        .map(|row| {
            let mut cells: Vec<&str> = row.split(',').collect();
            let share = cells.remove(7 + 1);
            (cells.join(","), share)
        })
        .unzip();
    assert_eq!(rows, ["shop,pods,1,7,10,3,70,Ok,,0", "shop,requests.cpu,2,4.5,6,1.5,75,Ok,,0"]);
    assert!(shares.iter().all(|share| share.is_empty() || share.parse::<f64>().is_ok()), "{output}");
    assert!(output.stdout.lines().any(|line| line.starts_with("<none>,")), "{output}");

    let header = output.stdout.lines().next().expect("a header");
    assert!(header.ends_with("USE%,STATE,OF NODES,SCOPES,UNCOUNTED"), "{output}");

    let places = env.run("kubectl", ["quota", "-A", "--by", "namespace", "-o", "csv"]).success();
    assert!(places.stdout.contains(&format!("{first},2,cpu,1.5,2,0.5,75,Ok,\n")), "{places}");
}
