//! `list`, `policies`, `explain`, `rbac`, completion.

use ::support::{cluster, fresh_namespace};
use serde_json::json;

use crate::support::{ARN, CLASSIC_HOST, PREFIX, administrator, create, set_hostname, user, without_cluster};

#[test]
fn services_with_their_tls() {
    let namespace = fresh_namespace("list");
    create(&namespace, &[("ssl-cert", ARN), ("ssl-ports", "443")]);
    set_hostname(&namespace, CLASSIC_HOST);
    let inner = json!({"apiVersion": "v1", "kind": "Service", "metadata": {"name": "inner", "namespace": namespace}, "spec": {"ports": [{"port": 80}]}});
    cluster().api().create(&inner).expect("a Service");
    let env = administrator();
    let output = env.run("kubectl", ["elb-tls", "list", "-n", &namespace]).exits(0);
    let expected = "NAME     CONTROLLER   SCHEME            PORTS              POLICY                      FINDINGS\n\
        nodejs   classic      internet-facing   80/PLAIN,443/TLS   ELBSecurityPolicy-2016-08   1W 1I\n";
    assert_eq!((output.stdout.as_str(), output.stderr.as_str()), (expected, ""));
    let found = env.run("kubectl", ["elb-tls", "list", "-n", &namespace, "-o", "json"]).exits(0).json();
    assert_eq!(
        found,
        json!({
            "apiVersion": "kubectl-elb-tls/v1",
            "kind": "ServiceList",
            "items": [{
                "namespace": namespace,
                "name": "nodejs",
                "controller": "classic",
                "scheme": "internet-facing",
                "hostname": CLASSIC_HOST,
                "ports": [
                    {"port": 80, "name": "http", "protocol": "TCP", "tls": false},
                    {"port": 443, "name": "https", "protocol": "TCP", "tls": true},
                ],
                "certificates": [ARN],
                "policy": "ELBSecurityPolicy-2016-08",
                "findings": {"error": 0, "warning": 1, "info": 1},
            }],
            "skipped": [],
        })
    );
    for (only, lines) in [("tls", 2), ("plain", 0), ("broken", 0)] {
        let output = env.run("kubectl", ["elb-tls", "list", "-n", &namespace, "--only", only]).exits(0);
        assert_eq!(output.stdout.lines().count(), lines, "{output}");
    }
}

#[test]
fn nothing_to_list_is_said() {
    let namespace = fresh_namespace("list");
    let output = administrator().run("kubectl", ["elb-tls", "list", "-n", &namespace]).exits(0);
    let note = format!("no Service with a load balancer in namespace {namespace}\n");
    assert_eq!((output.stdout, output.stderr), (String::new(), note));
}

#[test]
fn policies_by_type_of_load_balancer() {
    let env = without_cluster();
    let found = env.run("kubectl", ["elb-tls", "policies", "--for", "classic", "-o", "json"]).exits(0).json();
    assert_eq!(
        found["items"][0],
        json!({
            "name": "ELBSecurityPolicy-TLS-1-2-2017-01",
            "loadBalancers": ["classic", "network"],
            "versions": ["1.2"],
            "ciphers": "ECDHE and RSA, AES-GCM, AES-CBC-SHA2",
            "goodFor": "the best of Classic Load Balancers (Security Hub ELB.8)",
            "deprecated": false,
        })
    );
    let names = env.run("kubectl", ["elb-tls", "policies", "--for", "network", "-o", "name"]).exits(0).stdout;
    assert!(names.lines().any(|name| name == "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"), "{names}");
    assert!(!names.contains("2015-03"), "{names}");
}

#[test]
fn keys_and_rules_are_explained() {
    let env = without_cluster();
    let output = env.run("kubectl", ["elb-tls", "explain", "ssl-ports"]).exits(0);
    assert!(
        output.stdout.starts_with(&format!(
            "{PREFIX}ssl-ports\nThe ports of the Service that speak TLS, by number or name\n"
        )),
        "{output}"
    );
    let full = env.run("kubectl", ["elb-tls", "explain", &format!("{PREFIX}ssl-ports")]).exits(0);
    assert_eq!(full.stdout, output.stdout);
    let output = env.run("kubectl", ["elb-tls", "explain", "elb-prt-001"]).exits(0);
    assert!(
        output.stdout.starts_with("ELB-PRT-001 (error): ssl-ports names a port that the Service lacks\n"),
        "{output}"
    );
    let output = env.run("kubectl", ["elb-tls", "explain", "ssl-port"]).exits(2);
    assert_eq!(
        output.stderr,
        "error: there is no key and no rule \"ssl-port\"\nhint: did you mean ssl-ports? list all with: kubectl elb-tls explain\n"
    );
}

#[test]
fn the_printed_roles_are_enough_and_least() {
    let namespace = fresh_namespace("rbac");
    create(&namespace, &[("ssl-cert", ARN), ("ssl-ports", "443")]);
    let roles =
        administrator().run("kubectl", ["elb-tls", "rbac", "check", "-n", &namespace]).exits(0).stdout;
    let env = administrator();
    env.file("roles.yaml", &roles);
    env.run("kubectl", ["apply", "-f", "roles.yaml"]).exits(0);
    let name = "kubectl-elb-tls-check";
    env.run(
        "kubectl",
        ["create", "rolebinding", "r", "-n", &namespace, "--role", name, "--user", "elb-least"],
    )
    .exits(0);
    let cluster_role = format!("{name}-cluster");
    env.run(
        "kubectl",
        ["create", "clusterrolebinding", "elb-least", "--clusterrole", &cluster_role, "--user", "elb-least"],
    )
    .exits(0);
    let output =
        user("elb-least").run("kubectl", ["elb-tls", "check", "-n", &namespace, "-o", "json"]).exits(0);
    assert_eq!(output.json()["skipped"], json!([]));
}

#[test]
fn services_keys_and_rules_are_completed() {
    let namespace = fresh_namespace("complete");
    create(&namespace, &[]);
    let env = administrator();
    let complete = |words: &[&str]| {
        let output = env.run(crate::support::ELB_TLS, ["__complete"].iter().chain(words)).exits(0);
        output
            .stdout
            .lines()
            .map(|line| line.split('\t').next().unwrap_or_default().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(complete(&["check", "-n", &namespace, "--request-timeout", "20s", "no"]), ["nodejs", ":4"]);
    assert!(complete(&["explain", "ssl-c"]).contains(&"ssl-cert".to_owned()));
    assert!(complete(&["check", "--ignore", "ELB-ARN"]).contains(&"ELB-ARN-005".to_owned()));
    assert!(complete(&["plan", "--unset", "proxy"]).contains(&"proxy-protocol".to_owned()));
}
