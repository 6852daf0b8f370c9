//! What can't be read or makes no sense.

use ::cluster::Rule;
use ::support::{cluster, fresh_namespace};
use serde_json::{Value, json};

use crate::{
    support::{ARN, PREFIX, administrator, textbook, user, without_cluster},
    textbook::{annotations, create_textbook},
};

/// Checks the textbook's Service in a file with one wrong annotation, and returns its findings.
fn findings(key: &str, value: Value) -> Vec<Value> {
    let env = without_cluster();
    let mut service = textbook("shop", &[("ssl-cert", ARN), ("ssl-ports", "443")]);
    service["metadata"]["annotations"][format!("{PREFIX}{key}")] = value;
    env.file("x.json", service.to_string());
    let output =
        env.run("kubectl", ["elb-tls", "check", "-f", "x.json", "--region", "us-east-1", "-o", "json"]);
    output.json()["items"].as_array().expect("items").clone()
}

#[test]
fn what_is_wrong_is_named_by_rule_and_key() {
    let many: String = (0..51).map(|index| format!("k{index}=v,")).collect();
    let cases = [
        ("ssl-cert", json!(ARN.replace("arn:aws:", "arn:aws-cn:")), "ELB-ARN-004"),
        ("ssl-cert", json!(ARN.replace("us-east-1", "eu-west-1")), "ELB-ARN-005"),
        ("ssl-cert", json!(ARN.replace(":acm:", ":acm-pca:")), "ELB-ARN-002"),
        ("ssl-ports", json!("8443"), "ELB-PRT-001"),
        ("ssl-cert", json!(format!("{ARN}\n")), "ELB-KEY-003"),
        ("ssl-cert", json!(format!("\"{ARN}\"")), "ELB-KEY-003"),
        ("connection-draining-enabled", json!(true), "ELB-KEY-004"),
        ("connection-draining-timeout", json!(60), "ELB-KEY-004"),
        ("connection-draining-enabled", json!("yes"), "ELB-BOO-001"),
        ("additional-resource-tags", json!(many.trim_end_matches(',')), "ELB-TAG-001"),
    ];
    for (key, value, rule) in cases {
        let found = findings(key, value.clone());
        let finding = found.iter().find(|item| item["rule"] == rule);
        let finding = finding.unwrap_or_else(|| panic!("no {rule} for {key}={value}: {found:#?}"));
        assert_eq!(
            (&finding["severity"], &finding["key"]),
            (&json!("error"), &json!(format!("{PREFIX}{key}")))
        );
    }
}

#[test]
fn a_service_of_another_type() {
    let env = without_cluster();
    let mut service = textbook("shop", &[("ssl-cert", ARN)]);
    service["spec"]["type"] = json!("ClusterIP");
    env.file("x.json", service.to_string());
    let output = env.run("kubectl", ["elb-tls", "check", "-f", "x.json"]).exits(3);
    assert!(output.stdout.contains("ELB-CTL-008"), "{output}");
}

