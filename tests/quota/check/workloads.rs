//! What workloads make, foretold and then made by the real controllers.

use serde_json::{Value, json};
use support::{TestEnv, cluster, fresh_namespace};

use crate::{
    objects::{self, batch, config_map, limit_range, template, without_namespace, workload},
    support::{
        administrator, check as check_in, enforced_quota, refusal_of_pods, told, wait_until_counted,
        with_made_up_names,
    },
};

fn pods(name: &str, cpu: &str) -> Value {
    template(name, &json!({"cpu": cpu}))
}

/// Manifests here have no namespace; the command line names it.
fn deployment(name: &str, replicas: usize, cpu: &str) -> Value {
    without_namespace(objects::deployment("", name, replicas, pods(name, cpu)))
}

fn check(env: &TestEnv, namespace: &str, objects: &[Value], status: i32) -> Vec<Value> {
    check_in(env, &["-n", namespace], objects, status)
}

fn create(namespace: &str, object: &Value) {
    let mut object = object.clone();
    object["metadata"]["namespace"] = Value::from(namespace);
    cluster().api().create(&object).expect("an object");
}

#[test]
fn a_deployment_gets_as_many_pods_as_fit() {
    let namespace = fresh_namespace("workloads");
    enforced_quota(&namespace, "q", &json!({"requests.cpu": "1", "count/replicasets.apps": "5"}));
    let env = administrator();
    let web = deployment("web", 5, "300m");
    let rows = check(&env, &namespace, std::slice::from_ref(&web), 3);
    assert_eq!(rows[0]["pods"], json!({"wanted": 5, "admitted": 3}));
    assert_eq!(
        rows[0]["shortages"],
        json!(["quota q: requests.cpu needs 600m more, 100m of 1 is free: 500m short"])
    );
    let patch = format!(
        "kubectl patch resourcequota q -n {namespace} --type merge -p '{{\"spec\":{{\"hard\":{{\"requests.cpu\":\"1500m\"}}}}}}'"
    );
    assert_eq!(rows[0]["fix"], json!([patch]));

    create(&namespace, &web);
    // The numbers in the controller's message are those of whichever pod came first; the foretold one is the fourth.
    let told = refusal_of_pods(&namespace, "web");
    let foretold = rows[0]["messages"][0].as_str().expect("a message");
    let start = "pods \"web-*\" is forbidden: exceeded quota: q, requested: requests.cpu=300m, used: requests.cpu=900m, limited: requests.cpu=1";
    assert_eq!((told.as_str(), foretold), (start, start));
    let path = format!("/apis/apps/v1/namespaces/{namespace}/deployments/web");
    let seen = cluster().api().wait_for(&path, "three pods", |web| web["status"]["replicas"] == 3);
    assert_eq!(seen.expect("three pods")["spec"]["replicas"], 5);

    // The command does what it says.
    let words: Vec<_> =
        patch.split_whitespace().skip(1).map(|word| word.trim_matches('\'').to_owned()).collect();
    env.run("kubectl", words).success();
    let path = format!("/api/v1/namespaces/{namespace}/resourcequotas/q");
    cluster()
        .api()
        .wait_for(&path, "the raised quota", |quota| quota["status"]["hard"]["requests.cpu"] == "1500m")
        .expect("a raised quota");
    let pod = |number: u8| {
        let mut pod = pods("web", "300m");
        pod["apiVersion"] = Value::from("v1");
        pod["kind"] = Value::from("Pod");
        pod["metadata"]["name"] = Value::from(format!("by-hand-{number}"));
        pod
    };
    // Two more fit, and a third does not. The Deployment's own come first or these do: five in all.
    let rows = check(&env, &namespace, &[pod(1), pod(2), pod(3)], 3);
    let refused = rows.iter().filter(|row| row["verdict"] == "Refused").count();
    assert!(refused >= 1, "{rows:?}");
}

