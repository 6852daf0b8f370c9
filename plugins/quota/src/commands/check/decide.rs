//! Decides the verdict on each object in the order of the manifests, each after those before it were charged.

use serde_json::Value;
use shared::{
    admission::{Refusal, read_object::unreadable, server_verdict::PodVerdict, simulator::Simulator},
    manifest::{Manifest, changed::differs, json::text, kinds::Kinds, schema},
    model::kind::replica_set_kind,
    snapshot::ClusterSnapshot,
    workload::{
        adoption::adopted_kind,
        autoscaler::{autoscaler_kind, with_min_replicas},
        child_kind, create_pods, looks_like_a_workload,
        pod_claims::device_claim_template_kind,
        replica_sets_decide, template,
    },
};

use super::{
    dry_run::{DryRun, ServerVerdict},
    evaluate::{ORDER_DEPENDENT, evaluate},
    row::{Row, Verdict},
};

/// Returns the verdict on each manifest: those of autoscalers that are refused scale nothing. `dry_runs` and the order are
/// as of [`decide_with`].
pub fn decide(manifests: &[Manifest], snapshot: &mut ClusterSnapshot, dry_runs: &[DryRun]) -> Vec<Row> {
    let kind = autoscaler_kind();
    let is_autoscaler = |manifest: &Manifest| manifest.kind.is(&kind.group, &kind.kind);
    if !manifests.iter().any(is_autoscaler) {
        return decide_with(manifests, snapshot, dry_runs, &[]);
    }
    let mut trial = snapshot.clone();
    let rows = decide_with(manifests, &mut trial, dry_runs, &[]);
    let refused = |(index, row): (usize, &Row)| {
        let manifest = manifests.get(index).filter(|manifest| is_autoscaler(manifest));
        manifest.filter(|_| row.verdict == Verdict::Refused).map(|_| index)
    };
    let refused: Vec<usize> = rows.iter().enumerate().filter_map(refused).collect();
    if refused.is_empty() {
        *snapshot = trial;
        return rows;
    }
    decide_with(manifests, snapshot, dry_runs, &refused)
}

