//! Quotas of other kinds: real objects under definitions as OpenShift, HNC and Rancher publish them, and a cluster that has
//! none.

pub mod definitions;

use cluster::{Cluster, Options, Rule};
use serde_json::{Value, json};
use support::{TestEnv, executable};

use crate::{
    objects::{pod, quota},
    support::QUOTA,
};

fn create(cluster: &Cluster, object: &Value) {
    cluster.api().create(object).expect("an object");
}

/// Creates an object with its status, as its controller would write it.
fn with_status(cluster: &Cluster, object: &Value) {
    create(cluster, object);
    let path = format!("{}/status", cluster::api::object(object).expect("a path"));
    cluster.api().merge_patch(&path, &json!({"status": object["status"]})).expect("a status");
}

/// A control plane with these kinds, and objects of each around the namespaces `parent`, `child` and `other`.
fn with_other_kinds() -> Cluster {
    let cluster = Cluster::start(Options { nodes: false, ..Options::default() }).expect("a control plane");
    for definition in [
        definitions::cluster_resource_quota(),
        definitions::applied_cluster_resource_quota(),
        definitions::hierarchical_resource_quota(),
        definitions::project(),
    ] {
        create(&cluster, &definition);
        let name = definition["metadata"]["name"].as_str().expect("a name");
        let path = format!("/apis/apiextensions.k8s.io/v1/customresourcedefinitions/{name}");
        let served = |one: &Value| cluster::api::is_true(one, "Established");
        cluster.api().wait_for(&path, "a served kind", served).expect("a served kind");
    }
    for (name, labels, annotations) in [
        ("parent", json!({}), json!({})),
        (
            "child",
            json!({"parent.tree.hnc.x-k8s.io/depth": "1", "child.tree.hnc.x-k8s.io/depth": "0"}),
            json!({"field.cattle.io/projectId": "c-1:p-1"}),
        ),
        ("other", json!({}), json!({})),
        ("c-1", json!({}), json!({})),
    ] {
        create(
            &cluster,
            &json!({
                "apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": labels, "annotations": annotations},
            }),
        );
    }
    let mut team = json!({
        "apiVersion": "quota.openshift.io/v1", "kind": "ClusterResourceQuota", "metadata": {"name": "team"},
        "spec": {
            "quota": {"hard": {"pods": "10", "requests.cpu": "4"}},
            "selector": {"labels": {"matchLabels": {"team": "a"}}, "annotations": null},
        },
        "status": {
            "total": {"hard": {"pods": "10", "requests.cpu": "4"}, "used": {"pods": "10", "requests.cpu": "3500m"}},
            "namespaces": [{"namespace": "child", "status": {"hard": {"pods": "10"}, "used": {"pods": "10"}}}],
        },
    });
    with_status(&cluster, &team);
    // As a namespace that it counts sees it.
    team["kind"] = json!("AppliedClusterResourceQuota");
    team["metadata"]["namespace"] = json!("child");
    create(&cluster, &team);
    create(
        &cluster,
        &json!({
            "apiVersion": "hnc.x-k8s.io/v1alpha2", "kind": "HierarchicalResourceQuota",
            "metadata": {"name": "tree", "namespace": "parent"}, "spec": {"hard": {"services": "5"}},
            "status": {"hard": {"services": "5"}, "used": {"services": "1"}, "requestsSummary": "services: 1/5"},
        }),
    );
    create(
        &cluster,
        &json!({
            "apiVersion": "management.cattle.io/v3", "kind": "Project", "metadata": {"name": "p-1", "namespace": "c-1"},
            "spec": {
                "clusterName": "c-1", "displayName": "Shop",
                "resourceQuota": {"limit": {"limitsCpu": "2000m"}, "usedLimit": {"limitsCpu": "500m"}},
            },
        }),
    );
    create(
        &cluster,
        &json!({
            "apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": "own", "namespace": "child"},
            "spec": {"hard": {"pods": "20"}},
        }),
    );
    let own = "/api/v1/namespaces/child/resourcequotas/own";
    cluster.api().wait_for(own, "a count", |quota| quota["status"]["used"]["pods"] == "0").expect("a count");
    cluster
}

