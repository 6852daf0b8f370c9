//! Fields of other kinds whose values are enumerated (`pkg/apis/autoscaling`, `core`, `networking`, `policy`, `resource`,
//! `scheduling` and `storage`, each in `validation`).

use serde_json::Value;

use super::{
    enumeration::{Enumeration, enumeration_complaints},
    quoted,
    selector::label_selector_complaints,
};
use crate::{manifest::json::text, model::kind::Kind};

const MODES: &[&str] = &["All", "ExactCount"];
const OPERATORS: &[&str] = &["Equal", "Exists"];
const EFFECTS: &[&str] = &["NoExecute", "NoSchedule", "None"];
const PROTOCOLS: &[&str] = &["TCP", "UDP", "SCTP"];
const POLICIES: &[&str] = &["Percent", "Pods"];
const SELECTIONS: &[&str] = &["Disabled", "Max", "Min"];

const METRIC: &[Enumeration] =
    &[Enumeration::always("type", &["ContainerResource", "External", "Object", "Pods", "Resource"])];

const SOURCES: &[&str] = &["object", "external", "pods", "resource", "containerResource"];

const AUTOSCALER: &[Enumeration] = &[
    Enumeration::optional("spec.behavior.scaleUp.selectPolicy", SELECTIONS),
    Enumeration::always("spec.behavior.scaleUp.policies[].type", POLICIES),
    Enumeration::optional("spec.behavior.scaleDown.selectPolicy", SELECTIONS),
    Enumeration::always("spec.behavior.scaleDown.policies[].type", POLICIES),
];

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

const PORTS: &[Enumeration] = &[Enumeration::optional("ports[].protocol", PROTOCOLS)];

const POLICY_TYPES: &[Enumeration] = &[Enumeration::always("spec.policyTypes[]", &["Ingress", "Egress"])];

const INGRESS: &[Enumeration] = &[Enumeration::optional(
    "spec.rules[].http.paths[].pathType",
    &["Exact", "ImplementationSpecific", "Prefix"],
)];

const PREEMPTION: &[Enumeration] =
    &[Enumeration::required("preemptionPolicy", &["PreemptLowerPriority", "Never"], "")];

const STORAGE_CLASS: &[Enumeration] = &[
    Enumeration::with_default("reclaimPolicy", &["Delete", "Retain"]),
    Enumeration::optional("volumeBindingMode", &["Immediate", "WaitForFirstConsumer"]),
];

/// Returns the complaints about an object of a kind of which only such fields are judged.
pub(super) fn other_complaints(kind: &Kind, object: &Value) -> Vec<String> {
    let fields = match (kind.group.as_str(), kind.kind.as_str()) {
        ("autoscaling", "HorizontalPodAutoscaler") => {
            let mut complaints: Vec<_> = bounds_complaint(&object["spec"]).into_iter().collect();
            if kind.version == "v2" {
                complaints.extend(metric_complaints(&object["spec"]["metrics"]));
                complaints.extend(enumeration_complaints(object, AUTOSCALER, ""));
            }
            return complaints;
        }
        ("networking.k8s.io", "Ingress") => INGRESS,
        ("networking.k8s.io", "NetworkPolicy") => {
            let selector = &object["spec"]["podSelector"];
            let mut complaints = label_selector_complaints(selector, "spec.podSelector");
            complaints.extend(network_rule_complaints(&object["spec"]["ingress"], "from", "spec.ingress"));
            complaints.extend(network_rule_complaints(&object["spec"]["egress"], "to", "spec.egress"));
            complaints.extend(enumeration_complaints(object, POLICY_TYPES, ""));
            return complaints;
        }
        ("policy", "PodDisruptionBudget") => {
            let mut complaints = label_selector_complaints(&object["spec"]["selector"], "spec.selector");
            complaints.extend(enumeration_complaints(object, BUDGET, ""));
            return complaints;
        }
        ("resource.k8s.io", "ResourceClaim") => return device_complaints(&object["spec"], "spec"),
        ("resource.k8s.io", "ResourceClaimTemplate") => {
            return device_complaints(&object["spec"]["spec"], "spec.spec");
        }
        ("scheduling.k8s.io", "PriorityClass") => {
            let mut complaints: Vec<_> = priority_complaint(object).into_iter().collect();
            // Where there is none, the server fills it in.
            if !object["preemptionPolicy"].is_null() {
                complaints.extend(enumeration_complaints(object, PREEMPTION, ""));
            }
            return complaints;
        }
        ("storage.k8s.io", "StorageClass") => STORAGE_CLASS,
        _ => return Vec::new(),
    };
    enumeration_complaints(object, fields, "")
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
fn network_rule_complaints(rules: &Value, peers: &str, path: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    for (index, rule) in rules.as_array().into_iter().flatten().enumerate() {
        let path = format!("{path}[{index}]");
        complaints.extend(enumeration_complaints(rule, PORTS, &path));
        for (index, peer) in rule[peers].as_array().into_iter().flatten().enumerate() {
            let path = format!("{path}.{peers}[{index}]");
            let selectors = ["podSelector", "namespaceSelector"];
            for selector in selectors {
                complaints.extend(label_selector_complaints(&peer[selector], &format!("{path}.{selector}")));
            }
            let has_block = !peer["ipBlock"].is_null();
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

/// Validates the maximum of an autoscaler, which may not be below its minimum.
fn bounds_complaint(spec: &Value) -> Option<String> {
    let (most, least) = (spec["maxReplicas"].as_i64()?, spec["minReplicas"].as_i64()?);
    (0 < most && most < least).then(|| {
        format!("spec.maxReplicas: Invalid value: {most}: must be greater than or equal to `minReplicas`")
    })
}

/// Validates the types of metrics and of their targets: an empty one is also missed.
fn metric_complaints(metrics: &Value) -> Vec<String> {
    let mut complaints = Vec::new();
    for (index, metric) in metrics.as_array().into_iter().flatten().enumerate() {
        let path = format!("spec.metrics[{index}]");
        if text(&metric["type"]).is_empty() {
            complaints.push(format!("{path}.type: Required value: must specify a metric source type"));
        }
        complaints.extend(enumeration_complaints(metric, METRIC, &path));
        let Some(source) = SOURCES.iter().find(|source| !metric[**source].is_null()) else { continue };
        let (path, target) =
            (format!("{path}.{source}.target.type"), text(&metric[*source]["target"]["type"]));
        if target.is_empty() {
            complaints.push(format!("{path}: Required value: must specify a metric target type"));
        }
        if !["AverageValue", "Utilization", "Value"].contains(&target) {
            let value = quoted(target);
            complaints.push(format!(
                "{path}: Invalid value: {value}: must be either Utilization, Value, or AverageValue"
            ));
        }
    }
    complaints
}

/// Validates what a claim requests, one request after the other.
fn device_complaints(spec: &Value, path: &str) -> Vec<String> {
    let requests = spec["devices"]["requests"].as_array().into_iter().flatten();
    let complaints = requests.enumerate().map(|(index, request)| {
        enumeration_complaints(request, DEVICE_CLAIM, &format!("{path}.devices.requests[{index}]"))
    });
    complaints.flatten().collect()
}
