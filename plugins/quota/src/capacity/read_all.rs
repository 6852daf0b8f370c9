//! Reads all workloads of a namespace or a cluster, each with everything that decides about its pods.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::Value;
use shared::{
    Error, Result,
    cli::{ConnectionFlags, block_on, clock},
    client::{
        Client, ListOptions, Scope, dynamic_list,
        incomplete::{Skipped, unless_forbidden},
    },
    dump::Dump,
    manifest::{Key, Manifest, json::text, kinds::Kinds},
    model::{
        Pod, Resource as _,
        kind::{Kind, kind_of, replica_set_kind, workloads},
    },
    output::Printer,
    snapshot::{
        ClusterSnapshot, Namespaces, ReadInterceptors, SnapshotRequest, read_autoscalers, terminating,
    },
    workload::{
        ReplicaSets,
        autoscaler::{is_scalable, with_min_replicas},
        claim_templates,
        owner::{controller_of, is_controlled_by_workload},
        pod_claims::ephemeral_volumes,
        template,
    },
};

use super::{
    args::CapacityArgs,
    node_facts::{self, NodeFacts},
    target_workload::{TargetWorkload, is_deployment},
};

/// The workloads that were found.
pub struct AllTargets {
    /// Each with what decides about its pods.
    pub targets: Vec<TargetWorkload>,
    /// What could not be read.
    pub skipped: Vec<Skipped>,
    /// Nodes and the pods on them, where they are wanted.
    pub nodes: Option<NodeFacts>,
    /// The namespace that was read; `None` for all.
    namespace: Option<String>,
}

impl AllTargets {
    /// Returns what the answers do not cover, each once.
    pub fn unchecked(&self) -> Vec<String> {
        let all: BTreeSet<_> = self.targets.iter().flat_map(|target| &target.unchecked).collect();
        all.into_iter().cloned().collect()
    }

    /// Says that there is nothing, where that is so.
    pub fn note_if_empty(&self, printer: &mut Printer) {
        if self.targets.is_empty() {
            let place = self.namespace.as_ref().map_or(String::new(), |name| format!(" in namespace {name}"));
            printer.remark(format!("no workload{place}"));
        }
    }
}

/// Everything that was read of a namespace or a cluster.
struct Everything {
    snapshot: ClusterSnapshot,
    workloads: Vec<Manifest>,
    autoscalers: Vec<Value>,
    /// The pods, where they could be read.
    pods: Vec<Pod>,
    /// The ReplicaSets, where they could be read.
    sets: Option<Vec<Value>>,
    /// The webhooks and policies of a cluster; none of a dump.
    interceptors: Option<ReadInterceptors>,
}

/// Reads the workloads of the kinds that a command is about. Those that other workloads control are left out: their
/// controllers decide. `with_nodes` what decides where pods can run is read as well.
///
/// # Errors
/// Everything that prevents an answer.
pub fn read_all(
    args: &CapacityArgs,
    kinds: &[&str],
    with_nodes: bool,
    connection: &ConnectionFlags,
    printer: &mut Printer,
) -> Result<AllTargets> {
    let now = clock::now();
    let (everything, nodes, namespace) = match &args.dump.from {
        Some(path) => {
            let namespace = connection.namespace.clone().unwrap_or_else(|| "default".to_owned());
            let namespace = Some(namespace).filter(|_| !args.all_namespaces);
            let dump = Dump::read_in_place(path)?;
            let nodes = with_nodes.then(|| node_facts::of_dump(&dump)).transpose()?;
            (of_dump(&dump, kinds, namespace.as_deref(), now)?, nodes, namespace)
        }
        None => block_on(async {
            let client = Client::connect(connection, printer).await?;
            let _progress = printer.progress("reading the workloads");
            let namespace = Some(client.namespace().to_owned()).filter(|_| !args.all_namespaces);
            let (everything, nodes) = futures::try_join!(
                of_cluster(&client, kinds, args.all_namespaces, now),
                node_facts::of_cluster(&client, with_nodes)
            )?;
            Ok((everything, nodes, namespace))
        })?,
    };
    let skipped = everything.snapshot.skipped.clone();
    everything.snapshot.remarks.iter().for_each(|remark| printer.warning(remark));
    skipped.iter().for_each(|one| printer.warning(one.sentence()));
    let targets = everything.workloads.iter().map(|workload| target(&everything, workload));
    let mut targets = targets.collect::<Result<Vec<_>>>()?;
    // Said, since a table of what is asked for does not show it.
    targets.iter().filter_map(TargetWorkload::end).for_each(|end| printer.remark(end));
    targets.retain(|target| target.end().is_none());
    Ok(AllTargets { targets, skipped, nodes, namespace })
}

