//! The workload that a command is about, with everything that decides about its pods.

use serde_json::Value;
use shared::{
    Error, Result,
    admission::{
        object::Object,
        read_object::{new_object, template_pod},
        simulator::Simulator,
    },
    cli::{ConnectionFlags, block_on, clock},
    client::{Client, ListOptions, dynamic_list, incomplete::unless_forbidden},
    dump::{Dump, DumpObject},
    manifest::{Key, Manifest, changed::differs, kinds::Kinds},
    model::kind::{Kind, kind_of, replica_set_kind},
    output::Printer,
    snapshot::{ClusterSnapshot, SnapshotRequest, terminating},
    workload::{
        PodCounts, ReplicaSets,
        autoscaler::{autoscaler_kind, with_min_replicas},
        child, claim_templates, is_paused, is_rolled_out,
        pod_claims::ephemeral_volumes,
        template,
    },
};

use super::{args::CapacityArgs, resume::command_to_resume, type_and_name};

/// Workload with everything that decides about its pods.
#[derive(Debug)]
pub struct TargetWorkload {
    /// The workload as it will be.
    pub manifest: Manifest,
    /// The workload in the cluster, if it exists.
    pub present: Option<Value>,
    /// The quotas and LimitRanges of its namespace.
    pub simulator: Simulator,
    /// Everything else that was read.
    pub snapshot: ClusterSnapshot,
    /// The HorizontalPodAutoscalers of its namespace.
    pub autoscalers: Vec<Value>,
    /// Its terminating pods, which count until they are gone.
    pub terminating: Vec<Object>,
    /// The ReplicaSets of a Deployment, where they are needed and could be read.
    pub replica_sets: Option<ReplicaSets>,
}

impl TargetWorkload {
    /// Returns whether it is a paused Deployment.
    pub fn is_paused(&self) -> bool {
        is_paused(&self.manifest.kind.kind, &self.manifest.value)
    }

    /// Returns the command that resumes its rollout.
    pub fn command_to_resume(&self) -> String {
        command_to_resume(&self.manifest.namespace, &self.manifest.name)
    }

    /// Returns its ReplicaSets if a rollout is in progress, or will be once it is resumed.
    pub fn rollout_in_progress(&self) -> Option<&ReplicaSets> {
        self.replica_sets.as_ref().filter(|sets| !sets.is_rolled_out())
    }

    /// Returns the number of pods of earlier templates and of the latest. All are of earlier templates unless a rollout
    /// is in progress.
    pub fn pod_counts(&self) -> PodCounts {
        match self.rollout_in_progress() {
            Some(sets) => PodCounts { old: sets.old_pods(), new: sets.new_pods() },
            None => PodCounts { old: self.pods(), new: 0 },
        }
    }

    /// Returns the number of its pods.
    pub fn pods(&self) -> usize {
        let status = self.present.as_ref().map(|present| &present["status"]);
        let count = status.and_then(|status| {
            ["replicas", "currentNumberScheduled", "active"].iter().find_map(|field| status[*field].as_u64())
        });
        count.and_then(|count| usize::try_from(count).ok()).unwrap_or(0)
    }

    /// Returns the objects that have to be created before its next pod: the workload itself where it does not exist yet, and
    /// what its controller creates between it and its pods.
    pub fn objects_before_pods(&self) -> Vec<Object> {
        let Manifest { kind, namespace, name, value, .. } = &self.manifest;
        let itself = new_object(kind, namespace, name, value).ok().filter(|_| self.present.is_none());
        let lacks_child = match &self.present {
            None => true,
            Some(_) if kind.kind == "CronJob" => true,
            Some(present) => match &self.replica_sets {
                Some(sets) => sets.new.is_none(),
                None => differs(template(&kind.kind, value), template(&kind.kind, present)),
            },
        };
        itself.into_iter().chain(child(&self.manifest).filter(|_| lacks_child)).collect()
    }

