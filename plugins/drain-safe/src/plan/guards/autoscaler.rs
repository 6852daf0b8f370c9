//! Autoscalers of nodes: what they do to the nodes of the plan, and with pods that stay Pending.
//!
//! cluster-autoscaler deletes a node that is unneeded for ten minutes, and a node that was drained is
//! (<https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/FAQ.md>); Karpenter deletes an empty node of its
//! NodePools (<https://karpenter.sh/docs/concepts/disruption/>).

use shared::{
    model::{Node, WidePod},
    output::ShellCommand,
};

use super::{
    super::{Facts, Fits, Guard, GuardCode, subject::Subject},
    some_of, warning,
};

/// The annotation of a node that cluster-autoscaler leaves alone.
const SCALE_DOWN_DISABLED: &str = "cluster-autoscaler.kubernetes.io/scale-down-disabled";
/// The annotation of a node that Karpenter leaves alone; pods have it, too.
const DO_NOT_DISRUPT: &str = "karpenter.sh/do-not-disrupt";
/// The label of Karpenter's nodes.
const NODE_POOL: &str = "karpenter.sh/nodepool";
/// The label that says whether a node is a spot instance.
const CAPACITY_TYPE: &str = "karpenter.sh/capacity-type";
/// The annotation of a pod for which cluster-autoscaler adds no node before this time has passed.
const SCALE_UP_DELAY: &str = "cluster-autoscaler.kubernetes.io/pod-scale-up-delay";

/// Which autoscaler it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Autoscaler {
    Cluster,
    Karpenter,
}

impl Autoscaler {
    fn name(self) -> &'static str {
        match self {
            Self::Cluster => "cluster-autoscaler",
            Self::Karpenter => "karpenter",
        }
    }

    /// The annotation that keeps it from deleting a node.
    fn protection(self) -> &'static str {
        match self {
            Self::Cluster => SCALE_DOWN_DISABLED,
            Self::Karpenter => DO_NOT_DISRUPT,
        }
    }

    /// Returns whether it may delete a node, as far as labels tell: those of cluster-autoscaler's node groups are the cloud's.
    fn may_own(self, node: &Node) -> bool {
        (self == Self::Karpenter) == node.metadata.labels.contains_key(NODE_POOL)
    }

    /// Returns whether it runs in this cluster. Some clouds run it elsewhere, and its status or its nodes tell.
    fn is_there(self, facts: &Facts) -> bool {
        let is_named = |pod: &WidePod| {
            let labels = &pod.metadata.labels;
            let keys = ["app.kubernetes.io/name", "app", "k8s-app"];
            keys.iter().filter_map(|key| labels.get(*key)).any(|app| match self {
                // Helm's chart names it after the cloud, `aws-cluster-autoscaler`.
                Self::Cluster => app.ends_with(self.name()),
                Self::Karpenter => app == self.name(),
            })
        };
        facts.pods.iter().any(is_named)
            || match self {
                Self::Cluster => facts.has_autoscaler_status,
                Self::Karpenter => facts.target_nodes().any(|node| self.may_own(node)),
            }
    }
}

/// Warns of autoscalers, which may delete the nodes or put other nodes beside them.
pub fn autoscalers(facts: &Facts, subjects: &[Subject]) -> Vec<Guard> {
    let mut found: Vec<_> = facts.target_nodes().filter_map(at_work).collect();
    for autoscaler in [Autoscaler::Cluster, Autoscaler::Karpenter] {
        if autoscaler.is_there(facts) {
            found.push(outlook(autoscaler, facts, subjects));
        }
    }
    found
}

/// Warns of a node that an autoscaler is deleting, or is about to.
fn at_work(node: &Node) -> Option<Guard> {
    let name = &node.metadata.name;
    let has = |key: &str| node.spec.taints.iter().any(|taint| taint.key == key);
    let message = if has("ToBeDeletedByClusterAutoscaler") {
        format!(
            "cluster-autoscaler is deleting {name} (taint ToBeDeletedByClusterAutoscaler), and evicts its pods itself"
        )
    } else if has("karpenter.sh/disrupted") {
        format!("karpenter is deleting {name} (taint karpenter.sh/disrupted), and evicts its pods itself")
    } else if has("DeletionCandidateOfClusterAutoscaler") {
        format!("cluster-autoscaler is about to delete {name} (taint DeletionCandidateOfClusterAutoscaler)")
    } else {
        return None;
    };
    Some(warning(GuardCode::Autoscaler, message))
}

/// Says what an autoscaler may do once the nodes are drained.
fn outlook(autoscaler: Autoscaler, facts: &Facts, subjects: &[Subject]) -> Guard {
    let own = facts.target_nodes().filter(|node| autoscaler.may_own(node));
    let is_protected = |node: &&Node| node.metadata.annotation(autoscaler.protection()) == Some("true");
    let (kept, deletable): (Vec<_>, Vec<_>) = own.partition(is_protected);
    let names = |nodes: &[&Node]| nodes.iter().map(|node| node.metadata.name.clone()).collect::<Vec<_>>();
    let mut clauses = Vec::new();
    if !deletable.is_empty() {
        clauses.push(format!("may delete {} once drained", some_of(&names(&deletable))));
    }
    if !kept.is_empty() {
        clauses.push(format!("leaves {} (annotation {})", some_of(&names(&kept)), autoscaler.protection()));
    }
    clauses.push(pending(subjects));
    let mut message = format!("{} {}", autoscaler.name(), enumerated(&clauses));
    let is_spot = |node: &&&Node| node.metadata.labels.get(CAPACITY_TYPE).is_some_and(|kind| kind == "spot");
    let spot: Vec<_> =
        kept.iter().chain(&deletable).filter(is_spot).map(|node| node.metadata.name.clone()).collect();
    if !spot.is_empty() {
        message.push_str(&format!(
            "; the cloud may take the spot capacity of {} back at any time",
            some_of(&spot)
        ));
    }
    let annotate = ShellCommand::new(["kubectl", "annotate", "node"]);
    let annotate = names(&deletable).into_iter().fold(annotate, ShellCommand::name);
    let annotate = annotate.name(format!("{}=true", autoscaler.protection())).to_string();
    Guard { fix: (!deletable.is_empty()).then_some(annotate), ..warning(GuardCode::Autoscaler, message) }
}

