//! Where replacements go, and why not elsewhere.

use cluster::NodeSpec;
use serde_json::{Value, json};
use support::cluster;

use super::stage::{Stage, fates, message, pods, said, squeezed};

fn spread(policy: Option<&str>) -> Value {
    let mut constraint = json!({
        "maxSkew": 1, "topologyKey": "topology.kubernetes.io/zone", "whenUnsatisfiable": "DoNotSchedule",
        "labelSelector": {"matchLabels": {"app": "web"}},
    });
    if let Some(policy) = policy {
        constraint["nodeTaintsPolicy"] = json!(policy);
    }
    json!({"spec": {"topologySpreadConstraints": [constraint]}})
}

#[test]
fn a_drained_zone_still_counts_unless_taints_are_honored() {
    let stage = Stage::three();
    stage.deployment("web", None, 3, spread(None));
    let plan = stage.plan("n1", 5);
    assert_eq!(fates(&plan), ["Evict 1 [NoPlace]"]);
    assert_eq!(
        message(&plan, "NoPlace"),
        "0/3 nodes are available: 1 node(s) were unschedulable, 2 node(s) didn't match pod topology spread constraints."
    );
    assert_eq!(fates(&stage.plan("n1 --allow-pending", 0)), ["Evict 1 [NoPlace]"]);
    drop(stage);
    let stage = Stage::three();
    stage.deployment("web", None, 3, spread(Some("Honor")));
    let plan = stage.plan("n1", 0);
    assert_eq!((fates(&plan), &pods(&plan)[0]["fits"]), (vec!["Evict 1 []".to_owned()], &json!("yes")));
}

