//! Quotas of other kinds as quotas: OpenShift's ClusterResourceQuotas, HNC's HierarchicalResourceQuotas and Rancher's
//! projects.

use serde_json::{Map, Value, json};
use shared::{
    Result,
    admission::quota_facts::QuotaFacts,
    manifest::json::text,
    model::{
        ResourceQuota,
        kind::{Kind, kind_of},
    },
};

use super::{
    decide::rows_of_kind,
    row::{QuotaKind, Row},
    state::Thresholds,
};

/// A kind of quota beside Kubernetes' own.
#[derive(Clone, Copy, Debug)]
pub struct OtherKind {
    /// The kind of quota that its objects are.
    pub kind: QuotaKind,
    /// The name of the kind.
    pub name: &'static str,
    group: &'static str,
    version: &'static str,
    plural: &'static str,
    is_namespaced: bool,
}

/// The quotas over several namespaces of OpenShift.
pub const CLUSTER: OtherKind = OtherKind {
    kind: QuotaKind::ClusterResourceQuota,
    name: "ClusterResourceQuota",
    group: "quota.openshift.io",
    version: "v1",
    plural: "clusterresourcequotas",
    is_namespaced: false,
};

/// The same as a namespace sees them, which its users may list: each is that of the cluster, whole.
pub const APPLIED: OtherKind = OtherKind {
    name: "AppliedClusterResourceQuota",
    plural: "appliedclusterresourcequotas",
    is_namespaced: true,
    ..CLUSTER
};

/// The quotas over a namespace and its descendants of the hierarchical namespace controller.
pub const HIERARCHICAL: OtherKind = OtherKind {
    kind: QuotaKind::HierarchicalResourceQuota,
    name: "HierarchicalResourceQuota",
    group: "hnc.x-k8s.io",
    version: "v1alpha2",
    plural: "hierarchicalresourcequotas",
    is_namespaced: true,
};

/// The projects of Rancher.
pub const PROJECT: OtherKind = OtherKind {
    kind: QuotaKind::Project,
    name: "Project",
    group: "management.cattle.io",
    version: "v3",
    plural: "projects",
    is_namespaced: true,
};

impl OtherKind {
    /// Returns the API group.
    pub fn group(&self) -> &'static str {
        self.group
    }

    /// Returns what requests need.
    pub fn to_kind(self) -> Kind {
        Kind {
            version: self.version.to_owned(),
            namespaced: self.is_namespaced,
            ..kind_of(self.group, self.name, self.plural)
        }
    }

    /// Returns the rows of an object of this kind.
    ///
    /// # Errors
    /// A quantity that can't be understood.
    pub fn rows(&self, object: &Value, thresholds: &Thresholds) -> Result<Vec<Row>> {
        let (spec, status) = (&object["spec"], &object["status"]);
        let (spec, status) = match self.kind {
            QuotaKind::ClusterResourceQuota => (spec["quota"].clone(), status["total"].clone()),
            QuotaKind::Project => project(&spec["resourceQuota"]),
            QuotaKind::HierarchicalResourceQuota | QuotaKind::ResourceQuota => (spec.clone(), status.clone()),
        };
        // The clusters that projects belong to are no namespaces of theirs.
        let namespace = match self.kind {
            QuotaKind::HierarchicalResourceQuota => text(&object["metadata"]["namespace"]),
            _ => "",
        };
        let quota = json!({
            "metadata": {"name": object["metadata"]["name"], "namespace": namespace},
            "spec": {"hard": fields(&spec["hard"]), "scopes": spec["scopes"], "scopeSelector": spec["scopeSelector"]},
            "status": {"hard": fields(&status["hard"]), "used": fields(&status["used"])},
        });
        let quota = serde_json::from_value::<ResourceQuota>(quota)
            .map_err(|error| shared::Error::new(format!("it can't be understood: {error}")))?;
        let mut rows = rows_of_kind(QuotaFacts::new(quota)?, self.kind, thresholds);
        if self.kind == QuotaKind::Project {
            for row in rows.iter_mut().filter(|row| row.reason.is_empty()) {
                row.reason = "used is what the project's namespaces are allotted".into();
            }
        }
        Ok(rows)
    }
}