    /// Returns the number of its pods that wait for claims of generic ephemeral volumes, as far as the pods were read.
    pub fn pods_without_claims(&self) -> usize {
        let Some(present) = &self.present else { return 0 };
        let spec = &template(&self.manifest.kind.kind, present)["spec"];
        let volumes: Vec<_> = ephemeral_volumes(spec).map(|(name, _)| name).collect();
        if volumes.is_empty() {
            return 0;
        }
        let (namespace, claim_kind) = (&self.manifest.namespace, claim_templates::claim_kind());
        let lacks_claim = |pod: &str| {
            let exists = |volume: &&str| {
                let key = Key::new(&claim_kind, namespace, &format!("{pod}-{volume}"));
                self.snapshot.existing.contains_key(&key)
            };
            !volumes.iter().all(exists)
        };
        let first = Key::new(&kind_of("", "Pod", "pods"), namespace, "");
        let pods = self.snapshot.existing.range(&first..);
        let of_namespace =
            pods.take_while(|(key, _)| key.kind == first.kind && key.namespace == first.namespace);
        let own = of_namespace.filter(|(_, pod)| terminating::is_pod_of(pod, present) && counts(pod));
        own.filter(|(key, _)| lacks_claim(&key.name)).count()
    }

    /// Releases what its pods are charged.
    pub fn release_pods(&self, simulator: &mut Simulator) {
        let Manifest { kind, namespace, name, .. } = &self.manifest;
        let present = self.present.as_ref().unwrap_or(&self.manifest.value);
        let Ok(facts) = template_pod(kind, template(&kind.kind, present)) else { return };
        let pod = simulator.filled_in(Object::pod(namespace, name, facts));
        simulator.release_all(&pod, u64::try_from(self.pods()).unwrap_or(u64::MAX));
    }

    /// Returns whether everything that decides could be read.
    pub fn is_complete(&self) -> bool {
        let namespace = &self.manifest.namespace;
        !self.snapshot.without_quotas.contains(namespace)
            && !self.snapshot.without_limit_ranges.contains(namespace)
            && (self.replica_sets.is_some()
                || !self.present.as_ref().is_some_and(|present| needs_replica_sets(&self.manifest, present)))
    }
}

/// Returns whether a controller counts a pod.
fn counts(pod: &Value) -> bool {
    pod["metadata"]["deletionTimestamp"].is_null()
        && !matches!(pod["status"]["phase"].as_str(), Some("Succeeded" | "Failed"))
}

fn is_deployment(manifest: &Manifest) -> bool {
    manifest.kind.is("apps", "Deployment")
}

/// Returns whether the state of the workload's rollout is known only from its ReplicaSets.
pub fn needs_replica_sets(manifest: &Manifest, present: &Value) -> bool {
    is_deployment(manifest) && !is_rolled_out(present)
}

