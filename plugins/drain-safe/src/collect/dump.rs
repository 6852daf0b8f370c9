//! Reads a dump.

use std::{collections::BTreeSet, path::Path};

use shared::{
    Error, Result,
    admission::version::Version,
    client::incomplete::Skipped,
    dump::{Dump, DumpKinds},
    manifest::json::text,
    model::{
        CsiDriver, CsiNode, LimitRange, Namespace, Node, OwnerReference, PersistentVolume,
        PersistentVolumeClaim, PodDisruptionBudget, Resource, ResourceQuota, StorageClass, VolumeAttachment,
        WidePod,
    },
    output::sanitize_line,
    placement::StorageFacts,
};

use super::{
    Choice,
    lists::{AUTOSCALER_STATUS, slim_down},
    quotas::{by_namespace, note_missing},
    webhooks::services_of,
};
use crate::facts::{Facts, OwnerKey, Owners, WebhookFacts};

/// The kinds that are kept as they stand.
const KINDS: [&str; 11] = [
    "ConfigMap",
    "DaemonSet",
    "Deployment",
    "HorizontalPodAutoscaler",
    "Job",
    "MutatingWebhookConfiguration",
    "ReplicaSet",
    "ReplicationController",
    "Service",
    "StatefulSet",
    "ValidatingWebhookConfiguration",
];

/// Reads a dump.
///
/// # Errors
/// As [`super::from_dump`].
pub fn read(path: &Path, choice: &Choice, now: i64) -> Result<Facts> {
    choice.check()?;
    let dump = Dump::read_in_place(path)?;
    let kinds = dump.dump_kinds();
    let mut nodes = dump.require::<Node>().map_err(with_all_kinds)?;
    nodes.sort_by(|one, other| one.metadata.name.cmp(&other.metadata.name));
    let goes = choice.may_take(&nodes);
    let mut pods = dump.require_changed::<WidePod>(|pod| slim_down(pod, &goes)).map_err(with_all_kinds)?;
    let name = |pod: &WidePod| (pod.metadata.namespace.clone(), pod.metadata.name.clone());
    pods.sort_by_cached_key(name);
    require_nodes_of(&pods, &nodes)?;
    let objects = dump.objects_of_kinds(&KINDS)?;
    let mut facts = Facts {
        now,
        targets: choice.nodes(&nodes, &pods)?,
        version: Version::default(),
        nodes,
        pods,
        namespaces: some(dump.take::<Namespace>()?),
        budgets: dump.take::<PodDisruptionBudget>()?,
        storage: StorageFacts {
            volumes: some(dump.take::<PersistentVolume>()?),
            claims: some(dump.take::<PersistentVolumeClaim>()?),
            classes: some(dump.take::<StorageClass>()?),
            csi_nodes: some(dump.take::<CsiNode>()?),
            attachments: Some(dump.take::<VolumeAttachment>()?),
            drivers: some(dump.take::<CsiDriver>()?),
        },
        quotas: by_namespace(dump.take::<ResourceQuota>()?, &dump.take::<LimitRange>()?)?,
        has_all_quotas: true,
        ..Facts::default()
    };
    facts.budgets_unread = (!kinds.is_without(PodDisruptionBudget::KIND)).then(BTreeSet::new);
    facts.skipped = left_out(&kinds);
    let mut owners = Owners::default();
    let mut webhooks = WebhookFacts::default();
    for object in objects {
        let kind = text(&object["kind"]).to_owned();
        match kind.as_str() {
            "ConfigMap" => {
                let metadata = &object["metadata"];
                facts.has_autoscaler_status |=
                    metadata["namespace"] == "kube-system" && metadata["name"] == AUTOSCALER_STATUS;
            }
            "HorizontalPodAutoscaler" => facts.autoscalers.push(object),
            "ValidatingWebhookConfiguration" | "MutatingWebhookConfiguration" => {
                webhooks.configurations.push(object);
            }
            "Service" => {
                let metadata = &object["metadata"];
                let name = (text(&metadata["namespace"]).to_owned(), text(&metadata["name"]).to_owned());
                webhooks.services.insert(name, object);
            }
            "ReplicaSet" | "Deployment" | "StatefulSet" | "DaemonSet" | "Job" | "ReplicationController" => {
                let metadata = &object["metadata"];
                if matches!(kind.as_str(), "ReplicaSet" | "StatefulSet") {
                    let namespace = text(&metadata["namespace"]).to_owned();
                    note_missing(facts.missing.entry(namespace).or_default(), &kind, &object);
                }
                let reference = OwnerReference {
                    api_version: text(&object["apiVersion"]).to_owned(),
                    kind,
                    name: text(&metadata["name"]).to_owned(),
                    ..OwnerReference::default()
                };
                owners.add(OwnerKey::new(text(&metadata["namespace"]), &reference), Some(object));
            }
            _ => {}
        }
    }
    let used: BTreeSet<_> = services_of(&webhooks.configurations).into_iter().collect();
    webhooks.services.retain(|name, _| used.contains(name));
    (facts.owners, facts.webhooks) = (owners, webhooks);
    mark_missing_owners(&kinds, &mut facts);
    Ok(facts)
}