fn fields(value: &Value) -> Value {
    if value.is_object() { value.clone() } else { json!({}) }
}

/// Returns spec and status of a project's quota: its limit, and what its namespaces are allotted of it.
fn project(quota: &Value) -> (Value, Value) {
    let hard = standard_names(&quota["limit"]);
    let mut used = standard_names(&quota["usedLimit"]);
    for resource in hard.keys() {
        // What no namespace is allotted is left out.
        used.entry(resource.clone()).or_insert_with(|| json!("0"));
    }
    used.retain(|resource, _| hard.contains_key(resource));
    (json!({"hard": hard}), json!({"hard": hard, "used": used}))
}

/// Returns limits by the names that quotas have for them (`ResourceQuotaLimit` in Rancher's `management.cattle.io/v3`).
fn standard_names(limits: &Value) -> Map<String, Value> {
    let mut named = Map::new();
    for (name, amount) in limits.as_object().into_iter().flatten() {
        let resource = match name.as_str() {
            "requestsCpu" => "requests.cpu",
            "requestsMemory" => "requests.memory",
            "requestsStorage" => "requests.storage",
            "limitsCpu" => "limits.cpu",
            "limitsMemory" => "limits.memory",
            "servicesNodePorts" => "services.nodeports",
            "servicesLoadBalancers" => "services.loadbalancers",
            "extended" => {
                named.extend(amount.as_object().cloned().unwrap_or_default());
                continue;
            }
            name => &name.to_lowercase(),
        };
        if !text(amount).is_empty() {
            named.insert(resource.to_owned(), amount.clone());
        }
    }
    named
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn shown(kind: OtherKind, object: &Value) -> Vec<String> {
        let percent = |text: &str| text.parse().unwrap();
        let thresholds = Thresholds { warn: percent("80"), crit: percent("95") };
        let rows = kind.rows(object, &thresholds).unwrap();
        let amount = |row: &Row| row.used.as_ref().map_or("-".to_owned(), ToString::to_string);
        rows.iter()
            .map(|row| {
                let place = &row.place;
                let (used, state) = (amount(row), row.state.word());
                format!("{}|{}|{}|{used}|{}|{state}", place.namespace, place.quota, row.resource, row.hard)
            })
            .collect()
    }

    #[test]
    fn a_project_is_used_as_far_as_its_namespaces_are_allotted() {
        let object = json!({
            "metadata": {"name": "p-1", "namespace": "c-1"},
            "spec": {"resourceQuota": {
                "limit": {"requestsCpu": "2000m", "configMaps": "9", "extended": {"requests.nvidia.com/gpu": "4"}},
                "usedLimit": {"requestsCpu": "1800m", "pods": "3"},
            }},
        });
        assert_eq!(
            shown(PROJECT, &object),
            [
                "|p-1|configmaps|0|9|Ok",
                "|p-1|requests.cpu|1800m|2|Warn",
                "|p-1|requests.nvidia.com/gpu|0|4|Ok",
            ]
        );
        assert!(shown(PROJECT, &json!({"metadata": {"name": "p-2"}, "spec": {}})).is_empty());
    }

    #[test]
    fn a_cluster_quota_counts_in_total_and_one_without_a_status_limits_nothing_yet() {
        let mut object = json!({
            "metadata": {"name": "team"},
            "spec": {"quota": {"hard": {"pods": "10"}, "scopes": ["BestEffort"]}, "selector": {}},
            "status": {"total": {"hard": {"pods": "10"}, "used": {"pods": "10"}}, "namespaces": []},
        });
        assert_eq!(shown(CLUSTER, &object), ["|team|pods|10|10|Full"]);
        object["status"] = json!({});
        assert_eq!(shown(APPLIED, &object), ["|team|pods|-|10|NotEnforced"]);
    }
}
