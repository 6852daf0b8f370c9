//! What in a cluster is in the way of drains: found in the plans of single nodes, each thing once.

use std::collections::BTreeMap;

use shared::output::{Finding, Severity};

use crate::plan::{Plan, PodPlan, Reason, ReasonCode};

/// Findings by rule, namespace and name.
#[derive(Debug, Default)]
pub struct Findings(BTreeMap<(Severity, &'static str, String, String), Finding>);

impl Findings {
    /// Adds what the plan of one node shows.
    pub fn add(&mut self, plan: &Plan) {
        for pod in plan.pods() {
            for reason in &pod.reasons {
                if let Some(finding) = finding(pod, reason) {
                    let namespace = finding.namespace.clone().unwrap_or_default();
                    let key = (finding.severity, finding.rule, namespace, finding.name.clone());
                    self.0.entry(key).or_insert(finding);
                }
            }
        }
    }

    /// Returns the findings, the most severe first.
    pub fn into_vec(self) -> Vec<Finding> {
        self.0.into_values().collect()
    }
}

fn finding(pod: &PodPlan, reason: &Reason) -> Option<Finding> {
    let (rule, severity) = match reason.code {
        ReasonCode::BudgetStructural | ReasonCode::BudgetOwnPods => ("deadlocked-budget", Severity::Error),
        ReasonCode::BudgetSyncFailed => ("failed-budget", Severity::Error),
        ReasonCode::SeveralBudgets => ("several-budgets", Severity::Error),
        ReasonCode::NoController | ReasonCode::OwnerGone => ("bare-pod", Severity::Warning),
        ReasonCode::OnlyReplica => ("single-replica", Severity::Info),
        ReasonCode::LocalVolume => ("local-volume", Severity::Warning),
        ReasonCode::NoPlace if reason.message.contains("PersistentVolume") => {
            ("zone-bound-volume", Severity::Warning)
        }
        _ => return None,
    };
    let budget = pod.budgets.first().map(|budget| budget.name.clone());
    let (kind, name) = match (rule, budget, &pod.owner) {
        ("deadlocked-budget" | "failed-budget", Some(budget), _) => ("PodDisruptionBudget", budget),
        ("single-replica", _, Some(owner)) => ("Workload", format!("{}/{}", owner.kind, owner.name)),
        _ => ("Pod", pod.name.clone()),
    };
    Some(Finding {
        rule,
        severity,
        namespace: Some(pod.namespace.clone()),
        kind,
        name,
        key: String::new(),
        message: reason.message.clone(),
        fix: reason.fix.clone().unwrap_or_default(),
        evidence: None,
        source: None,
    })
}
