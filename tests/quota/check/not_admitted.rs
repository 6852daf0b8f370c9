//! What never gets as far as a quota: `check` says it in the words of the server, which is asked the same.

use serde_json::{Value, json};
use shared::model::kind::built_in_kind;
use support::{TestEnv, cluster, fresh_namespace};

use crate::{
    objects::{cpu, deployment, pod, template},
    support::{administrator, check, user, without_cluster},
};

/// What the server says to an object that is sent to it as kubectl sends it.
fn told_by_server(object: &Value) -> String {
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let kind = built_in_kind(&text(&object["apiVersion"]), &text(&object["kind"])).expect("a kind");
    let path = kind.collection(&text(&object["metadata"]["namespace"]));
    let path = format!("{path}?dryRun=All&fieldValidation=Strict");
    let answer = cluster().api().request("POST", &path, None, Some(object)).expect("an answer");
    assert!(answer.status >= 400, "{object:#}");
    text(&answer.body["message"])
}

fn message(row: &Value) -> &str {
    row["messages"][0].as_str().unwrap_or_else(|| panic!("no message in {row:#}"))
}

/// Objects that the server refuses, each for another reason.
fn wrong(namespace: &str) -> Vec<Value> {
    let with = |mut object: Value, path: &str, value: Value| {
        let (parent, field) = path.rsplit_once('/').expect("a path");
        object.pointer_mut(parent).expect("a parent")[field] = value;
        object
    };
    let pod = |path: &str, value: Value| with(pod(namespace, "p", &cpu("1m")), path, value);
    let web = |path: &str, value: Value| {
        with(deployment(namespace, "web", 1, template("web", &cpu("1m"))), path, value)
    };
    let of = |version: &str, kind: &str, spec: Value| json!({"apiVersion": version, "kind": kind, "metadata": {"name": "x", "namespace": namespace}, "spec": spec});
    let container = json!([{"name": "a", "image": "a"}]);
    let target = json!({"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"});
    let autoscaler = json!({"scaleTargetRef": target, "minReplicas": 9, "maxReplicas": 3});
    let job = |name: String, mut spec: Value| {
        spec["template"] = json!({"spec": {"restartPolicy": "Never", "containers": container}});
        with(of("batch/v1", "Job", spec), "/metadata/name", json!(name))
    };
    vec![
        pod("/spec/containers/0/resource", json!({"requests": {"cpu": 100}})),
        pod("/spec/containers/0/resources/request", json!({"cpu": 100})),
        pod("/spec/containers/0/resources/requests", json!({"gpu": 1})),
        pod("/spec/containers/0/resources/requests", json!({"storage": "1Gi"})),
        pod("/spec/containers/0/args", json!([1])),
        pod("/spec/containers/0/image", json!("")),
        pod("/spec/containers", json!([])),
        pod("/spec", json!([1])),
        pod("/metadata/name", json!("Bad_Name")),
        pod("/metadata/name", json!("a".repeat(254))),
        pod("/metadata/labels", json!({"a": "b".repeat(64)})),
        pod("/metadata/labels", json!({"a".repeat(64): "b"})),
        pod("/metadata/annotations", json!({"a/b/c": "d"})),
        pod("/spec/containers/0/name", json!("a.b")),
        pod("/spec/containers/0/name", json!("a".repeat(64))),
        web("/spec/replicas", json!("3")),
        web("/spec/replicas", json!(3.5)),
        web("/spec/replicas", json!(-1)),
        web("/spec/selector", json!({"matchLabels": {"app": "other"}})),
        with(
            of(
                "batch/v1",
                "CronJob",
                json!({
                    "schedule": "@daily",
                    "jobTemplate": {"spec": {"template": {"spec": {"restartPolicy": "Never", "containers": container}}}},
                }),
            ),
            "/metadata/name",
            json!("c".repeat(53)),
        ),
        of("autoscaling/v2", "HorizontalPodAutoscaler", autoscaler.clone()),
        of("autoscaling/v1", "HorizontalPodAutoscaler", autoscaler),
        job("j".repeat(64), json!({})),
        job("j".repeat(62), json!({"completionMode": "Indexed", "completions": 3})),
        job("a.b".to_owned(), json!({"completionMode": "Indexed", "completions": 3})),
        web("/spec/template/spec/contianers", json!([])),
        web("/metadata/labels", json!({"a": "c d"})),
        of("v1", "ResourceQuota", json!({"hard": {"pods": "1"}, "scope": []})),
        of("v1", "Service", json!({"ports": [{"port": 80}, {"port": 81}]})),
        of("v1", "PersistentVolumeClaim", json!({"resources": {"requests": {"storage": "1Gi"}}})),
        of("batch/v1", "Job", json!({"parallelism": -1, "template": {"spec": {"containers": container}}})),
        of(
            "apps/v1",
            "StatefulSet",
            json!({
                "selector": {"matchLabels": {"a": "b"}},
                "template": {"metadata": {"labels": {"a": "c"}}, "spec": {"containers": [{"name": "a"}, {"name": "a", "image": "b"}]}},
            }),
        ),
    ]
}

