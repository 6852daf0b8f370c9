//! Namespaces themselves: whether they exist, and what their labels say.

use std::collections::BTreeMap;

use serde_json::Value;

use super::ClusterSnapshot;
use crate::{
    Error, Result,
    admission::{pod_security::PodSecurity, simulator::Simulator},
    client::{Client, ListOptions, Scope, what_is_there},
    manifest::{Manifest, json::text},
    model::Namespace,
};

/// The state of a namespace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NamespaceState {
    /// It exists, and has these labels.
    Exists(BTreeMap<String, String>),
    /// It is being deleted: nothing new can be created in it.
    Terminating,
    /// It does not exist.
    Missing,
    /// It could not be read, for this reason.
    Unread(String),
}

impl NamespaceState {
    /// Reads a namespace from a cluster.
    ///
    /// # Errors
    /// Errors on the way to the server.
    pub async fn read(client: &Client, name: &str) -> Result<Self> {
        match client.get::<Namespace>("", name).await {
            Ok(namespace) => Ok(Self::of(&namespace)),
            Err(error) if error.is_api(404) => Ok(Self::Missing),
            Err(error) => match error.api_status() {
                Some(api) => Ok(Self::Unread(api.message.clone())),
                None => Err(error),
            },
        }
    }

    /// Returns the state of a namespace that exists.
    pub fn of(namespace: &Namespace) -> Self {
        match namespace.status.phase.as_str() {
            "Terminating" => Self::Terminating,
            _ => Self::Exists(namespace.metadata.labels.clone()),
        }
    }
}

impl ClusterSnapshot {
    /// Adds the state of a namespace.
    pub(super) fn add_namespace(&mut self, name: &str, state: NamespaceState) {
        if let NamespaceState::Exists(labels) = &state {
            let rules = self.namespaces.entry(name.to_owned()).or_default();
            rules.pod_security = PodSecurity::of_namespace(labels);
        }
        self.namespace_states.insert(name.to_owned(), state);
    }

    /// Reads all namespaces. Where they may not be listed, those that have rules are noted as unread.
    ///
    /// # Errors
    /// Errors on the way to the server.
    pub async fn read_namespaces(&mut self, client: &Client) -> Result<()> {
        match client.list_all::<Namespace>(&Scope::All, &ListOptions::default()).await {
            Ok(namespaces) => {
                for namespace in namespaces {
                    self.add_namespace(&namespace.metadata.name, NamespaceState::of(&namespace));
                }
            }
            Err(error) => {
                let Some(reason) = error.api_status().map(|api| api.message.clone()) else {
                    return Err(error);
                };
                for name in self.namespaces.keys() {
                    self.namespace_states.insert(name.clone(), NamespaceState::Unread(reason.clone()));
                }
            }
        }
        Ok(())
    }

    /// Returns the server's message about an object that is to be created in a namespace that is missing or terminating
    /// (`NamespaceLifecycle`).
    pub fn namespace_refusal(&self, manifest: &Manifest) -> Option<String> {
        let Manifest { kind, namespace, name, .. } = manifest;
        match self.namespace_state(namespace).filter(|_| kind.namespaced)? {
            NamespaceState::Missing => Some(not_found(namespace)),
            NamespaceState::Terminating => Some(format!(
                "{} \"{name}\" is forbidden: unable to create new content in namespace {namespace} because it is being terminated",
                kind.resource()
            )),
            NamespaceState::Exists(_) | NamespaceState::Unread(_) => None,
        }
    }

    /// Returns the state of a namespace; `None` where nothing is known of it.
    fn namespace_state(&self, name: &str) -> Option<&NamespaceState> {
        let missing = self.has_all_namespaces.then_some(&NamespaceState::Missing);
        self.namespace_states.get(name).or(missing)
    }

    /// Checks that a namespace is there to be asked about; one that could not be read is assumed to be.
    ///
    /// # Errors
    /// The server's message about a namespace that does not exist.
    pub fn require_namespace(&self, name: &str) -> Result<()> {
        match self.namespace_state(name) {
            Some(NamespaceState::Missing) => {
                let sentence = not_found(name);
                let error = Error::verbatim(format!("Error from server (NotFound): {sentence}"));
                Err(match what_is_there(&sentence) {
                    Some(hint) => error.with_hint(hint),
                    None => error,
                })
            }
            _ => Ok(()),
        }
    }

    /// Creates or changes a namespace that stands among the manifests.
    pub(super) fn activate_namespace(&mut self, name: &str, value: &Value, simulator: &mut Simulator) {
        let labels = value["metadata"]["labels"].as_object().into_iter().flatten();
        let mut labels: BTreeMap<_, _> =
            labels.map(|(label, value)| (label.clone(), text(value).to_owned())).collect();
        // The server adds it to every namespace.
        labels.insert("kubernetes.io/metadata.name".to_owned(), name.to_owned());
        simulator.namespaces.entry(name.to_owned()).or_default().pod_security =
            PodSecurity::of_namespace(&labels);
        self.add_namespace(name, NamespaceState::Exists(labels));
    }
}

fn not_found(namespace: &str) -> String {
    format!("namespaces \"{namespace}\" not found")
}
