//! Fields of other kinds whose values are enumerated (`pkg/apis/networking`, `policy`, `resource`,
//! `scheduling` and `storage`, each in `validation`).

use serde_json::Value;

use super::{
    enumeration::{Enumeration, enumeration_complaints},
    metadata::{DNS_LABEL, dns_label_error},
    name::label_key_complaints,
    plain,
    selector::label_selector_complaints,
    shape::{Rule, Shape, shape_complaints},
};
use crate::{admission::version::Version, manifest::json::text, model::kind::Kind};

const MODES: &[&str] = &["All", "ExactCount"];
const OPERATORS: &[&str] = &["Equal", "Exists"];
const EFFECTS: &[&str] = &["NoExecute", "NoSchedule", "None"];
const PROTOCOLS: &[&str] = &["TCP", "UDP", "SCTP"];

const DEVICE_CLAIM: &[Enumeration] = &[
    Enumeration::with_default("exactly.allocationMode", MODES),
    Enumeration::with_default("exactly.tolerations[].operator", OPERATORS),
    Enumeration::with_default("exactly.tolerations[].effect", EFFECTS),
    Enumeration::with_default("firstAvailable[].allocationMode", MODES),
    Enumeration::with_default("firstAvailable[].tolerations[].operator", OPERATORS),
    Enumeration::with_default("firstAvailable[].tolerations[].effect", EFFECTS),
];

const BUDGET: &[Enumeration] =
    &[Enumeration::optional("spec.unhealthyPodEvictionPolicy", &["AlwaysAllow", "IfHealthyBudget"])];

const AMOUNTS: &[Shape] =
    &[Shape("spec.minAvailable", &[Rule::Amount]), Shape("spec.maxUnavailable", &[Rule::Amount])];

const LEASE: &[Shape] = &[
    Shape("spec.leaseDurationSeconds", &[Rule::Positive]),
    Shape("spec.leaseTransitions", &[Rule::AtLeast(0)]),
];

const NETWORK_PORT: &[Shape] = &[Shape("port", &[Rule::PortOrName])];

const BLOCK: &[Shape] =
    &[Shape("ipBlock.cidr", &[Rule::Required]), Shape("ipBlock.except[]", &[Rule::Network])];

const BLOCK_NETWORK: &[Shape] = &[Shape("ipBlock.cidr", &[Rule::Network])];

const ENDPOINT_PORTS: &[Enumeration] =
    &[Enumeration::with_default("ports[].protocol", &["SCTP", "TCP", "UDP"])];

const ENDPOINTS: &[Shape] = &[
    Shape("addresses[].hostname", &[Rule::Label]),
    Shape("addresses[].ip", &[Rule::Address]),
    Shape("notReadyAddresses[].ip", &[Rule::Address]),
    Shape("ports[].name", &[Rule::Label]),
    Shape("ports[].port", &[Rule::Port]),
];

const PORTS: &[Enumeration] = &[Enumeration::optional("ports[].protocol", PROTOCOLS)];

const POLICY_TYPES: &[Enumeration] = &[Enumeration::always("spec.policyTypes[]", &["Ingress", "Egress"])];

const PREEMPTION: &[Enumeration] =
    &[Enumeration::required("preemptionPolicy", &["PreemptLowerPriority", "Never"], "")];

const STORAGE_CLASS: &[Enumeration] = &[
    Enumeration::with_default("reclaimPolicy", &["Delete", "Retain"]),
    Enumeration::optional("volumeBindingMode", &["Immediate", "WaitForFirstConsumer"]),
];