#[test]
fn what_is_wrong_is_not_written() {
    let namespace = fresh_namespace("bad");
    create_textbook(&namespace, &[]);
    let env = administrator();
    let annotate = |words: &[&str]| {
        let all = [&["elb-tls", "annotate", "-n", &namespace, "helloworld", "--yes"], words].concat();
        env.run("kubectl", all)
    };
    let many = (0..51).map(|index| format!("k{index}=v")).collect::<Vec<_>>().join(",");
    let region = ["--region", "us-east-1"];
    let arn = |from: &str, to: &str| ARN.replace(from, to);
    let cases: [(&[&str], &str); 8] = [
        (&["--cert", &arn("arn:aws:", "arn:aws-cn:")], "ELB-ARN-004"),
        (&["--cert", &arn("us-east-1", "eu-west-1")], "ELB-ARN-005"),
        (&["--cert", &arn(":acm:", ":s3:")], "ELB-ARN-002"),
        (&["--cert", ARN, "--ports", "8443"], "ELB-PRT-001"),
        (&["--set", &format!("ssl-cert={ARN}\n")], "ELB-KEY-003"),
        (&["--set", &format!("ssl-cert='{ARN}'")], "ELB-KEY-003"),
        (&["--tags", &many], "ELB-TAG-001"),
        (&["--set", "access-log-enabled=on"], "ELB-BOO-001"),
    ];
    for (words, rule) in cases {
        let output = annotate(&[words, &region].concat()).exits(3);
        let refusal = format!("error: service/helloworld was not changed: {rule}: ");
        assert!(output.stderr.contains(&refusal) && output.stdout.is_empty(), "{output}");
    }
    // An argument has a limit of its own, so that three are needed for what the API server refuses.
    let long = "x".repeat(100_000);
    let pairs = ["a", "b", "c"].map(|key| format!("example.com/{key}={long}"));
    let words: Vec<&str> = pairs.iter().flat_map(|pair| ["--set", pair]).collect();
    let output = annotate(&words).exits(3);
    let refusal = "error: service/helloworld was not changed: ELB-KEY-005: the annotations have 3000";
    assert!(output.stderr.contains(refusal) && output.stdout.is_empty(), "{output}");
    assert_eq!(annotations(&namespace), json!({}));

    let mut other = crate::textbook::textbook(&namespace);
    other["metadata"]["name"] = "inner".into();
    other["spec"]["type"] = "ClusterIP".into();
    ::support::cluster().api().create(&other).expect("a Service");
    let words = ["elb-tls", "annotate", "-n", &namespace, "inner", "--idle-timeout", "60", "--yes"];
    let output = env.run("kubectl", words).exits(3);
    assert!(output.stderr.contains("error: service/inner was not changed: ELB-CTL-008: "), "{output}");
}

#[test]
fn command_lines_that_make_no_sense() {
    let env = without_cluster();
    env.file("x.json", textbook("shop", &[]).to_string());
    let cases: &[(&[&str], &str)] = &[
        (&["plan"], "error: no Service given\n"),
        (
            &["plan", "-f", "x.json", "--draining", "soon"],
            "error: --draining soon: not a number of seconds\n",
        ),
        (
            &["plan", "-f", "x.json", "--ports", "70000"],
            "error: --ports: 70000 is not the number of a port, 1 to 65535\n",
        ),
        (&["plan", "-f", "x.json", "--set", "x"], "error: --set x is not KEY=VALUE\n"),
        (
            &["plan", "-f", "x.json", "--backend", "udp"],
            "error: invalid value 'udp' for '--backend <PROTOCOL>'",
        ),
        (
            &["plan", "-f", "x.json", "--preset", "strict"],
            "error: Classic Load Balancers have no such policy: neither TLS 1.3 nor FIPS\n",
        ),
        (
            &["plan", "-f", "x.json", "--region", "moon-1"],
            "error: --region moon-1: AWS has no region of such a name\n",
        ),
        (&["check", "-f", "x.json", "--fail-on", "never", "-l", "=="], "error: "),
        (&["check", "--local"], "error: "),
    ];
    for (arguments, start) in cases {
        let output = env.run("kubectl", ["elb-tls"].iter().chain(*arguments)).exits(2);
        assert!(output.stderr.starts_with(start), "{output}");
        assert_eq!(output.stdout, "");
        let is_next = |line: &str| line.starts_with("hint: ") || line.starts_with("For more information, ");
        assert!(output.stderr.lines().any(is_next), "{output}");
    }
}

#[test]
fn files_that_hold_no_service() {
    let env = without_cluster();
    env.file("pod.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n");
    let output = env.run("kubectl", ["elb-tls", "check", "-f", "pod.yaml"]).exits(1);
    let hint = "hint: give a manifest of a Service, as `kubectl get service NAME -o yaml` prints it";
    assert_eq!(output.stderr, format!("error: there is no Service in pod.yaml\n{hint}\n"));
    let output = env.run("kubectl", ["elb-tls", "check", "-f", "absent.yaml"]).exits(1);
    assert!(output.stderr.contains("absent.yaml"), "{output}");
    env.file("bad.yaml", "a: [\n");
    let output = env.run("kubectl", ["elb-tls", "check", "-f", "bad.yaml"]).exits(1);
    assert!(output.stderr.starts_with("error: bad.yaml, document 1:"), "{output}");
}

#[test]
fn a_service_that_is_not_there() {
    let namespace = fresh_namespace("bad");
    for command in ["plan", "check", "list"] {
        let output =
            administrator().run("kubectl", ["elb-tls", command, "absent", "-n", &namespace]).exits(1);
        assert_eq!(
            output.stderr,
            "Error from server (NotFound): services \"absent\" not found\nhint: `kubectl get services -A` lists those that are there\n"
        );
        assert_eq!(output.stdout, "");
    }
}

