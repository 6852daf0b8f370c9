//! Random lives of Services: one is created, and then changed a few times.

use super::state::{Port, State};
use ::support::Random;
use aws::{CERTIFICATES, IAM_CERTIFICATE};
use serde_json::json;
use std::collections::BTreeMap;

/// Returns the states of a random Service, the first as it is created.
pub fn history(random: &mut Random) -> Vec<State> {
    let mut history = vec![first(random)];
    for _ in 0..1 + random.below(4) {
        let mut next = history[history.len() - 1].clone();
        for _ in 0..1 + random.below(2) {
            change(random, &mut next);
        }
        if next != history[history.len() - 1] {
            history.push(next);
        }
    }
    history
}

/// Most Services are such as users have: wrong values come one at a time, so that what follows them is seen, too.
fn first(random: &mut Random) -> State {
    let mut annotations = BTreeMap::new();
    let class = match random.below(20) {
        0..6 => Some("service.k8s.aws/nlb"),
        6 => Some("example.com/other"),
        _ => None,
    };
    if let Some(kind) = random_type(random).filter(|_| class.is_none()) {
        annotations.extend(kind);
    }
    let ports = ports(random);
    let mut state = State {
        class,
        ports,
        annotations,
        is_local: random.percent(8),
        is_sticky: random.percent(2),
        has_node_ports: !random.percent(3),
    };
    if random.percent(75) {
        state.annotations.insert("ssl-cert", certificate(random));
        if random.percent(70) {
            state
                .annotations
                .insert("ssl-ports", random.pick(&["443", "https", "443,8443", "80,443"]).to_owned());
        }
        if random.percent(50) {
            set(random, &mut state, "backend-protocol");
        }
        if random.percent(40) {
            set(random, &mut state, "ssl-negotiation-policy");
        }
    }
    for _ in 0..random.below(3) {
        let key = random.pick(KEYS);
        set(random, &mut state, key);
    }
    state
}

fn change(random: &mut Random, state: &mut State) {
    match random.below(20) {
        0..2 => {
            let kind = random_type(random);
            state.annotations.remove("type");
            state.annotations.remove("nlb-target-type");
            state.annotations.extend(kind.into_iter().flatten());
        }
        2..4 => state.ports = ports(random),
        4 if state.ports.len() > 1 => drop(state.ports.remove(random.below(state.ports.len()))),
        5 => {
            let at = random.below(state.ports.len());
            state.ports[at].name = format!("{}-{at}", random.pick(&["https", "web"]));
        }
        6 => state.is_local = !state.is_local,
        // TLS comes, goes, or gets another certificate.
        7..11 => match state.annotations.contains_key("ssl-cert") && random.percent(40) {
            true => drop(state.annotations.remove("ssl-cert")),
            false => drop(state.annotations.insert("ssl-cert", certificate(random))),
        },
        11..14 => {
            let key = random.pick(&["ssl-ports", "backend-protocol", "ssl-negotiation-policy"]);
            set_or_remove(random, state, key);
        }
        _ => {
            let key = random.pick(KEYS);
            set_or_remove(random, state, key);
        }
    }
}

fn set_or_remove(random: &mut Random, state: &mut State, key: &'static str) {
    if state.annotations.contains_key(key) && random.percent(40) {
        state.annotations.remove(key);
    } else {
        set(random, state, key);
    }
}

