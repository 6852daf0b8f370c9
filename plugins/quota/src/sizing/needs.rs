//! The amounts that a namespace needs, by reason.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use shared::{
    admission::{evaluator::usage, quota_facts::Amounts, simulator::Simulator},
    manifest::{Manifest, json::number},
    quantity::{Format, Quantity},
    resources::{ResourceList, add_list, raise_to_list},
};

use crate::{
    inventory::{Inventory, Workload},
    sizing::{
        Options,
        options::{Autoscalers, Terminating},
    },
};

/// The reason for which an amount is needed, in the order of printing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum NeedReason {
    /// It is in use.
    Runs,
    /// Workloads lack pods that they want.
    Wanted,
    /// Pods are charged more once they are recreated: by defaults, or by a changed template.
    Anew,
    /// Controllers keep earlier ReplicaSets, ControllerRevisions and Jobs.
    History,
    /// Autoscalers may add pods.
    Autoscalers,
    /// Rolling updates add pods before they delete old ones.
    Surge,
    /// Terminating pods are charged until they are gone.
    Terminating,
}

impl NeedReason {
    /// Returns the word for comments.
    pub fn label(self) -> &'static str {
        match self {
            Self::Runs => "in use",
            Self::Wanted => "missing pods",
            Self::Anew => "recreated pods",
            Self::History => "history",
            Self::Autoscalers => "autoscalers",
            Self::Surge => "surge",
            Self::Terminating => "terminating",
        }
    }
}

/// A needed amount with its largest consumer.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NeedPart {
    /// The reason.
    #[serde(rename = "why")]
    pub reason: NeedReason,
    /// The amount.
    pub amount: Quantity,
    /// The object that needs most of it.
    #[serde(rename = "mostly")]
    pub largest_consumer: Option<String>,
    #[serde(skip)]
    largest_amount: Quantity,
    #[serde(skip)]
    consumers: usize,
}

impl NeedPart {
    /// Returns whether only one object needs it.
    pub fn has_single_consumer(&self) -> bool {
        self.consumers == 1
    }
}

/// The needed amounts of each resource, by every name that quotas have for it.
#[derive(Clone, Debug, Default)]
pub struct Needs {
    by_resource: BTreeMap<String, BTreeMap<NeedReason, NeedPart>>,
}

impl Needs {
    /// Returns what a namespace needs once these rules are in force; `simulator` has them without quotas.
    pub fn of(inventory: &Inventory, simulator: &Simulator, options: &Options) -> Self {
        let mut needs = Self::default();
        for (object, count) in inventory.charged() {
            needs.add(NeedReason::Runs, None, &usage(&object), count);
        }
        for (name, count) in &inventory.counted {
            for name in [name.clone(), format!("count/{name}")] {
                needs.add(NeedReason::Runs, None, &piece(&name), *count);
            }
        }
        for manifest in &inventory.workloads {
            needs.add_workload(&Workload::of(manifest, inventory), inventory, simulator, options);
        }
        needs
    }