/// Returns the part of everything that is about one workload.
fn target(all: &Everything, workload: &Manifest) -> Result<TargetWorkload> {
    let namespace = workload.namespace.as_str();
    // Of the pods, which are most of what there is, its own decide: each of many workloads with all of them would be too much.
    let is_wanted = |key: &Key, object: &Value| key.kind.1 != Pod::KIND || may_be_of(object, workload);
    let mut snapshot = all.snapshot.only_with(&BTreeSet::from([namespace]), is_wanted);
    let autoscalers: Vec<Value> = of_namespace(&all.autoscalers, namespace).cloned().collect();
    let manifest = with_min_replicas(workload, &autoscalers).unwrap_or_else(|| workload.clone());
    let terminating = terminating::of_workload(&all.pods, namespace, &workload.value, all.snapshot.now);
    let unchecked = match &all.interceptors {
        Some(interceptors) => snapshot.unchecked(interceptors, std::slice::from_ref(&manifest)),
        None => snapshot.unchecked_by_dump(std::slice::from_ref(&manifest)),
    };
    let present = manifest.key().and_then(|key| snapshot.existing.remove(&key));
    let present = Some(present.unwrap_or_else(|| workload.value.clone()));
    let sets = all.sets.as_ref().zip(present.as_ref()).filter(|_| is_deployment(&manifest));
    let sets = sets
        .map(|(sets, present)| ReplicaSets::from_objects(&manifest, present, of_namespace(sets, namespace)));
    let target = TargetWorkload {
        simulator: snapshot.simulator(),
        replica_sets: sets.transpose().map_err(Error::new)?,
        manifest,
        present,
        is_new: false,
        snapshot,
        autoscalers,
        terminating,
        unchecked,
    };
    Ok(target.with_template_of_its_pods().note_missing_replica_sets())
}

/// Returns whether a pod may be one of a workload's.
fn may_be_of(pod: &Value, workload: &Manifest) -> bool {
    match workload.kind.kind.as_str() {
        "Deployment" => terminating::is_pod_of(pod, &workload.value),
        "StatefulSet" | "DaemonSet" => {
            controller_of(pod).is_none_or(|controller| text(&controller["name"]) == workload.name)
        }
        _ => true,
    }
}

fn of_namespace<'a>(objects: &'a [Value], namespace: &'a str) -> impl Iterator<Item = &'a Value> {
    objects.iter().filter(move |one| one["metadata"]["namespace"] == *namespace)
}

/// Returns the kinds that are read.
fn wanted(kinds: &[&str]) -> impl Iterator<Item = Kind> {
    workloads().filter(|kind| kinds.contains(&kind.kind.as_str()))
}

/// Returns the workloads among objects, by namespace, kind and name.
fn workloads_among(objects: Vec<(Kind, Value)>) -> Vec<Manifest> {
    let own = objects.into_iter().filter(|(_, object)| !is_controlled_by_workload(object));
    let mut found: Vec<_> = own
        .map(|(kind, object)| {
            let namespace = text(&object["metadata"]["namespace"]).to_owned();
            Manifest::from_object(object, kind, &namespace)
        })
        .collect();
    found.sort_by(|a, b| (&a.namespace, &a.kind.kind, &a.name).cmp(&(&b.namespace, &b.kind.kind, &b.name)));
    found
}

