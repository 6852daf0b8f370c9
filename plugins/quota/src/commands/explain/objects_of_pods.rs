//! The kinds of objects beside pods that tell whether a workload has all it needs. They are read only where some workload
//! uses them.

use serde_json::Value;
use shared::{
    model::kind::Kind,
    workload::{
        child_kind, claim_templates,
        pod_claims::{
            device_claim_kind, device_claim_template_kind, ephemeral_volumes, templated_device_claims,
        },
        template,
    },
};

use super::{
    daemon_pods::depends_on_nodes,
    namespace_snapshot::kind,
    revisions::{is_rolling, may_lack_revision},
};

/// Which objects some workload uses.
#[derive(Clone, Copy, Debug, Default)]
pub struct ObjectsOfPods {
    /// Claims of generic ephemeral volumes, or of so many pods that they are listed.
    pub claims: bool,
    /// ResourceClaims made from templates.
    pub device_claims: bool,
    /// ControllerRevisions, of a workload that its controller has not processed or rolls out.
    pub revisions: bool,
    /// Nodes, of a DaemonSet that its controller has not processed.
    pub nodes: bool,
}

/// Number of missing pods of a StatefulSet from which all claims are listed instead of reading each by its name.
const MANY: usize = 50;

impl ObjectsOfPods {
    /// Returns what these workloads use.
    pub fn of(workloads: &[&Value]) -> Self {
        let mut used = Self::default();
        for workload in workloads {
            let spec = pod_spec(workload);
            let has_many = kind(workload) == "StatefulSet"
                && !workload["spec"]["volumeClaimTemplates"].is_null()
                && claim_templates::ordinals(workload).len() > MANY;
            used.claims |= has_many || ephemeral_volumes(spec).next().is_some();
            used.device_claims |= templated_device_claims(spec).next().is_some();
            used.revisions |= may_lack_revision(workload) || is_rolling(workload);
            used.nodes |= depends_on_nodes(workload);
        }
        used
    }

    /// Returns the kinds to list.
    pub fn kinds(self) -> Vec<Kind> {
        let mut kinds = Vec::new();
        if self.claims {
            kinds.push(claim_templates::claim_kind());
        }
        if self.device_claims {
            kinds.extend([device_claim_kind(), device_claim_template_kind()]);
        }
        kinds.extend(child_kind("StatefulSet").filter(|_| self.revisions));
        kinds
    }
}

/// Returns the spec of a workload's pods; of a pod its own.
pub fn pod_spec(workload: &Value) -> &Value {
    match kind(workload) {
        "Pod" => &workload["spec"],
        kind => &template(kind, workload)["spec"],
    }
}