/// Returns the verdict on each manifest. `refused` are the autoscalers that will be refused, `dry_runs` are the server's answers in the order of the manifests; empty without
/// `--ask-server`.
fn decide_with(
    manifests: &[Manifest],
    snapshot: &mut ClusterSnapshot,
    dry_runs: &[DryRun],
    refused: &[usize],
) -> Vec<Row> {
    let mut simulator = snapshot.simulator();
    let mut rows = Vec::new();
    snapshot.add_pending_quotas(manifests, &mut simulator);
    add_claim_templates(manifests, snapshot);
    let autoscalers = autoscalers(manifests, refused, snapshot);
    let mut cron_jobs = Vec::new();
    for (index, manifest) in manifests.iter().enumerate() {
        let server_verdict =
            dry_runs.get(index).map(|dry_run| ServerVerdict::of(dry_run, manifest, &manifests[..index]));
        let resize = snapshot.resize_of(manifest);
        let mut merged = match &resize {
            Some(resize) => Some(resize.pod.clone()),
            None => snapshot.after_apply(manifest),
        };
        // A server that was asked has looked at the object itself.
        let refusal = if dry_runs.is_empty() { refusal_before_admission(manifest, snapshot) } else { None };
        let mut server_verdict = server_verdict.unwrap_or_default();
        if let Some(value) = server_verdict.object.take() {
            merged = Some(Manifest { value, ..manifest.clone() });
        }
        let manifest = merged.as_ref().unwrap_or(manifest);
        let of_namespace = autoscalers.iter().filter(|(namespace, _)| *namespace == manifest.namespace);
        let raised = with_min_replicas(manifest, of_namespace.map(|(_, autoscaler)| autoscaler));
        let manifest = raised.as_ref().unwrap_or(manifest);
        let mut row = match refusal {
            Some(refusal) => refused_row(manifest, refusal, snapshot, &simulator),
            None => {
                let later = manifests.get(index..).unwrap_or_default();
                let awaited = take_awaited_accounts(manifest, later, &mut simulator);
                let row =
                    evaluate_as_row(manifest, resize.is_some(), server_verdict, snapshot, &mut simulator);
                if let Some(rules) = simulator.namespaces.get_mut(&manifest.namespace) {
                    rules.missing_service_accounts.extend(awaited);
                }
                row
            }
        };
        if std::mem::take(&mut simulator.order_dependent) && row.verdict == Verdict::Admitted {
            row.warnings.push(format!("{ORDER_DEPENDENT}; what is charged depends on it"));
        }
        if row.verdict == Verdict::Admitted && resize.as_ref().is_some_and(|resize| resize.loses) {
            row.warnings.push(
                "a resize changes resources only: what else the manifest changes stays as it is".to_owned(),
            );
        }
        note_unreadable(&mut row, manifest, snapshot);
        note_orphans(&mut row, manifest, snapshot);
        note_children(&mut row, manifest, snapshot);
        if row.verdict != Verdict::Refused {
            snapshot.activate(manifest, &mut simulator);
        }
        if let Some(key) = manifest.key() {
            // A later manifest of the same name updates this object. A refused workload exists, with the pods it got.
            let exists = row.verdict != Verdict::Refused || row.pods.is_some_and(|pods| pods.wanted > 0);
            if exists {
                // Once it is rolled out, its status tells all of its pods, and the ReplicaSets are those of before.
                let is_changed = snapshot.existing.get(&key).is_some_and(|before| {
                    let kind = &manifest.kind.kind;
                    differs(template(kind, &manifest.value), template(kind, before))
                });
                if is_changed && row.verdict == Verdict::Admitted {
                    snapshot.forget_replica_sets(manifest);
                }
                let mut value = manifest.value.clone();
                if let Some(pod_counts) = row.pod_counts {
                    pod_counts.write(&manifest.kind.kind, &mut value);
                }
                snapshot.existing.insert(key, value);
            }
        }
        if manifest.kind.is("batch", "CronJob") && row.verdict == Verdict::Admitted {
            cron_jobs.push((rows.len(), manifest.clone()));
        }
        rows.push(row);
    }
    for (index, cron_job) in cron_jobs {
        if let Some(row) = rows.get_mut(index) {
            row.warnings.extend(next_run_warning(&cron_job, snapshot, &simulator));
        }
    }
    rows
}

/// Returns the warning that the next Job of a CronJob, which fits by itself, does not fit beside all other manifests.
fn next_run_warning(
    cron_job: &Manifest,
    snapshot: &ClusterSnapshot,
    simulator: &Simulator,
) -> Option<String> {
    let (objects, verdict) = (snapshot.objects(), PodVerdict::default());
    let creation = create_pods(cron_job, None, objects, &mut simulator.clone(), verdict).ok()?;
    let refusal = creation.refusals.first()?;
    Some(format!(
        "its schedule creates a Job only later; beside everything in these manifests it would be refused: {}",
        refusal.message
    ))
}

/// Adds the ResourceClaimTemplates of the manifests to the existing objects: wherever one stands, pods wait for it.
fn add_claim_templates(manifests: &[Manifest], snapshot: &mut ClusterSnapshot) {
    let kind = device_claim_template_kind();
    for manifest in manifests.iter().filter(|manifest| manifest.kind.is(&kind.group, &kind.kind)) {
        if let Some(key) = manifest.key() {
            snapshot.existing.entry(key).or_insert_with(|| manifest.value.clone());
        }
    }
}

/// Returns the HorizontalPodAutoscalers of the manifests, and the existing ones that were read, with their namespaces.
fn autoscalers(
    manifests: &[Manifest],
    refused: &[usize],
    snapshot: &ClusterSnapshot,
) -> Vec<(String, Value)> {
    let kind = autoscaler_kind();
    let is_autoscaler = |group: &str, name: &str| group == kind.group && name == kind.kind;
    let given: Vec<_> =
        manifests.iter().filter(|one| is_autoscaler(&one.kind.group, &one.kind.kind)).collect();
    let existing = snapshot.existing.iter().filter(|(key, _)| {
        is_autoscaler(&key.kind.0, &key.kind.1)
            && !given.iter().any(|one| one.namespace == key.namespace && one.name == key.name)
    });
    let existing: Vec<_> = existing.map(|(key, object)| (key.namespace.clone(), object.clone())).collect();
    let admitted = manifests
        .iter()
        .enumerate()
        .filter(|(index, one)| is_autoscaler(&one.kind.group, &one.kind.kind) && !refused.contains(index));
    let admitted = admitted.map(|(_, one)| (one.namespace.clone(), one.value.clone()));
    admitted.chain(existing).collect()
}