/// A resize is charged to the ResourceQuota; OpenShift's admission does not see it. Rows say what each quota has recorded.
fn resizes_are_charged_to_resource_quotas_only(cluster: &Cluster, env: &TestEnv) {
    let quota = quota("child", "cpu", &json!({"requests.cpu": "8"}));
    create(cluster, &quota);
    let mut web = pod("child", "web", &json!({"cpu": "100m"}));
    web["spec"]["schedulerName"] = json!("nobody");
    let path = "/api/v1/namespaces/child/resourcequotas/cpu";
    let is_used =
        |amount: &'static str| move |quota: &Value| quota["status"]["used"]["requests.cpu"] == amount;
    cluster.api().wait_for(path, "a count", is_used("0")).expect("a count");
    let account = "/api/v1/namespaces/child/serviceaccounts/default";
    cluster
        .api()
        .wait_for(account, "an account", |account| account["metadata"]["uid"].is_string())
        .expect("an account");
    create(cluster, &web);
    cluster.api().wait_for(path, "a charge", is_used("100m")).expect("a charge");
    // The other quota has room for 500m more.
    let stored = cluster.api().get("/api/v1/namespaces/child/pods/web").expect("the pod");
    let mut containers = stored["spec"]["containers"].clone();
    containers[0]["resources"]["requests"]["cpu"] = json!("2");
    let mut resized = web.clone();
    resized["spec"]["containers"][0]["resources"]["requests"]["cpu"] = json!("2");
    let words = ["quota", "check", "-f", "-", "--subresource", "resize", "-o", "json"];
    let check = env.command("kubectl", words).stdin(resized.to_string()).run().exits(0);
    assert_eq!((check.stderr.as_str(), &check.json()["objects"][0]["verdict"]), ("", &json!("Admitted")));
    let larger = json!({"spec": {"containers": containers}});
    cluster.api().merge_patch("/api/v1/namespaces/child/pods/web/resize", &larger).expect("a resize");
    cluster.api().wait_for(path, "a charge", is_used("2")).expect("a charge");
    let usage = env.run("kubectl", ["quota", "usage", "-n", "child", "-o", "csv"]).success();
    assert_eq!(usage.stderr, "", "{usage}");
    let rows: Vec<_> = usage.stdout.lines().filter(|line| line.contains(",requests.cpu,")).collect();
    assert_eq!(
        rows,
        [
            ",clusterresourcequota/team,requests.cpu,3.5,4,0.5,87,Warn,,4,,at or above 80%",
            "child,cpu,requests.cpu,2,8,6,25,Ok,,8,yes,"
        ]
    );
}

