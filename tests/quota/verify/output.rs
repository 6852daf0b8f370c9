//! Dumps, formats, what may not be read, and input that makes no sense.

use cluster::Rule;
use serde_json::{Value, json};
use support::{Output, cluster, fresh_namespace};

use crate::{
    objects::{cpu, list, pod},
    support::{administrator, enforced_quota, user, wait_for_status, without_cluster},
};

/// A quota as a server has it.
fn quota(name: &str, hard: &Value, used: &Value) -> Value {
    json!({
        "apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": name, "namespace": "shop"},
        "spec": {"hard": hard}, "status": {"hard": hard, "used": used},
    })
}

/// A pod of this spec, with one container unless it says otherwise.
pub fn shaped(name: &str, spec: &Value) -> Value {
    let mut pod = pod("shop", name, &json!({}));
    for (key, value) in spec.as_object().expect("a spec") {
        pod["spec"][key] = value.clone();
    }
    pod
}

/// Containers with these requests of CPU.
pub fn containers(requests: &[&str]) -> Value {
    let named = |(index, cpu): (usize, &&str)| json!({"name": format!("c{index}"), "resources": {"requests": {"cpu": cpu}}});
    requests.iter().enumerate().map(named).collect()
}

fn verify(dump: &str, words: &[&str]) -> Output {
    let arguments = [&["verify", "--from", "-"], words].concat();
    without_cluster().command("kubectl-quota", arguments).stdin(dump).run()
}

/// What is recounted for a resource of these objects.
fn recounted(resource: &str, objects: &[Value]) -> Value {
    recounted_under(&json!({}), resource, objects)
}

/// The same by a quota with scopes.
pub fn recounted_under(scopes: &Value, resource: &str, objects: &[Value]) -> Value {
    let mut quota = quota("q", &json!({resource: "100"}), &json!({resource: "0"}));
    for (key, value) in scopes.as_object().expect("scopes") {
        quota["spec"][key] = value.clone();
    }
    let dump = list(&[&[quota], objects].concat()).to_string();
    let report = verify(&dump, &["-o", "json"]);
    assert!(matches!(report.status, Some(0 | 3)), "{report}");
    report.json()["items"][0]["recounted"]["quantity"].clone()
}

#[test]
fn pods_of_every_shape_count_as_the_controller_counts_them() {
    let sidecar = |cpu: &str| json!({"name": "side", "restartPolicy": "Always", "resources": {"requests": {"cpu": cpu}}});
    let init = |cpu: &str| json!({"name": "init", "resources": {"requests": {"cpu": cpu}}});
    let shapes = [
        (
            "a sidecar, then an init container",
            json!({"initContainers": [sidecar("100m"), init("200m")], "containers": containers(&["100m"])}),
            "300m",
        ),
        ("sums of containers", json!({"containers": containers(&["3", "5"])}), "8"),
        (
            "a small sidecar",
            json!({"initContainers": [sidecar("10m"), init("200m")], "containers": containers(&["100m"])}),
            "210m",
        ),
        (
            "a large sidecar",
            json!({"initContainers": [sidecar("500m")], "containers": containers(&["100m"])}),
            "600m",
        ),
        ("overhead", json!({"containers": containers(&["100m"]), "overhead": {"cpu": "50m"}}), "150m"),
        (
            "pod level",
            json!({"containers": containers(&["200m", "200m"]), "resources": {"requests": {"cpu": "1"}}}),
            "1",
        ),
        (
            "pod level with overhead",
            json!({"containers": containers(&["200m"]), "resources": {"requests": {"cpu": "1"}}, "overhead": {"cpu": "100m"}}),
            "1100m",
        ),
    ];
    for (shape, spec, expected) in shapes {
        assert_eq!(recounted("requests.cpu", &[shaped("p", &spec)]), expected, "{shape}");
    }
    let mut ended = shaped("p", &json!({"containers": containers(&["1"])}));
    ended["status"] = json!({"phase": "Succeeded"});
    let all = [ended, shaped("q", &json!({"containers": containers(&["2"])}))];
    assert_eq!(recounted("requests.cpu", &all), "2");
    assert_eq!(recounted("pods", &all), "1");
    assert_eq!(recounted("count/pods", &all), "2");
}

#[test]
fn a_dump_is_recounted_like_a_cluster() {
    let hard = json!({"requests.cpu": "4", "pods": "10", "services": "3", "limits.nvidia.com/gpu": "1"});
    let quota = quota("compute", &hard, &json!({"requests.cpu": "1500m", "pods": "2", "services": "1"}));
    let pods = [pod("shop", "a", &cpu("1")), pod("shop", "b", &cpu("250m")), pod("other", "c", &cpu("9"))];
    let dump = list(&[std::slice::from_ref(&quota), &pods[..]].concat()).to_string();
    let output = verify(&dump, &[]).exits(3);
    assert_eq!(
        output.stdout,
        "\
NAMESPACE   QUOTA     RESOURCE       RECORDED   RECOUNTED   DRIFT   WRITTEN   CAUSE
shop        compute   requests.cpu   1500m      1250m       +250m   -         objects are gone, or were charged and never stored, and nothing was recounted since
shop        compute   services       1          ?           ?       -         services could not be listed
"
    );
    assert_eq!(
        output.stderr,
        "Warning: can't read services in all namespaces: the dump holds none\n2 amounts recounted, 1 amount unknown: 1 amount drifted. The quota controller recounts a namespace when something in it is deleted, when spec.hard changes, and every five minutes\n"
    );
    let all = verify(&dump, &["--all", "-n", "shop", "-o", "markdown"]).exits(3);
    assert!(all.stdout.contains("| shop | compute | pods | 2 | 2 | 0 | - |  |\n"), "{all}");

    let settled =
        list(&[&[quota], &[pod("shop", "a", &cpu("1")), pod("shop", "b", &cpu("500m"))][..]].concat());
    let output = verify(&settled.to_string(), &[]).exits(4);
    assert!(output.stderr.ends_with("2 amounts recounted, 1 amount unknown: no drift\n"), "{output}");
    let report = verify(&settled.to_string(), &["-o", "yaml"]).exits(4).stdout;
    assert!(report.contains("kind: VerifyReport\n") && report.contains("resource: services\n"), "{report}");
}