/// Returns the complaints about an object of a kind of which only such fields are judged.
pub(super) fn other_complaints(kind: &Kind, object: &Value, version: Version) -> Vec<String> {
    match (kind.group.as_str(), kind.kind.as_str()) {
        ("networking.k8s.io", "NetworkPolicy") => {
            let selector = &object["spec"]["podSelector"];
            let mut complaints = label_selector_complaints(selector, "spec.podSelector");
            complaints.extend(network_rule_complaints(
                &object["spec"]["ingress"],
                "from",
                "spec.ingress",
                version,
            ));
            complaints.extend(network_rule_complaints(
                &object["spec"]["egress"],
                "to",
                "spec.egress",
                version,
            ));
            complaints.extend(enumeration_complaints(object, POLICY_TYPES, ""));
            complaints
        }
        ("policy", "PodDisruptionBudget") => {
            let mut complaints = label_selector_complaints(&object["spec"]["selector"], "spec.selector");
            complaints.extend(enumeration_complaints(object, BUDGET, ""));
            complaints.extend(shape_complaints(object, AMOUNTS, ""));
            complaints
        }
        ("resource.k8s.io", "ResourceClaim") => device_complaints(&object["spec"], "spec"),
        ("resource.k8s.io", "ResourceClaimTemplate") => {
            device_complaints(&object["spec"]["spec"], "spec.spec")
        }
        ("scheduling.k8s.io", "PriorityClass") => {
            let mut complaints: Vec<_> = priority_complaint(object).into_iter().collect();
            // Where there is none, the server fills it in.
            if !object["preemptionPolicy"].is_null() {
                complaints.extend(enumeration_complaints(object, PREEMPTION, ""));
            }
            complaints
        }
        ("coordination.k8s.io", "Lease") => shape_complaints(object, LEASE, ""),
        ("", "Endpoints") => endpoints_complaints(object),
        ("storage.k8s.io", "StorageClass") => {
            let mut complaints = provisioner_complaints(text(&object["provisioner"]));
            complaints.extend(enumeration_complaints(object, STORAGE_CLASS, ""));
            complaints
        }
        _ => Vec::new(),
    }
}

/// The highest priority of classes that are not the system's (`HighestUserDefinablePriority` in `pkg/apis/scheduling`).
const HIGHEST_PRIORITY: i64 = 1_000_000_000;

/// Validates the value of a class, and a name that is reserved for the system's. Those that the system has exist already.
fn priority_complaint(class: &Value) -> Option<String> {
    let name = text(&class["metadata"]["name"]);
    let value = class["value"].as_i64().unwrap_or(0);
    if name.starts_with("system-") {
        let is_known = matches!(name, "system-node-critical" | "system-cluster-critical");
        return (!is_known).then(|| {
            format!(
                "metadata.name: Forbidden: priority class names with 'system-' prefix are reserved for system use only. error: {name} is not a known system priority class"
            )
        });
    }
    (value > HIGHEST_PRIORITY).then(|| {
        format!("value: Forbidden: maximum allowed value of a user defined priority is {HIGHEST_PRIORITY}")
    })
}

/// Validates the ports and the peers of a NetworkPolicy's rules, which stand at `path`.
fn network_rule_complaints(rules: &Value, peers: &str, path: &str, version: Version) -> Vec<String> {
    let mut complaints = Vec::new();
    for (index, rule) in rules.as_array().into_iter().flatten().enumerate() {
        let path = format!("{path}[{index}]");
        complaints.extend(enumeration_complaints(rule, PORTS, &path));
        complaints.extend(network_port_complaints(&rule["ports"], &format!("{path}.ports"), version));
        for (index, peer) in rule[peers].as_array().into_iter().flatten().enumerate() {
            let path = format!("{path}.{peers}[{index}]");
            let selectors = ["podSelector", "namespaceSelector"];
            for selector in selectors {
                complaints.extend(label_selector_complaints(&peer[selector], &format!("{path}.{selector}")));
            }
            let has_block = !peer["ipBlock"].is_null();
            complaints.extend(shape_complaints(peer, BLOCK, &path));
            if !text(&peer["ipBlock"]["cidr"]).is_empty() {
                complaints.extend(shape_complaints(peer, BLOCK_NETWORK, &path));
            }
            match (selectors.iter().any(|selector| !peer[*selector].is_null()), has_block) {
                (false, false) => complaints.push(format!("{path}: Required value: must specify a peer")),
                (true, true) => complaints
                    .push(format!("{path}: Forbidden: may not specify both ipBlock and another peer")),
                _ => {}
            }
        }
    }
    complaints
}

