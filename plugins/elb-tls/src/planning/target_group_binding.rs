//! TargetGroupBindings: how the AWS Load Balancer Controller remembers, in the cluster, where a listener sends connections.

use serde::Deserialize;
use shared::model::{IntOrString, IntOrStringValue, ObjectMeta, Resource};

/// The fields of `elbv2.k8s.aws/v1beta1.TargetGroupBinding` that tell of a Service's target group
/// (<https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.3.0/apis/elbv2/v1beta1/targetgroupbinding_types.go>).
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct TargetGroupBinding {
    metadata: ObjectMeta,
    spec: TargetGroupBindingSpec,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct TargetGroupBindingSpec {
    service_ref: ServiceReference,
    target_group_protocol: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
struct ServiceReference {
    name: String,
    port: Option<IntOrString>,
}

impl Resource for TargetGroupBinding {
    const GROUP: &'static str = "elbv2.k8s.aws";
    const VERSION: &'static str = "v1beta1";
    const PLURAL: &'static str = "targetgroupbindings";
    const KIND: &'static str = "TargetGroupBinding";
    const NAMESPACED: bool = true;

    fn metadata(&self) -> &ObjectMeta {
        &self.metadata
    }
}

impl TargetGroupBinding {
    /// Returns namespace and name of its Service.
    pub fn service(&self) -> (&str, &str) {
        (&self.metadata.namespace, &self.spec.service_ref.name)
    }

    /// Returns the number of the Service's port, and the protocol that targets are spoken to in.
    pub fn target(&self) -> Option<(i32, &str)> {
        let IntOrStringValue::Int(port) = self.spec.service_ref.port.as_ref()?.value() else { return None };
        Some((port, self.spec.target_group_protocol.as_deref()?))
    }
}