/// Takes out the missing ServiceAccounts that later manifests create, and returns them: the controller of a workload retries
/// until they exist, while a pod is created once.
fn take_awaited_accounts(manifest: &Manifest, later: &[Manifest], simulator: &mut Simulator) -> Vec<String> {
    let rules = simulator.namespaces.get_mut(&manifest.namespace);
    let Some(rules) = rules.filter(|_| !manifest.kind.is("", "Pod")) else { return Vec::new() };
    let missing = &mut rules.missing_service_accounts;
    if missing.is_empty() {
        return Vec::new();
    }
    let accounts =
        later.iter().filter(|one| one.kind.is("", "ServiceAccount") && one.namespace == manifest.namespace);
    accounts.filter_map(|one| missing.take(&one.name)).collect()
}

/// Returns the refusal of an object that does not get as far as admission: its kind is not served, it can't be decoded,
/// or it has no namespace to be created in.
fn refusal_before_admission(manifest: &Manifest, snapshot: &ClusterSnapshot) -> Option<Refusal> {
    let Manifest { kind, namespace, .. } = manifest;
    if snapshot.served.lacks(manifest) {
        let version = text(&manifest.value["apiVersion"]);
        let message = format!("no matches for kind \"{}\" in version \"{version}\"", kind.kind);
        return Some(Refusal::validation(message));
    }
    if let Some(why) = snapshot.served.decoding_error(manifest) {
        return Some(Refusal::validation(unreadable(kind, &why)));
    }
    if snapshot.existing_of(manifest).is_some() {
        return None;
    }
    let message = snapshot.namespace_refusal(manifest)?;
    Some(Refusal::namespace(namespace, message))
}

/// Returns the row of an object that is refused before admission. Where only its version is gone, its pods are judged all
/// the same, as those of the version that is served today.
fn refused_row(
    manifest: &Manifest,
    refusal: Refusal,
    snapshot: &ClusterSnapshot,
    simulator: &Simulator,
) -> Row {
    let version = text(&manifest.value["apiVersion"]);
    let successor = match snapshot.served.lacks(manifest) {
        true => schema::successor(version, &manifest.kind.kind),
        false => None,
    };
    let Some(successor) = successor else {
        let mut row = empty_row(manifest, snapshot);
        row.refuse(refusal);
        return row;
    };
    let mut manifest = manifest.clone();
    manifest.kind = Kinds::default().find_or_guess(successor, &manifest.kind.kind);
    manifest.value["apiVersion"] = Value::from(successor);
    // Nothing is charged for an object that is refused.
    let mut trial = simulator.clone();
    let mut row = match refusal_before_admission(&manifest, snapshot) {
        Some(other) => {
            let mut row = empty_row(&manifest, snapshot);
            row.refuse(other);
            row
        }
        None => evaluate_as_row(&manifest, false, ServerVerdict::default(), snapshot, &mut trial),
    };
    let others = std::mem::take(&mut row.refusals);
    row.refusals = [refusal].into_iter().chain(others).collect();
    row.verdict = Verdict::Refused;
    row.warnings.push(format!("{version} is not served: write `apiVersion: {successor}`"));
    row
}

/// Evaluates one manifest, which may resize a pod: with the server's verdict where there is one.
fn evaluate_as_row(
    manifest: &Manifest,
    resize: bool,
    server_verdict: ServerVerdict,
    snapshot: &ClusterSnapshot,
    simulator: &mut Simulator,
) -> Row {
    let mut row = empty_row(manifest, snapshot);
    if let Some(refusal) = server_verdict.refusal {
        row.refuse(refusal);
        return row;
    }
    let old = snapshot.existing_of(manifest);
    if let Err(message) = evaluate(manifest, resize, old, snapshot, simulator, server_verdict.pods, &mut row)
    {
        row.refuse(Refusal::validation(message));
    }
    row.add_doubt(server_verdict.doubt);
    row
}

