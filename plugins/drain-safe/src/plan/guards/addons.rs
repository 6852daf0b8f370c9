//! Guards about what the cluster itself runs: its DNS and its autoscalers.

use shared::model::WidePod;

use super::{
    super::{Facts, Guard, GuardCode, subject::Subject},
    warning,
};

/// Warns where the last Ready pod of the DNS goes.
pub fn dns(facts: &Facts, subjects: &[Subject]) -> Option<Guard> {
    let is_dns = |pod: &WidePod| {
        pod.metadata.namespace == "kube-system"
            && pod.metadata.labels.get("k8s-app").is_some_and(|value| value == "kube-dns")
            && pod.is_ready()
            && !pod.is_terminating()
    };
    let going = subjects.iter().filter(|one| one.wave.is_some() && is_dns(one.pod)).count();
    let all = facts.pods.iter().filter(|pod| is_dns(pod)).count();
    (going > 0 && going == all).then(|| {
        warning(GuardCode::Dns, "all Ready pods of the cluster's DNS go: names are not resolved meanwhile")
    })
}

/// Warns of autoscalers, which may delete the node or put pods back on it.
pub fn autoscaler(facts: &Facts) -> Option<Guard> {
    const APPS: [&str; 3] = ["cluster-autoscaler", "aws-cluster-autoscaler", "karpenter"];
    let runs = facts.pods.iter().find_map(|pod| {
        let labels = &pod.metadata.labels;
        let app = ["app.kubernetes.io/name", "app", "k8s-app"].iter().find_map(|label| labels.get(*label))?;
        APPS.contains(&app.as_str()).then(|| app.clone())
    });
    let is_managed = |label: &str| facts.target_nodes().any(|node| node.metadata.labels.contains_key(label));
    let name = runs.or_else(|| is_managed("karpenter.sh/nodepool").then(|| "karpenter".to_owned()))?;
    Some(warning(
        GuardCode::Autoscaler,
        format!("{name} may delete drained nodes, or add nodes for Pending pods"),
    ))
}
