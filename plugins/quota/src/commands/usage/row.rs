//! One row of `usage`: one resource of one quota.

use std::{borrow::Cow, rc::Rc};

use shared::{
    output::Cell,
    quantity::{Quantity, percent_cell, ratio},
};

use super::state::State;

/// Kind of a quota.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum QuotaKind {
    /// Kubernetes' own, in one namespace.
    #[default]
    ResourceQuota,
    /// OpenShift's, over the namespaces that it selects.
    ClusterResourceQuota,
    /// HNC's, over a namespace and its descendants.
    HierarchicalResourceQuota,
    /// Rancher's, over the namespaces of a project.
    Project,
}

impl QuotaKind {
    /// Returns the name of the kind.
    pub fn name(self) -> &'static str {
        match self {
            Self::ResourceQuota => "ResourceQuota",
            Self::ClusterResourceQuota => "ClusterResourceQuota",
            Self::HierarchicalResourceQuota => "HierarchicalResourceQuota",
            Self::Project => "Project",
        }
    }

    /// Returns the resource as kubectl takes it in front of a name.
    pub fn resource(self) -> &'static str {
        match self {
            Self::ResourceQuota => "resourcequota",
            Self::ClusterResourceQuota => "clusterresourcequota.quota.openshift.io",
            Self::HierarchicalResourceQuota => "hierarchicalresourcequota.hnc.x-k8s.io",
            Self::Project => "project.management.cattle.io",
        }
    }
}

/// Quota that a row belongs to; all of its rows share one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The kind of the quota.
    pub kind: QuotaKind,
    /// The namespace the quota is in; empty where it is in none.
    pub namespace: String,
    /// The quota's name.
    pub quota: String,
    /// Which objects the quota counts; empty for all.
    pub scopes: Vec<String>,
}

/// One resource of one quota with its state. A large cluster has a hundred thousand rows.
#[derive(Clone, Debug)]
pub struct Row {
    /// The quota.
    pub place: Rc<Place>,
    /// The resource as the quota lists it.
    pub resource: String,
    /// The enforced limit of the status; that of the spec where nothing is enforced yet.
    pub hard: Quantity,
    /// The limit in the spec; `None` where the spec no longer has the resource.
    pub spec_hard: Option<Quantity>,
    /// The amount used as the server counts it; `None` where it does not.
    pub used: Option<Quantity>,
    /// The state.
    pub state: State,
    /// Why the state is not Ok, as a sentence; empty for Ok.
    pub reason: Cow<'static, str>,
    /// Whether this is the tightest of the unscoped quotas of its namespace for this resource.
    pub binding: bool,
}

impl Row {
    /// Returns what is free, never below 0; `None` where `used` is unknown.
    pub fn free(&self) -> Option<Quantity> {
        self.used.as_ref().map(|used| self.hard.saturating_sub(used))
    }

    /// Returns used divided by hard; `None` where `used` is unknown or hard is 0.
    pub fn ratio(&self) -> Option<f64> {
        self.used.as_ref().and_then(|used| ratio(used, &self.hard))
    }

    /// Returns the percentage used as a cell, see [`Row::percent`].
    pub fn percent_cell(&self) -> Cell<'static> {
        self.used.as_ref().and_then(|used| Cell::percent(used, &self.hard)).unwrap_or_else(|| "-".into())
    }

    /// Returns the percentage used, rounded down so that 100% is never shown too early: `<1%` just above 0, `-` where
    /// there is none.
    pub fn percent(&self) -> String {
        let percent = self.used.as_ref().and_then(|used| percent_cell(used, &self.hard));
        percent.unwrap_or_else(|| "-".to_owned())
    }

    /// Returns whether the quota is Kubernetes' own, in one namespace.
    pub fn is_own(&self) -> bool {
        self.place.kind == QuotaKind::ResourceQuota
    }

    /// Returns the quota as tables name it.
    pub fn quota_cell(&self) -> Cow<'_, str> {
        match self.is_own() {
            true => Cow::Borrowed(&self.place.quota),
            false => format!("{}/{}", self.place.kind.name().to_lowercase(), self.place.quota).into(),
        }
    }

    /// Returns whether the quota counts only some objects.
    pub fn is_scoped(&self) -> bool {
        !self.place.scopes.is_empty()
    }

    /// Returns whether the row counts quotas themselves: it is full by design and never a finding
    /// (openshift/origin#6649).
    pub fn counts_quotas(&self) -> bool {
        matches!(self.resource.as_str(), "resourcequotas" | "count/resourcequotas")
    }
}
