//! Reads the workload that a command is about, from a cluster or a dump.

use serde_json::Value;
use shared::{
    Error, Result,
    admission::object::Object,
    cli::{ConnectionFlags, block_on, clock},
    client::{
        Client, ListOptions, dynamic_list,
        incomplete::{Skipped, unless_forbidden},
        refuse_misfits,
    },
    dump::{Dump, DumpObject},
    manifest::{Key, Manifest, kinds::Kinds, namespace::refuse_other_namespaces},
    model::kind::{Kind, kind_of, replica_set_kind},
    output::Printer,
    snapshot::{ClusterSnapshot, ReadInterceptors, SnapshotRequest, read_autoscalers, terminating},
    workload::{
        ReplicaSets,
        adoption::with_adopted,
        autoscaler::{is_scalable, with_min_replicas},
        claim_templates,
        pod_claims::ephemeral_volumes,
        template,
    },
};

use super::{
    args::CapacityArgs,
    node_facts::{self, NodeFacts},
    target_workload::{TargetWorkload, is_deployment, needs_replica_sets},
};
use crate::type_and_name;

/// What the command line says of the workload.
struct Source {
    /// The workload of a manifest.
    given: Option<DumpObject>,
    /// The kind and name of one that exists.
    named: Option<(Kind, String)>,
    from_file: bool,
}

/// What was read of a workload.
struct ReadTarget {
    manifest: Manifest,
    snapshot: ClusterSnapshot,
    autoscalers: Vec<Value>,
    terminating: Vec<Object>,
    /// The ReplicaSets of a Deployment, where they are needed and could be read.
    sets: Option<Vec<Value>>,
    unchecked: Vec<String>,
    /// Nodes and the pods on them, where they are wanted.
    nodes: Option<NodeFacts>,
}

/// Reads the workload and everything that decides about its pods, `with_nodes` what decides where those can run as
/// well.
///
/// # Errors
/// No such workload, several in the manifest, and errors in reading the cluster or the dump.
pub fn read(
    args: &CapacityArgs,
    with_nodes: bool,
    connection: &ConnectionFlags,
    printer: &mut Printer,
) -> Result<(TargetWorkload, Option<NodeFacts>)> {
    let now = clock::now();
    let mut kinds = Kinds::default();
    args.dump.require_one_stdin(&args.filename)?;
    let (given, given_autoscalers) = match &args.filename {
        Some(path) => workload_of(path, connection.namespace.as_deref())
            .map(|(workload, autoscalers)| (Some(workload), autoscalers))?,
        None => (None, Vec::new()),
    };
    let named = args.workload.as_deref();
    let named = named.map(|workload| type_and_name::parse(workload, args.name.as_deref())).transpose()?;
    let source = Source { given, named, from_file: args.filename.is_some() };
    let target = match &args.dump.from {
        Some(path) => {
            let given = source.given.as_slice();
            let dump = Dump::read_in_place(path)?;
            let mut snapshot = ClusterSnapshot::of_dump(&dump, given, &mut kinds, now)?;
            let namespace = connection.namespace.as_deref().unwrap_or("default");
            let manifest = match (source.given, source.named) {
                (Some(object), _) => of_object(object, &kinds, namespace),
                (None, Some((kind, name))) => {
                    let key = Key::new(&kind, namespace, &name);
                    let object = snapshot.existing.get(&key).cloned().ok_or_else(|| {
                        Error::new(format!("no {} `{name}` in namespace {namespace} of the dump", kind.kind))
                    })?;
                    Manifest::from_object(object, kind, namespace)
                }
                (None, None) => return Err(Error::usage("no workload given")),
            };
            let of_kind = |kind: &str| {
                let found = snapshot
                    .existing
                    .iter()
                    .filter(|(key, _)| key.kind.1 == kind && key.namespace == manifest.namespace);
                found.map(|(_, object)| object.clone()).collect::<Vec<_>>()
            };
            let autoscalers = of_kind("HorizontalPodAutoscaler");
            let pods = of_kind("Pod");
            let present = manifest.key().and_then(|key| snapshot.existing.get(&key));
            let terminating = terminating::from_dump(&pods, &manifest, present, snapshot.now);
            let has_sets = !snapshot.kinds_of_dump.is_without("ReplicaSet");
            let sets = present.map(|_| of_kind("ReplicaSet")).filter(|_| has_sets);
            snapshot.note_missing_accounts_of_dump(std::slice::from_ref(&manifest));
            let unchecked = snapshot.unchecked_by_dump(std::slice::from_ref(&manifest));
            let nodes = with_nodes.then(|| node_facts::of_dump(&dump)).transpose()?;
            ReadTarget { manifest, snapshot, autoscalers, terminating, sets, unchecked, nodes }
        }
        None => block_on(async {
            let client = Client::connect(connection, printer).await?;
            let _progress = printer.progress("reading the workload");
            let (target, nodes) = futures::try_join!(
                read_live(source, &kinds, now, &client),
                node_facts::of_cluster(&client, with_nodes)
            )?;
            Ok(ReadTarget { nodes, ..target })
        })?,
    };
    let ReadTarget { manifest, mut snapshot, mut autoscalers, terminating, sets, unchecked, nodes } = target;
    snapshot.require_namespace(&manifest.namespace)?;
    snapshot.remarks.iter().for_each(|remark| printer.warning(remark));
    for skipped in &snapshot.skipped {
        printer.warning(skipped.sentence());
    }
    for (namespace, resource) in &snapshot.without_orphans {
        printer.warning(format!(
            "can't list {resource} in namespace {namespace}: what the workload would adopt is taken to be created anew"
        ));
    }
    let manifest = match args.filename {
        Some(_) => snapshot.after_apply(&manifest).unwrap_or(manifest),
        None => manifest,
    };
    add_autoscalers(&mut autoscalers, given_autoscalers, &manifest.namespace);
    let manifest = with_min_replicas(&manifest, &autoscalers).unwrap_or(manifest);
    let present = manifest.key().and_then(|key| snapshot.existing.remove(&key));
    let is_new = present.is_none();
    let present = present.or_else(|| with_adopted(&manifest, snapshot.objects()));
    let sets = if is_new { Some(snapshot.of_kind(&replica_set_kind(), &manifest.namespace)) } else { sets };
    let simulator = snapshot.simulator();
    let sets = present.as_ref().zip(sets).filter(|_| is_deployment(&manifest));
    let sets = sets.map(|(present, sets)| ReplicaSets::from_objects(&manifest, present, &sets));
    let sets = sets.transpose().map_err(Error::new)?;
    let target = TargetWorkload {
        manifest,
        present,
        is_new,
        simulator,
        snapshot,
        autoscalers,
        terminating,
        replica_sets: sets,
        unchecked,
    };
    Ok((target.with_template_of_its_pods().note_missing_replica_sets(), nodes))
}

