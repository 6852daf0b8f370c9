//! The verdict on one object.

use schemars::JsonSchema;
use serde::Serialize;
use shared::{
    admission::{Refusal, RefusedBy, Shortage},
    workload::{PodCounts, Pods},
};

/// Verdict on an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub enum Verdict {
    /// The object and everything created for it would be admitted.
    Admitted,
    /// The object or something created for it would be refused.
    Refused,
    /// Not everything that decides could be read.
    Unknown,
}

/// One object with its verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The file of the manifest.
    pub file: String,
    /// The document in the file, from 1.
    pub document: usize,
    /// The kind.
    pub kind: String,
    /// The namespace; empty for cluster-scoped kinds.
    pub namespace: String,
    /// The name.
    pub name: String,
    /// The verdict.
    pub verdict: Verdict,
    /// The possible refusals; the server reports one of them.
    pub refusals: Vec<Refusal>,
    /// The pods that would be created; `None` for kinds without pods.
    pub pods: Option<Pods>,
    /// The pods that exist afterwards; `None` where the object was refused.
    pub pod_counts: Option<PodCounts>,
    /// What the quotas lack for the refused pods.
    pub shortages: Vec<Shortage>,
    /// Why the verdict is uncertain.
    pub doubt: Option<String>,
    /// Warnings that do not change the verdict.
    pub warnings: Vec<String>,
}

impl Row {
    /// Refuses the object.
    pub fn refuse(&mut self, refusal: Refusal) {
        self.verdict = Verdict::Refused;
        self.shortages = refusal.shortages.clone();
        self.refusals = vec![refusal];
    }

    /// Adds a reason why the verdict is uncertain: Admitted becomes Unknown, a refusal stands.
    pub fn add_doubt(&mut self, reason: Option<String>) {
        let Some(reason) = reason else { return };
        if self.verdict == Verdict::Admitted {
            self.verdict = Verdict::Unknown;
        }
        self.doubt.get_or_insert(reason);
    }

    /// Returns the server's messages, each once.
    pub fn messages(&self) -> Vec<&str> {
        let mut messages: Vec<&str> = Vec::new();
        for refusal in &self.refusals {
            if !messages.contains(&refusal.message.as_str()) {
                messages.push(&refusal.message);
            }
        }
        messages
    }

    /// Returns what refuses the object, each once.
    pub fn by(&self) -> Vec<&RefusedBy> {
        let mut by: Vec<&RefusedBy> = self.refusals.iter().map(|refusal| &refusal.refused_by).collect();
        by.sort();
        by.dedup();
        by
    }
}
