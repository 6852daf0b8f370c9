//! Webhooks whose last backend goes, and without which its own replacement is not admitted.

use serde_json::Value;
use shared::{manifest::json::text, model::WidePod, selector::object};

use super::{
    super::{Facts, Guard, GuardCode, subject::Subject},
    blocking,
};

/// Refuses a drain that takes the last backend of a webhook that its own replacement has to pass.
pub fn webhooks(facts: &Facts, subjects: &[Subject]) -> Vec<Guard> {
    let webhooks =
        facts.webhooks.configurations.iter().flat_map(|one| one["webhooks"].as_array().into_iter().flatten());
    let mut found = Vec::new();
    for webhook in
        webhooks.filter(|webhook| webhook["failurePolicy"] != "Ignore" && is_about_new_pods(webhook))
    {
        let service = &webhook["clientConfig"]["service"];
        let namespace = text(&service["namespace"]);
        let key = (namespace.to_owned(), text(&service["name"]).to_owned());
        let Some(service) = facts.webhooks.services.get(&key) else { continue };
        let selector = &service["spec"]["selector"];
        if selector.as_object().is_none_or(serde_json::Map::is_empty) {
            continue;
        }
        let is_backend = |pod: &WidePod| {
            pod.metadata.namespace == namespace
                && pod.is_ready()
                && !pod.is_terminating()
                && object::matches(
                    &serde_json::json!({"matchLabels": selector}),
                    &labels(&pod.metadata.labels),
                )
        };
        let going: Vec<_> = subjects.iter().filter(|one| one.wave.is_some() && is_backend(one.pod)).collect();
        let all = facts.pods.iter().filter(|pod| is_backend(pod)).count();
        // A later wave begins when the replacements of the first are Ready.
        let last = going.iter().filter_map(|one| one.wave).max();
        let at_once = going.iter().all(|one| one.wave == last);
        let needs_itself = going.first().is_some_and(|one| selects(facts, webhook, one.pod));
        if !going.is_empty() && going.len() == all && at_once && needs_itself {
            let name = text(&webhook["name"]);
            found.push(blocking(
                GuardCode::Webhook,
                format!(
                    "all backends of webhook {name} go, and without them their replacements are not admitted"
                ),
            ));
        }
    }
    found
}

fn labels(labels: &std::collections::BTreeMap<String, String>) -> Value {
    labels.iter().map(|(key, value)| (key.clone(), Value::from(value.as_str()))).collect()
}

/// Returns whether a webhook is asked about the creation of pods.
fn is_about_new_pods(webhook: &Value) -> bool {
    let has = |list: &Value, wanted: &[&str]| {
        list.as_array().into_iter().flatten().any(|one| wanted.contains(&text(one)))
    };
    webhook["rules"].as_array().into_iter().flatten().any(|rule| {
        has(&rule["operations"], &["CREATE", "*"])
            && has(&rule["apiGroups"], &["", "*"])
            && has(&rule["resources"], &["pods", "*", "pods/*", "*/*"])
    })
}

/// Returns whether a webhook selects a pod and its namespace.
fn selects(facts: &Facts, webhook: &Value, pod: &WidePod) -> bool {
    let of_namespace =
        facts.namespaces.iter().flatten().find(|one| one.metadata.name == pod.metadata.namespace);
    let namespace = of_namespace.map(|one| labels(&one.metadata.labels)).unwrap_or_default();
    object::matches(&webhook["objectSelector"], &labels(&pod.metadata.labels))
        && object::matches(&webhook["namespaceSelector"], &namespace)
}