/// Reads the workload from a cluster. What does not depend on one another is asked for at once, since the server may be far
/// away.
async fn read_live(source: Source, kinds: &Kinds, now: i64, client: &Client) -> Result<ReadTarget> {
    let Source { given, named, from_file } = source;
    let in_namespace =
        |object: &DumpObject| of_object(DumpObject::clone(object), kinds, client.namespace()).namespace;
    let namespace = &given.as_ref().map_or_else(|| client.namespace().to_owned(), in_namespace);
    // What these need is known before the workload is.
    let lists = async { futures::join!(read_autoscalers(client, namespace), ReadInterceptors::read(client)) };
    let (manifest, surroundings, (autoscalers, interceptors)) = match (given, named) {
        (Some(object), _) => {
            let manifest = of_object(object, kinds, client.namespace());
            let (surroundings, lists) =
                futures::join!(Surroundings::read(client, &manifest, from_file, now), lists);
            (manifest, surroundings?, lists)
        }
        (None, Some((kind, name))) => {
            let path = kind.object_path(client.namespace(), &name);
            refuse_misfits(&path)?;
            let (object, lists) = futures::join!(client.get_json::<Value>(&path), lists);
            let manifest = Manifest::from_object(object?, kind, client.namespace());
            let surroundings = Surroundings::read(client, &manifest, from_file, now).await?;
            (manifest, surroundings, lists)
        }
        (None, None) => return Err(Error::usage("no workload given")),
    };
    let Surroundings { mut snapshot, terminating, sets } = surroundings;
    let unchecked = snapshot.unchecked(&interceptors?, std::slice::from_ref(&manifest));
    let (autoscalers, skipped) = autoscalers?;
    snapshot.skipped.extend(skipped.filter(|_| is_scalable(&manifest.kind)));
    let autoscalers = autoscalers.unwrap_or_default();
    Ok(ReadTarget { manifest, snapshot, autoscalers, terminating, sets, unchecked, nodes: None })
}

/// What is read once the workload is known.
struct Surroundings {
    snapshot: ClusterSnapshot,
    terminating: Vec<Object>,
    sets: Option<Vec<Value>>,
}

