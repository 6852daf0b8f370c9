//! Which Services the API server calls invalid (`validateService` in `pkg/apis/core/validation`).

use serde_json::Value;

use super::{
    enumeration::{Enumeration, enumeration_complaints, supported_values},
    metadata::labels_complaints,
    name::{SUBDOMAIN, is_subdomain, label_key_complaints},
    plain,
    port_name::port_name_complaints,
    quoted,
    shape::{Rule, Shape, port_complaints, shape_complaints},
};
use crate::manifest::json::text;

const PROTOCOL: &[Enumeration] = &[Enumeration::with_default("protocol", &["SCTP", "TCP", "UDP"])];

const PORT: &[Shape] = &[Shape("name", &[Rule::Label])];

const RANGES: &[Shape] = &[Shape("LoadBalancerSourceRanges[]", &[Rule::Network])];

const AFFINITY: &[Enumeration] = &[Enumeration::with_default("sessionAffinity", &["ClientIP", "None"])];

const FAMILIES: &[Enumeration] = &[
    Enumeration::always("ipFamilies[]", &["IPv4", "IPv6"]),
    Enumeration::optional("ipFamilyPolicy", &["PreferDualStack", "RequireDualStack", "SingleStack"]),
];

const TYPE: &[Enumeration] =
    &[Enumeration::with_default("type", &["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"])];

const EXTERNAL_TRAFFIC: &[Enumeration] =
    &[Enumeration::with_default("externalTrafficPolicy", &["Cluster", "Local"])];

const INTERNAL_TRAFFIC: &[Enumeration] =
    &[Enumeration::optional("internalTrafficPolicy", &["Cluster", "Local"])];

const DISTRIBUTIONS: &[&str] = &["PreferClose", "PreferSameZone", "PreferSameNode"];

/// Returns the complaints about the families of addresses: these are given out before anything is validated
/// (`allocateCreate` in `pkg/registry/core/service/storage/alloc.go`), so that the server says nothing else.
pub(super) fn family_complaints(spec: &Value) -> Vec<String> {
    match text(&spec["type"]) {
        "ExternalName" => Vec::new(),
        _ => enumeration_complaints(spec, FAMILIES, "spec"),
    }
}

/// Returns the complaints about the spec of a Service. Of one that changes, the server drops the fields that its new type does
/// not have (`dropTypeDependentFields` in `pkg/registry/core/service/strategy.go`).
pub(super) fn service_complaints(spec: &Value, is_new: bool) -> Vec<String> {
    let ports: &[Value] = spec["ports"].as_array().map_or(&[], Vec::as_slice);
    let kind = text(&spec["type"]);
    let mut complaints = Vec::new();
    if ports.is_empty() && kind != "ExternalName" && text(&spec["clusterIP"]) != "None" {
        complaints.push("spec.ports: Required value".to_owned());
    }
    if kind == "ExternalName" {
        complaints.extend(external_name_complaints(spec, is_new));
    }
    for (index, port) in ports.iter().enumerate() {
        let path = format!("spec.ports[{index}]");
        if ports.len() > 1 && text(&port["name"]).is_empty() {
            complaints.push(format!("{path}.name: Required value"));
        }
        let number = port["port"].as_i64().unwrap_or(0);
        complaints.extend(port_complaints(number, &format!("{path}.port")));
        complaints.extend(enumeration_complaints(port, PROTOCOL, &path));
        complaints.extend(shape_complaints(port, PORT, &path));
        let target = &port["targetPort"];
        // Without a target the server fills in the port itself.
        let target = if target.is_null() || target == "" { Some(number) } else { target.as_i64() };
        let target = if target == Some(0) { Some(number) } else { target };
        if let Some(name) = port["targetPort"].as_str().filter(|name| !name.is_empty()) {
            complaints.extend(port_name_complaints(name, &format!("{path}.targetPort")));
        }
        if let Some(protocol) = port["appProtocol"].as_str() {
            complaints.extend(label_key_complaints(protocol, &format!("{path}.appProtocol")));
        }
        let target_path = format!("{path}.targetPort");
        complaints.extend(target.map(|target| port_complaints(target, &target_path)).unwrap_or_default());
    }
    complaints.extend(labels_complaints(&spec["selector"], "spec.selector"));
    complaints.extend(enumeration_complaints(spec, AFFINITY, "spec"));
    complaints.extend(balancer_complaints(spec, kind));
    complaints.extend(enumeration_complaints(spec, TYPE, "spec"));
    if is_new {
        complaints.extend(type_complaints(spec, kind));
    }
    complaints.extend(enumeration_complaints(spec, INTERNAL_TRAFFIC, "spec"));
    // The only one of these that is a plain text in Go.
    if let Some(value) = spec["trafficDistribution"].as_str().filter(|value| !DISTRIBUTIONS.contains(value)) {
        let supported = supported_values(DISTRIBUTIONS);
        complaints.push(format!(
            "spec.trafficDistribution: Unsupported value: {}: supported values: {supported}",
            plain(value)
        ));
    }
    complaints
}