#[test]
fn a_cluster_that_does_not_answer() {
    let env = without_cluster();
    env.file("x.json", textbook("shop", &[]).to_string());
    let output =
        env.run("kubectl", ["elb-tls", "check", "-f", "x.json", "-s", "http://127.0.0.1:1"]).exits(1);
    assert!(output.stderr.contains("--local"), "{output}");
    env.run("kubectl", ["elb-tls", "check", "-f", "x.json", "-s", "http://127.0.0.1:1", "--local"]).exits(0);
}

#[test]
fn an_annotation_that_is_no_string_can_not_be_planned() {
    let env = without_cluster();
    let mut service = textbook("shop", &[]);
    service["metadata"]["annotations"][format!("{PREFIX}internal")] = json!(true);
    env.file("x.json", service.to_string());
    let output = env.run("kubectl", ["elb-tls", "plan", "-f", "x.json"]).exits(1);
    let expected = format!(
        "error: x.json, document 1: the annotation {PREFIX}internal is a boolean, not a string: the API server refuses such a Service\nhint: put its value in quotes\n"
    );
    assert_eq!((output.stdout.as_str(), output.stderr.as_str()), ("", expected.as_str()));
}

#[test]
fn a_namespace_that_is_not_there_is_no_empty_list() {
    let missing = "Error from server (NotFound): namespaces \"nowhere\" not found\nhint: `kubectl get namespaces` lists those that are there\n";
    let annotate = ["annotate", "-l", "app=web", "--idle-timeout", "30", "--yes"];
    for words in [&["list"][..], &["list", "-o", "json"], &["check"], &["plan", "-l", "app=web"], &annotate] {
        let line = [&["elb-tls"], words, &["-n", "nowhere"]].concat();
        let output = administrator().run("kubectl", line).exits(1);
        assert_eq!((output.stdout.as_str(), output.stderr.as_str()), ("", missing), "{words:?}");
    }
    // Who may list Services and not see the namespace gets the answer.
    let env = user("elb-lister");
    let rules = [Rule::core(&["services", "events"], &["list"])];
    let namespace = fresh_namespace("bad");
    cluster().grant("elb-lister", Some(&namespace), &rules).expect("a role");
    let output = env.run("kubectl", ["elb-tls", "list", "-n", &namespace]).exits(0);
    let note = format!("no Service with a load balancer in namespace {namespace}\n");
    assert_eq!((output.stdout, output.stderr), (String::new(), note));
}

#[test]
fn what_a_pipe_did_not_bring_is_told_without_advice_about_the_cluster() {
    let empty = "error: standard input is empty\nhint: what is before the pipe has printed nothing: run it alone to see why, or name a file instead of -\n";
    let env = administrator();
    for words in [
        &["check", "-f", "-"][..],
        &["plan", "-f", "-"],
        &["check", "-f", "-", "--local"],
        &["list", "--from", "-"],
    ] {
        let line = [&["elb-tls"], words].concat();
        let output = env.command("kubectl", line).stdin("").run().exits(1);
        assert_eq!((output.stdout.as_str(), output.stderr.as_str()), ("", empty), "{words:?}");
    }
    env.file("none.yaml", "kind: List\napiVersion: v1\nitems: []\n");
    let output = env.run("kubectl", ["elb-tls", "check", "-f", "none.yaml"]).exits(1);
    let none = "error: there is no Service in none.yaml\nhint: give a manifest of a Service, as `kubectl get service NAME -o yaml` prints it\n";
    assert_eq!((output.stdout.as_str(), output.stderr.as_str()), ("", none));
}

#[test]
fn a_mistyped_command_is_told_as_such() {
    let output = administrator().run("kubectl", ["elb-tls", "anotate", "web"]).exits(2);
    let said = "\
error: unrecognized subcommand 'anotate'

  tip: a similar subcommand exists: 'annotate'

Usage: kubectl elb-tls [OPTIONS] <COMMAND>

For more information, try '--help'.
";
    assert_eq!((output.stdout.as_str(), output.stderr.as_str()), ("", said));
}
