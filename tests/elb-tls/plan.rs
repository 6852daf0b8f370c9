//! `plan`: listeners before and after, and what changes hurt.

use ::support::{Output, cluster, fresh_namespace};
use serde_json::{Value, json};

use crate::support::{
    ARN, CLASSIC_HOST, PREFIX, administrator, create, event, set_hostname, textbook, without_cluster,
};

/// The flags of the textbook.
const TEXTBOOK: [&str; 10] = [
    "--cert",
    ARN,
    "--backend",
    "http",
    "--ports",
    "443",
    "--draining",
    "60",
    "--tags",
    "environment=dev,app=helloworld",
];

fn plan(namespace: &str, more: &[&str]) -> Output {
    let arguments = ["elb-tls", "plan", "nodejs", "-n", namespace, "-o", "json"];
    administrator().run("kubectl", arguments.iter().chain(more))
}

fn impacts(plan: &Value) -> Vec<(Value, Value)> {
    let changes = plan["changes"].as_array().expect("changes");
    changes.iter().map(|change| (change["port"].clone(), change["impact"].clone())).collect()
}

fn protocols(listeners: &Value) -> Vec<String> {
    let listeners = listeners.as_array().expect("listeners");
    let word = |one: &Value| {
        let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
        format!("{} {}→{}", one["port"], text(&one["protocol"]), text(&one["backend"]["protocol"]))
    };
    listeners.iter().map(word).collect()
}

#[test]
fn the_textbook_as_a_table() {
    let env = without_cluster();
    env.file("nodejs.yaml", textbook("shop", &[]).to_string());
    let arguments = ["elb-tls", "plan", "-f", "nodejs.yaml"];
    let output = env.run("kubectl", arguments.iter().chain(&TEXTBOOK)).exits(0);
    let expected = format!(
        "Service shop/nodejs: the AWS cloud provider (Classic Load Balancer)\n\
        \x20 there is neither a class nor a type annotation\n\
        \x20 + {PREFIX}additional-resource-tags: environment=dev,app=helloworld\n\
        \x20 + {PREFIX}backend-protocol: http\n\
        \x20 + {PREFIX}connection-draining-enabled: true\n\
        \x20 + {PREFIX}connection-draining-timeout: 60\n\
        \x20 + {PREFIX}ssl-cert: {ARN}\n\
        \x20 + {PREFIX}ssl-ports: 443\n\
        \n\
        PORT   BEFORE   AFTER           POLICY\n\
        80     -        HTTP -> HTTP    -\n\
        443    -        HTTPS -> HTTP   ELBSecurityPolicy-2016-08\n\
        \n\
        CHANGE   IMPACT   REASON\n\
        80       None     the port is new\n\
        443      None     the port is new\n"
    );
    assert_eq!((output.stdout, output.stderr), (expected, String::new()));
}

#[test]
fn a_live_classic_load_balancer_gets_tls() {
    let namespace = fresh_namespace("plan");
    let service = create(&namespace, &[]);
    set_hostname(&namespace, CLASSIC_HOST);
    let output = plan(&namespace, &TEXTBOOK).exits(0);
    let found = output.json();
    let node_port = |index: usize| &service["spec"]["ports"][index]["nodePort"];
    assert_eq!(
        found["after"],
        json!([
            {
                "port": 80, "protocol": "HTTP", "backend": {"protocol": "HTTP", "port": node_port(0)},
                "certificates": [], "policy": null, "alpn": null,
            },
            {
                "port": 443, "protocol": "HTTPS", "backend": {"protocol": "HTTP", "port": node_port(1)},
                "certificates": [ARN], "policy": "ELBSecurityPolicy-2016-08", "alpn": null,
            },
        ])
    );
    assert_eq!(found["service"], json!({"namespace": namespace, "name": "nodejs"}));
    assert_eq!((&found["kind"], &found["scheme"]), (&json!("ListenerPlan"), &json!("internet-facing")));
    assert_eq!(
        (&found["controller"]["kind"], &found["previousController"]),
        (&json!("classic"), &Value::Null)
    );
    assert_eq!(protocols(&found["before"]), ["80 TCP→TCP", "443 TCP→TCP"]);
    let recreated: Vec<_> =
        impacts(&found).into_iter().filter(|(_, impact)| impact == "ListenerRecreated").collect();
    assert_eq!(recreated.first().map(|(port, _)| port), Some(&json!(80)));
    assert!(recreated.iter().any(|(port, _)| port == 443));
    assert_eq!((&found["doubts"], &found["skipped"]), (&json!([]), &json!([])));
    assert_eq!(output.stderr, "");
}

#[test]
fn another_type_is_refused_and_exits_with_3() {
    let namespace = fresh_namespace("plan");
    create(&namespace, &[]);
    set_hostname(&namespace, CLASSIC_HOST);
    let found = plan(&namespace, &["--set", "type=nlb"]).exits(3).json();
    assert_eq!(found["controller"]["kind"], "nlb-in-tree");
    assert_eq!(found["previousController"], "classic");
    assert_eq!(found["before"], found["after"]);
    assert_eq!(impacts(&found), [(Value::Null, json!("SyncStops"))]);
    let reason = found["changes"][0]["reason"].as_str().expect("a reason");
    let message =
        format!("cannot update Load Balancer Type annotation \"{PREFIX}type\" after creation for NLB");
    assert!(reason.contains(&message), "{reason}");
    assert!(found["changes"][0]["way"].is_string());
}

