//! Nodes whose kubelet reports that it is not Ready, or reports nothing: what can't be known of their pods, and what the
//! cluster does with them by itself.

use std::time::Duration;

use jiff::Timestamp;
use shared::{
    model::{Node, NodeCondition, Taint, Toleration, WidePod},
    output::{ShellCommand, spelled_duration},
};

use super::{
    super::{Facts, Guard, GuardCode},
    warning,
};

/// The taint of a node whose machine is off: its pods are removed without its kubelet, and their volumes detached
/// (<https://kubernetes.io/docs/concepts/cluster-administration/node-shutdown/#non-graceful-node-shutdown>).
const OUT_OF_SERVICE: &str = "node.kubernetes.io/out-of-service";

/// Warns of nodes of the plan whose kubelet does not answer.
pub fn not_ready(facts: &Facts) -> Vec<Guard> {
    let silent = facts.target_nodes().filter_map(|node| {
        let ready = node.condition("Ready").filter(|condition| condition.status != "True")?;
        Some(warning(GuardCode::NotReady, sentence(facts, node, ready)))
    });
    silent.collect()
}

/// Returns the command that says of a node that its machine is off.
pub fn out_of_service(node: &str) -> String {
    let taint = format!("{OUT_OF_SERVICE}=nodeshutdown:NoExecute");
    ShellCommand::new(["kubectl", "taint", "node"]).name(node).name(taint).to_string()
}

fn sentence(facts: &Facts, node: &Node, ready: &NodeCondition) -> String {
    let name = &node.metadata.name;
    let since = moment(ready.last_transition_time.seconds);
    let state = match ready.status.as_str() {
        "Unknown" => format!(" (its kubelet is silent since {since})"),
        _ if ready.message.is_empty() => String::new(),
        _ => format!(" ({})", ready.message),
    };
    let mut sentence = format!("{name} not Ready{state}: whether its pods have stopped can't be confirmed");
    if node.spec.taints.iter().any(|taint| taint.key == OUT_OF_SERVICE) {
        sentence.push_str(&format!(
            ". The taint {OUT_OF_SERVICE} says that its machine is off: the cluster removes its pods and detaches their volumes without it"
        ));
        return sentence;
    }
    if let Some(foretold) = foretold(facts, node, ready) {
        sentence.push_str(&format!(". {foretold}"));
    }
    sentence.push_str(&format!(
        ". Deleted pods stay Terminating until the kubelet is back, and StatefulSets and volumes wait for them; where the machine is off, and only then, `{}` lets them go",
        out_of_service(name)
    ));
    sentence
}

/// When the cluster deletes a pod of a node by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Deletion {
    /// At this time, in seconds since 1970.
    At(i64),
    /// The pod tolerates it for ever.
    Never,
}

/// Says when the cluster deletes the pods by itself: their tolerations tell how long they may stay. No budget is asked.
fn foretold(facts: &Facts, node: &Node, ready: &NodeCondition) -> Option<String> {
    let taint = taint(node, ready);
    let stays =
        |pod: &&WidePod| pod.spec.node_name == node.metadata.name && !pod.is_terminating() && !belongs(pod);
    let deletions: Vec<_> =
        facts.pods.iter().filter(stays).map(|pod| deletion(&pod.spec.tolerations, &taint)).collect();
    let mut times: Vec<i64> = deletions
        .iter()
        .filter_map(|deletion| match deletion {
            Deletion::At(time) => Some(*time),
            Deletion::Never => None,
        })
        .collect();
    times.sort_unstable();
    let kept = deletions.len() - times.len();
    let kept = match kept {
        0 => String::new(),
        1 => "1 pod tolerates that for ever".to_owned(),
        kept => format!("{kept} pods tolerate that for ever"),
    };
    let (Some(first), Some(last)) = (times.first(), times.last()) else {
        return (!kept.is_empty()).then(|| format!("By itself the cluster deletes none of its pods: {kept}"));
    };
    let pods = if times.len() == 1 { "1 pod".to_owned() } else { format!("{} pods", times.len()) };
    let when = match (first == last, u64::try_from(last - facts.now)) {
        (_, Err(_)) | (_, Ok(0)) => "now".to_owned(),
        (true, Ok(left)) => format!("in {} ({})", spelled_duration(Duration::from_secs(left)), moment(*last)),
        (false, Ok(_)) => format!("between {} and {}", moment(*first), moment(*last)),
    };
    let kept = if kept.is_empty() { kept } else { format!("; {kept}") };
    Some(format!("By itself the cluster deletes {pods} {when}, and asks no budget{kept}"))
}

/// The taint that the node controller adds to such a node, or will add as soon as it looks
/// (`pkg/controller/nodelifecycle/node_lifecycle_controller.go`).
fn taint(node: &Node, ready: &NodeCondition) -> (String, i64) {
    let key = match ready.status.as_str() {
        "Unknown" => "node.kubernetes.io/unreachable",
        _ => "node.kubernetes.io/not-ready",
    };
    let is_it = |taint: &&Taint| taint.key == key && taint.effect == "NoExecute";
    let added = node.spec.taints.iter().find(is_it).and_then(|taint| taint.time_added.as_ref());
    (key.to_owned(), added.unwrap_or(&ready.last_transition_time).seconds)
}