type Annotations = Vec<(&'static str, String)>;

/// Returns the annotations that say who acts.
fn random_type(random: &mut Random) -> Option<Annotations> {
    let annotations: &[(&str, &str)] = match random.below(20) {
        0..7 => return None,
        7..14 => &[("type", "nlb")],
        14..16 => &[("type", "external"), ("nlb-target-type", "instance")],
        16 => &[("type", "external"), ("nlb-target-type", "ip")],
        17 => &[("type", "nlb-ip")],
        18 => &[("type", "external")],
        _ => &[("type", "NLB")],
    };
    Some(annotations.iter().map(|(key, value)| (*key, (*value).to_owned())).collect())
}

fn ports(random: &mut Random) -> Vec<Port> {
    let port = |name: &str, protocol, port, target| Port { name: name.to_owned(), protocol, port, target };
    let http = || port("http", "TCP", 80, json!("nodejs-port"));
    let https = || port("https", "TCP", 443, json!("nodejs-port"));
    match random.below(12) {
        0..5 => vec![http(), https()],
        5 => vec![https(), http()],
        6 => vec![https()],
        7 => vec![http(), https(), port("alt", "TCP", 8443, json!(8443))],
        8 => vec![port("dns", "UDP", 53, json!(53))],
        9 => vec![port("dns", "TCP", 53, json!(53)), port("dns-udp", "UDP", 53, json!(53)), https()],
        10 => vec![port("dns", "UDP", 443, json!(53)), http()],
        _ => vec![
            port("tls", "TCP", 8443, json!(8443)),
            port("HTTPS".to_lowercase().as_str(), "TCP", 443, json!(80)),
        ],
    }
}

fn certificate(random: &mut Random) -> String {
    let [first, second, _] = CERTIFICATES;
    let elsewhere = first.replace("us-east-1", "eu-west-1");
    match random.below(24) {
        0..10 => first.to_owned(),
        10..16 => second.to_owned(),
        16..18 => IAM_CERTIFICATE.to_owned(),
        18..20 => format!("{first},{second}"),
        20 => format!("{first}, {second}"),
        21 => elsewhere,
        22 => format!(" {first}"),
        _ => "web".to_owned(),
    }
}

/// Sets an annotation to a value that a user may write, right or wrong.
fn set(random: &mut Random, state: &mut State, key: &'static str) {
    let values = VALUES.iter().find(|(known, ..)| *known == key);
    let (_, right, wrong) = values.unwrap_or_else(|| panic!("no values of {key}"));
    let value = if wrong.is_empty() || !random.percent(12) { random.pick(right) } else { random.pick(wrong) };
    state.annotations.insert(key, value.to_owned());
}

/// The keys that are set at random, each as often as it stands here.
const KEYS: &[&str] = &[
    "ssl-ports",
    "ssl-negotiation-policy",
    "alpn-policy",
    "proxy-protocol",
    "internal",
    "scheme",
    "connection-idle-timeout",
    "connection-draining-enabled",
    "connection-draining-timeout",
    "healthcheck-interval",
    "healthcheck-protocol",
    "healthcheck-port",
    "healthcheck-healthy-threshold",
    "additional-resource-tags",
    "target-group-attributes",
    "cross-zone-load-balancing-enabled",
    "enable-tcp-udp-listener",
    "quic-enabled-ports",
    "name",
    "security-groups",
];

type Values = (&'static str, &'static [&'static str], &'static [&'static str]);

const VALUES: &[Values] = &[
    (
        "ssl-ports",
        &["443", "https", "80,443", "443,", "443,443", ""],
        &["443, 80", "*", "8443", "HTTPS", "+443", " "],
    ),
    ("backend-protocol", &["http", "https", "ssl", "tcp", ""], &["HTTP", "tls", "junk"]),
    (
        "ssl-negotiation-policy",
        &["ELBSecurityPolicy-2016-08", "ELBSecurityPolicy-TLS-1-2-2017-01", "ELBSecurityPolicy-2015-05"],
        &[
            "ELBSecurityPolicy-TLS13-1-2-2021-06",
            "ELBSecurityPolicy-2015-03",
            "elbsecuritypolicy-2016-08",
            "",
        ],
    ),
    ("alpn-policy", &["None", "HTTP2Preferred", "HTTP1Only"], &["h2", ""]),
    ("proxy-protocol", &["*"], &["true", ""]),
    ("internal", &["true", "false"], &["no", "", "0.0.0.0/0"]),
    ("scheme", &["internal", "internet-facing"], &["public", ""]),
    ("connection-idle-timeout", &["60", "4000", ""], &["7200", "abc", "0"]),
    ("connection-draining-enabled", &["true", "false", "T"], &["yes", "1s"]),
    ("connection-draining-timeout", &["60", "3600"], &["0", "60s"]),
    ("healthcheck-interval", &["10", "30"], &["3", "x", ""]),
    ("healthcheck-protocol", &["tcp", "http", "HTTPS"], &["SSL", "udp"]),
    ("healthcheck-port", &["traffic-port", "8080"], &["https", "0"]),
    ("healthcheck-healthy-threshold", &["2", "5"], &["1", "11", "x"]),
    (
        "additional-resource-tags",
        &["environment=dev,app=helloworld", "a=b"],
        &["K", "a=b=c", "aws:x=1", "a=b,"],
    ),
    (
        "target-group-attributes",
        &["proxy_protocol_v2.enabled=true", "preserve_client_ip.enabled=true"],
        &[
            "stickiness.enabled=true",
            "deregistration_delay.timeout_seconds=60",
            "junk=1",
            "preserve_client_ip.enabled=false",
        ],
    ),
    ("cross-zone-load-balancing-enabled", &["true", "false"], &["junk"]),
    ("enable-tcp-udp-listener", &["true", "false"], &["x"]),
    ("quic-enabled-ports", &["53", "dns"], &["443"]),
    ("name", &["my-load-balancer"], &["a-name-that-is-longer-than-thirty-two"]),
    ("security-groups", &["sg-0aaaaaaaaaaaaaa01"], &[]),
];
