//! `core/v1.PodSpec`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::super::nullable::or_default;
use super::super::{LabelSelector, Quantities, ResourceRequirements};
use super::{Volume, WideAffinity, WideContainer};

/// The parts of `core/v1.PodSpec` that decide where a pod can run and how it ends.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct WidePodSpec {
    /// Its volumes.
    #[prost(message, repeated, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub volumes: Vec<Volume>,
    /// The regular containers.
    #[prost(message, repeated, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub containers: Vec<WideContainer>,
    /// `Always`, `OnFailure` or `Never`.
    #[prost(string, tag = "3")]
    #[serde(deserialize_with = "or_default")]
    pub restart_policy: String,
    /// The grace period of a termination, in seconds.
    #[prost(int64, optional, tag = "4")]
    pub termination_grace_period_seconds: Option<i64>,
    /// How long it may run, in seconds; the quota scope `Terminating`.
    #[prost(int64, optional, tag = "5")]
    pub active_deadline_seconds: Option<i64>,
    /// Labels that its node must have.
    #[prost(btree_map = "string, string", tag = "7")]
    #[serde(deserialize_with = "or_default")]
    pub node_selector: BTreeMap<String, String>,
    /// Its service account.
    #[prost(string, tag = "8")]
    #[serde(deserialize_with = "or_default")]
    pub service_account_name: String,
    /// The node it is bound to; empty while it waits.
    #[prost(string, tag = "10")]
    #[serde(deserialize_with = "or_default")]
    pub node_name: String,
    /// Whether it uses the node's network.
    #[prost(bool, tag = "11")]
    #[serde(deserialize_with = "or_default")]
    pub host_network: bool,
    /// Its affinity.
    #[prost(message, optional, tag = "18")]
    pub affinity: Option<WideAffinity>,
    /// Who schedules it; `default-scheduler` unless it says otherwise.
    #[prost(string, tag = "19")]
    #[serde(deserialize_with = "or_default")]
    pub scheduler_name: String,
    /// The init containers, sidecars included, in order.
    #[prost(message, repeated, tag = "20")]
    #[serde(deserialize_with = "or_default")]
    pub init_containers: Vec<WideContainer>,
    /// The taints it tolerates.
    #[prost(message, repeated, tag = "22")]
    #[serde(deserialize_with = "or_default")]
    pub tolerations: Vec<Toleration>,
    /// Its priority class; empty for none.
    #[prost(string, tag = "24")]
    #[serde(deserialize_with = "or_default")]
    pub priority_class_name: String,
    /// Its priority; the API server sets it. Absent counts as 0.
    #[prost(int32, optional, tag = "25")]
    pub priority: Option<i32>,
    /// Its runtime class; empty and absent differ.
    #[prost(string, optional, tag = "29")]
    pub runtime_class_name: Option<String>,
    /// `Never` or `PreemptLowerPriority`; absent means the latter.
    #[prost(string, optional, tag = "31")]
    pub preemption_policy: Option<String>,
    /// The overhead beyond its containers, from its RuntimeClass.
    #[prost(btree_map = "string, message", tag = "32")]
    #[serde(deserialize_with = "or_default")]
    pub overhead: Quantities,
    /// How it spreads over topologies.
    #[prost(message, repeated, tag = "33")]
    #[serde(deserialize_with = "or_default")]
    pub topology_spread_constraints: Vec<TopologySpreadConstraint>,
    /// `false` for a user namespace of its own.
    #[prost(bool, optional, tag = "37")]
    pub host_users: Option<bool>,
    /// What holds the scheduler back from it.
    #[prost(message, repeated, tag = "38")]
    #[serde(deserialize_with = "or_default")]
    pub scheduling_gates: Vec<PodSchedulingGate>,
    /// Its devices.
    #[prost(message, repeated, tag = "39")]
    #[serde(deserialize_with = "or_default")]
    pub resource_claims: Vec<PodResourceClaim>,
    /// The pod-level requests and limits.
    #[prost(message, optional, tag = "40")]
    pub resources: Option<ResourceRequirements>,
    /// The group it is scheduled with.
    #[prost(message, optional, tag = "43")]
    pub scheduling_group: Option<PodSchedulingGroup>,
}

/// `core/v1.Toleration`.
#[derive(Clone, PartialEq, Eq, Hash, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Toleration {
    /// The taint's key; empty with `Exists` for every taint.
    #[prost(string, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub key: String,
    /// `Equal` (also when empty), `Exists`, `Gt` or `Lt`.
    #[prost(string, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub operator: String,
    /// The taint's value.
    #[prost(string, tag = "3")]
    #[serde(deserialize_with = "or_default")]
    pub value: String,
    /// The taint's effect; empty for all.
    #[prost(string, tag = "4")]
    #[serde(deserialize_with = "or_default")]
    pub effect: String,
    /// How long `NoExecute` is tolerated; absent means forever.
    #[prost(int64, optional, tag = "5")]
    pub toleration_seconds: Option<i64>,
}

/// `core/v1.TopologySpreadConstraint`.
#[derive(Clone, PartialEq, Eq, Hash, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct TopologySpreadConstraint {
    /// By how much a topology may exceed the emptiest.
    #[prost(int32, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub max_skew: i32,
    /// The node label whose value nodes of one topology share.
    #[prost(string, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub topology_key: String,
    /// `DoNotSchedule` or `ScheduleAnyway`.
    #[prost(string, tag = "3")]
    #[serde(deserialize_with = "or_default")]
    pub when_unsatisfiable: String,
    /// The pods that are counted; absent means none.
    #[prost(message, optional, tag = "4")]
    pub label_selector: Option<LabelSelector>,
    /// With fewer topologies the emptiest counts as 0; absent means 1.
    #[prost(int32, optional, tag = "5")]
    pub min_domains: Option<i32>,
    /// Whether nodes outside its node affinity are left out: `Honor` (default) or `Ignore`.
    #[prost(string, optional, tag = "6")]
    pub node_affinity_policy: Option<String>,
    /// Whether nodes with taints it does not tolerate are left out: `Honor` or `Ignore` (default).
    #[prost(string, optional, tag = "7")]
    pub node_taints_policy: Option<String>,
    /// Labels of the pod itself that the others must have too.
    #[prost(string, repeated, tag = "8")]
    #[serde(deserialize_with = "or_default")]
    pub match_label_keys: Vec<String>,
}

/// `core/v1.PodSchedulingGate`.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PodSchedulingGate {
    /// The gate.
    #[prost(string, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub name: String,
}

/// `core/v1.PodResourceClaim`.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PodResourceClaim {
    /// Unique in the pod.
    #[prost(string, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub name: String,
    /// The claim.
    #[prost(string, optional, tag = "3")]
    pub resource_claim_name: Option<String>,
    /// The template of its own claim.
    #[prost(string, optional, tag = "4")]
    pub resource_claim_template_name: Option<String>,
}

/// `core/v1.PodSchedulingGroup`.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PodSchedulingGroup {
    /// The PodGroup.
    #[prost(string, optional, tag = "1")]
    pub pod_group_name: Option<String>,
}