#[test]
fn objects_are_charged_one_after_the_other() {
    let namespace = fresh_namespace("workloads");
    enforced_quota(&namespace, "q", &json!({"pods": "3", "configmaps": "2"}));
    wait_until_counted(&namespace, "q", &json!({"configmaps": "1"}));
    let map = |name: &str| without_namespace(config_map("", name));
    // Every namespace has one from the start, the root certificates.
    let objects = [map("a"), deployment("first", 2, "1m"), map("b"), deployment("second", 2, "1m")];
    let rows = check(&administrator(), &namespace, &objects, 3);
    let verdicts: Vec<_> = rows.iter().map(|row| row["verdict"].as_str().expect("a verdict")).collect();
    assert_eq!(verdicts, ["Admitted", "Admitted", "Refused", "Refused"]);
    assert_eq!(
        rows[2]["messages"],
        json!([
            "configmaps \"b\" is forbidden: exceeded quota: q, requested: configmaps=1, used: configmaps=2, limited: configmaps=2"
        ])
    );
    assert_eq!(rows[3]["pods"], json!({"wanted": 2, "admitted": 1}));
    assert_eq!(
        rows[3]["messages"],
        json!([
            "pods \"second-*\" is forbidden: exceeded quota: q, requested: pods=1, used: pods=3, limited: pods=3"
        ])
    );
}

#[test]
fn a_stateful_set_gets_as_many_pods_as_it_gets_claims() {
    let namespace = fresh_namespace("workloads");
    enforced_quota(&namespace, "q", &json!({"requests.storage": "2Gi", "pods": "10"}));
    let claim = json!({
        "metadata": {"name": "data"},
        "spec": {"accessModes": ["ReadWriteOnce"], "storageClassName": "", "resources": {"requests": {"storage": "1Gi"}}},
    });
    let mut set = without_namespace(workload("StatefulSet", "", "db", 4, pods("db", "1m")));
    set["spec"]["podManagementPolicy"] = json!("Parallel");
    set["spec"]["volumeClaimTemplates"] = json!([claim]);
    let env = administrator();
    let rows = check(&env, &namespace, std::slice::from_ref(&set), 3);
    assert_eq!(rows[0]["pods"], json!({"wanted": 4, "admitted": 2}));
    let foretold = "persistentvolumeclaims \"data-db-2\" is forbidden: exceeded quota: q, requested: requests.storage=1Gi, used: requests.storage=2Gi, limited: requests.storage=2Gi";
    assert_eq!(rows[0]["messages"], json!([foretold]));

    create(&namespace, &set);
    let query = "fieldSelector=reason%3DFailedCreate";
    let events = format!("/api/v1/namespaces/{namespace}/events");
    // All are made at once, so that any two come first.
    let words = foretold.split_once("forbidden: ").expect("words").1;
    let told = cluster().api().wait(&events, query, "a refused claim", |events| {
        let messages = events.iter().filter_map(|event| event["message"].as_str());
        messages
            .filter(|message| message.starts_with("Create Claim "))
            .any(|message| message.ends_with(words))
    });
    told.expect("a claim to be refused in these words");

    // It goes on asking for the other two, and what it leaves behind is used again.
    let path = format!("/apis/apps/v1/namespaces/{namespace}/statefulsets/db");
    cluster().api().wait_for(&path, "two pods", |db| db["status"]["replicas"] == 2).expect("two pods");
    let rows = check(&env, &namespace, std::slice::from_ref(&set), 3);
    assert_eq!(rows[0]["pods"], json!({"wanted": 2, "admitted": 0}));
    assert!(rows[0]["messages"][0].as_str().expect("a message").ends_with(words));
    let path = format!("/apis/apps/v1/namespaces/{namespace}/statefulsets/db?propagationPolicy=Background");
    cluster().api().delete(&path).expect("no more set");
    cluster()
        .api()
        .wait_until_gone(&format!("/apis/apps/v1/namespaces/{namespace}/statefulsets/db"))
        .expect("no more set");
    let rows = check(&env, &namespace, &[set], 3);
    assert_eq!(rows[0]["pods"], json!({"wanted": 4, "admitted": 2}));
}

#[test]
fn names_of_stateful_sets_that_leave_no_room_for_a_revision_are_doubted() {
    let namespace = fresh_namespace("long");
    let env = administrator();
    let set = |length: usize| {
        crate::objects::workload("StatefulSet", &namespace, &"s".repeat(length), 1, pods("x", "1m"))
    };
    let rows = check(&env, &namespace, &[set(52)], 0);
    assert_eq!((&rows[0]["verdict"], &rows[0]["doubt"]), (&json!("Admitted"), &json!(null)));
    let rows = check(&env, &namespace, &[set(60)], 4);
    let doubt = "the name has 60 characters, and with its revision's hash it becomes a label of its pods, which are refused beyond 63: only names of up to 52 are sure to fit";
    assert_eq!((&rows[0]["verdict"], &rows[0]["doubt"]), (&json!("Unknown"), &json!(doubt)));
    create(&namespace, &set(60));
    told(&namespace, "StatefulSet", "must be no more than 63");
}

