//! `verify` with a resolver of the test: names that lead elsewhere, that nobody has, and that have a hundred addresses.

use std::os::unix::fs::MetadataExt as _;

use ::support::{Output, TestEnv, fresh_namespace, has_tool};
use serde_json::Value;

use crate::{
    servers::NAME,
    support::{ARN, CLASSIC_HOST, administrator, create, set_hostname},
};

/// Runs a command in a mount namespace of its own, in which the system's resolver knows what a file says and nothing else.
const WITH_NAMES: &str = "mount --bind hosts /etc/hosts || exit 99
[ ! -e /etc/nsswitch.conf ] || mount --bind nsswitch.conf /etc/nsswitch.conf || exit 99
exec \"$@\"";

fn run(env: &TestEnv, hosts: &str, words: &[&str]) -> Output {
    env.file("hosts", hosts);
    env.file("nsswitch.conf", "hosts: files\n");
    let is_root = std::fs::metadata(env.home()).is_ok_and(|home| home.uid() == 0);
    let flags = if is_root { "-m" } else { "-rm" };
    env.run("unshare", [&[flags, "sh", "-c", WITH_NAMES, "sh"], words].concat())
}

/// Returns whether the system lets a test do that.
fn has_names() -> bool {
    let output =
        run(&administrator(), "127.0.0.9 names.example.com\n", &["getent", "hosts", "names.example.com"]);
    has_tool("unshare, and the permission to mount", output.stdout.starts_with("127.0.0.9"))
}

fn service() -> String {
    let namespace = fresh_namespace("names");
    create(&namespace, &[("ssl-cert", ARN), ("ssl-ports", "443")]);
    set_hostname(&namespace, CLASSIC_HOST);
    namespace
}

fn codes(item: &Value) -> Vec<&str> {
    let problems = item["problems"].as_array().expect("problems");
    problems.iter().filter_map(|problem| problem["code"].as_str()).collect()
}

#[test]
fn a_name_that_leads_elsewhere_is_an_error() {
    if !has_names() {
        return;
    }
    let namespace = service();
    let verify = ["kubectl", "elb-tls", "verify", "nodejs", "-n", &namespace, "--port", "443"];
    let verify = [&verify[..], &["--servername", NAME, "-o", "json"]].concat();
    for (hosts, expected) in [
        (format!("127.0.0.77 {CLASSIC_HOST}\n127.0.0.78 {NAME}\n"), vec!["Refused", "DnsElsewhere"]),
        (format!("127.0.0.77 {CLASSIC_HOST} {NAME}\n"), vec!["Refused"]),
        // A name that is not there yet leads nowhere.
        (format!("127.0.0.77 {CLASSIC_HOST}\n"), vec!["Refused"]),
    ] {
        let report = run(&administrator(), &hosts, &verify).exits(3).json();
        let items = report["items"].as_array().expect("items");
        assert_eq!(items[0]["serverName"], NAME, "{report:#}");
        assert_eq!(codes(&items[0]), expected, "{hosts}");
        assert_eq!(codes(&items[1]), ["Refused"], "without a name nothing leads elsewhere");
    }
}

#[test]
fn a_hostname_that_nobody_has_is_said() {
    if !has_names() {
        return;
    }
    let namespace = service();
    let output = run(
        &administrator(),
        "127.0.0.1 localhost\n",
        &["kubectl", "elb-tls", "verify", "nodejs", "-n", &namespace],
    );
    let output = output.exits(4);
    let said = format!(
        "error: {CLASSIC_HOST} has no addresses: new load balancers have them after some minutes\n\
         hint: wait for them with: kubectl elb-tls wait nodejs -n {namespace} --for dns\n"
    );
    assert_eq!((output.stdout.as_str(), output.stderr), ("", said));
}

#[test]
fn each_of_a_hundred_addresses_has_its_verdict() {
    if !has_names() {
        return;
    }
    let namespace = service();
    let hosts: String = (1..=100).map(|number| format!("127.0.1.{number} {CLASSIC_HOST}\n")).collect();
    let words = ["kubectl", "elb-tls", "verify", "nodejs", "-n", &namespace, "--port", "443", "-o", "json"];
    let report = run(&administrator(), &hosts, &words).exits(3).json();
    let items = report["items"].as_array().expect("items");
    let mut addresses: Vec<_> = items.iter().filter_map(|item| item["address"].as_str()).collect();
    addresses.sort_unstable();
    addresses.dedup();
    assert_eq!(addresses.len(), 100, "{addresses:?}");
    assert!(items.iter().all(|item| codes(item) == ["Refused"]), "{report:#}");
}

#[test]
fn waiting_for_dns_ends_when_the_name_has_addresses() {
    if !has_names() {
        return;
    }
    let namespace = service();
    let wait = ["kubectl", "elb-tls", "wait", "nodejs", "-n", &namespace, "--for", "dns", "--timeout", "60s"];
    let output = run(&administrator(), &format!("127.0.0.77 {CLASSIC_HOST}\n"), &wait);
    output.exits(0);
    let wait = [&wait[..8], &["--timeout", "2s"]].concat();
    let output = run(&administrator(), "127.0.0.1 localhost\n", &wait);
    output.exits(4);
}
