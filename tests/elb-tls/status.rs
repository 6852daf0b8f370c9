//! `status` and `wait` with the real controllers on the simulated AWS.

use ::support::{TestEnv, executable};
use aws::CERTIFICATES;
use serde_json::{Map, Value, json};

use crate::{
    bed::bed,
    servers::{Authority, Manner, NAME, serve},
    support::ELB_TLS,
    textbook::{TEXTBOOK, full, textbook},
};

fn env() -> TestEnv {
    TestEnv::on(bed().cluster()).program(executable(ELB_TLS))
}

/// The textbook's Service with annotations by short keys, and what `change` makes of it.
fn service(namespace: &str, annotations: &[(&str, &str)], change: impl FnOnce(&mut Value)) -> Value {
    let mut service = textbook(namespace);
    let annotations: Map<String, Value> =
        annotations.iter().map(|(key, value)| (full(key), json!(value))).collect();
    service["metadata"]["annotations"] = annotations.into();
    change(&mut service);
    service
}

fn run(env: &TestEnv, namespace: &str, words: &[&str]) -> ::support::Output {
    env.run("kubectl", [&["elb-tls", words[0], "helloworld", "-n", namespace], &words[1..]].concat())
}

#[test]
fn a_change_is_waited_for_and_its_failure_is_translated() {
    let namespace = bed().fresh_namespace("status").expect("a namespace");
    let api = bed().cluster().api();
    api.create(&service(&namespace, &[], |_| {})).expect("a Service");
    let env = env();
    let words = [&["annotate", "--cert", CERTIFICATES[0]], &TEXTBOOK[..], &["--yes"]].concat();
    run(&env, &namespace, &words).exits(0);
    let report = run(&env, &namespace, &["wait", "-o", "json", "--timeout", "2m"]).exits(0).json();
    assert_eq!(
        (&report["apiVersion"], &report["kind"], &report["for"], &report["met"]),
        (&json!("kubectl-elb-tls/v1"), &json!("WaitReport"), &json!("synced"), &json!(true))
    );
    assert_eq!(report["event"]["reason"], "EnsuredLoadBalancer");
    let output = run(&env, &namespace, &["status", "-o", "json"]).exits(0);
    let status = output.json();
    assert_eq!(
        (&status["kind"], &status["controller"]["kind"]),
        (&json!("ServiceStatus"), &json!("classic"))
    );
    assert_eq!((&status["sync"]["state"], &status["scheme"]), (&json!("Synced"), &json!("internet-facing")));
    let made = bed().aws().load_balancers_of(&namespace, "helloworld");
    assert_eq!(status["hostname"], made[0].dns_name.as_str());
    assert_eq!(status["listeners"], json!(made[0].listeners));
    assert_eq!(
        status["endpoints"],
        json!([{"port": 80, "ready": 0, "notReady": 0}, {"port": 443, "ready": 0, "notReady": 0}])
    );
    let shown = run(&env, &namespace, &["status"]).exits(0).stdout;
    for part in ["Sync: Synced since ", "443    HTTPS -> HTTP:", "EnsuredLoadBalancer", "Not known:\n"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }

    let authority = Authority::new();
    let file = authority.file(&env);
    let server =
        serve("127.0.0.1:0", Manner::Tls(authority.sign(&[NAME], (2020, 2090)), "HTTP/1.1 200 OK\r\n\r\n"));
    let (address, file) = (server.to_string(), file.to_str().expect("a path in UTF-8"));
    let words = ["verify", "--port", "443", "--address", &address, "--servername", NAME, "--ca", file];
    let seen = run(&env, &namespace, &words).exits(0).stdout;
    assert!(seen.contains(&format!("{address}   443    {NAME}   Ok")), "{seen}");

    // The whole chain in one command. Nobody resolves the names of a simulated AWS.
    let words = ["annotate", "--idle-timeout", "90", "--yes", "--wait=2m", "--verify"];
    let output = run(&env, &namespace, &words).exits(4);
    assert!(output.stdout.starts_with("service/helloworld annotated\n"), "{output}");
    assert!(output.stdout.contains("Sync: Synced since "), "{output}");
    assert!(output.stderr.contains(&format!("error: {} ", made[0].dns_name)), "{output}");

    // The event of the first sync is older than the change that is waited for.
    let words =
        ["annotate", "--policy", "ELBSecurityPolicy-TLS13-1-2-2021-06", "--ignore", "ELB-POL-001", "--yes"];
    run(&env, &namespace, &words).exits(0);
    let output = run(&env, &namespace, &["wait", "--timeout", "2m"]).exits(3);
    let said = "error: service/helloworld will not be there (synced) without a change: Classic Load Balancers have no policy of that name";
    assert!(output.stderr.contains(said) && output.stdout.is_empty(), "{output}");
    let status = run(&env, &namespace, &["status", "-o", "json"]).exits(3).json();
    assert_eq!(status["sync"]["state"], "Failed");
    let event = status["events"].as_array().and_then(|events| events.last()).expect("an event");
    assert_eq!((&event["type"], &event["reason"]), (&json!("Warning"), &json!("SyncLoadBalancerFailed")));
    assert!(
        event["advice"].as_str().is_some_and(|advice| advice.contains("policies --for classic")),
        "{event}"
    );

    run(&env, &namespace, &["rollback", "--yes"]).exits(0);
    let output = run(&env, &namespace, &["wait", "--timeout", "2m"]).exits(0);
    assert_eq!(output.stdout, format!("service/helloworld synced: {}\n", made[0].dns_name));
    let output = run(&env, &namespace, &["wait", "--for", "dns", "--timeout", "1s"]).exits(4);
    assert!(output.stderr.contains("error: service/helloworld is not there yet (dns) after "), "{output}");
}

