//! What a run must be allowed to do, asked for before anything is written.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use shared::{Result, client::Client};

use super::{
    driver::{locks, requests::may},
    recreate::is_recreated,
    saved::needs_saving,
};
use crate::{
    flags::RecordedFlags,
    plan::{Plan, ReasonCode},
};

/// Returns the rights that are missing, as `VERB RESOURCE` with the namespace.
///
/// # Errors
/// A review is refused, or the server can't be reached.
pub async fn missing(client: &Client, plan: &Plan, flags: &RecordedFlags) -> Result<Vec<String>> {
    let mut wanted: Vec<(String, Value)> = Vec::new();
    for verb in ["get", "list", "watch", "patch"] {
        wanted.push(right(verb, "", "nodes", "", ""));
    }
    for verb in ["list", "watch"] {
        wanted.push(right(verb, "", "pods", "", ""));
        wanted.push(right(verb, "policy", "poddisruptionbudgets", "", ""));
    }
    for verb in ["get", "create", "update"] {
        wanted.push(right(verb, "coordination.k8s.io", "leases", "", locks::NAMESPACE));
    }
    if flags.run.wait_volumes {
        for verb in ["list", "watch"] {
            wanted.push(right(verb, "storage.k8s.io", "volumeattachments", "", ""));
        }
    }
    let moves = plan.pods().any(|pod| pod.has(ReasonCode::Surge) || pod.has(ReasonCode::Restart));
    if moves {
        for verb in ["get", "list", "watch", "patch"] {
            wanted.push(right(verb, "apps", "deployments", "", ""));
        }
        wanted.push(right("patch", "", "pods", "", ""));
    }
    if moves || plan.pods().any(needs_saving) {
        wanted.push(right("get", "", "pods", "", ""));
    }
    let recreated: BTreeSet<_> =
        plan.pods().filter(|pod| is_recreated(pod)).map(|pod| pod.namespace.as_str()).collect();
    if !recreated.is_empty() && !may(client, &right("create", "", "pods", "", "").1).await? {
        wanted.extend(recreated.into_iter().map(|namespace| right("create", "", "pods", "", namespace)));
    }
    let (verb, subresource) =
        if flags.decision.disable_eviction { ("delete", "") } else { ("create", "eviction") };
    let everywhere = right(verb, "", "pods", subresource, "");
    if !may(client, &everywhere.1).await? {
        let leaving =
            plan.pods().filter(|pod| pod.wave.is_some() || pod.verdict == crate::plan::Verdict::Wait);
        let namespaces: BTreeSet<_> = leaving.map(|pod| pod.namespace.as_str()).collect();
        wanted
            .extend(namespaces.into_iter().map(|namespace| right(verb, "", "pods", subresource, namespace)));
    }
    let answers = client.bounded(wanted, |(words, attributes)| async move {
        may(client, &attributes).await.map(|allowed| (words, allowed))
    });
    let mut missing = Vec::new();
    for answer in answers.await {
        let (words, is_allowed) = answer?;
        if !is_allowed {
            missing.push(words);
        }
    }
    Ok(missing)
}

fn right(verb: &str, group: &str, resource: &str, subresource: &str, namespace: &str) -> (String, Value) {
    let slash = if subresource.is_empty() { "" } else { "/" };
    let dot = if group.is_empty() { "" } else { "." };
    let place = if namespace.is_empty() { String::new() } else { format!(" in namespace {namespace}") };
    let words = format!("{verb} {resource}{slash}{subresource}{dot}{group}{place}");
    let attributes = json!({
        "verb": verb, "group": group, "resource": resource, "subresource": subresource, "namespace": namespace,
    });
    (words, attributes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rights_are_named_as_kubectl_auth_names_them() {
        assert_eq!(
            right("create", "", "pods", "eviction", "shop").0,
            "create pods/eviction in namespace shop"
        );
        assert_eq!(
            right("list", "policy", "poddisruptionbudgets", "", "").0,
            "list poddisruptionbudgets.policy"
        );
    }
}