/// A dump that has objects of a kind has all of them: what is not there does not exist.
fn mark_missing_owners(kinds: &DumpKinds, facts: &mut Facts) {
    let leaving = facts.pods.iter().filter(|pod| facts.targets.contains(&pod.spec.node_name));
    let controllers: Vec<_> = leaving
        .filter_map(|pod| Some((pod.metadata.namespace.clone(), pod.metadata.controller()?.clone())))
        .filter(|(_, owner)| !kinds.is_without(&owner.kind) && !crate::facts::is_custom(owner))
        .collect();
    for (namespace, owner) in controllers {
        let key = OwnerKey::new(&namespace, &owner);
        if !facts.owners.knows(&key) {
            facts.owners.add(key, None);
        }
    }
}

fn some<K>(objects: Vec<K>) -> Option<Vec<K>> {
    (!objects.is_empty()).then_some(objects)
}

/// The command that makes a dump of all that plans look at; the README has the same.
const DUMP_COMMAND: &str =
    "kubectl get nodes,pods,pdb,deploy,rs,sts,ds,jobs,ns,quota,limits,hpa,pv,pvc,sc -A -o yaml";

/// Names all kinds in the hint of an error about a kind that a dump lacks: one more kind would not be enough for a plan.
fn with_all_kinds(error: Error) -> Error {
    match error.hint().is_some_and(|hint| hint.starts_with("make the dump with: ")) {
        true => error.with_hint(format!("make the dump with: {DUMP_COMMAND}")),
        false => error,
    }
}

/// A pod on a node that the dump lacks would be missing in every sum.
fn require_nodes_of(pods: &[WidePod], nodes: &[Node]) -> Result<()> {
    let known: BTreeSet<&str> = nodes.iter().map(|node| node.metadata.name.as_str()).collect();
    let lost = |pod: &&WidePod| {
        let node = pod.spec.node_name.as_str();
        !node.is_empty() && !known.contains(node)
    };
    match pods.iter().find(lost) {
        None => Ok(()),
        Some(pod) => Err(Error::new(format!(
            "pod {}/{} runs on node {}, which the dump lacks",
            sanitize_line(&pod.metadata.namespace),
            sanitize_line(&pod.metadata.name),
            sanitize_line(&pod.spec.node_name)
        ))
        .with_hint(format!("a dump needs all nodes and all pods: {DUMP_COMMAND}"))),
    }
}

/// Says what a dump was taken without, where that makes the answer incomplete.
fn left_out(kinds: &DumpKinds) -> Vec<Skipped> {
    let without = |kind: &str, resource: &str| {
        kinds.is_without(kind).then(|| Skipped {
            verb: "read".to_owned(),
            resource: resource.to_owned(),
            namespace: String::new(),
            reason: format!("the dump holds no {kind}"),
        })
    };
    without(PodDisruptionBudget::KIND, "poddisruptionbudgets.policy").into_iter().collect()
}
