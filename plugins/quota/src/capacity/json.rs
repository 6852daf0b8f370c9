//! What the JSON documents of `fits` and `rollout` have in common.

use serde::Serialize;

use super::Subject;

/// Names a workload in JSON documents.
#[derive(Serialize)]
pub struct Workload<'a> {
    kind: &'a str,
    namespace: &'a str,
    name: &'a str,
}

impl<'a> Workload<'a> {
    /// Names the workload of `subject`.
    pub fn of(subject: &'a Subject) -> Self {
        let manifest = &subject.manifest;
        Self { kind: &manifest.kind.kind, namespace: &manifest.namespace, name: &manifest.name }
    }
}