/// Validates the ports of a NetworkPolicy's rule, which may be absent, and the ends of ranges.
fn network_port_complaints(ports: &Value, path: &str, version: Version) -> Vec<String> {
    let mut complaints = Vec::new();
    for (index, port) in ports.as_array().into_iter().flatten().enumerate() {
        let path = format!("{path}[{index}]");
        let (number, end) = (&port["port"], port["endPort"].as_i64());
        if !number.is_null() {
            complaints.extend(shape_complaints(port, NETWORK_PORT, &path));
        }
        let Some(end) = end else { continue };
        let invalid = |why: &str| format!("{path}.endPort: Invalid value: {end}: {why}");
        complaints.extend(match number.as_i64() {
            _ if number.is_null() => Some(invalid("may not be specified when `port` is not specified")),
            None => Some(invalid("may not be specified when `port` is non-numeric")),
            Some(start) if end < start => {
                let shown = if version.shows_first_port_of_ranges() { start } else { end };
                Some(format!(
                    "{path}.endPort: Invalid value: {shown}: must be greater than or equal to `port`"
                ))
            }
            Some(_) => None,
        });
        let is_port = (1..=65535).contains(&end);
        if number.is_i64() && !is_port {
            complaints.push(invalid("must be between 1 and 65535, inclusive"));
        }
    }
    complaints
}

/// Validates the name of a provisioner (`validateProvisioner`).
fn provisioner_complaints(provisioner: &str) -> Vec<String> {
    match provisioner {
        "" => vec!["provisioner: Required value".to_owned()],
        name => label_key_complaints(&name.to_lowercase(), "provisioner"),
    }
}

/// Validates addresses and ports that a Service leads to (`validateEndpointSubsets`).
fn endpoints_complaints(object: &Value) -> Vec<String> {
    let mut complaints = Vec::new();
    for (index, subset) in object["subsets"].as_array().into_iter().flatten().enumerate() {
        let path = format!("subsets[{index}]");
        let is_empty = |field: &str| subset[field].as_array().is_none_or(Vec::is_empty);
        if is_empty("addresses") && is_empty("notReadyAddresses") {
            complaints
                .push(format!("{path}: Required value: must specify `addresses` or `notReadyAddresses`"));
        }
        complaints.extend(shape_complaints(subset, ENDPOINTS, &path));
        for (index, address) in subset["addresses"].as_array().into_iter().flatten().enumerate() {
            let found = text(&address["ip"]);
            if found.parse::<core::net::IpAddr>().is_err() {
                complaints.push(format!(
                    "{path}.addresses[{index}].ip: Invalid value: {}: must be a valid IP address",
                    plain(found)
                ));
            }
        }
        complaints.extend(enumeration_complaints(subset, ENDPOINT_PORTS, &path));
    }
    complaints
}

const REQUEST: &[Shape] = &[
    Shape("exactly.deviceClassName", &[Rule::Required, Rule::Subdomain]),
    Shape("firstAvailable[].deviceClassName", &[Rule::Required, Rule::Subdomain]),
];

/// Validates the name of a request and the class that it asks for.
fn request_complaints(request: &Value, path: &str) -> Vec<String> {
    let name = text(&request["name"]);
    let why = if name.is_empty() { Some(DNS_LABEL) } else { dns_label_error(name) };
    let mut complaints: Vec<_> =
        why.map(|why| format!("{path}.name: Invalid value: {}: {why}", plain(name))).into_iter().collect();
    complaints.extend(shape_complaints(request, REQUEST, path));
    if request["exactly"].is_null() && request["firstAvailable"].is_null() {
        complaints.push(format!(
            "{path}: Required value: exactly one of `exactly` or `firstAvailable` is required"
        ));
    }
    if let Some(count) = request["exactly"]["count"].as_i64().filter(|count| *count < 0) {
        complaints.push(format!("{path}.exactly.count: Invalid value: {count}: must be greater than zero"));
    }
    complaints
}

/// Validates what a claim requests, one request after the other.
fn device_complaints(spec: &Value, path: &str) -> Vec<String> {
    let requests = spec["devices"]["requests"].as_array().into_iter().flatten();
    let complaints = requests.enumerate().map(|(index, request)| {
        let path = format!("{path}.devices.requests[{index}]");
        let mut complaints = request_complaints(request, &path);
        complaints.extend(enumeration_complaints(request, DEVICE_CLAIM, &path));
        complaints
    });
    complaints.flatten().collect()
}
