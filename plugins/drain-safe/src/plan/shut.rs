//! Why the budgets of pods without a wave stay shut, and what would open them.

use std::collections::BTreeMap;

use serde_json::Value;
use shared::{
    manifest::json::text,
    model::{IntOrStringValue, OwnerReference, PodDisruptionBudget, WidePod},
    output::ShellCommand,
    workload::autoscaler::max_replicas_for,
};

use super::{
    Facts, Fits, ReasonCode, TopOwner, Verdict, is_custom,
    siblings::{Members, members, siblings},
    subject::{Gate, Subject},
};
use crate::{
    budgets::{BudgetSimulation, BudgetState, Lift, Shut, lift},
    pods::{Found, Move, obstacle},
};

/// How many pods that hold a budget a message names.
const NAMED: usize = 3;

/// The budgets after the last wave.
pub struct Shuts<'a> {
    facts: &'a Facts,
    budgets: &'a BTreeMap<usize, BudgetSimulation>,
    /// The uids of the pods that have gone.
    gone: Vec<String>,
    /// The pods that have gone and whose replacements have no place, by budget.
    without_place: BTreeMap<usize, Vec<String>>,
}

impl<'a> Shuts<'a> {
    /// Looks at the budgets after the last wave.
    pub fn new(
        facts: &'a Facts,
        budgets: &'a BTreeMap<usize, BudgetSimulation>,
        subjects: &[Subject],
    ) -> Self {
        let gone = subjects.iter().filter(|one| one.wave.is_some());
        let mut without_place: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for subject in gone.clone().filter(|one| one.has(ReasonCode::NoPlace) || one.has(ReasonCode::Quota)) {
            for budget in &subject.budgets {
                without_place.entry(*budget).or_default().push(subject.name());
            }
        }
        Self { facts, budgets, gone: gone.map(|one| one.pod.metadata.uid.clone()).collect(), without_place }
    }

    /// Notes why budgets keep these subjects, and pods that something else keeps already.
    pub fn note(&self, subjects: &mut [Subject], left: &[usize]) {
        for (index, subject) in subjects.iter_mut().enumerate() {
            let Gate::Budget(budget) = subject.gate else { continue };
            if subject.wave.is_some() || subject.has(ReasonCode::FreeOfBudget) {
                continue;
            }
            let Some(simulation) = self.budgets.get(&budget) else { continue };
            // A pod that stays for another reason is told of its budget where that would keep it as well.
            if !left.contains(&index) && simulation.admits(subject.pod.is_ready()) {
                continue;
            }
            let found = self.reason(budget, simulation, subject);
            subject.found.extend(found);
        }
    }

