//! `check --ask-server`: webhooks and policies count, since the server is asked.

use cluster::Rule;
use serde_json::{Value, json};
use support::{FaultServer, Reply, cluster, fresh_namespace};

use crate::{
    objects::{deployment, pod, quota, template},
    support::{
        administrator, check, enforced_quota, refusal_of_pods, user, with_made_up_names, without_cluster,
    },
};

/// A policy of the server itself that gives every pod of the namespace a sidecar of 400m, as a mesh does; returns once
/// the server obeys.
fn inject_sidecars(namespace: &str) {
    let api = cluster().api();
    let sidecar = "Object{spec: Object.spec{containers: [Object.spec.containers{name: 'sidecar', image: 'proxy', resources: Object.spec.containers.resources{requests: {'cpu': '400m'}}}]}}";
    let policy = json!({
        "apiVersion": "admissionregistration.k8s.io/v1", "kind": "MutatingAdmissionPolicy", "metadata": {"name": namespace},
        "spec": {
            "matchConstraints": {
                "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": namespace}},
                "resourceRules": [{"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE"], "resources": ["pods"]}],
            },
            "matchConditions": [{"name": "none-yet", "expression": "!object.spec.containers.exists(one, one.name == 'sidecar')"}],
            "failurePolicy": "Fail", "reinvocationPolicy": "Never",
            "mutations": [{"patchType": "ApplyConfiguration", "applyConfiguration": {"expression": sidecar}}],
        },
    });
    let binding = json!({
        "apiVersion": "admissionregistration.k8s.io/v1", "kind": "MutatingAdmissionPolicyBinding", "metadata": {"name": namespace},
        "spec": {"policyName": namespace},
    });
    let root = "/apis/admissionregistration.k8s.io/v1";
    for (plural, object) in
        [("mutatingadmissionpolicies", policy), ("mutatingadmissionpolicybindings", binding)]
    {
        let answer =
            api.request("POST", &format!("{root}/{plural}"), None, Some(&object)).expect("an answer");
        assert_eq!(answer.status, 201, "{}", answer.body);
    }
    let probe = pod(namespace, "probe", &json!({}));
    let path = format!("/api/v1/namespaces/{namespace}/pods?dryRun=All");
    let obeyed = || {
        let answer = api.request("POST", &path, None, Some(&probe)).expect("an answer");
        answer.status == 201 && answer.body["spec"]["containers"].as_array().is_some_and(|all| all.len() == 2)
    };
    while !obeyed() {
        std::thread::yield_now();
    }
}

fn web(namespace: &str, name: &str, replicas: usize, cpu: &str) -> Value {
    deployment(namespace, name, replicas, template(name, &json!({"cpu": cpu})))
}

#[test]
fn an_injected_sidecar_is_seen_by_the_server_only() {
    let namespace = fresh_namespace("server");
    inject_sidecars(&namespace);
    enforced_quota(&namespace, "few", &json!({"requests.cpu": "500m"}));
    let env = administrator();
    let web = web(&namespace, "web", 2, "200m");
    let alone = check(&env, &[], std::slice::from_ref(&web), 0);
    assert_eq!(
        (&alone[0]["verdict"], &alone[0]["pods"]),
        (&json!("Admitted"), &json!({"wanted": 2, "admitted": 2}))
    );

    let rows = check(&env, &["--ask-server"], std::slice::from_ref(&web), 3);
    let words = "pods \"web-*\" is forbidden: exceeded quota: few, requested: requests.cpu=600m, used: requests.cpu=0, limited: requests.cpu=500m";
    assert_eq!((&rows[0]["verdict"], &rows[0]["messages"]), (&json!("Refused"), &json!([words])));
    assert_eq!(rows[0]["pods"], json!({"wanted": 2, "admitted": 0}));
    assert_eq!(
        rows[0]["shortages"],
        json!(["quota few: requests.cpu needs 1200m more, 500m of 500m is free: 700m short"])
    );
    cluster().api().create(&web).expect("a Deployment");
    assert_eq!(with_made_up_names(&refusal_of_pods(&namespace, "web"), "web"), words);
}

