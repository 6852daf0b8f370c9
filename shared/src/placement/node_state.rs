//! A node and what stands on it.

use std::collections::HashMap;
use std::sync::Arc;

use super::host_ports::HostPort;
use super::label_selector::Labels;
use super::profile::Profile;
use super::refusal::{Reason, Refusal};
use super::resource_names::{ResourceNames, allowed_pods};
use super::storage::Attachable;
use super::toleration::UNSCHEDULABLE;
use crate::model::{Node, Taint};
use crate::quantity::Quantity;

/// A node, by number.
pub(super) type NodeId = usize;

/// A node as the scheduler sums it up (`NodeInfo` in `pkg/scheduler/framework/types.go`).
#[derive(Clone, Debug)]
pub(super) struct NodeState {
    pub(super) name: Arc<str>,
    pub(super) labels: Arc<Labels>,
    /// Its taints, save that of a cordon: [`NodeState::cordoned`] stands for it.
    pub(super) taints: Arc<[Taint]>,
    pub(super) cordoned: bool,
    /// By resource number.
    allocatable: Arc<[i64]>,
    allowed_pods: i64,
    requested: Vec<i64>,
    pub(super) pods: i64,
    pub(super) ports: Vec<HostPort>,
    /// How many pods use each volume of a driver with a limit.
    pub(super) volumes: HashMap<Attachable, u32>,
}

impl NodeState {
    pub(super) fn new(node: &Node, resources: &mut ResourceNames) -> Self {
        // The API server has validated allocatable; what a dump holds instead counts as nothing.
        let read = |text: &str| Quantity::parse(text.trim()).unwrap_or(Quantity::ZERO);
        let allocatable = &node.status.allocatable;
        let list = allocatable.iter().map(|(name, text)| (name.clone(), read(text.as_str()))).collect();
        let cordoned = node.spec.unschedulable;
        let is_cordon = |taint: &Taint| taint.key == UNSCHEDULABLE && taint.effect == "NoSchedule";
        let taints = node.spec.taints.iter().filter(|taint| !(cordoned && is_cordon(taint)));
        Self {
            name: node.metadata.name.as_str().into(),
            labels: Arc::new(node.metadata.labels.clone()),
            taints: taints.cloned().collect(),
            cordoned,
            allocatable: resources.amounts(&list).into(),
            allowed_pods: allowed_pods(&list),
            requested: Vec::new(),
            pods: 0,
            ports: Vec::new(),
            volumes: HashMap::new(),
        }
    }

    pub(super) fn add(&mut self, profile: &Profile) {
        if self.requested.len() < profile.requests.len() {
            self.requested.resize(profile.requests.len(), 0);
        }
        for (sum, amount) in self.requested.iter_mut().zip(&profile.requests) {
            *sum = sum.saturating_add(*amount);
        }
        self.pods += 1;
        self.ports.extend(profile.ports.iter().cloned());
        for volume in &profile.attachable {
            *self.volumes.entry(volume.clone()).or_default() += 1;
        }
    }

    pub(super) fn subtract(&mut self, profile: &Profile) {
        for (sum, amount) in self.requested.iter_mut().zip(&profile.requests) {
            *sum = sum.saturating_sub(*amount);
        }
        self.pods -= 1;
        for port in &profile.ports {
            if let Some(position) = self.ports.iter().position(|other| other == port) {
                self.ports.swap_remove(position);
            }
        }
        for volume in &profile.attachable {
            if let Some(count) = self.volumes.get_mut(volume) {
                *count -= 1;
                if *count == 0 {
                    self.volumes.remove(volume);
                }
            }
        }
    }

    /// Returns how much of a resource is not requested; negative where more is.
    pub(super) fn free(&self, resource: usize) -> i64 {
        let of = |amounts: &[i64]| amounts.get(resource).copied().unwrap_or(0);
        of(&self.allocatable).saturating_sub(of(&self.requested))
    }

    /// Returns how many more pods it takes.
    pub(super) fn free_pods(&self) -> i64 {
        self.allowed_pods - self.pods
    }

    /// Returns how many pods with these requests it takes.
    pub(super) fn room_for(&self, requests: &[i64]) -> i64 {
        let requested = requests.iter().enumerate().filter(|(_, amount)| **amount > 0);
        let rooms = requested.map(|(resource, amount)| self.free(resource).max(0) / amount);
        rooms.fold(self.free_pods().max(0), i64::min)
    }

    /// Returns the share of cpu and memory that is free, of 2,000: a favorite of the scheduler's has much.
    pub(super) fn free_share(&self) -> i64 {
        let share = |resource: usize| match self.allocatable.get(resource) {
            Some(all) if *all > 0 => self.free(resource).max(0).saturating_mul(1000) / all,
            _ => 0,
        };
        share(0) + share(1)
    }

    /// Checks requests (`fitsRequest` in `plugins/noderesources/fit.go`). What is not requested is not looked at.
    pub(super) fn check_requests(&self, requests: &[i64]) -> Result<(), Refusal> {
        let mut refusal = Refusal { reasons: Vec::new(), resolvable: true };
        if self.pods + 1 > self.allowed_pods {
            refusal.reasons.push(Reason::TooManyPods);
        }
        for (resource, amount) in requests.iter().enumerate() {
            if *amount > 0 && *amount > self.free(resource) {
                refusal.reasons.push(Reason::Insufficient(resource));
                refusal.resolvable &= *amount <= self.allocatable.get(resource).copied().unwrap_or(0);
            }
        }
        if refusal.reasons.is_empty() { Ok(()) } else { Err(refusal) }
    }
}