    fn reason(&self, index: usize, simulation: &BudgetSimulation, subject: &Subject) -> Option<Found> {
        let budget = self.facts.budgets.get(index)?;
        let name = &budget.metadata.name;
        let status = &budget.status;
        match simulation.state() {
            BudgetState::SyncFailed(message) => {
                let message = format!("budget {name} could not be computed: {message}");
                let found = Found::deciding(ReasonCode::BudgetSyncFailed, Verdict::Blocked, message);
                return Some(
                    found.with_fix(patch(budget, r#"{"spec":{"maxUnavailable":null,"minAvailable":0}}"#)),
                );
            }
            BudgetState::Stale => {
                let message =
                    format!("the disruption controller has not seen the last change of budget {name}");
                return Some(Found::deciding(ReasonCode::BudgetStale, Verdict::Wait, message));
            }
            BudgetState::Current => {}
        }
        let needs = format!(
            "budget {name} needs {} healthy pods and has {} of {}",
            status.desired_healthy, status.current_healthy, status.expected_pods
        );
        let blocked = |code, message: String| Found::deciding(code, Verdict::Blocked, message);
        Some(match simulation.shut(siblings(self.facts, index, &self.gone)) {
            Shut::Held => {
                let holders = self.holders(index, |pod| !self.facts.is_target(&pod.spec.node_name));
                Found::deciding(ReasonCode::BudgetHeld, Verdict::Wait, format!("{needs}; held by {holders}"))
            }
            Shut::OwnPods => {
                let holders = self.holders(index, |_| true);
                let policy = r#"{"spec":{"unhealthyPodEvictionPolicy":"AlwaysAllow"}}"#;
                blocked(
                    ReasonCode::BudgetOwnPods,
                    format!("{needs}; held by {holders}, on the nodes to drain"),
                )
                .with_fix(patch(budget, policy))
            }
            Shut::Deadlock => {
                let pods = self.without_place.get(&index).cloned().unwrap_or_default().join(", ");
                let message = format!("{needs}; it would open if the replacement of {pods} had a place");
                blocked(ReasonCode::WaveDeadlock, message).with_fix("--allow-partial")
            }
            Shut::Structural => match operator_of(budget, subject.pod) {
                Some(operator) => {
                    let message = format!(
                        "{needs}; {} {}, a custom resource, is to lift it once the node is cordoned",
                        operator.kind, operator.name
                    );
                    Found::deciding(ReasonCode::BudgetOfOperator, Verdict::Wait, message)
                }
                None => self.structural(budget, subject, &needs),
            },
        })
    }

    fn structural(&self, budget: &PodDisruptionBudget, subject: &Subject, needs: &str) -> Found {
        let spec = match (&budget.spec.min_available, &budget.spec.max_unavailable) {
            (Some(least), _) => format!("minAvailable {}", written(least.value())),
            (None, Some(most)) => format!("maxUnavailable {}", written(most.value())),
            (None, None) => "neither minAvailable nor maxUnavailable".to_owned(),
        };
        let mut message = format!("{needs} ({spec}), so that it never opens");
        let open = patch(budget, r#"{"spec":{"maxUnavailable":1,"minAvailable":null}}"#);
        let mut fix = open;
        if let (Lift::Replicas(replicas), Some(owner)) =
            (lift(budget, i64::from(budget.status.expected_pods)), &subject.owner)
        {
            let namespace = &budget.metadata.namespace;
            match self.autoscaler(namespace, owner) {
                Some((name, most)) if most < replicas => {
                    message.push_str(&format!(
                        "; HorizontalPodAutoscaler {name} stops at {most} replicas, and {replicas} would open it"
                    ));
                }
                Some((name, _)) => {
                    let minimum = format!("{{\"spec\":{{\"minReplicas\":{replicas}}}}}");
                    fix = ShellCommand::new(["kubectl", "patch", "hpa"])
                        .name(name)
                        .flag_with("-n", namespace)
                        .flag_with("--type", "merge")
                        .flag_with("-p", minimum)
                        .to_string();
                }
                None if is_scalable(owner) => {
                    fix = ShellCommand::new(["kubectl", "scale"])
                        .name(format!("{}/{}", owner.kind.to_lowercase(), owner.name))
                        .flag_with("-n", namespace)
                        .flag(format!("--replicas={replicas}"))
                        .to_string();
                }
                None => {}
            }
        }
        if subject.has(ReasonCode::OnlyReplica)
            && subject.fits != Some(Fits::No)
            && obstacle(subject.pod, Move::Surge, self.facts).is_none()
        {
            fix = "--single-replica=surge".to_owned();
        }
        Found::deciding(ReasonCode::BudgetStructural, Verdict::Blocked, message).with_fix(fix)
    }

    fn autoscaler(&self, namespace: &str, owner: &TopOwner) -> Option<(String, i64)> {
        let of_owner = |one: &Value| {
            let most = max_replicas_for(one, &owner.kind, &owner.name)?;
            let name = text(&one["metadata"]["name"]).to_owned();
            (text(&one["metadata"]["namespace"]) == namespace).then_some((name, i64::try_from(most).ok()?))
        };
        self.facts.autoscalers.iter().find_map(of_owner)
    }

    /// Returns the pods that are not Ready, with their nodes and why, and how many are missing.
    fn holders(&self, index: usize, counts: impl Fn(&WidePod) -> bool) -> String {
        let Members { live, missing, .. } = members(self.facts, index);
        let is_gone = |pod: &WidePod| self.gone.contains(&pod.metadata.uid);
        let unready: Vec<_> =
            live.iter().filter(|pod| !pod.is_ready() && counts(pod) && !is_gone(pod)).collect();
        let mut named: Vec<String> = unready.iter().take(NAMED).map(|pod| describe(pod)).collect();
        if unready.len() > NAMED {
            named.push(format!("{} more pods", unready.len() - NAMED));
        }
        match missing {
            0 => {}
            1 => named.push("1 missing pod".to_owned()),
            missing => named.push(format!("{missing} missing pods")),
        }
        if named.is_empty() { "pods that are being replaced".to_owned() } else { named.join(", ") }
    }
}

fn describe(pod: &WidePod) -> String {
    let name = &pod.metadata.name;
    let waiting = pod.status.container_statuses.iter().find_map(|one| one.state.waiting.as_ref());
    let why = waiting.map_or("not Ready", |waiting| waiting.reason.as_str());
    match pod.spec.node_name.as_str() {
        "" => format!("{name}, which waits for a node"),
        node => format!("{name} on {node} ({why})"),
    }
}

/// Returns the custom resource that controls a pod or its budget.
pub fn operator_of(budget: &PodDisruptionBudget, pod: &WidePod) -> Option<OwnerReference> {
    let controllers = [pod.metadata.controller(), budget.metadata.controller()];
    controllers.into_iter().flatten().find(|owner| is_custom(owner)).cloned()
}

fn is_scalable(owner: &TopOwner) -> bool {
    let is_ours = owner.api_version.starts_with("apps/") || owner.api_version == "v1";
    is_ours
        && matches!(
            owner.kind.as_str(),
            "Deployment" | "StatefulSet" | "ReplicaSet" | "ReplicationController"
        )
}

fn written(value: IntOrStringValue) -> String {
    match value {
        IntOrStringValue::Int(number) => number.to_string(),
        IntOrStringValue::Text(text) => text.to_owned(),
    }
}

fn patch(budget: &PodDisruptionBudget, body: &str) -> String {
    ShellCommand::new(["kubectl", "patch", "pdb"])
        .name(&budget.metadata.name)
        .flag_with("-n", &budget.metadata.namespace)
        .flag_with("--type", "merge")
        .flag_with("-p", body)
        .to_string()
}