    fn add_workload(
        &mut self,
        workload: &Workload,
        inventory: &Inventory,
        simulator: &Simulator,
        options: &Options,
    ) {
        let Some(pod) = workload.pod() else { return };
        let of = Some(workload.owner.to_string());
        let fresh = usage(&simulator.filled_in(pod));
        // Every pod brings claims of its own along.
        let mut brought = Amounts::new();
        for claim in workload.claims_of_a_pod() {
            add_list(&mut brought, &usage(&simulator.filled_in(claim)));
        }
        let own =
            inventory.pods.iter().filter(|group| group.owner == workload.owner && !group.facts.released);
        let (mut unit, mut charged) = (fresh.clone(), ResourceList::new());
        for group in own {
            let old = usage(&group.object(&inventory.namespace));
            raise_to_list(&mut unit, &old);
            for (name, amount) in &old {
                *charged.entry(name.clone()).or_default() += &amount.times(count(group.count));
            }
        }
        let Workload { running, desired, .. } = *workload;
        let mut wanted = fresh;
        add_list(&mut wanted, &brought);
        self.add(NeedReason::Wanted, of.clone(), &wanted, desired.saturating_sub(running));
        let lacks = |(name, amount): (&String, &Quantity)| {
            let whole = amount.times(count(running));
            let rest =
                charged.get(name).map_or_else(|| whole.clone(), |charged| whole.saturating_sub(charged));
            (name.clone(), rest)
        };
        self.add(NeedReason::Anew, of.clone(), &unit.iter().map(lacks).collect(), 1);
        add_list(&mut unit, &brought);
        let now = desired.max(running);
        let reach = match options.autoscalers {
            Autoscalers::Max => workload.max_replicas,
            Autoscalers::Now => desired,
        };
        self.add(NeedReason::Autoscalers, of.clone(), &unit, reach.saturating_sub(now));
        for claim in workload.missing_claims(inventory, reach) {
            self.add(NeedReason::Wanted, of.clone(), &usage(&claim), 1);
        }
        self.add(NeedReason::Surge, of.clone(), &unit, workload.surge());
        let terminating = match (options.terminating, workload.strategy_for(desired)) {
            (Terminating::None, _) | (_, None) => 0,
            (Terminating::Step, _) => workload.terminating_per_step(),
            (Terminating::All, Some(_)) => workload.max_replicas.max(running),
        };
        self.add(NeedReason::Terminating, of.clone(), &unit, terminating);
        if let Some((child, kept)) = history(workload.manifest) {
            let present = inventory.children.get(&workload.owner).copied().unwrap_or(0);
            self.add(NeedReason::History, of.clone(), &piece(child), kept.saturating_sub(present));
            // The next one is created before the oldest is deleted.
            self.add(NeedReason::Surge, of, &piece(child), 1);
        }
    }

    /// Raises what is in use to what a quota has counted: not every kind of object is read.
    pub fn count_at_least(&mut self, used: &Amounts) {
        for (resource, used) in used {
            let runs = self.by_resource.get(resource).and_then(|parts| parts.get(&NeedReason::Runs));
            let known = runs.map(|part| part.amount.clone()).unwrap_or_default();
            if *used > known {
                let more = used - &known;
                self.add(NeedReason::Runs, None, &[(resource.clone(), more)].into(), 1);
            }
        }
    }

    fn add(&mut self, reason: NeedReason, of: Option<String>, amounts: &Amounts, times: usize) {
        for (resource, amount) in amounts.iter().filter(|(_, amount)| times > 0 && amount.is_positive()) {
            let parts = self.by_resource.entry(resource.clone()).or_default();
            let part = parts.entry(reason).or_insert_with(|| NeedPart {
                reason,
                amount: Quantity::ZERO,
                largest_consumer: None,
                largest_amount: Quantity::ZERO,
                consumers: 0,
            });
            let amount = amount.times(count(times));
            part.amount += &amount;
            part.consumers += 1;
            if amount > part.largest_amount {
                part.largest_amount = amount;
                part.largest_consumer = of.clone();
            }
        }
    }

    /// Returns the resources that are needed.
    pub fn resources(&self) -> impl Iterator<Item = &String> {
        self.by_resource.keys()
    }

    /// Returns the needed amounts of a resource by reason.
    pub fn parts(&self, resource: &str) -> Vec<NeedPart> {
        self.by_resource.get(resource).into_iter().flat_map(BTreeMap::values).cloned().collect()
    }

    /// Returns the sum of the needed amounts of a resource.
    pub fn total(&self, resource: &str) -> Quantity {
        self.parts(resource).iter().map(|part| &part.amount).sum()
    }
}

/// Returns what a workload's controller creates besides pods, by its name in quotas, and how many of them it keeps: the
/// current one and earlier ones.
fn history(manifest: &Manifest) -> Option<(&'static str, usize)> {
    let spec = &manifest.value["spec"];
    let revisions = number(&spec["revisionHistoryLimit"], 10) + 1;
    Some(match manifest.kind.kind.as_str() {
        "Deployment" => ("count/replicasets.apps", revisions),
        "StatefulSet" | "DaemonSet" => ("count/controllerrevisions.apps", revisions),
        "CronJob" => {
            let ended =
                number(&spec["successfulJobsHistoryLimit"], 3) + number(&spec["failedJobsHistoryLimit"], 1);
            ("count/jobs.batch", ended + 1)
        }
        _ => return None,
    })
}

fn count(count: usize) -> i128 {
    i128::try_from(count).unwrap_or(i128::MAX)
}

fn piece(name: &str) -> Amounts {
    [(name.to_owned(), Quantity::from_integer(1, Format::DecimalSi))].into()
}