#[test]
fn a_refused_pod_of_a_parallel_stateful_set_holds_up_later_batches() {
    let namespace = fresh_namespace("workloads");
    let spec = json!({"accessModes": ["ReadWriteOnce"], "storageClassName": "", "resources": {"requests": {"storage": "2Gi"}}});
    let mut claim = json!({"apiVersion": "v1", "kind": "PersistentVolumeClaim", "spec": spec});
    claim["metadata"]["name"] = json!("data-db-1");
    create(&namespace, &claim);
    let item = json!({"type": "PersistentVolumeClaim", "max": {"storage": "1Gi"}});
    create(&namespace, &without_namespace(limit_range("", "bounds", &item)));
    let mut set = without_namespace(workload("StatefulSet", "", "db", 4, pods("db", "1m")));
    set["spec"]["podManagementPolicy"] = json!("Parallel");
    set["spec"]["volumeClaimTemplates"] = json!([{"metadata": {"name": "data"}, "spec": spec}]);
    let env = administrator();
    // The second has its claim, but it comes after a batch that is the first pod alone.
    let rows = check(&env, &namespace, std::slice::from_ref(&set), 3);
    assert_eq!(rows[0]["pods"], json!({"wanted": 4, "admitted": 0}));
    let foretold = "persistentvolumeclaims \"data-db-0\" is forbidden: maximum storage usage per PersistentVolumeClaim is 1Gi, but request is 2Gi";
    assert_eq!(rows[0]["messages"], json!([foretold]));

    create(&namespace, &set);
    let events = format!("/api/v1/namespaces/{namespace}/events");
    let refused_again = |events: &[Value]| {
        let told = |event: &&Value| event["message"].as_str().is_some_and(|text| text.ends_with(foretold));
        events.iter().filter(told).any(|event| event["count"].as_u64() > Some(2))
    };
    cluster().api().wait(&events, "", "several refusals", refused_again).expect("refusals");
    let made = cluster().api().get(&format!("/api/v1/namespaces/{namespace}/pods")).expect("pods");
    assert_eq!(made["items"], json!([]));
}

#[test]
fn jobs_make_as_many_pods_as_run_at_once() {
    let namespace = fresh_namespace("workloads");
    enforced_quota(&namespace, "q", &json!({"pods": "2", "count/jobs.batch": "1"}));
    let mut template = pods("work", "1m");
    template["spec"]["restartPolicy"] = Value::from("Never");
    let job = |name: &str, spec: Value| {
        let mut spec = spec;
        spec["template"] = template.clone();
        without_namespace(batch("Job", "", name, &spec))
    };
    let env = administrator();
    let count = |job: Value, status| check(&env, &namespace, &[job], status)[0]["pods"].clone();
    assert_eq!(
        count(job("a", json!({"parallelism": 5, "completions": 2})), 0),
        json!({"wanted": 2, "admitted": 2})
    );
    assert_eq!(
        count(job("a", json!({"parallelism": 3, "completions": 9})), 3),
        json!({"wanted": 3, "admitted": 2})
    );
    assert_eq!(
        count(job("a", json!({"parallelism": 3, "suspend": true})), 0),
        json!({"wanted": 0, "admitted": 0})
    );
    let spec = json!({"schedule": "@daily", "jobTemplate": {"spec": {"template": template}}});
    let timed = without_namespace(batch("CronJob", "", "timed", &spec));
    let rows = check(&env, &namespace, &[job("a", json!({})), timed], 3);
    assert_eq!(rows[0]["verdict"], "Admitted");
    assert_eq!(
        rows[1]["messages"],
        json!([
            "jobs.batch \"timed-*\" is forbidden: exceeded quota: q, requested: count/jobs.batch=1, used: count/jobs.batch=1, limited: count/jobs.batch=1"
        ])
    );
}

