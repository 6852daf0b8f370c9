//! Refusals for want of a quota of a scope.

use serde_json::json;
use shared::{
    admission::{NamespaceFacts, quota_facts::QuotaFacts},
    output::ShellCommand,
};

use super::Evaluation;
use crate::commands::explain::{explanation::State, refusal_message::RefusalMessage};

/// Evaluates `insufficient quota to match these scopes`, which asks for a quota to exist.
pub(super) fn no_quota_for_scope(
    message: &RefusalMessage,
    scopes: &str,
    namespace: &str,
    facts: &NamespaceFacts,
) -> Evaluation {
    let inner = scopes.trim_start_matches("[{").trim_end_matches("}]");
    let mut words = inner.splitn(3, ' ');
    let (scope, operator) = (words.next().unwrap_or_default(), words.next().unwrap_or("Exists"));
    let values: Vec<_> = words
        .next()
        .unwrap_or_default()
        .trim_matches(['[', ']'])
        .split(' ')
        .filter(|value| !value.is_empty())
        .collect();
    let covers = |quota: &QuotaFacts| quota.requirements.iter().any(|requirement| requirement.scope == scope);
    if facts.quotas.iter().any(covers) {
        return Evaluation::new(State::Unknown).noted(format!(
            "a quota of scope {scope} exists now; the text does not say whether it matches this object"
        ));
    }
    let requirement = json!({"scopeName": scope, "operator": operator, "values": values});
    let quota = json!({
        "apiVersion": "v1",
        "kind": "ResourceQuota",
        "metadata": {"name": scope.to_lowercase(), "namespace": namespace},
        "spec": {"hard": {"pods": "10"}, "scopeSelector": {"matchExpressions": [requirement]}},
    });
    Evaluation {
        fix: Some(ShellCommand::new(["kubectl", "apply"])
                    .flag_with("-n", namespace)
                    .flag_with("-f", "-")
                    .stdin(quota.to_string())
                    .to_string()),
        ..Evaluation::refused(message, "ResourceQuota", "").noted(
            "not a full quota but one that is not there: by the API server's configuration such objects missing a quota of their scope in the namespace",
        )
    }
}
