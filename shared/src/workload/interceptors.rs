//! Webhooks and policies that a request passes on its way: only the server can tell what they say.

use std::collections::BTreeSet;

use serde_json::Value;

use super::created_resources;
use crate::{
    manifest::{Manifest, json::text},
    selector::object::matches,
};

/// The webhooks and policies of a cluster, by kind.
#[derive(Clone, Debug, Default)]
pub struct Interceptors {
    /// ValidatingWebhookConfigurations and MutatingWebhookConfigurations.
    pub webhooks: Vec<Value>,
    /// ValidatingAdmissionPolicies and MutatingAdmissionPolicies.
    pub policies: Vec<Value>,
    /// Their bindings, without which a policy does nothing.
    pub bindings: Vec<Value>,
}

/// The requests that come of some manifests.
#[derive(Clone, Debug, Default)]
pub struct Requests {
    /// Groups and resources.
    resources: BTreeSet<(String, String)>,
    /// The labels of the namespaces; `None` where they are not known.
    namespaces: Vec<Option<Value>>,
}

impl Requests {
    /// Returns the requests for the manifests, and for what their controllers create. `labels` are those of a namespace;
    /// `None` where they are not known.
    pub fn of(manifests: &[Manifest], labels: impl Fn(&str) -> Option<Value>) -> Self {
        let mut requests = Self::default();
        let mut namespaces = BTreeSet::new();
        for manifest in manifests {
            let created = created_resources(manifest).into_iter();
            requests.resources.extend(created.map(|(group, plural)| (group.to_owned(), plural.to_owned())));
            namespaces.insert(manifest.namespace.clone());
        }
        requests.namespaces = namespaces
            .iter()
            .map(|namespace| if namespace.is_empty() { None } else { labels(namespace) })
            .collect();
        requests
    }

    /// Returns whether any of the requests is one of these rules' in a namespace that is selected.
    fn any_matches(&self, rules: &Value, selectors: &[&Value]) -> bool {
        let lists = |list: &Value, wanted: &[&str]| {
            let mut list = list.as_array().into_iter().flatten();
            list.any(|one| wanted.contains(&text(one)))
        };
        let mut rules = rules.as_array().into_iter().flatten();
        rules.any(|rule| {
            lists(&rule["operations"], &["*", "CREATE", "UPDATE"])
                && self.resources.iter().any(|(group, resource)| {
                    lists(&rule["apiGroups"], &["*", group])
                        && lists(&rule["resources"], &["*", "*/*", resource])
                })
        }) && self.namespaces.iter().any(|labels| {
            labels.as_ref().is_none_or(|labels| selectors.iter().all(|selector| matches(selector, labels)))
        })
    }
}

impl Interceptors {
    /// Returns the names of the webhooks that are called for any of the requests.
    pub fn webhooks_of(&self, requests: &Requests) -> BTreeSet<String> {
        let webhooks = self.webhooks.iter().flat_map(|one| one["webhooks"].as_array().into_iter().flatten());
        let called = webhooks
            .filter(|webhook| requests.any_matches(&webhook["rules"], &[&webhook["namespaceSelector"]]));
        called.map(|webhook| text(&webhook["name"]).to_owned()).collect()
    }

    /// Returns the names of the policies that are evaluated for any of the requests and may refuse or change something.
    pub fn policies_of(&self, requests: &Requests) -> BTreeSet<String> {
        let of_policy = |policy: &&Value| {
            let (constraints, name) = (&policy["spec"]["matchConstraints"], &policy["metadata"]["name"]);
            let mut bindings = self.bindings.iter().map(|binding| &binding["spec"]);
            bindings.any(|binding| {
                let actions = &binding["validationActions"];
                let denies = actions.as_array().is_none_or(|actions| actions.contains(&Value::from("Deny")));
                let selectors =
                    [&constraints["namespaceSelector"], &binding["matchResources"]["namespaceSelector"]];
                denies
                    && binding["policyName"] == *name
                    && requests.any_matches(&constraints["resourceRules"], &selectors)
            })
        };
        let policies = self.policies.iter().filter(of_policy);
        policies.map(|policy| text(&policy["metadata"]["name"]).to_owned()).collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Interceptors, Requests};
    use crate::{manifest::Manifest, model::kind::kind_of};

    fn requests(team: &str) -> Requests {
        let kind = kind_of("apps", "Deployment", "deployments");
        let manifest = Manifest::new(kind, "shop", "web", json!({"spec": {}}));
        Requests::of(&[manifest], |_| Some(json!({"team": team})))
    }

    #[test]
    fn what_is_called_for_pods_is_called_for_a_deployment() {
        let rules = |resource: &str| json!([{"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE"], "resources": [resource]}]);
        let selector = json!({"matchLabels": {"team": "a"}});
        let webhook = |name: &str, resource: &str| json!({"name": name, "rules": rules(resource), "namespaceSelector": selector});
        let policy = |name: &str, resource: &str| json!({"metadata": {"name": name}, "spec": {"matchConstraints": {"resourceRules": rules(resource)}}});
        let binding =
            |name: &str, action: &str| json!({"spec": {"policyName": name, "validationActions": [action]}});
        let interceptors = Interceptors {
            webhooks: vec![
                json!({"webhooks": [webhook("pods.example.com", "pods"), webhook("secrets.example.com", "secrets")]}),
            ],
            policies: vec![
                policy("bound", "pods"),
                policy("warns", "pods"),
                policy("other", "secrets"),
                policy("loose", "pods"),
            ],
            bindings: vec![binding("bound", "Deny"), binding("warns", "Warn"), binding("other", "Deny")],
        };
        let names = |names: std::collections::BTreeSet<String>| names.into_iter().collect::<Vec<_>>();
        assert_eq!(names(interceptors.webhooks_of(&requests("a"))), ["pods.example.com"]);
        assert!(interceptors.webhooks_of(&requests("b")).is_empty());
        assert_eq!(names(interceptors.policies_of(&requests("a"))), ["bound"]);
    }
}
