//! The nodes that run the pods of a DaemonSet (`NodeShouldRunDaemonPod` in `pkg/controller/daemon`).

use serde_json::{Value, json};

use super::template::template;
use crate::manifest::json::text;

/// Returns how many of the nodes run a DaemonSet pod of this template.
pub fn eligible(nodes: &[Value], template: &Value) -> usize {
    nodes.iter().filter(|node| runs_on(node, &template["spec"])).count()
}

/// Returns whether only the nodes tell how many pods a DaemonSet wants: its controller writes the status once it has a
/// ControllerRevision of the template, so that the status is of an earlier change until then.
pub fn tell_alone(set: &Value) -> bool {
    let generation = &set["metadata"]["generation"];
    generation.is_number() && set["status"]["observedGeneration"] != *generation
}

/// Writes into the status of such a DaemonSet how many pods it wants.
pub fn write_wanted(set: &mut Value, nodes: &[Value]) {
    set["status"]["desiredNumberScheduled"] = json!(eligible(nodes, template("DaemonSet", set)));
}

fn runs_on(node: &Value, spec: &Value) -> bool {
    let labels = &node["metadata"]["labels"];
    let selected =
        spec["nodeSelector"].as_object().into_iter().flatten().all(|(label, value)| labels[label] == *value);
    let named = spec["nodeName"].as_str().filter(|name| !name.is_empty());
    let is_named = named.is_none_or(|name| node["metadata"]["name"] == *name);
    selected && is_named && matches_affinity(node, spec) && tolerates(node, spec)
}

/// Returns whether a node meets the required affinity: any of its terms, all requirements of a term.
fn matches_affinity(node: &Value, spec: &Value) -> bool {
    let required = &spec["affinity"]["nodeAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"];
    let Some(terms) = required["nodeSelectorTerms"].as_array() else { return true };
    terms.iter().any(|term| {
        let list = |field: &str| term[field].as_array().map(Vec::as_slice).unwrap_or_default().to_vec();
        let (expressions, fields) = (list("matchExpressions"), list("matchFields"));
        let labels = &node["metadata"]["labels"];
        // A term without requirements matches nothing.
        (!expressions.is_empty() || !fields.is_empty())
            && expressions.iter().all(|one| matches(one, labels[text(&one["key"])].as_str()))
            && fields.iter().all(|one| matches(one, node["metadata"]["name"].as_str()))
    })
}

fn matches(requirement: &Value, value: Option<&str>) -> bool {
    let values: Vec<_> =
        requirement["values"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let compared = || Some((value?.parse::<i64>().ok()?, values.first()?.parse::<i64>().ok()?));
    match requirement["operator"].as_str() {
        Some("In") => value.is_some_and(|value| values.contains(&value)),
        Some("NotIn") => value.is_none_or(|value| !values.contains(&value)),
        Some("Exists") => value.is_some(),
        Some("DoesNotExist") => value.is_none(),
        Some("Gt") => compared().is_some_and(|(value, bound)| value > bound),
        Some("Lt") => compared().is_some_and(|(value, bound)| value < bound),
        _ => false,
    }
}

/// Taints that the controller's own pods tolerate (`AddOrUpdateDaemonPodTolerations`).
const TOLERATED: &[&str] = &[
    "node.kubernetes.io/not-ready",
    "node.kubernetes.io/unreachable",
    "node.kubernetes.io/disk-pressure",
    "node.kubernetes.io/memory-pressure",
    "node.kubernetes.io/pid-pressure",
    "node.kubernetes.io/unschedulable",
];

fn tolerates(node: &Value, spec: &Value) -> bool {
    let tolerations = spec["tolerations"].as_array().map(Vec::as_slice).unwrap_or_default();
    node["spec"]["taints"].as_array().into_iter().flatten().all(|taint| {
        let (key, effect) = (text(&taint["key"]), text(&taint["effect"]));
        let by_host_network = key == "node.kubernetes.io/network-unavailable" && spec["hostNetwork"] == true;
        effect == "PreferNoSchedule"
            || TOLERATED.contains(&key)
            || by_host_network
            || tolerations.iter().any(|toleration| {
                let (tolerated_key, tolerated_effect) =
                    (text(&toleration["key"]), text(&toleration["effect"]));
                let any = toleration["operator"] == "Exists";
                (tolerated_effect.is_empty() || tolerated_effect == effect)
                    && (tolerated_key == key || (tolerated_key.is_empty() && any))
                    && (any || text(&toleration["value"]) == text(&taint["value"]))
            })
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::eligible;

    #[test]
    fn selectors_affinity_and_taints_choose_nodes() {
        let node = |name: &str, label: &str, taint: &str| {
            json!({
                "metadata": {"name": name, "labels": {"disk": label}},
                "spec": {"taints": [{"key": taint, "effect": "NoSchedule", "value": "x"}]},
            })
        };
        let nodes = [
            node("a", "ssd", "node.kubernetes.io/unschedulable"),
            node("b", "hdd", "team"),
            node("c", "ssd", "team"),
        ];
        let count = |spec: serde_json::Value| eligible(&nodes, &json!({"spec": spec}));
        let toleration = json!([{"key": "team", "value": "x"}]);
        assert_eq!(count(json!({})), 1);
        assert_eq!(count(json!({"tolerations": toleration})), 3);
        assert_eq!(count(json!({"tolerations": toleration, "nodeSelector": {"disk": "ssd"}})), 2);
        assert_eq!(count(json!({"tolerations": [{"key": "team", "value": "y"}]})), 1);
        assert_eq!(count(json!({"tolerations": toleration, "nodeName": "c"})), 1);
        let hdd = json!([{"matchExpressions": [{"key": "disk", "operator": "NotIn", "values": ["ssd"]}]}]);
        let affinity = json!({"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": hdd}}});
        assert_eq!(count(json!({"tolerations": [{"operator": "Exists"}], "affinity": affinity})), 1);
    }
}
