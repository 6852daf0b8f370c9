//! Guards about what the cluster itself runs: its DNS.

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