#[test]
fn where_nobody_acts_nothing_is_waited_for() {
    let namespace = bed().fresh_namespace("status").expect("a namespace");
    let api = bed().cluster().api();
    api.create(&service(&namespace, &[("type", "external")], |_| {})).expect("a Service");
    let env = env();
    for goal in ["synced", "hostname", "dns", "tls"] {
        let output = run(&env, &namespace, &["wait", "--for", goal]).exits(3);
        assert!(
            output.stderr.contains("the type annotation is external without nlb-target-type"),
            "{output}"
        );
    }
    let status = run(&env, &namespace, &["status", "-o", "json"]).exits(3).json();
    assert_eq!((&status["sync"]["state"], &status["hostname"]), (&json!("NobodyActs"), &Value::Null));
    let output = run(&env, &namespace, &["wait", "-l", "x"]).exits(2);
    assert!(output.stderr.starts_with("error: "), "{output}");
    let output = env.run("kubectl", ["elb-tls", "wait", "absent", "-n", &namespace]).exits(1);
    assert_eq!(
        output.stderr,
        "Error from server (NotFound): services \"absent\" not found\nhint: `kubectl get services -A` lists those that are there\n"
    );
}

#[test]
fn what_the_controllers_say_is_translated() {
    type Change = fn(&mut Value);
    type Case<'a> = (&'a [(&'a str, &'a str)], Change, &'a str);
    fn keep(_: &mut Value) {}
    fn lbc(service: &mut Value) {
        service["spec"]["loadBalancerClass"] = "service.k8s.aws/nlb".into();
    }
    let elsewhere = CERTIFICATES[0].replace("us-east-1", "eu-west-1");
    let both = format!("{},{}", CERTIFICATES[0], CERTIFICATES[1]);
    let cert = ("ssl-cert", CERTIFICATES[0]);
    let tags = (0..51).map(|number| format!("k{number}=v")).collect::<Vec<_>>().join(",");
    let cases: [Case<'_>; 22] = [
        (&[("ssl-cert", &elsewhere)], keep, "CertificateNotFound"),
        (&[("ssl-cert", &elsewhere)], lbc, "CertificateNotFound"),
        (&[("ssl-cert", &both), ("type", "nlb")], keep, "Certificate ARN"),
        (&[cert, ("ssl-negotiation-policy", "ELBSecurityPolicy-x")], lbc, "SSLPolicyNotFound"),
        (&[cert, ("ssl-negotiation-policy", "x")], keep, "Invalid Reference Security Policy"),
        (&[cert, ("backend-protocol", "HTTP")], keep, "Invalid backend protocol"),
        (&[cert, ("ssl-ports", "*")], lbc, "Unused port in ssl-ports"),
        (&[cert, ("alpn-policy", "h2")], lbc, "invalid ALPN policy"),
        (&[("proxy-protocol", "true")], keep, "proxy-protocol"),
        (&[("proxy-protocol", "true")], lbc, "proxy protocol v2"),
        (&[("connection-idle-timeout", "abc")], keep, "error parsing service annotation"),
        (&[("internal", "no")], lbc, "failed to parse bool annotation"),
        (&[("additional-resource-tags", "K")], lbc, "failed to parse stringMap annotation"),
        (&[("scheme", "public")], lbc, "unknown scheme"),
        (&[("target-group-attributes", "x=y")], keep, "target group attributes"),
        (&[("additional-resource-tags", &tags)], lbc, "TooManyTags"),
        (&[("additional-resource-tags", &tags), ("type", "nlb")], keep, "TooManyTags"),
        (&[], |service| service["spec"]["sessionAffinity"] = "ClientIP".into(), "affinity"),
        (&[], |service| service["spec"]["loadBalancerIP"] = "10.0.0.1".into(), "LoadBalancerIP"),
        (&[], |service| service["spec"]["ports"][0]["protocol"] = "UDP".into(), "mixed protocol"),
        (
            &[],
            |service| {
                for port in service["spec"]["ports"].as_array_mut().into_iter().flatten() {
                    port["protocol"] = "UDP".into();
                }
            },
            "Protocol UDP not supported",
        ),
        (
            &[],
            |service| {
                lbc(service);
                service["spec"]["allocateLoadBalancerNodePorts"] = false.into();
            },
            "unallocated NodePort",
        ),
    ];
    let env = env();
    for (annotations, change, part) in cases {
        let namespace = bed().fresh_namespace("status").expect("a namespace");
        let created = bed().cluster().api().create(&service(&namespace, annotations, change));
        created.expect("a Service");
        let output = run(&env, &namespace, &["wait", "-o", "json", "--timeout", "2m"]).exits(3);
        let event = output.json()["event"].clone();
        assert!(event["message"].as_str().is_some_and(|message| message.contains(part)), "{part}: {output}");
        assert!(event["cause"].is_string() && event["advice"].is_string(), "{event}");
    }
    // What changes a live load balancer in a way that the cloud provider can't.
    for (first, second, part) in [
        (&[("type", "nlb")][..], &[("type", "nlb"), cert, ("ssl-ports", "443")][..], "DuplicateListener"),
        (&[], &[("type", "nlb")], "cannot update Load Balancer Type"),
    ] {
        let namespace = bed().fresh_namespace("status").expect("a namespace");
        let api = bed().cluster().api();
        api.create(&service(&namespace, first, |_| {})).expect("a Service");
        run(&env, &namespace, &["wait", "--timeout", "2m"]).exits(0);
        let annotations = service(&namespace, second, |_| {})["metadata"]["annotations"].clone();
        let path = format!("/api/v1/namespaces/{namespace}/services/helloworld?fieldManager=somebody");
        let patch = json!({"metadata": {"annotations": annotations}});
        api.merge_patch(&path, &patch).expect("a patch");
        let output = run(&env, &namespace, &["wait", "-o", "json", "--timeout", "2m"]).exits(3);
        let event = output.json()["event"].clone();
        assert!(event["message"].as_str().is_some_and(|message| message.contains(part)), "{part}: {output}");
        assert!(event["cause"].is_string() && event["advice"].is_string(), "{event}");
    }
}
