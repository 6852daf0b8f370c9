//! Quotas and LimitRanges among the manifests: they bind what comes after them.

use cluster::Rule;
use serde_json::{Value, json};
use support::{cluster, fresh_namespace};

use crate::objects::{config_map, limit_range, list, pod, quota};
use crate::support::{administrator, check, user, wait_for_status, wait_until_counted, without_cluster};

/// What the server really says to each object, one after the other, each waited for until it is in force; a new quota
/// until it has counted what is there.
fn lived_through(namespace: &str, objects: &[Value], counted: &Value) -> Vec<(bool, String)> {
    let api = cluster().api();
    let mut answers = Vec::new();
    for object in objects {
        let collection = cluster::api::collection(object).expect("a path");
        let path = cluster::api::object(object).expect("a path");
        let exists = api.get(&path).is_ok();
        let answer = match exists {
            true => api.request("PATCH", &path, Some("application/merge-patch+json"), Some(object)),
            false => api.request("POST", &collection, None, Some(object)),
        };
        let answer = answer.expect("an answer");
        let admitted = (200..300).contains(&answer.status);
        if admitted && object["kind"] == "ResourceQuota" {
            let name = object["metadata"]["name"].as_str().expect("a name");
            if !exists {
                wait_until_counted(namespace, name, counted);
            }
            wait_for_status(namespace, name, |status| {
                let hard = object["spec"]["hard"].as_object().expect("hard");
                status["hard"] == object["spec"]["hard"]
                    && hard.keys().all(|key| status["used"][key].is_string())
            });
        }
        if admitted && object["kind"] == "LimitRange" {
            // The server sees it a moment later, in a pod that is not made.
            let probe = pod(namespace, "probe", &json!({}));
            let path = format!("/api/v1/namespaces/{namespace}/pods?dryRun=All");
            let seen = || {
                let answer = api.request("POST", &path, None, Some(&probe)).expect("an answer");
                answer.status == 201
                    && answer.body["spec"]["containers"][0]["resources"]["requests"]["cpu"].is_string()
            };
            while !seen() {
                std::thread::yield_now();
            }
        }
        answers.push((admitted, answer.body["message"].as_str().unwrap_or_default().to_owned()));
    }
    answers
}

#[test]
fn a_quota_counts_what_is_there_and_refuses_what_comes_after_it() {
    let namespace = fresh_namespace("rules");
    cluster().api().create(&pod(&namespace, "there", &json!({"cpu": "300m"}))).expect("a pod");
    let hard =
        |cpu: &str| json!({"requests.cpu": cpu, "pods": "5", "configmaps": "3", "resourcequotas": "1"});
    let range =
        limit_range(&namespace, "defaults", &json!({"type": "Container", "defaultRequest": {"cpu": "200m"}}));
    let objects = [
        config_map(&namespace, "before"),
        quota(&namespace, "first", &hard("1")),
        range,
        pod(&namespace, "a", &json!({})),
        pod(&namespace, "b", &json!({"cpu": "400m"})),
        pod(&namespace, "c", &json!({"cpu": "101m"})),
        config_map(&namespace, "after"),
        config_map(&namespace, "too-many"),
        quota(&namespace, "second", &json!({"pods": "9"})),
        quota(&namespace, "first", &hard("1500m")),
        pod(&namespace, "d", &json!({"cpu": "101m"})),
        pod(&namespace, "e", &json!({"cpu": "500m"})),
    ];
    let foretold = check(&administrator(), &[], &objects, 3);
    let counted = json!({"pods": "1", "requests.cpu": "300m", "configmaps": "2", "resourcequotas": "1"});
    let lived = lived_through(&namespace, &objects, &counted);
    let verdicts: Vec<_> = lived.iter().map(|(admitted, _)| *admitted).collect();
    let t = true;
    assert_eq!(verdicts, [t, t, t, t, t, false, t, false, false, t, t, false], "{lived:#?}");
    for (row, (admitted, message)) in foretold.iter().zip(&lived) {
        let expected = if *admitted { json!([]) } else { json!([message]) };
        assert_eq!((&row["verdict"] == "Admitted", &row["messages"]), (*admitted, &expected), "{row}");
    }
}

#[test]
fn what_may_not_be_counted_leaves_it_open_and_a_refusal_stands() {
    let namespace = fresh_namespace("rules");
    let name = format!("rules-{namespace}");
    let env = user(&name);
    let rules = [Rule::core(&["resourcequotas", "limitranges"], &["get", "list"])];
    cluster().grant(&name, Some(&namespace), &rules).expect("a role");
    let objects = [
        quota(&namespace, "first", &json!({"pods": "1"})),
        pod(&namespace, "a", &json!({})),
        pod(&namespace, "b", &json!({})),
    ];
    let rows = check(&env, &[], &objects, 3);
    let verdicts: Vec<_> = rows.iter().map(|row| row["verdict"].as_str().expect("a verdict")).collect();
    assert_eq!(verdicts, ["Admitted", "Unknown", "Refused"], "{rows:#?}");
    assert_eq!(rows[1]["doubt"], "how many pods there are is not known to quota first");
}

#[test]
fn a_dump_is_counted_too_and_the_note_says_when_it_holds() {
    let env = without_cluster();
    env.file("dump.json", pod("team", "there", &json!({"cpu": "1"})).to_string());
    let objects = list(&[quota("team", "few", &json!({"pods": "1"})), pod("team", "one-more", &json!({}))]);
    env.file("objects.json", objects.to_string());
    let output = env
        .run("kubectl-quota", ["check", "-f", "objects.json", "--from", "dump.json", "-o", "json"])
        .exits(3);
    assert_eq!(
        output.json()["objects"][1]["messages"],
        json!([
            "pods \"one-more\" is forbidden: exceeded quota: few, requested: pods=1, used: pods=1, limited: pods=1"
        ])
    );
    assert_eq!(
        output.stderr,
        "Quotas in these manifests are assumed to be enforced at once; a real server may still admit objects created in the first milliseconds after a quota\n"
    );
}
