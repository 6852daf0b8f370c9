//! Admission webhooks that run in the cluster, and the Services before them.

use std::collections::BTreeMap;

use serde_json::Value;
use shared::{
    Result,
    client::{Client, ListOptions, dynamic_list},
    manifest::json::text,
    model::kind::{Kind, kind_of},
};

use crate::facts::WebhookFacts;

/// Reads the webhooks that may decide about pods. What may not be read counts as none: a webhook guard warns of
/// something rare, and a plan is no worse without it.
///
/// # Errors
/// Errors other than a refusal.
pub async fn read(client: &Client) -> Result<WebhookFacts> {
    let mut configurations = Vec::new();
    for (kind, plural) in [
        ("ValidatingWebhookConfiguration", "validatingwebhookconfigurations"),
        ("MutatingWebhookConfiguration", "mutatingwebhookconfigurations"),
    ] {
        let kind = Kind { namespaced: false, ..kind_of("admissionregistration.k8s.io", kind, plural) };
        match dynamic_list::objects(client, &kind, "", &ListOptions::default()).await {
            Err(error) if error.is_api(403) => {}
            found => configurations.extend(found?),
        }
    }
    let mut services = BTreeMap::new();
    let wanted = services_of(&configurations);
    let read = client.bounded(wanted, |(namespace, name)| async move {
        let path = kind_of("", "Service", "services").object_path(&namespace, &name);
        let service = client.get_json::<Value>(&path).await;
        ((namespace, name), service)
    });
    for (name, service) in read.await {
        match service {
            Err(error) if error.is_api(404) || error.is_api(403) => {}
            service => drop(services.insert(name, service?)),
        }
    }
    Ok(WebhookFacts { configurations, services })
}

/// Returns the Services that webhooks are reached by.
pub fn services_of(configurations: &[Value]) -> Vec<(String, String)> {
    let webhooks = configurations.iter().flat_map(|one| one["webhooks"].as_array().into_iter().flatten());
    let services = webhooks.filter_map(|webhook| {
        let service = &webhook["clientConfig"]["service"];
        service
            .is_object()
            .then(|| (text(&service["namespace"]).to_owned(), text(&service["name"]).to_owned()))
    });
    let mut services: Vec<_> = services.collect();
    services.sort();
    services.dedup();
    services
}