/// The shortest of the tolerations that match counts (`getMinTolerationTime` in `pkg/controller/tainteviction/taint_eviction.go`).
fn deletion(tolerations: &[Toleration], (key, added): &(String, i64)) -> Deletion {
    let matches = |toleration: &&Toleration| {
        (toleration.effect.is_empty() || toleration.effect == "NoExecute")
            && (toleration.key.is_empty() || toleration.key == *key)
            && match toleration.operator.as_str() {
                "" | "Equal" => toleration.value.is_empty(),
                "Exists" => true,
                _ => false,
            }
    };
    let mut matching = tolerations.iter().filter(matches).peekable();
    if matching.peek().is_none() {
        return Deletion::At(*added);
    }
    let shortest = matching.filter_map(|toleration| toleration.toleration_seconds).min();
    shortest.map_or(Deletion::Never, |seconds| Deletion::At(added.saturating_add(seconds.max(0))))
}

/// Returns whether a pod belongs to the node: its DaemonSet or its kubelet made it, and lets it stay.
fn belongs(pod: &WidePod) -> bool {
    pod.metadata.annotation("kubernetes.io/config.mirror").is_some()
        || pod.metadata.controller().is_some_and(|owner| owner.kind == "DaemonSet")
}

fn moment(seconds: i64) -> String {
    Timestamp::from_second(seconds).map_or_else(|_| seconds.to_string(), |time| time.to_string())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const READY: &str = "node.kubernetes.io/not-ready";

    fn of(tolerations: Value) -> Deletion {
        let tolerations: Vec<Toleration> = serde_json::from_value(tolerations).unwrap();
        deletion(&tolerations, &(READY.to_owned(), 1000))
    }

    #[test]
    fn the_shortest_toleration_that_matches_counts() {
        assert_eq!(of(json!([])), Deletion::At(1000));
        let own = |seconds: i64| json!({"key": READY, "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": seconds});
        assert_eq!(of(json!([own(300)])), Deletion::At(1300));
        assert_eq!(of(json!([own(300), own(20), {"operator": "Exists"}])), Deletion::At(1020));
        assert_eq!(of(json!([own(-5)])), Deletion::At(1000));
        assert_eq!(of(json!([{"operator": "Exists"}])), Deletion::Never);
        assert_eq!(of(json!([{"key": READY, "operator": "Exists"}])), Deletion::Never);
        // Of another taint, another effect, another value.
        let others = json!([
            {"key": "node.kubernetes.io/unreachable", "operator": "Exists"},
            {"key": READY, "operator": "Exists", "effect": "NoSchedule"},
            {"key": READY, "value": "x"},
        ]);
        assert_eq!(of(others), Deletion::At(1000));
    }

    fn said(pods: &[Value], node: Value) -> String {
        let pods = pods.iter().map(|pod| serde_json::from_value(pod.clone()).unwrap()).collect();
        let nodes = vec![serde_json::from_value(node).unwrap()];
        let facts = Facts { nodes, pods, targets: vec!["n1".to_owned()], now: 1200, ..Facts::default() };
        not_ready(&facts).into_iter().map(|guard| guard.message).collect()
    }

    fn node(status: &str, taints: Value) -> Value {
        let ready = json!({"type": "Ready", "status": status, "lastTransitionTime": "1970-01-01T00:16:40Z"});
        json!({"metadata": {"name": "n1"}, "spec": {"taints": taints}, "status": {"conditions": [ready]}})
    }

    fn pod(tolerations: Value) -> Value {
        json!({"metadata": {"name": "p"}, "spec": {"nodeName": "n1", "tolerations": tolerations}})
    }

    #[test]
    fn a_silent_node_is_told_from_one_that_says_it_is_not_ready() {
        let everything = json!([{"operator": "Exists"}]);
        let unreachable = json!([{"key": "node.kubernetes.io/unreachable", "operator": "Exists", "tolerationSeconds": 300}]);
        let said = said(&[pod(unreachable), pod(everything)], node("Unknown", json!([])));
        let start = "n1 not Ready (its kubelet is silent since 1970-01-01T00:16:40Z): whether its pods have stopped can't be confirmed. \
                     By itself the cluster deletes 1 pod in 100 s (1970-01-01T00:21:40Z), and asks no budget; 1 pod tolerates that for ever. \
                     Deleted pods stay Terminating until the kubelet is back";
        assert!(said.starts_with(start), "{said}");
        assert!(said.ends_with("`kubectl taint node n1 node.kubernetes.io/out-of-service=nodeshutdown:NoExecute` lets them go"), "{said}");
    }

    #[test]
    fn a_machine_that_is_said_to_be_off_needs_no_advice() {
        let taints = json!([{"key": OUT_OF_SERVICE, "value": "nodeshutdown", "effect": "NoExecute"}]);
        let said = said(&[pod(json!([]))], node("Unknown", taints));
        assert!(
            said.ends_with("the cluster removes its pods and detaches their volumes without it"),
            "{said}"
        );
        assert!(!said.contains("kubectl taint"), "{said}");
    }

    #[test]
    fn the_time_that_the_taint_was_added_counts() {
        let added = json!([{"key": READY, "effect": "NoExecute", "timeAdded": "1970-01-01T00:20:00Z"}]);
        let own = |seconds: i64| json!([{"key": READY, "operator": "Exists", "tolerationSeconds": seconds}]);
        let said = said(&[pod(own(60)), pod(own(120))], node("False", added));
        let between =
            "deletes 2 pods between 1970-01-01T00:21:00Z and 1970-01-01T00:22:00Z, and asks no budget. ";
        assert!(said.contains(between), "{said}");
    }
}