#[test]
fn what_comes_back_is_counted_as_often_as_it_is_made() {
    let namespace = fresh_namespace("server");
    inject_sidecars(&namespace);
    enforced_quota(&namespace, "few", &json!({"requests.cpu": "1500m"}));
    let objects = [web(&namespace, "one", 1, "100m"), web(&namespace, "two", 3, "100m")];
    let env = administrator();
    check(&env, &[], &objects, 0);
    let rows = check(&env, &["--ask-server"], &objects, 3);
    assert_eq!((&rows[0]["verdict"], &rows[1]["verdict"]), (&json!("Admitted"), &json!("Refused")));
    assert_eq!(rows[1]["pods"], json!({"wanted": 3, "admitted": 2}));
    let words = "exceeded quota: few, requested: requests.cpu=500m, used: requests.cpu=1500m, limited: requests.cpu=1500m";
    assert_eq!(rows[1]["messages"], json!([format!("pods \"two-*\" is forbidden: {words}")]));
    let api = cluster().api();
    api.create(&objects[0]).expect("a Deployment");
    let path = |name: &str| format!("/apis/apps/v1/namespaces/{namespace}/deployments/{name}");
    api.wait_for(&path("one"), "its pod", |one| one["status"]["replicas"] == 1).expect("a pod");
    api.create(&objects[1]).expect("a Deployment");
    assert!(refusal_of_pods(&namespace, "two").ends_with(words));
    api.wait_for(&path("two"), "two pods", |two| two["status"]["replicas"] == 2).expect("two pods");
}

