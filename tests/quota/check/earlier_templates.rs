//! Updates that go back to an earlier template: its ReplicaSet or ControllerRevision is there already, so that a quota that has
//! no room for another one does not stop them.

use cluster::Rule;
use serde_json::{Value, json};
use support::{cluster, fresh_namespace};

use crate::{
    objects::{cpu, on_nodes_of, template, with_grace, workload},
    support::{add_nodes, administrator, check, create, enforced_quota, user, wait_for_status},
};

const KINDS: [(&str, &str); 3] = [
    ("Deployment", "replicasets"),
    ("StatefulSet", "controllerrevisions"),
    ("DaemonSet", "controllerrevisions"),
];

/// The workload with another template.
fn version(web: &Value, version: &str) -> Value {
    let mut next = web.clone();
    next["spec"]["template"]["metadata"]["annotations"] = json!({"version": version});
    next
}

/// Waits until two pods of the present template run, and none of another.
fn wait_until_rolled_out(web: &Value) {
    let path = cluster::api::object(web).expect("a path");
    let is_rolled_out = |web: &Value| {
        let status = &web["status"];
        let counts = match web["kind"] == "DaemonSet" {
            true => ["desiredNumberScheduled", "updatedNumberScheduled", "numberReady"],
            false => ["replicas", "updatedReplicas", "readyReplicas"],
        };
        status["observedGeneration"] == web["metadata"]["generation"]
            && counts.iter().all(|field| status[*field] == 2)
    };
    cluster().api().wait_for(&path, "a complete rollout", is_rolled_out).expect("a rollout");
}

fn update(web: &Value) {
    let path = cluster::api::object(web).expect("a path");
    cluster().api().merge_patch(&path, &json!({"spec": web["spec"]})).expect("an update");
}

/// A workload that runs the second of two templates, under a quota that has no room for a third.
fn at_its_second_template(kind: &str, children: &str) -> Value {
    let namespace = fresh_namespace("earlier-templates");
    let counted = format!("count/{children}.apps");
    add_nodes(&namespace, 2);
    enforced_quota(&namespace, "few", &json!({&counted: "2"}));
    let pods = on_nodes_of(&namespace, with_grace(template("web", &cpu("1m")), 0));
    let web = version(&workload(kind, &namespace, "web", 2, pods), "1");
    create(&web);
    wait_until_rolled_out(&web);
    update(&version(&web, "2"));
    wait_until_rolled_out(&web);
    wait_for_status(&namespace, "few", |status| status["used"][&counted] == "2");
    web
}

#[test]
fn an_earlier_template_needs_no_new_child() {
    for (kind, children) in KINDS {
        let web = at_its_second_template(kind, children);
        let env = administrator();
        let refused = &check(&env, &[], &[version(&web, "3")], 3)[0];
        let message = refused["messages"][0].as_str().unwrap_or_default();
        assert!(
            message.contains(&format!("exceeded quota: few, requested: count/{children}.apps=1")),
            "{refused}"
        );

        let admitted = &check(&env, &[], &[&web], 0)[0];
        assert_eq!(admitted["verdict"], "Admitted", "{admitted}");
        assert_eq!(admitted["pods"], json!({"wanted": 2, "admitted": 2}), "{admitted}");
        // Its controller agrees.
        update(&web);
        wait_until_rolled_out(&web);
    }
}

#[test]
fn who_may_not_list_children_hears_that_one_may_be_there() {
    for (kind, children) in KINDS {
        let web = at_its_second_template(kind, children);
        let namespace = web["metadata"]["namespace"].as_str().expect("a namespace");
        let reader = format!("reader-{namespace}");
        let rules = [
            Rule::core(&["limitranges", "resourcequotas"], &["list"]),
            Rule::core(&["namespaces", "serviceaccounts"], &["get"]),
            Rule::of("apps", &["daemonsets", "deployments", "statefulsets"], &["get"]),
        ];
        cluster().grant(&reader, Some(namespace), &rules).expect("a role");
        let row = &check(&user(&reader), &[], &[&web], 3)[0];
        let warning = format!(
            "no permission to list {children}: if there is one of this template already, none is created anew"
        );
        let warnings = row["warnings"].as_array().expect("warnings");
        assert!(warnings.contains(&json!(warning)), "{row}");
    }
}