impl Surroundings {
    async fn read(client: &Client, manifest: &Manifest, from_file: bool, now: i64) -> Result<Self> {
        let namespace = &manifest.namespace;
        let spec = &template(&manifest.kind.kind, &manifest.value)["spec"];
        let has_volumes = ephemeral_volumes(spec).next().is_some();
        let wants_claims = has_volumes || !manifest.value["spec"]["volumeClaimTemplates"].is_null();
        let list = async |kind: Kind, is_wanted: bool| match is_wanted {
            true => listed(client, &kind, namespace).await,
            false => Ok((Vec::new(), Vec::new())),
        };
        let request = SnapshotRequest {
            orphans: from_file,
            ..SnapshotRequest::for_manifests(std::slice::from_ref(manifest), now)
        };
        let early = async {
            // The manifest of a named workload is the workload itself.
            match from_file {
                false => of_rollout(client, manifest, Some(&manifest.value), from_file).await.map(Some),
                true => Ok(None),
            }
        };
        let (snapshot, claims, pods, early) = futures::join!(
            ClusterSnapshot::read(client, &request),
            // Scaled up, a StatefulSet uses claims of earlier pods, whatever their ordinals.
            list(claim_templates::claim_kind(), wants_claims),
            list(kind_of("", "Pod", "pods"), has_volumes),
            early
        );
        let ((claims, of_claims), (pods, of_pods)) = (claims?, pods?);
        let mut snapshot = snapshot?;
        snapshot.add_existing(&claim_templates::claim_kind(), claims);
        snapshot.add_existing(&kind_of("", "Pod", "pods"), pods);
        snapshot.skipped.extend(of_claims.into_iter().chain(of_pods));
        let (terminating, sets, skipped) = match early? {
            Some(found) => found,
            None => of_rollout(client, manifest, snapshot.existing_of(manifest), from_file).await?,
        };
        // Pods may be listed for two reasons.
        let is_new = |one: &Skipped, known: &[Skipped]| !known.contains(one);
        let skipped: Vec<_> = skipped.into_iter().filter(|one| is_new(one, &snapshot.skipped)).collect();
        snapshot.skipped.extend(skipped);
        Ok(Self { snapshot, terminating, sets })
    }
}

/// Lists the objects of a kind, or says that it is forbidden.
async fn listed(client: &Client, kind: &Kind, namespace: &str) -> Result<(Vec<Value>, Vec<Skipped>)> {
    let mut skipped = Vec::new();
    let found = dynamic_list::objects(client, kind, namespace, &ListOptions::default()).await;
    let found = unless_forbidden(found, &mut skipped, "list", &kind.resource(), namespace)?;
    Ok((found.unwrap_or_default(), skipped))
}

/// Reads the terminating pods of a workload and the ReplicaSets of a Deployment, with what could not be read.
async fn of_rollout(
    client: &Client,
    manifest: &Manifest,
    present: Option<&Value>,
    from_file: bool,
) -> Result<(Vec<Object>, Option<Vec<Value>>, Vec<Skipped>)> {
    // A manifest may return to a template that has a ReplicaSet already.
    let lists_sets =
        |present: &&Value| is_deployment(manifest) && (from_file || needs_replica_sets(manifest, present));
    let mut skipped = Vec::new();
    let sets = async {
        let Some(label_selector) = present.filter(lists_sets).map(terminating::selector) else {
            return Ok(None);
        };
        let options = ListOptions { label_selector, ..ListOptions::default() };
        let (kind, namespace) = (replica_set_kind(), &manifest.namespace);
        let found = dynamic_list::objects(client, &kind, namespace, &options).await;
        unless_forbidden(found, &mut skipped, "list", &kind.resource(), namespace)
    };
    let (pods, sets) = futures::join!(terminating::read(client, manifest, present), sets);
    let ((pods, of_pods), sets) = (pods?, sets?);
    skipped.extend(of_pods);
    Ok((pods, sets, skipped))
}

/// Adds the HorizontalPodAutoscalers of a manifest, each in place of the existing one of its name.
fn add_autoscalers(existing: &mut Vec<Value>, given: Vec<Value>, namespace: &str) {
    for autoscaler in given {
        let metadata = &autoscaler["metadata"];
        if metadata["namespace"].as_str().is_none_or(|own| own == namespace) {
            existing.retain(|one| one["metadata"]["name"] != metadata["name"]);
            existing.push(autoscaler);
        }
    }
}

/// Reads the only workload of a manifest, and the HorizontalPodAutoscalers beside it.
fn workload_of(path: &std::path::Path, namespace: Option<&str>) -> Result<(DumpObject, Vec<Value>)> {
    let objects = Dump::read(path)?.objects()?;
    let kinds = Kinds::default();
    refuse_other_namespaces(&objects, &kinds, namespace)?;
    let is_autoscaler = |one: &DumpObject| one.object["kind"] == "HorizontalPodAutoscaler";
    let (autoscalers, objects): (Vec<_>, Vec<_>) = objects.into_iter().partition(is_autoscaler);
    let autoscalers = autoscalers.into_iter().map(|one| one.object).collect();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut workloads = objects.into_iter().filter(|one| {
        let kind = kinds.find_or_guess(&text(&one.object["apiVersion"]), &text(&one.object["kind"]));
        kind.pod_spec_path().is_some() || kind.is("", "Pod")
    });
    match (workloads.next(), workloads.next()) {
        (Some(only), None) => Ok((only, autoscalers)),
        (None, _) => Err(Error::usage(format!("no workload in {}", path.display()))),
        (Some(_), Some(_)) => Err(Error::usage(format!("several workloads in {}", path.display()))
            .with_hint(
                "give one at a time, or use `kubectl quota check`, which checks all of them together",
            )),
    }
}

fn of_object(object: DumpObject, kinds: &Kinds, namespace: &str) -> Manifest {
    let text = |field: &str| object.object[field].as_str().unwrap_or_default().to_owned();
    let kind = kinds.find_or_guess(&text("apiVersion"), &text("kind"));
    Manifest::from_file(object, kind, namespace)
}