async fn of_cluster(client: &Client, kinds: &[&str], is_whole: bool, now: i64) -> Result<Everything> {
    let scope = if is_whole { "" } else { client.namespace() };
    let mut skipped: Vec<Skipped> = Vec::new();
    // ReplicaSets are workloads themselves, and tell how far those of Deployments are.
    let mut all: Vec<_> = wanted(kinds).filter(|kind| *kind != replica_set_kind()).collect();
    all.push(replica_set_kind());
    let lists = client.bounded(&all, |kind| async move {
        (kind, dynamic_list::objects(client, kind, scope, &ListOptions::default()).await)
    });
    let pods_in = if is_whole { Scope::All } else { Scope::Namespace(scope.to_owned()) };
    let options = ListOptions::default();
    let pods = client.list_all::<Pod>(&pods_in, &options);
    let (lists, pods, autoscalers, interceptors) =
        futures::join!(lists, pods, read_autoscalers(client, scope), ReadInterceptors::read(client));
    let (mut objects, mut sets) = (Vec::new(), None);
    for (kind, found) in lists {
        let Some(found) = unless_forbidden(found, &mut skipped, "list", &kind.resource(), scope)? else {
            continue;
        };
        if *kind == replica_set_kind() {
            sets = Some(found.clone());
        }
        if kinds.contains(&kind.kind.as_str()) {
            objects.extend(found.into_iter().map(|object| (kind.clone(), object)));
        }
    }
    let pods = unless_forbidden(pods, &mut skipped, "list", Pod::PLURAL, scope)?.unwrap_or_default();
    let workloads = workloads_among(objects);
    let (autoscalers, of_autoscalers) = autoscalers?;
    let is_scaled = workloads.iter().any(|workload| is_scalable(&workload.kind));
    skipped.extend(of_autoscalers.filter(|_| is_scaled));
    let namespaces = if is_whole { Namespaces::All } else { Namespaces::one(scope) };
    let request = SnapshotRequest { namespaces, ..SnapshotRequest::for_manifests(&workloads, now) };
    let mut snapshot = ClusterSnapshot::read(client, &request).await?;
    match is_whole {
        true => snapshot.read_namespaces(client).await?,
        false => snapshot.require_namespace(scope)?,
    }
    let has_volumes = |workload: &&Manifest| {
        ephemeral_volumes(&template(&workload.kind.kind, &workload.value)["spec"]).next().is_some()
    };
    let has_claims = |workload: &Manifest| {
        !workload.value["spec"]["volumeClaimTemplates"].is_null() || has_volumes(&workload)
    };
    if workloads.iter().any(has_claims) {
        snapshot.read_all(client, &claim_templates::claim_kind(), scope).await?;
    }
    if workloads.iter().any(|workload| has_volumes(&workload)) {
        snapshot.read_all(client, &kind_of("", "Pod", "pods"), scope).await?;
    }
    snapshot.skipped.extend(skipped);
    let interceptors = Some(interceptors?);
    let autoscalers = autoscalers.unwrap_or_default();
    Ok(Everything { snapshot, workloads, autoscalers, pods, sets, interceptors })
}

fn of_dump(dump: &Dump, kinds: &[&str], namespace: Option<&str>, now: i64) -> Result<Everything> {
    let mut known = Kinds::default();
    let mut snapshot = ClusterSnapshot::of_dump(dump, &[], &mut known, now)?;
    let each_of_kind = |kind: &'static str| {
        let is_wanted = move |key: &Key| {
            key.kind.1 == kind && namespace.is_none_or(|namespace| key.namespace == namespace)
        };
        snapshot.existing.iter().filter(move |(key, _)| is_wanted(key)).map(|(_, object)| object)
    };
    let of_kind = |kind: &str| {
        let found = snapshot.existing.iter().filter(|(key, _)| {
            key.kind.1 == kind && namespace.is_none_or(|namespace| key.namespace == namespace)
        });
        found.map(|(_, object)| object.clone()).collect::<Vec<_>>()
    };
    let objects = wanted(kinds).flat_map(|kind| {
        let found = of_kind(&kind.kind);
        found.into_iter().map(move |object| (kind.clone(), object))
    });
    let workloads = workloads_among(objects.collect());
    let pods = each_of_kind(Pod::KIND).filter_map(|pod| Pod::deserialize(pod).ok()).collect();
    let has_sets = !snapshot.kinds_of_dump.is_without("ReplicaSet");
    let sets = has_sets.then(|| of_kind("ReplicaSet"));
    let autoscalers = of_kind("HorizontalPodAutoscaler");
    snapshot.note_missing_accounts_of_dump(&workloads);
    Ok(Everything { snapshot, workloads, autoscalers, pods, sets, interceptors: None })
}