#[test]
fn fields_types_and_names_in_the_words_of_the_server() {
    let namespace = fresh_namespace("wrong");
    let env = administrator();
    for object in wrong(&namespace) {
        let said = told_by_server(&object);
        let rows = check(&env, &[], &[&object], 3);
        assert_eq!(message(&rows[0]), said, "{object:#}");
        // Without a cluster the same is said.
        env.file("empty.json", json!({"apiVersion": "v1", "kind": "List", "items": []}).to_string());
        let rows = check(&env, &["--from", "empty.json"], &[&object], 3);
        assert_eq!(message(&rows[0]), said, "{object:#}");
    }
}

#[test]
fn numbers_that_yaml_reads_in_another_way_are_read_as_kubectl_reads_them() {
    let env = without_cluster();
    env.file("empty.json", json!({"apiVersion": "v1", "kind": "List", "items": []}).to_string());
    for (text, pods) in [("3.0", 3), ("011", 9)] {
        let web = format!(
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: web}}\nspec:\n  replicas: {text}\n  selector: {{matchLabels: {{app: web}}}}\n  template: {{metadata: {{labels: {{app: web}}}}, spec: {{containers: [{{name: c, image: i}}]}}}}\n"
        );
        env.file("web.yaml", web);
        let output =
            env.run("kubectl-quota", ["check", "-f", "web.yaml", "--from", "empty.json", "-o", "json"]);
        let row = &output.exits(0).json()["objects"][0];
        assert_eq!(row["pods"], json!({"wanted": pods, "admitted": pods}), "{text}");
    }
}

#[test]
fn input_that_holds_no_object_is_an_error() {
    let env = without_cluster();
    env.file("dump.json", json!({"apiVersion": "v1", "kind": "List", "items": []}).to_string());
    let run = |text: &str| {
        let output = env
            .command("kubectl-quota", ["check", "-f", "-", "--from", "dump.json"])
            .stdin(text.to_owned())
            .run()
            .exits(1);
        assert_eq!(output.stdout, "");
        output.stderr
    };
    let no_object = "error: there is no object in standard input\nhint: it has nothing but comments, empty documents or empty lists\n";
    assert_eq!(run("# only comments\n---\n"), no_object);
    assert_eq!(run("apiVersion: v1\nkind: List\nitems: []\n"), no_object);
    let other = |document: usize| {
        format!(
            "error: standard input, document {document}: this is not a Kubernetes object\nhint: a manifest is a map with apiVersion, kind and metadata\n"
        )
    };
    assert_eq!(run("hello world\n"), other(1));
    assert_eq!(run("- a\n"), other(1));
    assert_eq!(run("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n---\nhello\n"), other(2));
}

#[test]
fn a_version_that_is_gone_is_named_with_its_successor_and_its_pods_are_judged() {
    let namespace = fresh_namespace("gone");
    cluster()
        .api()
        .create(&crate::objects::limit_range(
            &namespace,
            "small",
            &json!({"type": "Container", "max": {"cpu": "1"}}),
        ))
        .expect("a LimitRange");
    let env = administrator();
    let mut web = deployment(&namespace, "web", 2, template("web", &cpu("2")));
    web["apiVersion"] = json!("extensions/v1beta1");
    let rows = check(&env, &[], &[&web], 3);
    assert_eq!(message(&rows[0]), "no matches for kind \"Deployment\" in version \"extensions/v1beta1\"");
    assert_eq!(rows[0]["warnings"], json!(["extensions/v1beta1 is not served: write `apiVersion: apps/v1`"]));
    let pods = "Pod \"web-*\" is invalid: spec.containers[0].resources.requests: Invalid value: \"2\": must be less than or equal to cpu limit of 1";
    assert_eq!(rows[0]["messages"][1], pods);
    let thing = json!({"apiVersion": "example.com/v1", "kind": "Thing", "metadata": {"name": "x", "namespace": namespace}});
    let rows = check(&env, &[], &[thing], 3);
    assert_eq!(message(&rows[0]), "no matches for kind \"Thing\" in version \"example.com/v1\"");
    // What is served as a part of pods only is no kind to kubectl either.
    let eviction = json!({"apiVersion": "policy/v1", "kind": "Eviction", "metadata": {"name": "x", "namespace": namespace}});
    env.file("eviction.json", eviction.to_string());
    let kubectl = env.run("kubectl", ["apply", "-f", "eviction.json"]).exits(1);
    let rows = check(&env, &[], &[eviction], 3);
    assert_eq!(message(&rows[0]), "no matches for kind \"Eviction\" in version \"policy/v1\"");
    assert!(kubectl.stderr.contains(message(&rows[0])), "{kubectl}");
}

