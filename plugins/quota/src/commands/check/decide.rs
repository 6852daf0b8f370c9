//! The verdict on each object, in the order of the manifests, each after what came before was charged.

use shared::{
    admission::{Refusal, simulator::Simulator},
    manifest::Manifest,
    snapshot::ClusterSnapshot,
    workload::looks_like_a_workload,
};

use super::{
    dry_run::{DryRun, ServerVerdict},
    evaluate::{ORDER_DEPENDENT, send},
    row::{Row, Verdict},
};

/// Judges all manifests. `asked` is what the server said to each, in their order; empty where it was not asked.
pub fn decide(manifests: &[Manifest], snapshot: &mut ClusterSnapshot, dry_runs: &[DryRun]) -> Vec<Row> {
    let mut simulator = snapshot.simulator();
    let mut rows = Vec::new();
    snapshot.add_pending_quotas(manifests, &mut simulator);
    for (index, manifest) in manifests.iter().enumerate() {
        let server_verdict =
            dry_runs.get(index).map(|dry_runs| ServerVerdict::of(dry_runs, manifest, &manifests[..index]));
        let mut merged = snapshot.after_apply(manifest);
        let mut server_verdict = server_verdict.unwrap_or_default();
        if let Some(value) = server_verdict.object.take() {
            merged = Some(Manifest { value, ..manifest.clone() });
        }
        let manifest = merged.as_ref().unwrap_or(manifest);
        let mut row = judge(manifest, server_verdict, snapshot, &mut simulator);
        if std::mem::take(&mut simulator.order_dependent) && row.verdict == Verdict::Admitted {
            row.warnings.push(format!("{ORDER_DEPENDENT}: what is charged for it hangs on that"));
        }
        doubt(&mut row, manifest, snapshot);
        if row.verdict != Verdict::Refused {
            snapshot.activate(manifest, &mut simulator);
        }
        if let Some(key) = manifest.key() {
            // What a later manifest of the same name meets. A refused workload is there, with the pods that it got.
            let is_there = row.verdict != Verdict::Refused || row.pods.is_some_and(|pods| pods.wanted > 0);
            if is_there {
                let mut value = manifest.value.clone();
                if let Some(pod_counts) = row.pod_counts {
                    pod_counts.write(&manifest.kind.kind, &mut value);
                }
                snapshot.existing.insert(key, value);
            }
        }
        rows.push(row);
    }
    rows
}

fn judge(
    manifest: &Manifest,
    server_verdict: ServerVerdict,
    snapshot: &ClusterSnapshot,
    simulator: &mut Simulator,
) -> Row {
    let mut row = Row {
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
            .map(|field| format!("Kubernetes {} drops {field} from it", snapshot.minor))
            .collect(),
    };
    let refuse = |row: &mut Row, refusal: Refusal| {
        row.verdict = Verdict::Refused;
        row.shortages = refusal.shortages.clone();
        row.refusals = vec![refusal];
    };
    if let Some(refusal) = server_verdict.refusal {
        refuse(&mut row, refusal);
        return row;
    }
    let old = snapshot.existing_of(manifest);
    if let Err(message) = send(manifest, old, snapshot, simulator, server_verdict.pods, &mut row) {
        refuse(&mut row, Refusal::validation(message));
    }
    row.doubt_because(server_verdict.doubt);
    row
}

/// What could not be read makes a verdict uncertain, unless it is a refusal that stands anyway.
fn doubt(row: &mut Row, manifest: &Manifest, snapshot: &ClusterSnapshot) {
    let by_ranges = manifest.kind.is("", "Pod")
        || manifest.kind.is("", "PersistentVolumeClaim")
        || manifest.kind.pod_spec_path().is_some();
    let why = if snapshot.without_quotas.contains(&manifest.namespace) {
        "the quotas of the namespace may not be read"
    } else if let Some(why) = snapshot.uncounted.get(&manifest.namespace) {
        why
    } else if by_ranges && snapshot.without_limit_ranges.contains(&manifest.namespace) {
        "the LimitRanges of the namespace may not be read"
    } else if manifest.kind.group.contains('.')
        && row.pods.is_none()
        && shared::model::kind::built_in_kind(
            manifest.value["apiVersion"].as_str().unwrap_or_default(),
            &manifest.kind.kind,
        )
        .is_none()
        && looks_like_a_workload(&manifest.value["spec"])
    {
        "a custom resource that makes pods: which, only its controller knows"
    } else {
        return;
    };
    row.doubt_because(Some(why.to_owned()));
}
