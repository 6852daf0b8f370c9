//! A ResourceQuota that is to be.

use serde_json::{Value, json};

use super::texts;
use crate::admission::{
    quota_facts::{Amounts, ScopeRequirement},
    validation::quota_complaints,
};

/// A proposed ResourceQuota.
#[derive(Clone, Debug, Default)]
pub struct QuotaProposal {
    /// Its name.
    pub name: String,
    /// Its hard limits.
    pub hard: Amounts,
    /// Its scopes.
    pub scopes: Vec<String>,
    /// Its `scopeSelector`; empty to leave an existing one unchanged.
    pub selected: Vec<ScopeRequirement>,
    /// Existing scopes and requirements that are retained.
    pub retained: Vec<ScopeRequirement>,
}

impl QuotaProposal {
    /// Returns the object to send.
    pub fn manifest(&self, namespace: &str) -> Value {
        let mut manifest = json!({
            "apiVersion": "v1",
            "kind": "ResourceQuota",
            "metadata": {"name": self.name, "namespace": namespace},
            "spec": {"hard": texts(&self.hard)},
        });
        if !self.scopes.is_empty() {
            manifest["spec"]["scopes"] = json!(self.scopes);
        }
        if !self.selected.is_empty() {
            let expressions = self.selected.iter().map(|ScopeRequirement { scope, operator, values }| {
                let mut expression = json!({"operator": operator, "scopeName": scope});
                if !values.is_empty() {
                    expression["values"] = json!(values);
                }
                expression
            });
            manifest["spec"]["scopeSelector"] = json!({"matchExpressions": expressions.collect::<Vec<_>>()});
        }
        manifest
    }

    /// Returns why the server would reject it as invalid.
    pub fn complaints(&self) -> Vec<String> {
        quota_complaints(&self.hard, &self.manifest("")["spec"])
    }

    /// Returns its scopes as requirements.
    pub fn requirements(&self) -> Vec<ScopeRequirement> {
        let requirement = |scope: &String| ScopeRequirement {
            scope: scope.clone(),
            operator: "Exists".to_owned(),
            values: Vec::new(),
        };
        let given = self.scopes.iter().map(requirement).chain(self.selected.clone());
        given.chain(self.retained.clone()).collect()
    }
}