#[test]
fn which_pods_a_job_gets_that_is_left_to_another_controller_is_not_known() {
    let namespace = fresh_namespace("managed");
    enforced_quota(&namespace, "none", &json!({"pods": "0"}));
    let env = administrator();
    let mut template = pods("x", "1m");
    template["spec"]["restartPolicy"] = json!("Never");
    let job = |manager: &str| {
        let spec = json!({"parallelism": 2, "managedBy": manager, "template": template});
        crate::objects::batch("Job", &namespace, "work", &spec)
    };
    let rows = check(&env, &namespace, &[job("kueue.x-k8s.io/multikueue")], 4);
    let doubt =
        "`managedBy` leaves the Job to kueue.x-k8s.io/multikueue: only that knows which pods it creates";
    assert_eq!((&rows[0]["verdict"], &rows[0]["doubt"]), (&json!("Unknown"), &json!(doubt)));
    assert_eq!(rows[0]["pods"], json!({"wanted": 0, "admitted": 0}));
    let rows = check(&env, &namespace, &[job("kubernetes.io/job-controller")], 3);
    assert_eq!(rows[0]["pods"], json!({"wanted": 2, "admitted": 0}));
    // The controller of Kubernetes leaves it alone, and nothing is stuck.
    create(&namespace, &job("kueue.x-k8s.io/multikueue"));
    let line = ["quota", "explain", "job/work", "-n", &namespace, "-o", "json"];
    let explanation = env.run("kubectl", line).exits(0).json();
    assert_eq!(explanation["refusals"], json!([]), "{explanation}");
}

#[test]
fn a_rolling_update_that_has_no_room_is_refused_and_one_that_has_is_not() {
    let namespace = fresh_namespace("workloads");
    enforced_quota(&namespace, "q", &json!({"pods": "4"}));
    let env = administrator();
    create(&namespace, &deployment("web", 3, "1m"));
    let path = format!("/api/v1/namespaces/{namespace}/resourcequotas/q");
    let used = |count: &'static str| {
        cluster()
            .api()
            .wait_for(&path, "pods to be counted", move |quota| quota["status"]["used"]["pods"] == count)
            .expect("a count")
    };
    used("3");
    check(&env, &namespace, &[deployment("web", 3, "1m")], 0);
    let rows = check(&env, &namespace, &[deployment("web", 3, "2m")], 0);
    assert_eq!(rows[0]["pods"], json!({"wanted": 3, "admitted": 3}));
    let mut single = pods("single", "1m");
    single["apiVersion"] = Value::from("v1");
    single["kind"] = Value::from("Pod");
    single["metadata"]["name"] = Value::from("single");
    create(&namespace, &single);
    used("4");
    // No surge fits, and none of three may be missing.
    let rows = check(&env, &namespace, &[deployment("web", 3, "2m")], 3);
    assert_eq!(rows[0]["pods"], json!({"wanted": 3, "admitted": 0}));
    let foretold =
        "pods \"web-*\" is forbidden: exceeded quota: q, requested: pods=1, used: pods=4, limited: pods=4";
    assert_eq!(rows[0]["messages"], json!([foretold]));
    let path = format!("/apis/apps/v1/namespaces/{namespace}/deployments/web");
    cluster().api().merge_patch(&path, &json!({"spec": {"template": pods("web", "2m")}})).expect("an update");
    assert_eq!(with_made_up_names(&refusal_of_pods(&namespace, "web"), "web"), foretold);
}

#[test]
fn what_a_lone_pod_is_charged_for_devices_is_in_the_template_that_it_names() {
    let namespace = fresh_namespace("devices");
    let hard = json!({"example.deviceclass.resource.k8s.io/devices": "1"});
    enforced_quota(&namespace, "q", &hard);
    let devices = |name: &str, count: u64| {
        let exactly = json!({"deviceClassName": "example", "allocationMode": "ExactCount", "count": count});
        json!({
            "apiVersion": "resource.k8s.io/v1", "kind": "ResourceClaimTemplate", "metadata": {"name": name},
            "spec": {"spec": {"devices": {"requests": [{"name": "device", "exactly": exactly}]}}},
        })
    };
    create(&namespace, &devices("one", 1));
    create(&namespace, &devices("two", 2));
    let pod = |template: &str| {
        let mut pod = pods(template, "100m");
        pod["apiVersion"] = json!("v1");
        pod["kind"] = json!("Pod");
        pod["metadata"]["name"] = json!(template);
        pod["spec"]["resourceClaims"] = json!([{"name": "device", "resourceClaimTemplateName": template}]);
        pod
    };
    let env = administrator();
    let rows = check(&env, &namespace, &[pod("one")], 0);
    assert_eq!((&rows[0]["verdict"], &rows[0]["doubt"]), (&json!("Admitted"), &json!(null)));
    // The pod is created all the same: it is its claim that is refused.
    let rows = check(&env, &namespace, &[pod("two")], 3);
    assert_eq!(rows[0]["verdict"], "Refused", "{rows:?}");
    let message = rows[0]["messages"][0].as_str().expect("a message");
    assert!(
        message.contains("exceeded quota: q, requested: example.deviceclass.resource.k8s.io/devices=2"),
        "{message}"
    );
}