#[test]
fn nobody_acts() {
    let namespace = fresh_namespace("plan");
    create(&namespace, &[("type", "external")]);
    let found = plan(&namespace, &[]).exits(3).json();
    assert_eq!(
        (&found["controller"]["kind"], &found["after"], &found["scheme"]),
        (&json!("none"), &json!([]), &Value::Null)
    );
    assert_eq!(impacts(&found), [(Value::Null, json!("SyncStops"))]);
}

#[test]
fn what_a_failed_sync_left_is_inferred_and_doubted() {
    let namespace = fresh_namespace("plan");
    let service = create(&namespace, &[("ssl-cert", ARN), ("ssl-ports", "443")]);
    set_hostname(&namespace, CLASSIC_HOST);
    let uid = &service["metadata"]["uid"];
    event(&namespace, uid, "Normal", "EnsuredLoadBalancer", "Ensured load balancer", "2026-01-01T00:00:00Z");
    let before = plan(&namespace, &[]).exits(0).json();
    assert_eq!(protocols(&before["before"]), ["80 TCP→TCP", "443 SSL→TCP"]);
    assert_eq!(before["doubts"], json!([]));
    let message = "Error syncing load balancer: failed to ensure load balancer: error creating AWS loadbalancer listeners: \"operation error Elastic Load Balancing: CreateLoadBalancerListeners, https response error StatusCode: 400, RequestID: x, CertificateNotFound: y\"";
    event(&namespace, uid, "Warning", "SyncLoadBalancerFailed", message, "2026-01-01T00:00:05Z");
    let found = plan(&namespace, &[]).exits(0).json();
    assert_eq!(protocols(&found["before"]), ["80 TCP→TCP"]);
    assert_eq!(protocols(&found["after"]), ["80 TCP→TCP", "443 SSL→TCP"]);
    let doubt = found["doubts"][0].as_str().expect("a doubt");
    assert!(
        doubt.starts_with("the last sync failed, and what it left is inferred: Error syncing"),
        "{doubt}"
    );
}

#[test]
fn a_file_is_taken_as_replace_takes_it_and_apply_is_doubted() {
    let namespace = fresh_namespace("plan");
    let service = create(&namespace, &[("ssl-cert", ARN), ("internal", "true")]);
    set_hostname(&namespace, CLASSIC_HOST);
    let env = administrator();
    env.file("nodejs.yaml", textbook(&namespace, &[("ssl-cert", ARN)]).to_string());
    let output = env.run("kubectl", ["elb-tls", "plan", "-f", "nodejs.yaml", "-o", "json"]).exits(0);
    let found = output.json();
    assert_eq!(
        found["annotations"],
        json!([{"key": format!("{PREFIX}internal"), "before": "true", "after": null}])
    );
    assert_eq!(
        found["doubts"],
        json!([format!(
            "`kubectl apply` keeps what the file lacks, `kubectl replace` does not: {PREFIX}internal"
        )])
    );
    assert_eq!(found["after"][0]["backend"]["port"], service["spec"]["ports"][0]["nodePort"]);
    assert_eq!(impacts(&found), [(Value::Null, json!("ConnectionsCut"))]);
}

#[test]
fn several_services_are_a_list() {
    let env = without_cluster();
    let (one, other) = (textbook("a", &[]), textbook("b", &[("type", "nlb")]));
    env.file("two.yaml", format!("{one}\n---\n{other}\n"));
    let found =
        env.run("kubectl", ["elb-tls", "plan", "--local", "-f", "two.yaml", "-o", "json"]).exits(0).json();
    assert_eq!(found["kind"], "ListenerPlanList");
    let kinds: Vec<_> =
        found["items"].as_array().expect("items").iter().map(|one| &one["controller"]["kind"]).collect();
    assert_eq!(kinds, ["classic", "nlb-in-tree"]);
}

#[test]
fn the_class_of_a_live_service_decides() {
    let namespace = fresh_namespace("plan");
    let mut service = textbook(&namespace, &[("ssl-cert", ARN), ("ssl-ports", "*")]);
    service["spec"]["loadBalancerClass"] = json!("service.k8s.aws/nlb");
    cluster().api().create(&service).expect("a Service");
    let found = plan(&namespace, &[]).exits(3).json();
    assert_eq!(found["controller"]["kind"], "lbc");
    let reason = found["changes"][0]["reason"].as_str().expect("a reason");
    assert!(reason.contains("Unused port in ssl-ports annotation [*]"), "{reason}");
    // All ports are none in the list there.
    let found = plan(&namespace, &["--ports", "all"]).exits(0).json();
    assert_eq!(protocols(&found["after"]), ["80 TLS→TCP", "443 TLS→TCP"]);
}