/// Says what becomes of pods that no node takes.
fn pending(subjects: &[Subject]) -> String {
    let without: Vec<_> =
        subjects.iter().filter(|one| one.wave.is_some() && one.fits == Some(Fits::No)).collect();
    if without.is_empty() {
        return "may add nodes for Pending pods".to_owned();
    }
    let names: Vec<_> = without.iter().map(|one| one.name()).collect();
    let delayed = without.iter().filter_map(|one| {
        let delay = one.pod.metadata.annotation(SCALE_UP_DELAY)?;
        Some(format!("{} waits {delay} for that", one.name()))
    });
    let delayed: Vec<_> = delayed.collect();
    let delayed = if delayed.is_empty() { String::new() } else { format!(" ({})", some_of(&delayed)) };
    format!("may add nodes for the replacement of {}{delayed}", some_of(&names))
}

/// Joins clauses: `a, b, and c`.
fn enumerated(clauses: &[String]) -> String {
    match clauses {
        [] => String::new(),
        [one] => one.clone(),
        [one, other] => format!("{one}, and {other}"),
        [first @ .., last] => format!("{}, and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn facts(nodes: &[Value]) -> Facts {
        let nodes: Vec<Node> =
            nodes.iter().map(|node| serde_json::from_value(node.clone()).unwrap()).collect();
        let targets = nodes.iter().map(|node| node.metadata.name.clone()).collect();
        Facts { nodes, targets, ..Facts::default() }
    }

    fn node(name: &str, labels: Value, annotations: Value) -> Value {
        json!({"metadata": {"name": name, "labels": labels, "annotations": annotations}})
    }

    fn said(facts: &Facts) -> Vec<(String, Option<String>)> {
        autoscalers(facts, &[]).into_iter().map(|guard| (guard.message, guard.fix)).collect()
    }

    #[test]
    fn nothing_is_said_without_an_autoscaler() {
        assert_eq!(said(&facts(&[node("n1", json!({}), json!({}))])), []);
    }

    #[test]
    fn a_status_tells_of_an_autoscaler_that_runs_elsewhere() {
        let mut facts = facts(&[
            node("n1", json!({}), json!({})),
            node("n2", json!({}), json!({SCALE_DOWN_DISABLED: "true"})),
            node("n3", json!({}), json!({SCALE_DOWN_DISABLED: "false"})),
        ]);
        facts.has_autoscaler_status = true;
        let message = "cluster-autoscaler may delete n1, n3 once drained, leaves n2 (annotation cluster-autoscaler.kubernetes.io/scale-down-disabled), and may add nodes for Pending pods";
        let fix = "kubectl annotate node n1 n3 cluster-autoscaler.kubernetes.io/scale-down-disabled=true";
        assert_eq!(said(&facts), [(message.to_owned(), Some(fix.to_owned()))]);
    }

    #[test]
    fn each_autoscaler_answers_for_its_own_nodes() {
        let mut facts = facts(&[
            node("n1", json!({NODE_POOL: "default", CAPACITY_TYPE: "spot"}), json!({})),
            node("n2", json!({}), json!({})),
        ]);
        facts.has_autoscaler_status = true;
        let messages: Vec<_> = said(&facts).into_iter().map(|(message, _)| message).collect();
        assert_eq!(
            messages,
            [
                "cluster-autoscaler may delete n2 once drained, and may add nodes for Pending pods",
                "karpenter may delete n1 once drained, and may add nodes for Pending pods; the cloud may take the spot capacity of n1 back at any time",
            ]
        );
    }

    #[test]
    fn nodes_that_are_being_deleted_are_named_with_their_taint() {
        let tainted = |name: &str, key: &str| json!({"metadata": {"name": name}, "spec": {"taints": [{"key": key, "effect": "NoSchedule"}]}});
        let messages = said(&facts(&[
            tainted("n1", "ToBeDeletedByClusterAutoscaler"),
            tainted("n2", "DeletionCandidateOfClusterAutoscaler"),
            tainted("n3", "karpenter.sh/disrupted"),
        ]));
        let messages: Vec<_> = messages.iter().map(|(message, _)| message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "cluster-autoscaler is deleting n1 (taint ToBeDeletedByClusterAutoscaler), and evicts its pods itself",
                "cluster-autoscaler is about to delete n2 (taint DeletionCandidateOfClusterAutoscaler)",
                "karpenter is deleting n3 (taint karpenter.sh/disrupted), and evicts its pods itself",
            ]
        );
    }
}
