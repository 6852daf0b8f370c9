//! How many more pods of a workload nodes have room for, by the scheduler's filters.

use std::{collections::HashMap, sync::Arc};

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value, json};
use shared::{
    admission::object::{Object, ObjectKind},
    model::WidePod,
    placement::Cluster,
    resources::{ContainerResources, PodResources, Requirements, ResourceList},
    workload::template,
};

use super::target_workload::TargetWorkload;

/// The number of pods from which nobody counts on.
const MOST: usize = 1_000;

/// The room that nodes have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NodeRoom {
    /// How many more pods find a node; `None` where that is not known.
    pub more: Option<usize>,
    /// Whether there may be room for more.
    pub at_least: bool,
    /// What the scheduler would say of the next pod; empty where it finds a node.
    pub message: String,
    /// Pods of the cluster that wait for a node already.
    pub waiting: usize,
    /// What decides as well and is not looked at.
    pub unchecked: Vec<String>,
}

impl NodeRoom {
    /// Returns the number as a table shows it.
    pub fn cell(&self) -> String {
        match self.more {
            Some(more) if self.at_least => format!("{more}+"),
            Some(more) => more.to_string(),
            None => "?".to_owned(),
        }
    }
}

/// Returns the room for pods of a workload: one after the other is put on the node that has the fewest of them, as long as
/// one passes the filters.
pub fn node_room(cluster: &Cluster, target: &TargetWorkload) -> NodeRoom {
    let mut room = NodeRoom { waiting: cluster.pending().len(), ..NodeRoom::default() };
    let unknown = |mut room: NodeRoom, why: String| {
        room.more = None;
        room.unchecked.push(why);
        room
    };
    let mut pod = match pod_of(target, &mut room.unchecked) {
        Ok(pod) => pod,
        Err(why) => return unknown(room, why),
    };
    let mut cluster = cluster.clone();
    let candidate = match cluster.candidate(&pod) {
        Ok(candidate) => candidate,
        Err(why) => return unknown(room, why.to_string()),
    };
    let mut own: HashMap<Arc<str>, usize> = HashMap::new();
    for more in 0.. {
        room.more = Some(more);
        let fit = cluster.fit(&candidate);
        if let Some(why) = fit.not_modeled.first() {
            return unknown(room, why.to_string());
        }
        let fewest = fit.nodes.iter().min_by_key(|node| own.get(*node).copied().unwrap_or(0));
        let Some(node) = fewest else {
            room.message = fit.message();
            break;
        };
        if more == MOST {
            room.at_least = true;
            break;
        }
        pod.metadata.name = format!("{}-{more}", target.manifest.name);
        if let Err(error) = cluster.place(&pod, node) {
            return unknown(room, error.to_string());
        }
        *own.entry(node.clone()).or_default() += 1;
    }
    room
}

/// Returns the next pod as admission leaves it, without the volumes that claims are for.
fn pod_of(target: &TargetWorkload, unchecked: &mut Vec<String>) -> Result<WidePod, String> {
    let manifest = &target.manifest;
    let template = match manifest.kind.is("", "Pod") {
        true => &manifest.value,
        false => template(&manifest.kind.kind, &manifest.value),
    };
    let facts = shared::admission::read_object::template_pod(&manifest.kind, template)?;
    let object = Object::pod(&manifest.namespace, "next", facts);
    let ObjectKind::Pod(admitted) = target.simulator.filled_in(object).body else {
        return Err("its template makes no pod".to_owned());
    };
    let mut spec = template["spec"].clone();
    fill_in(&mut spec, &admitted.resources);
    let volumes = spec["volumes"].as_array().cloned().unwrap_or_default();
    let is_plain =
        |volume: &Value| volume["persistentVolumeClaim"].is_null() && volume["ephemeral"].is_null();
    let plain: Vec<_> = volumes.iter().filter(|volume| is_plain(volume)).cloned().collect();
    if plain.len() < volumes.len() || !manifest.value["spec"]["volumeClaimTemplates"].is_null() {
        unchecked.push("whether nodes can attach the volumes of its claims".to_owned());
    }
    spec["volumes"] = json!(plain);
    let pod = json!({
        "metadata": {"name": "next", "namespace": manifest.namespace, "labels": template["metadata"]["labels"]},
        "spec": spec,
    });
    serde_json::from_value(pod).map_err(|error| error.to_string())
}

/// Writes what admission made of the resources into the spec.
fn fill_in(spec: &mut Value, resources: &PodResources) {
    for (field, containers) in
        [("containers", &resources.containers), ("initContainers", &resources.init_containers)]
    {
        let written = spec[field].as_array_mut().into_iter().flatten();
        for (container, ContainerResources { spec, .. }) in written.zip(containers) {
            container["resources"] = requirements(spec);
        }
    }
    if let Some(level) = &resources.pod_level {
        spec["resources"] = requirements(level);
    }
    if !resources.overhead.is_empty() {
        spec["overhead"] = amounts(&resources.overhead);
    }
}

fn requirements(of: &Requirements) -> Value {
    json!({"requests": amounts(&of.requests), "limits": amounts(&of.limits)})
}

fn amounts(list: &ResourceList) -> Value {
    let amounts = list.iter().map(|(name, amount)| (name.clone(), json!(amount.to_string())));
    Value::Object(amounts.collect::<Map<_, _>>())
}