/// Reads the workload and everything that decides about its pods.
///
/// # Errors
/// No such workload, several in the manifest, and errors in reading the cluster or the dump.
pub fn read(
    args: &CapacityArgs,
    connection: &ConnectionFlags,
    printer: &mut Printer,
) -> Result<TargetWorkload> {
    let now = clock::now();
    let mut kinds = Kinds::default();
    args.dump.require_one_stdin(&args.filename)?;
    let (given, given_autoscalers) = match &args.filename {
        Some(path) => workload_of(path).map(|(workload, autoscalers)| (Some(workload), autoscalers))?,
        None => (None, Vec::new()),
    };
    let named = args.workload.as_deref();
    let named = named.map(|workload| type_and_name::parse(workload, args.name.as_deref())).transpose()?;
    let target = match &args.dump.from {
        Some(path) => {
            let snapshot = ClusterSnapshot::from_dump(path, &mut kinds, now)?;
            let namespace = connection.namespace.as_deref().unwrap_or("default");
            let manifest = match (given, named) {
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
            let terminating = terminating::from_dump(&pods, &manifest, present, now);
            let sets = present.map(|_| of_kind("ReplicaSet")).filter(|sets| !sets.is_empty());
            (manifest, snapshot, autoscalers, terminating, sets)
        }
        None => block_on(async {
            let client = Client::connect(connection, printer).await?;
            let progress = printer.progress("reading the workload");
            let manifest = match (given, named) {
                (Some(object), _) => of_object(object, &kinds, client.namespace()),
                (None, Some((kind, name))) => {
                    let path = kind.object_path(client.namespace(), &name);
                    let object = client.get_json::<Value>(&path).await?;
                    Manifest::from_object(object, kind, client.namespace())
                }
                (None, None) => return Err(Error::usage("no workload given")),
            };
            let mut snapshot = {
                let request = SnapshotRequest::for_manifests(std::slice::from_ref(&manifest), now);
                ClusterSnapshot::read(&client, &request).await?
            };
            let list = async |kind: Kind| {
                let namespace = &manifest.namespace;
                let found = dynamic_list::objects(&client, &kind, namespace, &ListOptions::default()).await;
                unless_forbidden(found, &mut Vec::new(), "list", &kind.resource(), namespace)
            };
            // Scaled up, a StatefulSet uses claims of earlier pods, whatever their ordinals.
            if !manifest.value["spec"]["volumeClaimTemplates"].is_null() {
                let claims = list(claim_templates::claim_kind()).await?.unwrap_or_default();
                snapshot.add_existing(&claim_templates::claim_kind(), claims);
            }
            let autoscalers = list(autoscaler_kind()).await?.unwrap_or_default();
            let spec = &template(&manifest.kind.kind, &manifest.value)["spec"];
            if ephemeral_volumes(spec).next().is_some() {
                for kind in [claim_templates::claim_kind(), kind_of("", "Pod", "pods")] {
                    snapshot.read_all(&client, &kind, &manifest.namespace).await?;
                }
            }
            let present = manifest.key().and_then(|key| snapshot.existing.get(&key));
            let terminating = terminating::read(&client, &manifest, present, now).await?;
            // A manifest may return to a template that has a ReplicaSet already.
            let lists_replica_sets = |present: &&Value| {
                is_deployment(&manifest)
                    && (args.filename.is_some() || needs_replica_sets(&manifest, present))
            };
            let sets = match present.filter(lists_replica_sets).map(terminating::selector) {
                Some(label_selector) => {
                    let options = ListOptions { label_selector, ..ListOptions::default() };
                    let kind = replica_set_kind();
                    let found = dynamic_list::objects(&client, &kind, &manifest.namespace, &options).await;
                    unless_forbidden(
                        found,
                        &mut snapshot.skipped,
                        "list",
                        &kind.resource(),
                        &manifest.namespace,
                    )?
                }
                None => None,
            };
            drop(progress);
            Ok((manifest, snapshot, autoscalers, terminating, sets))
        })?,
    };
    target.1.require_namespace(&target.0.namespace)?;
    let (manifest, mut snapshot, mut autoscalers, terminating, sets) = target;
    for skipped in &snapshot.skipped {
        printer.warning(skipped.sentence());
    }
    let manifest = match args.filename {
        Some(_) => snapshot.after_apply(&manifest).unwrap_or(manifest),
        None => manifest,
    };
    add_autoscalers(&mut autoscalers, given_autoscalers, &manifest.namespace);
    let manifest = with_min_replicas(&manifest, &autoscalers).unwrap_or(manifest);
    let present = manifest.key().and_then(|key| snapshot.existing.remove(&key));
    let simulator = snapshot.simulator();
    let sets = present.as_ref().zip(sets).filter(|_| is_deployment(&manifest));
    let sets = sets.map(|(present, sets)| ReplicaSets::from_objects(&manifest, present, &sets));
    let sets = sets.transpose().map_err(Error::new)?;
    Ok(TargetWorkload {
        manifest,
        present,
        simulator,
        snapshot,
        autoscalers,
        terminating,
        replica_sets: sets,
    })
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
fn workload_of(path: &std::path::Path) -> Result<(DumpObject, Vec<Value>)> {
    let objects = Dump::read(path)?.objects()?;
    let is_autoscaler = |one: &DumpObject| one.object["kind"] == "HorizontalPodAutoscaler";
    let (autoscalers, objects): (Vec<_>, Vec<_>) = objects.into_iter().partition(is_autoscaler);
    let autoscalers = autoscalers.into_iter().map(|one| one.object).collect();
    let kinds = Kinds::default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut workloads = objects.into_iter().filter(|one| {
        let kind = kinds.find_or_guess(&text(&one.object["apiVersion"]), &text(&one.object["kind"]));
        kind.pod_spec_path().is_some()
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
