//! What a verdict does not cover, named once for all manifests.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{ClusterSnapshot, NamespaceState, service_accounts::accounts_of};
use crate::{
    Result,
    client::{Client, ListOptions, dynamic_list},
    manifest::Manifest,
    model::kind::{Kind, PARTIAL_OBJECT, kind_of},
    workload::interceptors::{Interceptors, Requests},
};

const GROUP: &str = "admissionregistration.k8s.io";

const WEBHOOKS: [(&str, &str); 2] = [
    ("ValidatingWebhookConfiguration", "validatingwebhookconfigurations"),
    ("MutatingWebhookConfiguration", "mutatingwebhookconfigurations"),
];

const POLICIES: [(&str, &str); 2] = [
    ("ValidatingAdmissionPolicy", "validatingadmissionpolicies"),
    ("MutatingAdmissionPolicy", "mutatingadmissionpolicies"),
];

const BINDINGS: [(&str, &str); 2] = [
    ("ValidatingAdmissionPolicyBinding", "validatingadmissionpolicybindings"),
    ("MutatingAdmissionPolicyBinding", "mutatingadmissionpolicybindings"),
];

/// The webhooks and policies of a cluster, as far as they could be read.
#[derive(Clone, Debug, Default)]
pub struct ReadInterceptors {
    interceptors: Interceptors,
    /// The kinds that could not be listed.
    unreadable: Vec<&'static str>,
}

impl ReadInterceptors {
    /// Lists the webhooks and policies of a cluster.
    ///
    /// # Errors
    /// Errors on the way to the server.
    pub async fn read(client: &Client) -> Result<Self> {
        let kinds = WEBHOOKS.iter().chain(&POLICIES).chain(&BINDINGS);
        let lists = client.bounded(kinds, |(kind, plural)| async {
            let kind = Kind { namespaced: false, ..kind_of(GROUP, kind, plural) };
            (*plural, dynamic_list::objects(client, &kind, "", &ListOptions::default()).await)
        });
        let mut unreadable = Vec::new();
        let mut found = Vec::new();
        for (plural, list) in lists.await {
            match list {
                Ok(list) => found.push(list),
                Err(error) if error.api_status().is_some() => {
                    unreadable.push(plural);
                    found.push(Vec::new());
                }
                Err(error) => return Err(error),
            }
        }
        let interceptors = Interceptors {
            webhooks: found.iter().take(2).flatten().cloned().collect(),
            policies: found.iter().skip(2).take(2).flatten().cloned().collect(),
            bindings: found.iter().skip(4).flatten().cloned().collect(),
        };
        Ok(Self { interceptors, unreadable })
    }
}

impl ClusterSnapshot {
    /// Returns what of a cluster the verdicts on these manifests do not cover.
    pub fn unchecked(&self, read: &ReadInterceptors, manifests: &[Manifest]) -> Vec<String> {
        let mut unchecked = self.unread_namespaces(manifests);
        unchecked.extend(self.interceptions(&read.interceptors, manifests));
        if !read.unreadable.is_empty() {
            let plurals = read.unreadable.join(", ");
            unchecked.push(format!("admission webhooks and policies: no permission to list {plurals}"));
        }
        unchecked.extend(self.unread_secrets(manifests));
        unchecked.extend(self.nodes_of_resizes(manifests));
        unchecked
    }

    /// Returns that nodes have a say in the resizes of pods that are bound to them (`nodedeclaredfeatures` and `podresize` in
    /// <https://github.com/kubernetes/kubernetes/tree/v1.37.2/plugin/pkg/admission>).
    fn nodes_of_resizes(&self, manifests: &[Manifest]) -> Option<String> {
        let resized = manifests.iter().filter_map(|manifest| self.resize_of(manifest));
        let nodes: BTreeSet<String> =
            resized.filter_map(|one| one.pod.value["spec"]["nodeName"].as_str().map(str::to_owned)).collect();
        let nodes: Vec<String> = nodes.into_iter().collect();
        (!nodes.is_empty())
            .then(|| format!("whether nodes allow the resizes of their pods: {}", nodes.join(", ")))
    }

