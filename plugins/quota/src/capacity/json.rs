//! The part of JSON documents that `fits` and `rollout` share.

use schemars::JsonSchema;
use serde::Serialize;

use super::TargetWorkload;

/// Reference to a workload.
#[derive(Serialize, JsonSchema)]
pub struct Workload<'a> {
    kind: &'a str,
    namespace: &'a str,
    name: &'a str,
}

impl<'a> Workload<'a> {
    /// Creates a reference to the workload.
    pub fn of(target: &'a TargetWorkload) -> Self {
        let manifest = &target.manifest;
        Self { kind: &manifest.kind.kind, namespace: &manifest.namespace, name: &manifest.name }
    }
}
