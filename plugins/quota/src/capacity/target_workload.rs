//! The workload in question, with the cluster's side.

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

use super::{options::CapacityArgs, resume::command_to_resume, type_and_name};

/// A workload to be looked at.
#[derive(Debug)]
pub struct Subject {
    /// The workload as it is to be.
    pub manifest: Manifest,
    /// The workload as it is.
    pub present: Option<Value>,
    /// Quotas and rules of its namespace.
    pub simulator: Simulator,
    /// The rest of the cluster's side.
    pub snapshot: ClusterSnapshot,
    /// The claims of its namespace, by name.
    pub claims: Vec<String>,
    /// The HorizontalPodAutoscalers of its namespace.
    pub autoscalers: Vec<Value>,
    /// Pods of it that are on their way out, and count until they are gone.
    pub terminating: Vec<Object>,
    /// The ReplicaSets of a Deployment, where they matter and could be read.
    pub sets: Option<ReplicaSets>,
}

impl Subject {
    /// Whether it is a Deployment of which nothing is rolled out.
    pub fn is_paused(&self) -> bool {
        is_paused(&self.manifest.kind.kind, &self.manifest.value)
    }

    /// How to let it roll on.
    pub fn command_to_resume(&self) -> String {
        command_to_resume(&self.manifest.namespace, &self.manifest.name)
    }

    /// Its ReplicaSets, if it is in the middle of a rollout, or will be once it is resumed.
    pub fn under_way(&self) -> Option<&ReplicaSets> {
        self.sets.as_ref().filter(|sets| !sets.is_rolled_out())
    }

    /// Pods of earlier templates and of the one as it is to be, which it has in the middle of a rollout; all are of
    /// earlier ones where one is only about to begin.
    pub fn stands(&self) -> PodCounts {
        match self.under_way() {
            Some(sets) => PodCounts { old: sets.old_pods(), new: sets.new_pods() },
            None => PodCounts { old: self.pods(), new: 0 },
        }
    }

    /// How many pods of it there are.
    pub fn pods(&self) -> usize {
        let status = self.present.as_ref().map(|present| &present["status"]);
        let count = status.and_then(|status| {
            ["replicas", "currentNumberScheduled", "active"].iter().find_map(|field| status[*field].as_u64())
        });
        count.and_then(|count| usize::try_from(count).ok()).unwrap_or(0)
    }

    /// Gives back what its pods are charged.
    pub fn release_pods(&self, simulator: &mut Simulator) {
        let Manifest { kind, namespace, name, .. } = &self.manifest;
        let present = self.present.as_ref().unwrap_or(&self.manifest.value);
        let Ok(facts) = template_pod(kind, template(&kind.kind, present)) else { return };
        let pod = simulator.filled_in(Object::pod(namespace, name, facts));
        (0..self.pods()).for_each(|_| simulator.release(&pod));
    }

    /// Whether what decides could be read.
    pub fn is_complete(&self) -> bool {
        let namespace = &self.manifest.namespace;
        !self.snapshot.without_quotas.contains(namespace)
            && !self.snapshot.without_limit_ranges.contains(namespace)
            && (self.sets.is_some()
                || !self.present.as_ref().is_some_and(|it| needs_sets(&self.manifest, it)))
    }
}

fn is_deployment(manifest: &Manifest) -> bool {
    manifest.kind.is("apps", "Deployment")
}

/// Whether only its ReplicaSets tell where a workload stands.
pub fn needs_sets(manifest: &Manifest, present: &Value) -> bool {
    is_deployment(manifest) && !is_rolled_out(present)
}

/// Reads the workload and what decides about its pods.
///
/// # Errors
/// No such workload, several in the manifest, and whatever keeps the cluster or the dump from being read.
pub fn read(args: &CapacityArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<Subject> {
    let now = clock::now();
    let mut kinds = Kinds::default();
    let given = args.filename.as_ref().map(|path| workload_of(path)).transpose()?;
    let named = args.workload.as_deref();
    let named = named.map(|workload| type_and_name::parse(workload, args.name.as_deref())).transpose()?;
    let subject = match &args.from {
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
                (None, None) => return Err(Error::usage("no workload is named")),
            };
            let of_kind = |kind: &str| {
                let inside = snapshot
                    .existing
                    .iter()
                    .filter(|(key, _)| key.kind.1 == kind && key.namespace == manifest.namespace);
                inside.map(|(_, object)| object.clone()).collect::<Vec<_>>()
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
                (None, None) => return Err(Error::usage("no workload is named")),
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
            // A manifest may bring back a template that there is a ReplicaSet of.
            let wants_sets = |present: &&Value| {
                is_deployment(&manifest) && (args.filename.is_some() || needs_sets(&manifest, present))
            };
            let sets = match present.filter(wants_sets).map(terminating::selector) {
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
    let (manifest, mut snapshot, claims, autoscalers, terminating, sets) = subject;
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
    Ok(Subject { manifest, present, simulator, snapshot, claims, autoscalers, terminating, sets })
}

/// The one workload of a manifest.
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
            .with_hint("give one at a time, or use `kubectl quota check`, which charges them all")),
    }
}

fn of_object(object: DumpObject, kinds: &Kinds, namespace: &str) -> Manifest {
    let text = |field: &str| object.object[field].as_str().unwrap_or_default().to_owned();
    let kind = kinds.find_or_guess(&text("apiVersion"), &text("kind"));
    Manifest::from_file(object, kind, namespace)
}
