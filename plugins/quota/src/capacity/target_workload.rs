//! The workload that a command is about, with everything that decides about its pods.

use serde_json::Value;
use shared::{
    Error, Result,
    admission::{object::Object, read_object::template_pod, simulator::Simulator},
    cli::{ConnectionFlags, block_on, clock},
    client::{Client, ListOptions, dynamic_list, incomplete::unless_forbidden},
    dump::{Dump, DumpObject},
    manifest::{Key, Manifest, kinds::Kinds},
    model::kind::{Kind, replica_set_kind},
    output::Printer,
    snapshot::{ClusterSnapshot, SnapshotRequest, terminating},
    workload::{
        PodCounts, ReplicaSets, autoscaler::autoscaler_kind, claim_templates, is_paused, is_rolled_out,
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
    /// The names of the PersistentVolumeClaims of its namespace.
    pub claims: Vec<String>,
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

    /// Releases what its pods are charged.
    pub fn release_pods(&self, simulator: &mut Simulator) {
        let Manifest { kind, namespace, name, .. } = &self.manifest;
        let present = self.present.as_ref().unwrap_or(&self.manifest.value);
        let Ok(facts) = template_pod(kind, template(&kind.kind, present)) else { return };
        let pod = simulator.filled_in(Object::pod(namespace, name, facts));
        (0..self.pods()).for_each(|_| simulator.release(&pod));
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
    let given = args.filename.as_ref().map(|path| workload_of(path)).transpose()?;
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
            let (claims, autoscalers) =
                (of_kind("PersistentVolumeClaim"), of_kind("HorizontalPodAutoscaler"));
            let pods = of_kind("Pod");
            let present = manifest.key().and_then(|key| snapshot.existing.get(&key));
            let terminating = terminating::from_dump(&pods, &manifest, present, now);
            let sets = present.map(|_| of_kind("ReplicaSet")).filter(|sets| !sets.is_empty());
            (manifest, snapshot, claims, autoscalers, terminating, sets)
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
            let claims = list(claim_templates::claim_kind()).await?.unwrap_or_default();
            let autoscalers = list(autoscaler_kind()).await?.unwrap_or_default();
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
            Ok((manifest, snapshot, claims, autoscalers, terminating, sets))
        })?,
    };
    target.1.require_namespace(&target.0.namespace)?;
    let (manifest, mut snapshot, claims, autoscalers, terminating, sets) = target;
    for skipped in &snapshot.skipped {
        printer.warning(skipped.sentence());
    }
    let manifest = match args.filename {
        Some(_) => snapshot.after_apply(&manifest).unwrap_or(manifest),
        None => manifest,
    };
    let present = manifest.key().and_then(|key| snapshot.existing.remove(&key));
    let simulator = snapshot.simulator();
    let name = |claim: &Value| claim["metadata"]["name"].as_str().unwrap_or_default().to_owned();
    let claims = claims.iter().map(name).collect();
    let sets = present.as_ref().zip(sets).filter(|_| is_deployment(&manifest));
    let sets = sets.map(|(present, sets)| ReplicaSets::from_objects(&manifest, present, &sets));
    let sets = sets.transpose().map_err(Error::new)?;
    Ok(TargetWorkload {
        manifest,
        present,
        simulator,
        snapshot,
        claims,
        autoscalers,
        terminating,
        replica_sets: sets,
    })
}

/// Reads the only workload of a manifest.
fn workload_of(path: &std::path::Path) -> Result<DumpObject> {
    let objects = Dump::read(path)?.objects()?;
    let kinds = Kinds::default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut workloads = objects.into_iter().filter(|one| {
        let kind = kinds.find_or_guess(&text(&one.object["apiVersion"]), &text(&one.object["kind"]));
        kind.pod_spec_path().is_some()
    });
    match (workloads.next(), workloads.next()) {
        (Some(only), None) => Ok(only),
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