/// Of a Secret that exists only the metadata is read: what a manifest leaves out may be there.
#[test]
fn data_that_a_secret_keeps_is_not_missed() {
    let namespace = fresh_namespace("kept");
    let secret = |data: Value| {
        let metadata = json!({"name": "tls", "namespace": namespace, "labels": {"a": "b"}});
        json!({"apiVersion": "v1", "kind": "Secret", "metadata": metadata, "type": "kubernetes.io/tls", "data": data})
    };
    let env = administrator();
    let without = secret(json!({}));
    assert_eq!(message(&check(&env, &[], &[&without], 3)[0]), told_by_server(&without));
    cluster().api().create(&secret(json!({"tls.crt": "YQ==", "tls.key": "YQ=="}))).expect("a Secret");
    assert_eq!(check(&env, &[], &[without], 0)[0]["verdict"], "Admitted");
}

#[test]
fn a_namespace_that_is_not_there() {
    let env = administrator();
    let missing = "no-such-namespace";
    let lone = pod(missing, "p", &json!({}));
    assert_eq!(message(&check(&env, &[], &[&lone], 3)[0]), told_by_server(&lone));
    let created = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": missing}});
    check(&env, &[], &[&created, &lone], 0);
    let said = "Error from server (NotFound): namespaces \"no-such-namespace\" not found\nhint: `kubectl get namespaces` lists those that are there\n";
    for words in [["explain"].as_slice(), &["what-if", "--hard", "pods=1"]] {
        let arguments = [&["quota"], words, &["-n", missing]].concat();
        let output = env.run("kubectl", arguments).exits(1);
        assert_eq!((output.stdout.as_str(), output.stderr.as_str()), ("", said));
    }
}

#[test]
fn pods_below_the_level_of_pod_security_are_refused() {
    let namespace = fresh_namespace("level");
    let api = cluster().api();
    let labels = json!({"metadata": {"labels": {"pod-security.kubernetes.io/enforce": "restricted"}}});
    api.merge_patch(&format!("/api/v1/namespaces/{namespace}"), &labels).expect("labels");
    let env = administrator();
    let mut bad = pod(&namespace, "p", &json!({}));
    bad["spec"]["hostNetwork"] = json!(true);
    bad["spec"]["volumes"] = json!([{"name": "h", "hostPath": {"path": "/"}}]);
    let said = told_by_server(&bad);
    let rows = check(&env, &[], &[&bad], 3);
    assert_eq!(message(&rows[0]), said);
    assert_eq!(rows[0]["by"], json!([{"kind": "PodSecurity", "name": ""}]));
    let web = deployment(&namespace, "web", 2, template("web", &json!({})));
    let rows = check(&env, &[], &[&web], 3);
    assert!(
        message(&rows[0])
            .starts_with("pods \"web-*\" is forbidden: violates PodSecurity \"restricted:latest\": ")
    );
    let mut good = pod(&namespace, "good", &json!({}));
    good["spec"]["securityContext"] =
        json!({"runAsNonRoot": true, "seccompProfile": {"type": "RuntimeDefault"}});
    good["spec"]["containers"][0]["securityContext"] =
        json!({"allowPrivilegeEscalation": false, "capabilities": {"drop": ["ALL"]}});
    check(&env, &[], &[&good], 0);
    api.create(&good).expect("a pod of the level");
    api.create(&web).expect("a Deployment");
    let rollout = env.run("kubectl", ["quota", "rollout", "deploy/web", "-n", &namespace]).exits(3);
    assert!(rollout.stdout.contains("violates PodSecurity"), "{rollout}");
}