    /// Returns that it is not known whether Secrets may change, of which only the metadata is read.
    fn unread_secrets(&self, manifests: &[Manifest]) -> Option<String> {
        let is_partial = |manifest: &&Manifest| {
            self.existing_of(manifest).is_some_and(|live| live["kind"] == PARTIAL_OBJECT)
        };
        let names: Vec<_> = manifests
            .iter()
            .filter(is_partial)
            .map(|manifest| format!("{}/{}", manifest.namespace, manifest.name))
            .collect();
        (!names.is_empty()).then(|| {
            format!("whether Secrets may change, of which only the metadata is read: {}", names.join(", "))
        })
    }

    /// Returns what the verdicts do not cover that were reached by a dump.
    pub fn unchecked_by_dump(&self, manifests: &[Manifest]) -> Vec<String> {
        let mut unchecked: Vec<String> = self.nodes_of_resizes(manifests).into_iter().collect();
        let namespaced = manifests.iter().any(|manifest| manifest.kind.namespaced);
        if namespaced && !self.has_all_namespaces {
            unchecked.push(
                "whether the namespaces exist and what Pod Security they enforce: the dump has no Namespace"
                    .to_owned(),
            );
        }
        let is_limited = |manifest: &Manifest| {
            manifest.kind.is("", "Pod")
                || manifest.kind.is("", "PersistentVolumeClaim")
                || manifest.kind.pod_spec_path().is_some()
        };
        if namespaced && self.kinds_of_dump.is_without("ResourceQuota") {
            unchecked.push("ResourceQuotas: the dump has none".to_owned());
        }
        if manifests.iter().any(is_limited) && self.kinds_of_dump.is_without("LimitRange") {
            unchecked.push("LimitRanges: the dump has none".to_owned());
        }
        if !accounts_of(manifests).is_empty() && self.kinds_of_dump.is_without("ServiceAccount") {
            unchecked.push("whether the ServiceAccounts exist: the dump has none".to_owned());
        }
        let of_kinds = |kinds: &[(&str, &str)]| {
            let found = self
                .existing
                .iter()
                .filter(|(key, _)| key.kind.0 == GROUP && kinds.iter().any(|(kind, _)| *kind == key.kind.1));
            found.map(|(_, object)| object.clone()).collect::<Vec<Value>>()
        };
        let interceptors = Interceptors {
            webhooks: of_kinds(&WEBHOOKS),
            policies: of_kinds(&POLICIES),
            bindings: of_kinds(&BINDINGS),
        };
        unchecked.extend(self.interceptions(&interceptors, manifests));
        let kinds = WEBHOOKS.iter().chain(&POLICIES).map(|(kind, _)| *kind);
        if kinds.into_iter().all(|kind| self.kinds_of_dump.is_without(kind)) {
            unchecked.push("admission webhooks and policies: the dump has none".to_owned());
        }
        unchecked
    }

    /// Names the namespaces that could not be read.
    fn unread_namespaces(&self, manifests: &[Manifest]) -> Vec<String> {
        let unread = self.namespace_states.iter().filter_map(|(name, state)| match state {
            NamespaceState::Unread(reason) => Some((name, reason)),
            _ => None,
        });
        let concerned =
            unread.filter(|(name, _)| manifests.iter().any(|manifest| manifest.namespace == **name));
        concerned
            .map(|(name, reason)| {
                format!("whether namespace {name} exists and what Pod Security it enforces: {reason}")
            })
            .collect()
    }

    fn interceptions(&self, interceptors: &Interceptors, manifests: &[Manifest]) -> Vec<String> {
        let requests = Requests::of(manifests, |namespace| match self.namespace_states.get(namespace)? {
            NamespaceState::Exists(labels) => Some(json!(labels)),
            _ => None,
        });
        let named = |what: &str, names: std::collections::BTreeSet<String>| {
            let names: Vec<_> = names.into_iter().collect();
            (!names.is_empty()).then(|| format!("{what} {}: only --ask-server asks", names.join(", ")))
        };
        let webhooks = named("admission webhooks", interceptors.webhooks_of(&requests));
        webhooks.into_iter().chain(named("admission policies", interceptors.policies_of(&requests))).collect()
    }
}