#[test]
fn taints_anti_affinity_and_full_nodes_are_named() {
    let nodes = [
        NodeSpec::new("n1"),
        NodeSpec::new("n2"),
        NodeSpec::new("n3").taint("gpu", "yes", "NoSchedule"),
        NodeSpec::new("n4").capacity("pods", "0"),
    ];
    let stage = Stage::new(&nodes);
    let term =
        json!({"labelSelector": {"matchLabels": {"app": "web"}}, "topologyKey": "kubernetes.io/hostname"});
    let apart = json!({"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [term]}});
    stage.deployment("web", None, 2, json!({"spec": {"affinity": apart}}));
    let plan = stage.plan("n1", 5);
    assert_eq!(
        message(&plan, "NoPlace"),
        "0/4 nodes are available: 1 Too many pods, 1 node(s) didn't match pod anti-affinity rules, 1 node(s) had untolerated taint(s), 1 node(s) were unschedulable."
    );
}

#[test]
fn pods_that_tolerate_the_cordon_come_back() {
    let stage = Stage::three();
    let everything = json!([{"operator": "Exists"}]);
    let here = json!({"kubernetes.io/hostname": "n1"});
    stage.deployment("bound", None, 1, json!({"spec": {"tolerations": everything, "nodeSelector": here}}));
    stage.deployment("loose", Some("n1"), 1, json!({"spec": {"tolerations": everything}}));
    stage.deployment("named", None, 1, json!({"spec": {"nodeName": "n1"}}));
    let plan = stage.plan("n1", 0);
    assert_eq!(
        fates(&plan),
        [
            "Returns - [Pinned,OnlyReplica]",
            "Returns - [ToleratesCordon,OnlyReplica]",
            "Returns 1 [ToleratesCordon,OnlyReplica]"
        ]
    );
    assert!(pods(&plan).iter().all(|pod| pod["goesTo"] == json!(["n1"])), "{plan:#}");
}

#[test]
fn a_volume_of_another_zone_is_no_place() {
    let stage = Stage::three();
    let expression = json!({"key": "topology.kubernetes.io/zone", "operator": "In", "values": ["eu-a"]});
    let affinity = json!({"required": {"nodeSelectorTerms": [{"matchExpressions": [expression]}]}});
    let name = format!("pv-{}", stage.namespace);
    let volume = json!({
        "apiVersion": "v1", "kind": "PersistentVolume", "metadata": {"name": name},
        "spec": {
            "capacity": {"storage": "1Gi"}, "accessModes": ["ReadWriteOnce"], "storageClassName": "",
            "csi": {"driver": "example.com", "volumeHandle": name}, "nodeAffinity": affinity,
            "claimRef": {"namespace": stage.namespace, "name": "data"},
        },
    });
    cluster().api().create(&volume).expect("a volume");
    stage.create(json!({
        "apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": "data"},
        "spec": {"accessModes": ["ReadWriteOnce"], "storageClassName": "", "volumeName": name, "resources": {"requests": {"storage": "1Gi"}}},
    }));
    let volumes = json!([{"name": "data", "persistentVolumeClaim": {"claimName": "data"}}]);
    stage.deployment("db", None, 1, json!({"spec": {"volumes": volumes}}));
    let plan = stage.plan("n1", 5);
    assert_eq!(fates(&plan), ["Evict 1 [NoPlace,OnlyReplica]"]);
    assert_eq!(
        message(&plan, "NoPlace"),
        "0/3 nodes are available: 1 node(s) were unschedulable, 2 node(s) didn't match PersistentVolume's node affinity."
    );
    assert_eq!(
        fates(&stage.plan("n1 --single-replica=surge", 3))[0],
        "Blocked - [SingleReplica,NoPlace,OnlyReplica]"
    );
    cluster().add_nodes(&[NodeSpec::new("n4").zone("eu-a")]).expect("a node");
    let output = stage.run("plan n1").exits(0);
    assert_eq!(said(&output), "");
    let row = output
        .stdout
        .lines()
        .find(|line| line.starts_with(&format!("{}/db-", stage.namespace)))
        .expect("a row");
    assert_eq!(row.split_whitespace().collect::<Vec<_>>()[1..], ["Deployment/db", "n4", "OnlyReplica"]);
}

/// Deploys one pod on `n1` and returns the plan's text for it, with what it exits with.
fn moved(stage: &Stage, name: &str, containers: Value, exit: i32) -> String {
    stage.deployment(name, Some("n1"), 1, json!({"spec": containers}));
    let output = stage.run("plan n1").exits(exit);
    assert_eq!(said(&output), "");
    squeezed(&output.stdout)
}

#[test]
fn init_containers_and_sidecars_need_room_as_the_scheduler_counts_them() {
    let cpu = |name: &str, amount: &str| json!({"name": name, "image": "app", "resources": {"requests": {"cpu": amount}}});
    let mut sidecar = cpu("sidecar", "500m");
    sidecar["restartPolicy"] = json!("Always");
    let largest = json!({"initContainers": [cpu("init", "2")], "containers": [cpu("app", "100m")]});
    let beside = json!({"initContainers": [sidecar, cpu("init", "1")], "containers": [cpu("app", "100m")]});
    let refused = "NoPlace: 0/2 nodes are available: 1 Insufficient cpu, 1 node(s) were unschedulable.";
    for (containers, too_little, enough) in [(&largest, "1999m", "2"), (&beside, "1499m", "1500m")] {
        let nodes =
            |cpu: &str| [NodeSpec::new("n1").capacity("cpu", "4"), NodeSpec::new("n2").capacity("cpu", cpu)];
        let stage = Stage::new(&nodes(too_little));
        let text = moved(&stage, "web", containers.clone(), 5);
        assert!(text.contains(refused), "{text}");
        drop(stage);
        let stage = Stage::new(&nodes(enough));
        let text = moved(&stage, "web", containers.clone(), 0);
        assert!(text.contains("Deployment/web n2 OnlyReplica"), "{text}");
    }
}

#[test]
fn pods_that_want_to_be_alone_keep_others_away() {
    let stage = Stage::three();
    let term =
        json!({"labelSelector": {"matchLabels": {"app": "web"}}, "topologyKey": "kubernetes.io/hostname"});
    let alone = json!({"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [term]}});
    for node in ["n2", "n3"] {
        let name = format!("shy-{node}");
        stage.pod(&name, node, json!({"labels": {"app": "shy"}}), json!({"affinity": alone}));
        stage.wait_for_pod(&name, "a Ready pod", |pod| cluster::api::is_true(pod, "Ready"));
    }
    let text = moved(&stage, "web", json!({}), 5);
    let expected = "NoPlace: 0/3 nodes are available: 1 node(s) were unschedulable, \
        2 node(s) didn't satisfy existing pods anti-affinity rules.";
    assert!(text.contains(expected), "{text}");
}

#[test]
fn a_cordoned_node_with_room_is_offered() {
    let stage = Stage::new(&[NodeSpec::new("n1"), NodeSpec::new("n2")]);
    stage.deployment("web", Some("n1"), 1, json!({}));
    cluster()
        .api()
        .merge_patch("/api/v1/nodes/n2", &json!({"spec": {"unschedulable": true}}))
        .expect("a cordon");
    let plan = stage.plan("n1", 5);
    assert_eq!(pods(&plan)[0]["reasons"][0]["fix"], "kubectl uncordon n2");
    let codes: Vec<_> =
        plan["guards"].as_array().expect("guards").iter().map(|guard| guard["code"].clone()).collect();
    assert_eq!(codes, ["NoPlace", "OnlyReplica", "NodesDown"]);
}

#[test]
fn a_full_quota_delays_a_replacement_and_an_exceeded_one_keeps_it_away() {
    let stage = Stage::three();
    let quota = |pods: &str| json!({"apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": "few"}, "spec": {"hard": {"pods": pods}}});
    stage.create(quota("2"));
    let path = format!("/api/v1/namespaces/{}/resourcequotas/few", stage.namespace);
    let enforced = |hard: &'static str| move |quota: &Value| quota["status"]["hard"]["pods"] == hard;
    cluster().api().wait_for(&path, "an enforced quota", enforced("2")).expect("a quota");
    stage.deployment("web", Some("n1"), 2, json!({}));
    let plan = stage.plan("n1", 0);
    assert_eq!(fates(&plan), ["Evict 1 [Quota]", "Evict 2 [Quota,KeepOne]"]);
    assert_eq!(message(&plan, "Quota"), "ResourceQuota few is full: its replacement comes once it is gone");
    cluster().api().merge_patch(&path, &json!({"spec": {"hard": {"pods": "1"}}})).expect("a smaller quota");
    cluster().api().wait_for(&path, "an enforced quota", enforced("1")).expect("a quota");
    let plan = stage.plan("n1", 0);
    assert_eq!(message(&plan, "Quota"), "ResourceQuota few admits no replacement");
    assert!(pods(&plan).iter().all(|pod| pod["fits"] == "unknown"), "{plan:#}");
    cluster().api().merge_patch(&path, &json!({"spec": {"hard": {"pods": "2"}}})).expect("the old quota");
    cluster().api().wait_for(&path, "an enforced quota", enforced("2")).expect("a quota");
    // What a workload lacks itself is as good as what it loses.
    let replicas = |count: u64| {
        let deployment = format!("/apis/apps/v1/namespaces/{}/deployments/web", stage.namespace);
        cluster().api().merge_patch(&deployment, &json!({"spec": {"replicas": count}})).expect("replicas");
    };
    replicas(3);
    let sets = format!("/apis/apps/v1/namespaces/{}/replicasets", stage.namespace);
    let short = |sets: &[Value]| sets.iter().any(|set| set["status"].to_string().contains("FailedCreate"));
    cluster().api().wait(&sets, "", "a ReplicaSet that is short of a pod", short).expect("a ReplicaSet");
    let plan = stage.plan("n1", 0);
    assert_eq!(message(&plan, "Quota"), "ResourceQuota few is full: its replacement comes once it is gone");
    assert!(pods(&plan).iter().all(|pod| pod["fits"] == "yes"), "{plan:#}");
    replicas(2);
    let whole = |sets: &[Value]| !sets.iter().any(|set| set["status"].to_string().contains("FailedCreate"));
    cluster().api().wait(&sets, "", "a ReplicaSet that wants no more", whole).expect("a ReplicaSet");
    stage.create(super::stage::deployment("late", None, 3, json!({})));
    let refused = |sets: &[Value]| sets.iter().any(|set| set["status"].to_string().contains("FailedCreate"));
    cluster().api().wait(&sets, "", "a ReplicaSet without pods", refused).expect("a ReplicaSet");
    let plan = stage.plan("n1", 0);
    assert_eq!(
        message(&plan, "Quota"),
        "ResourceQuota few is full, and 3 other pods wait for what an eviction frees"
    );
    assert!(pods(&plan).iter().all(|pod| pod["fits"] == "unknown"), "{plan:#}");
}