#[test]
fn what_an_update_may_not_change() {
    let namespace = fresh_namespace("fixed");
    let api = cluster().api();
    let env = administrator();
    let one = pod(&namespace, "p", &cpu("100m"));
    let mut set = crate::objects::workload("StatefulSet", &namespace, "s", 0, template("s", &cpu("1m")));
    set["spec"]["volumeClaimTemplates"] = json!([{"metadata": {"name": "d"}, "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}}}]);
    let web = deployment(&namespace, "web", 0, template("web", &cpu("1m")));
    let mut job = crate::objects::batch(
        "Job",
        &namespace,
        "j",
        &json!({"suspend": true, "template": template("j", &cpu("1m"))}),
    );
    job["spec"]["template"]["spec"]["restartPolicy"] = json!("Never");
    let before = [one, set, web, job];
    for object in &before {
        api.create(object).expect("an object");
    }
    let mut after = before.clone();
    check(&env, &[], &before, 0);
    after[0]["spec"]["containers"][0]["resources"]["requests"]["cpu"] = json!("200m");
    after[1]["spec"]["volumeClaimTemplates"][0]["spec"]["resources"]["requests"]["storage"] = json!("5Gi");
    after[2]["spec"]["selector"]["matchLabels"]["app"] = json!("other");
    after[2]["spec"]["template"]["metadata"]["labels"]["app"] = json!("other");
    after[3]["spec"]["template"]["spec"]["containers"][0]["image"] = json!("other");
    let rows = check(&env, &[], &after, 3);
    for (object, row) in after.iter().zip(&rows) {
        let arguments = ["apply", "--dry-run=server", "-f", "-"];
        let said = env.command("kubectl", arguments).stdin(object.to_string()).run().exits(1).stderr;
        // The server prints whole specs of Jobs, and a difference after what is said of pods.
        let (_, why) = message(row).split_once(" is invalid: ").expect("a reason");
        for part in why.split('…') {
            assert!(said.contains(part.trim_start_matches("spec.template: ")), "{part}\n{said}");
        }
    }
}

#[test]
fn what_nobody_looked_at_is_named_once() {
    let namespace = fresh_namespace("unchecked");
    let api = cluster().api();
    let policy = json!({
        "apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingAdmissionPolicy", "metadata": {"name": namespace},
        "spec": {
            "matchConstraints": {
                "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": namespace}},
                "resourceRules": [{"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE"], "resources": ["pods"]}],
            },
            "validations": [{"expression": "true"}],
        },
    });
    let binding = json!({
        "apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingAdmissionPolicyBinding", "metadata": {"name": namespace},
        "spec": {"policyName": namespace, "validationActions": ["Deny"]},
    });
    let root = "/apis/admissionregistration.k8s.io/v1";
    for (plural, object) in
        [("validatingadmissionpolicies", policy), ("validatingadmissionpolicybindings", binding)]
    {
        let answer =
            api.request("POST", &format!("{root}/{plural}"), None, Some(&object)).expect("an answer");
        assert_eq!(answer.status, 201, "{}", answer.body);
    }
    let env = administrator();
    let object = pod(&namespace, "p", &json!({})).to_string();
    let run = |env: &TestEnv, words: &[&str], status: i32| {
        let arguments = ["quota", "check", "-f", "-"].iter().chain(words);
        env.command("kubectl", arguments).stdin(object.clone()).run().exits(status)
    };
    let line = format!("admission policies {namespace}: only --ask-server asks");
    let output = run(&env, &[], 0);
    assert!(output.stdout.ends_with(&format!("\n\nNot checked:\n  {line}\n")), "{output}");
    assert_eq!(output.stderr, "");
    assert_eq!(run(&env, &["-o", "json"], 0).json()["unchecked"], json!([line]));
    run(&env, &["--strict"], 3);
    assert_eq!(run(&env, &["--ask-server", "--strict", "-o", "json"], 0).json()["unchecked"], json!([]));
    // Who may read nothing is told so.
    let unchecked = run(&user("unchecked-nobody"), &["-o", "json"], 4).json()["unchecked"].clone();
    let texts: Vec<_> = unchecked.as_array().expect("texts").iter().filter_map(Value::as_str).collect();
    assert!(
        texts[0].starts_with(&format!(
            "whether namespace {namespace} exists and what Pod Security it enforces: "
        ))
    );
    assert!(texts[1].starts_with("admission webhooks and policies: no permission to list "), "{texts:?}");
}