/// Validates what only Services with a load balancer or an affinity have.
fn balancer_complaints(spec: &Value, kind: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    let ranges = spec["loadBalancerSourceRanges"].as_array().map_or(&[][..], Vec::as_slice);
    if !ranges.is_empty() && kind != "LoadBalancer" {
        complaints.push(
            "spec.LoadBalancerSourceRanges: Forbidden: may only be used when `type` is 'LoadBalancer'"
                .to_owned(),
        );
    } else {
        let ranges = &serde_json::json!({"LoadBalancerSourceRanges": ranges});
        complaints.extend(shape_complaints(ranges, RANGES, "spec"));
    }
    if let Some(class) = spec["loadBalancerClass"].as_str().filter(|_| kind == "LoadBalancer") {
        complaints.extend(label_key_complaints(class, "spec.loadBalancerClass"));
    }
    let seconds = &spec["sessionAffinityConfig"]["clientIP"]["timeoutSeconds"];
    if seconds.as_i64().is_some_and(|seconds| !(1..=86400).contains(&seconds)) {
        complaints.push(format!(
            "spec.sessionAffinityConfig.clientIP.timeoutSeconds: Invalid value: {seconds}: must be greater than 0 and less than 86400"
        ));
    }
    complaints
}

/// Validates the fields that only some types have.
fn type_complaints(spec: &Value, kind: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    for field in ["allocateLoadBalancerNodePorts", "loadBalancerClass"] {
        if kind != "LoadBalancer" && !spec[field].is_null() {
            complaints
                .push(format!("spec.{field}: Forbidden: may only be used when `type` is 'LoadBalancer'"));
        }
    }
    complaints.extend(external_traffic_complaints(spec, kind));
    complaints
}

/// Validates a Service that is only another name: it has no addresses.
fn external_name_complaints(spec: &Value, is_new: bool) -> Vec<String> {
    let has_families = spec["ipFamilies"].as_array().is_some_and(|families| !families.is_empty());
    let set = [
        ("clusterIPs", !text(&spec["clusterIP"]).is_empty()),
        ("ipFamilies", has_families),
        ("ipFamilyPolicy", !spec["ipFamilyPolicy"].is_null()),
    ];
    let set = set.iter().filter(|(_, is_set)| is_new && *is_set);
    let mut complaints: Vec<_> = set
        .map(|(field, _)| format!("spec.{field}: Forbidden: may not be set for ExternalName services"))
        .collect();
    let name = text(&spec["externalName"]);
    let name = name.strip_suffix('.').unwrap_or(name);
    if name.is_empty() {
        complaints.push("spec.externalName: Required value".to_owned());
    } else if !is_subdomain(name) {
        complaints.push(format!("spec.externalName: Invalid value: {}: {SUBDOMAIN}", plain(name)));
    }
    complaints
}

/// Validates where traffic from outside may go, which only Services that are reached from outside say.
fn external_traffic_complaints(spec: &Value, kind: &str) -> Vec<String> {
    let has_addresses = spec["externalIPs"].as_array().is_some_and(|addresses| !addresses.is_empty());
    let policy = text(&spec["externalTrafficPolicy"]);
    let is_external = match kind {
        "LoadBalancer" | "NodePort" => true,
        "" | "ClusterIP" => has_addresses,
        _ => false,
    };
    if is_external {
        return enumeration_complaints(spec, EXTERNAL_TRAFFIC, "spec");
    }
    let value = quoted(policy);
    let complaint = || {
        format!(
            "spec.externalTrafficPolicy: Invalid value: {value}: may only be set for externally-accessible services"
        )
    };
    (!policy.is_empty()).then(complaint).into_iter().collect()
}