#[test]
fn what_a_manifest_before_it_makes_is_no_refusal() {
    let namespace = fresh_namespace("server");
    let objects = [
        json!({"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "robot", "namespace": namespace}}),
        json!({
            "apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p", "namespace": namespace},
            "spec": {"serviceAccountName": "robot", "containers": [{"name": "a", "image": "a"}]},
        }),
    ];
    let env = administrator();
    let rows = check(&env, &["--ask-server"], &objects, 4);
    let why = format!(
        "pods \"p\" is forbidden: error looking up service account {namespace}/robot: serviceaccount \"robot\" not found"
    );
    assert_eq!(
        (&rows[1]["verdict"], rows[1]["doubt"].as_str()),
        (
            &json!("Unknown"),
            Some(
                format!(
                    "the server refuses it until ServiceAccount robot of these manifests is applied: {why}"
                )
                .as_str()
            )
        )
    );
    // What is there is updated, whether it has a namespace or not.
    let there = [
        json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": namespace, "labels": {"team": "a"}}}),
        json!({"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "default", "namespace": namespace, "labels": {"team": "a"}}}),
    ];
    check(&env, &["--ask-server"], &there, 0);
    // Nobody makes it: a refusal.
    let rows = check(&env, &["--ask-server"], &objects[1..], 3);
    assert_eq!(
        (&rows[0]["messages"], &rows[0]["by"]),
        (&json!([why]), &json!([{"kind": "Server", "name": ""}]))
    );
    let mut typing = objects[0].clone();
    typing["secretz"] = json!([]);
    let rows = check(&env, &["--ask-server"], &[typing], 3);
    assert_eq!(
        rows[0]["messages"],
        json!([
            "ServiceAccount in version \"v1\" cannot be handled as a ServiceAccount: strict decoding error: unknown field \"secretz\""
        ])
    );
}

#[test]
fn who_may_not_create_is_told_apart_from_who_has_no_room() {
    let namespace = fresh_namespace("server");
    enforced_quota(&namespace, "few", &json!({"pods": "0"}));
    let name = format!("asks-{namespace}");
    let env = user(&name);
    let reads = Rule::core(&["resourcequotas", "limitranges", "pods"], &["get", "list"]);
    let workloads = Rule::of("apps", &["deployments"], &["get", "create"]);
    cluster().grant(&name, Some(&namespace), &[reads, workloads]).expect("a role");
    let web = web(&namespace, "web", 1, "1m");
    let pod = pod(&namespace, "p", &json!({}));
    let refusal = format!(
        "pods is forbidden: User \"{name}\" cannot create resource \"pods\" in API group \"\" in the namespace \"{namespace}\""
    );
    // The quota refuses all the same, as it is read.
    let rows = check(&env, &["--ask-server"], std::slice::from_ref(&web), 3);
    assert_eq!(rows[0]["doubt"], format!("no permission for the dry run: {refusal}"));
    assert_eq!(
        rows[0]["messages"],
        json!([
            "pods \"web-*\" is forbidden: exceeded quota: few, requested: pods=1, used: pods=0, limited: pods=0"
        ])
    );
    let mut none = web;
    none["spec"]["replicas"] = Value::from(0);
    assert_eq!(check(&env, &["--ask-server"], &[none], 0)[0]["doubt"], Value::Null);
    let output = env
        .command("kubectl", ["quota", "check", "--ask-server", "-f", "-"])
        .stdin(pod.to_string())
        .run()
        .exits(6);
    assert_eq!(output.stdout, "");
    assert_eq!(
        output.stderr.lines().last().map(str::to_owned),
        Some("hint: without --ask-server, `check` needs permission to read only".to_owned())
    );
    assert!(output.stderr.contains(&format!("Error from server (Forbidden): {refusal}\n")), "{output}");
}

#[test]
fn a_webhook_that_does_no_dry_runs_leaves_it_open() {
    let server = FaultServer::http();
    let few = {
        let mut few = quota("team", "few", &json!({"pods": "1"}));
        few["status"] = json!({"hard": {"pods": "1"}, "used": {"pods": "0"}});
        few
    };
    server.on("/api/v1/namespaces/team/resourcequotas", [Reply::page("ResourceQuotaList", &[few], None)]);
    server.on("/api/v1/namespaces/team/limitranges", [Reply::page("LimitRangeList", &[], None)]);
    let message = "admission webhook \"mesh.example.com\" does not support dry run";
    server.on("/api/v1/namespaces/team/pods", [Reply::status(400, "BadRequest", message)]);
    server.otherwise([Reply::status(404, "NotFound", "not found")]);
    let env = without_cluster();
    let kubeconfig = env.file("config", server.kubeconfig());
    let env = env.kubeconfig(kubeconfig);
    let pod = pod("team", "p", &json!({}));
    let output = env
        .command("kubectl-quota", ["check", "--ask-server", "-f", "-", "-o", "json"])
        .stdin(pod.to_string())
        .run();
    let output = output.exits(4);
    let row = &output.json()["objects"][0];
    assert_eq!(row["doubt"], format!("the server does not support this dry run: {message}"));
    assert_eq!(row["verdict"], "Unknown");
}

#[test]
fn the_flag_server_is_kubectl_s_and_takes_an_address() {
    let server = FaultServer::http();
    server.on("/api/v1/namespaces/team/resourcequotas", [Reply::page("ResourceQuotaList", &[], None)]);
    server.on("/api/v1/namespaces/team/limitranges", [Reply::page("LimitRangeList", &[], None)]);
    let team = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "team"}, "status": {"phase": "Active"}});
    server.on("/api/v1/namespaces/team", [Reply::json(200, &team)]);
    server.otherwise([Reply::status(404, "NotFound", "not found")]);
    let env = without_cluster();
    let elsewhere = "{clusters: [{name: c, cluster: {server: 'http://127.0.0.1:1'}}], contexts: [{name: x, context: {cluster: c, namespace: team}}], current-context: x}";
    let kubeconfig = env.file("config", elsewhere);
    let env = env.kubeconfig(kubeconfig);
    let pod = pod("team", "p", &json!({})).to_string();
    let url = server.url();
    for flag in ["-s", "--server"] {
        env.command("kubectl-quota", ["check", "-f", "-", flag, &url]).stdin(pod.clone()).run().exits(0);
    }
    let quotas = "/api/v1/namespaces/team/resourcequotas";
    let asked = server.requests().iter().filter(|request| request.target().starts_with(quotas)).count();
    assert_eq!(asked, 2);
    let output = env.command("kubectl-quota", ["check", "-f", "-", "--server"]).stdin(pod).run().exits(2);
    assert!(output.stderr.starts_with("error: a value is required for '--server <URL>'"), "{output}");
}
