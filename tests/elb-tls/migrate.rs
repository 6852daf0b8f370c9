//! `migrate` with the real controllers on the simulated AWS.

use ::support::{TestEnv, executable};
use aws::{CERTIFICATES, Kind};
use serde_json::{Value, json};

use crate::{
    bed::bed,
    support::ELB_TLS,
    textbook::{TEXTBOOK, full, textbook},
};

#[test]
fn the_new_service_stands_beside_the_old_one_and_works() {
    let namespace = bed().fresh_namespace("migrate").expect("a namespace");
    let api = bed().cluster().api();
    api.create(&textbook(&namespace)).expect("a Service");
    let env = TestEnv::on(bed().cluster()).program(executable(ELB_TLS));
    let run = |words: &[&str]| env.run("kubectl", [&["elb-tls"], words, &["-n", &namespace]].concat());
    let words =
        [&["annotate", "helloworld", "--cert", CERTIFICATES[0]], &TEXTBOOK[..], &["--yes", "--wait=2m"]]
            .concat();
    run(&words).exits(0);
    let output = run(&["migrate", "helloworld", "--to", "lbc"]).exits(0);
    let hostname = bed().aws().load_balancers_of(&namespace, "helloworld")[0].dns_name.clone();
    for part in [
        "Warning: a Network Load Balancer passes bytes on",
        "1. Create the new Service beside the old one:\n     kubectl elb-tls migrate helloworld -n ",
        &format!("name {hostname} again"),
        "kubectl delete service helloworld -n ",
    ] {
        assert!(output.stderr.contains(part), "{part}: {output}");
    }
    env.command("kubectl", ["apply", "-f", "-"]).stdin(output.stdout).run().exits(0);
    run(&["wait", "helloworld-nlb", "--timeout", "2m"]).exits(0);
    let made = bed().aws().load_balancers_of(&namespace, "helloworld-nlb");
    let listeners: Vec<_> = made[0]
        .listeners
        .iter()
        .map(|one| (one.port, one.protocol.as_str(), one.backend.protocol.as_str(), one.certificates.len()))
        .collect();
    assert_eq!(listeners, [(80, "TCP", "TCP", 0), (443, "TLS", "TCP", 1)]);
    assert_eq!((made[0].kind, made[0].scheme.as_str()), (Kind::Network, "internet-facing"));
    let old = bed().aws().load_balancers_of(&namespace, "helloworld");
    assert_eq!((old.len(), old[0].kind), (1, Kind::Classic), "the old one is left alone");
    let new = api.get(&format!("/api/v1/namespaces/{namespace}/services/helloworld-nlb")).expect("a Service");
    let annotation = |key: &str| new["metadata"]["annotations"][full(key)].clone();
    assert_eq!(annotation("target-group-attributes"), "deregistration_delay.timeout_seconds=60");
    assert_eq!(
        (annotation("backend-protocol"), annotation("scheme")),
        (Value::Null, json!("internet-facing"))
    );

    let output = run(&["migrate", "helloworld-nlb", "--to", "lbc"]).exits(3);
    let said = "error: service/helloworld-nlb is not migrated: its load balancer is one of the AWS Load Balancer Controller already\n";
    assert_eq!((output.stdout.as_str(), output.stderr.as_str()), ("", said));
    let output = run(&["migrate", "helloworld", "--to", "nlb", "--name", "helloworld"]).exits(2);
    assert!(output.stderr.starts_with("error: --name is that of the old Service"), "{output}");
    let output = run(&["migrate", "helloworld", "--to", "nlb", "-o", "json"]).exits(0);
    let new = output.json();
    assert_eq!(new["metadata"]["annotations"][full("type")], "nlb");
    assert!(output.stderr.contains("draining of 60 seconds is left out"), "{output}");
}