/// Returns the row of an object of which nothing is known yet.
fn empty_row(manifest: &Manifest, snapshot: &ClusterSnapshot) -> Row {
    Row {
        file: manifest.file.clone(),
        document: manifest.document,
        kind: manifest.kind.kind.clone(),
        namespace: manifest.namespace.clone(),
        name: manifest.name.clone(),
        verdict: Verdict::Admitted,
        refusals: Vec::new(),
        pods: None,
        pod_counts: None,
        shortages: Vec::new(),
        doubt: None,
        warnings: manifest
            .dropped
            .iter()
            .map(|field| format!("Kubernetes {} drops the field {field}", snapshot.version()))
            .collect(),
    }
}

/// Says of refused pods that some might not be needed, where what the workload would adopt could not be listed.
fn note_orphans(row: &mut Row, manifest: &Manifest, snapshot: &ClusterSnapshot) {
    let Some(kind) = adopted_kind(&manifest.kind) else { return };
    let lacks_pods = row.pods.is_some_and(|pods| pods.admitted < pods.wanted);
    let unread = (manifest.namespace.clone(), kind.plural);
    if lacks_pods && snapshot.existing_of(manifest).is_none() && snapshot.without_orphans.contains(&unread) {
        row.warnings.push(format!(
            "no permission to list {}: those that its selector selects and nothing controls would be adopted, and are not \
             created anew",
            unread.1
        ));
    }
}

/// Says of a refused ReplicaSet or ControllerRevision that it might not be needed, where those that there are could not be
/// listed.
fn note_children(row: &mut Row, manifest: &Manifest, snapshot: &ClusterSnapshot) {
    let Some(kind) = child_kind(&manifest.kind.kind) else { return };
    let start = format!("{} ", kind.resource());
    let is_refused = row.refusals.iter().any(|refusal| refusal.message.starts_with(&start));
    let unread = (manifest.namespace.clone(), kind.plural);
    if is_refused && snapshot.existing_of(manifest).is_some() && snapshot.without_children.contains(&unread) {
        row.warnings.push(format!(
            "no permission to list {}: if there is one of this template already, none is created anew",
            unread.1
        ));
    }
}

/// Makes a verdict uncertain where rules could not be read. A refusal stands anyway.
fn note_unreadable(row: &mut Row, manifest: &Manifest, snapshot: &ClusterSnapshot) {
    if row.verdict == Verdict::Refused {
        return;
    }
    let uncounted = snapshot.uncounted_reason(manifest);
    let has_limit_ranges = manifest.kind.is("", "Pod")
        || manifest.kind.is("", "PersistentVolumeClaim")
        || manifest.kind.pod_spec_path().is_some();
    let unread = (manifest.namespace.clone(), replica_set_kind().plural);
    let lacks_replica_sets = snapshot.without_children.contains(&unread)
        && snapshot.existing_of(manifest).is_some_and(|present| replica_sets_decide(manifest, present));
    let reason = if snapshot.without_quotas.contains(&manifest.namespace) {
        "no permission to list the ResourceQuotas of the namespace"
    } else if let Some(reason) = &uncounted {
        reason
    } else if lacks_replica_sets {
        "its ReplicaSets could not be read, which tell how far its rollout is"
    } else if has_limit_ranges && snapshot.without_limit_ranges.contains(&manifest.namespace) {
        "no permission to list the LimitRanges of the namespace"
    } else if manifest.kind.group.contains('.')
        && row.pods.is_none()
        && shared::model::kind::built_in_kind(
            manifest.value["apiVersion"].as_str().unwrap_or_default(),
            &manifest.kind.kind,
        )
        .is_none()
        && looks_like_a_workload(&manifest.value["spec"])
    {
        "a custom resource that seems to create pods: only its controller knows which"
    } else {
        return;
    };
    row.add_doubt(Some(reason.to_owned()));
}
