//! Terms of affinity between pods (`AffinityTerm` in `k8s.io/kube-scheduler/framework/types.go`).

use std::sync::Arc;

use super::label_selector::{LabelSelector, Labels};
use super::topology::{Topologies, TopologyId};
use crate::model::wide_pod::{PodRelation, RelatedPodTerm};

/// A required term, ready to be matched.
#[derive(Clone, Debug)]
pub(super) struct PodTerm {
    pub(super) topology: TopologyId,
    selector: LabelSelector,
    namespaces: Vec<String>,
    namespace_selector: LabelSelector,
}

impl PodTerm {
    fn new(term: &RelatedPodTerm, namespace: &str, topologies: &mut Topologies) -> Self {
        let own = term.namespaces.is_empty() && term.namespace_selector.is_none();
        Self {
            topology: topologies.register(&term.topology_key),
            selector: LabelSelector::new(term.label_selector.as_ref()),
            namespaces: if own { vec![namespace.to_owned()] } else { term.namespaces.clone() },
            namespace_selector: LabelSelector::new(term.namespace_selector.as_ref()),
        }
    }

    /// Reads the required terms of one kind.
    pub(super) fn all(
        relation: Option<&PodRelation>,
        namespace: &str,
        topologies: &mut Topologies,
    ) -> Vec<Self> {
        let terms =
            relation.into_iter().flat_map(|one| &one.required_during_scheduling_ignored_during_execution);
        terms.map(|term| Self::new(term, namespace, topologies)).collect()
    }

    /// Returns whether a pod with these labels, in a namespace with those, is meant.
    pub(super) fn matches(&self, labels: &Labels, namespace: &str, of_namespace: &Labels) -> bool {
        (self.namespaces.iter().any(|name| name == namespace)
            || self.namespace_selector.matches(of_namespace))
            && self.selector.matches(labels)
    }

    /// Returns whether labels of namespaces decide.
    pub(super) fn asks_for_namespaces(&self) -> bool {
        self.namespace_selector.has_requirements()
    }
}

/// The namespaces' labels; `None` where they could not be listed.
pub(super) type Namespaces = Arc<Option<std::collections::HashMap<String, Labels>>>;