#[test]
fn input_that_makes_no_sense_is_an_error_or_marked() {
    let hard = json!({"pods": "10"});
    let one = quota("compute", &hard, &json!({"pods": "1"}));
    let web = pod("shop", "web", &cpu("1"));
    let refused = |dump: &str| {
        let output = verify(dump, &[]).exits(1);
        assert_eq!(output.stdout, "", "{output}");
        output.stderr
    };
    let whole = list(&[one.clone(), web.clone()]).to_string();
    let cut = refused(&whole[..whole.len() - 20]);
    assert!(cut.starts_with("error: standard input ends in the middle of document 1"), "{cut}");
    let wrong = refused(&list(std::slice::from_ref(&web)).to_string());
    assert!(wrong.starts_with("error: no ResourceQuota in standard input: it holds 1 Pod\n"), "{wrong}");
    let huge = refused(&list(&[one.clone(), pod("shop", "web", &cpu("1x"))]).to_string());
    let place = "error: pod shop/web: spec.containers[app].resources.requests[cpu] is `1x`: ";
    assert!(huge.starts_with(place), "{huge}");
    let text = refused(&list(&[quota("compute", &json!({"pods": "many"}), &json!({}))]).to_string());
    assert!(text.starts_with("error: resourcequota shop/compute: spec.hard[pods] is `many`: "), "{text}");

    // A List of Lists is what several dumps put together make.
    let lists = list(&[list(std::slice::from_ref(&one)), list(std::slice::from_ref(&web))]).to_string();
    verify(&lists, &[]).success();
    // Of two objects of one name one is counted, and that is said.
    let twice = list(&[one.clone(), web.clone(), web.clone()]).to_string();
    let output = verify(&twice, &[]).success();
    assert_eq!(
        output.stderr,
        "Warning: the dump holds Pod shop/web more than once: the last one is used\n1 amount recounted: no drift\n"
    );
    let twice = list(&[one.clone(), one.clone(), web.clone()]).to_string();
    let output = verify(&twice, &[]).success();
    let said = "Warning: the dump holds ResourceQuota shop/compute more than once: the last one is used\n";
    assert!(output.stderr.starts_with(said), "{output}");

    // Odd amounts are amounts.
    let odd = quota("compute", &json!({"requests.cpu": "1e400"}), &json!({"requests.cpu": "-5"}));
    let output = verify(&list(&[odd, web]).to_string(), &["-o", "csv"]).exits(3);
    assert!(output.stdout.contains("shop,compute,requests.cpu,-5,1,-6,"), "{output}");
}

#[test]
fn names_that_do_not_exist_are_errors() {
    let namespace = fresh_namespace("names");
    let env = administrator();
    let none = env.run("kubectl", ["quota", "verify", "-n", &namespace]).success();
    let said = format!("No ResourceQuota in namespace {namespace}\n");
    assert_eq!((none.stdout.as_str(), none.stderr.as_str()), ("", said.as_str()));
    let missing = env.run("kubectl", ["quota", "verify", "-n", "not-there"]).exits(1);
    assert_eq!(
        missing.stderr,
        "Error from server (NotFound): namespaces \"not-there\" not found\nhint: `kubectl get namespaces` lists those that are there\n"
    );
    let quota = env.run("kubectl", ["quota", "verify", "nope", "-n", &namespace]).exits(1);
    assert!(
        quota.stderr.starts_with(&format!("error: no ResourceQuota `nope` in namespace {namespace}\n")),
        "{quota}"
    );
}

#[test]
fn what_may_not_be_listed_is_unknown() {
    let namespace = fresh_namespace("partly");
    enforced_quota(&namespace, "compute", &json!({"pods": "10", "configmaps": "9"}));
    wait_for_status(&namespace, "compute", |status| status["used"]["configmaps"] == "1");
    let name = format!("{namespace}-reader");
    let env = user(&name);
    let nothing = env.run("kubectl", ["quota", "verify", "-n", &namespace]).exits(6);
    assert_eq!(nothing.stdout, "");
    assert!(
        nothing.stderr.starts_with("Error from server (Forbidden): resourcequotas is forbidden"),
        "{nothing}"
    );
    let rules = [Rule::core(&["resourcequotas", "pods"], &["list"])];
    cluster().grant(&name, Some(&namespace), &rules).expect("rights");
    let output = env.run("kubectl", ["quota", "verify", "-n", &namespace, "-o", "csv"]).exits(4);
    let rows: Vec<_> = output.stdout.lines().skip(1).collect();
    assert_eq!(rows, [format!("{namespace},compute,configmaps,1,?,?,,configmaps could not be listed")]);
    let said = format!("Warning: can't list configmaps in namespace {namespace}: configmaps is forbidden: ");
    assert!(output.stderr.starts_with(&said), "{output}");
    // All namespaces may not be listed: that of the command line is.
    let output = env.run("kubectl", ["quota", "verify", "-A", "-n", &namespace, "-o", "json"]).exits(4);
    let report = output.json();
    let skipped: Vec<_> =
        report["skipped"].as_array().expect("a list").iter().map(|one| &one["resource"]).collect();
    assert_eq!(skipped, ["resourcequotas", "configmaps"]);
    assert_eq!(report["items"].as_array().map(Vec::len), Some(2), "{output}");
}