#[test]
fn quotas_of_other_kinds_are_further_rows() {
    let cluster = with_other_kinds();
    let env = TestEnv::on(&cluster).program(executable(QUOTA));
    let usage = |words: &[&str]| env.run("kubectl", [&["quota", "usage"], words].concat());
    let all = usage(&["-A"]).success();
    assert_eq!(
        all.stdout,
        "\
NAMESPACE   QUOTA                            RESOURCE       USED    HARD   FREE    USE%   STATE
-           clusterresourcequota/team        pods           10      10     0       100%   Full
-           clusterresourcequota/team        requests.cpu   3500m   4      500m    87%    Warn
-           project/p-1                      limits.cpu     500m    2      1500m   25%    Ok
child       own                              pods           0       20     20      0%     Ok
parent      hierarchicalresourcequota/tree   services       1       5      4       20%    Ok
"
    );
    assert_eq!(all.stderr, "");
    let names = usage(&["-A", "-o", "name"]).success().stdout;
    assert_eq!(
        names,
        "clusterresourcequota.quota.openshift.io/team\nproject.management.cattle.io/p-1\nresourcequota/own\nhierarchicalresourcequota.hnc.x-k8s.io/tree\n"
    );
    // What is printed can be given again, and what tables show, too.
    for name in names.lines().chain(["clusterresourcequota/team", "project/p-1", "tree"]) {
        let one = usage(&["-A", name, "-o", "name"]).success();
        let bare = name.rsplit('/').next().expect("a name");
        assert!(
            one.stdout.trim_end().ends_with(&format!("/{bare}")) && one.stdout.lines().count() == 1,
            "{one}"
        );
    }
    // Of another kind there is none of this name.
    let other = usage(&["-A", "clusterresourcequota/own"]).exits(1);
    assert!(other.stderr.starts_with("error: no ClusterResourceQuota `own` in any namespace\n"), "{other}");
    // A namespace is counted by its own quota, by those of its ancestors, and by its project.
    let child = usage(&["-n", "child", "-o", "json"]).success().json();
    let kinds: Vec<_> =
        child["items"].as_array().expect("items").iter().map(|row| row["kind"].clone()).collect();
    assert_eq!(
        kinds,
        [
            "ClusterResourceQuota",
            "ClusterResourceQuota",
            "Project",
            "ResourceQuota",
            "HierarchicalResourceQuota"
        ]
    );
    let none = usage(&["-n", "other"]).success();
    assert_eq!(
        (none.stdout.as_str(), none.stderr.as_str()),
        ("", "No ResourceQuota in namespace other (LimitRange: 0)\n")
    );
    // What several namespaces share is no sum of any of them.
    let by = usage(&["-A", "--by", "resource", "-o", "csv"]).success().stdout;
    assert_eq!(by.lines().count(), 2, "{by}");
    let failing = usage(&["-A", "--fail-at", "100"]).exits(3);
    assert_eq!(failing.stderr, "clusterresourcequota/team: pods is 100% used (10 of 10)\n");

    // A dump shows a quota once, though it is there as the cluster and as a namespace sees it.
    let kinds = "quota,clusterresourcequotas,appliedclusterresourcequotas,hrq,projects.management.cattle.io";
    let dump = env.run("kubectl", ["get", kinds, "-A", "-o", "json"]).success();
    env.file("dump.json", dump.stdout);
    assert_eq!(usage(&["--from", "dump.json", "-A"]).success().stdout, all.stdout);
    // A dump may have no other quotas than those.
    let dump =
        env.run("kubectl", ["get", "appliedclusterresourcequotas", "-n", "child", "-o", "yaml"]).success();
    env.file("applied.yaml", dump.stdout);
    let applied = usage(&["--from", "applied.yaml"]).success();
    assert_eq!(
        applied.stdout,
        "\
NAMESPACE   QUOTA                       RESOURCE       USED    HARD   FREE   USE%   STATE
-           clusterresourcequota/team   pods           10      10     0      100%   Full
-           clusterresourcequota/team   requests.cpu   3500m   4      500m   87%    Warn
"
    );

    // A user of one namespace sees what counts it, whose role `rbac` prints.
    let role = env.run("kubectl", ["quota", "rbac", "usage", "-n", "child"]).success().stdout;
    env.file("role.yaml", role);
    env.run("kubectl", ["apply", "-f", "role.yaml"]).success();
    let binding =
        ["create", "rolebinding", "member", "-n", "child", "--role=kubectl-quota-usage", "--user=member"];
    env.run("kubectl", binding).success();
    // One kind that may not be listed is named, and the rest is shown.
    cluster.grant("viewer", None, &[Rule::core(&["resourcequotas"], &["list"])]).expect("a grant");
    let viewer = env.kubeconfig(cluster.user("viewer", &[]).expect("a user"));
    let output = viewer.run("kubectl", ["quota", "usage", "-A"]).exits(4);
    assert!(output.stdout.contains("child       own     pods"), "{output}");
    for resource in ["clusterresourcequotas", "hierarchicalresourcequotas", "projects"] {
        assert!(
            output.stderr.contains(&format!("Warning: can't list {resource} in all namespaces: ")),
            "{output}"
        );
    }

    let member = viewer.kubeconfig(cluster.user("member", &[]).expect("a user"));
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(60);
    let mut output = member.run("kubectl", ["quota", "usage", "-n", "child"]);
    // The authorizer learns of a role a moment later.
    while output.status == Some(6) && std::time::Instant::now() < deadline {
        output = member.run("kubectl", ["quota", "usage", "-n", "child"]);
    }
    let output = output.exits(4);
    assert_eq!(
        output.stdout,
        "\
QUOTA                       RESOURCE       USED    HARD   FREE   USE%   STATE
clusterresourcequota/team   pods           10      10     0      100%   Full
clusterresourcequota/team   requests.cpu   3500m   4      500m   87%    Warn
own                         pods           0       20     20     0%     Ok
"
    );
    // What counts the namespace from elsewhere is known of, though it may not be read.
    for (resource, place) in [("hierarchicalresourcequotas", "parent"), ("projects", "c-1/p-1")] {
        let warning = format!("Warning: can't list {resource} in namespace {place}: ");
        assert!(output.stderr.contains(&warning), "{output}");
    }
    // Who may not see all namespaces is shown what counts the one in effect, and told so.
    let output = member.run("kubectl", ["quota", "usage", "-A", "-n", "child"]).exits(4);
    assert!(output.stdout.contains("-           clusterresourcequota/team   pods "), "{output}");
    assert!(output.stdout.contains("child       own                         pods "), "{output}");
    assert!(output.stderr.contains("only namespace child is shown\n"), "{output}");
    let env = TestEnv::on(&cluster).program(executable(QUOTA));
    resizes_are_charged_to_resource_quotas_only(&cluster, &env);
}
