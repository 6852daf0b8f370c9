//! The verdict on each object, in the order of the manifests, each after what came before was charged.

use shared::{
    admission::{Refusal, simulator::Ledger},
    manifest::Manifest,
    snapshot::{ClusterSide, activate::come_into_force, pending_quotas as announce},
    workload::{looks_like_a_workload, template_path},
};

use super::{
    dry_run::{Asked, Opinion},
    evaluate::{BY_CHANCE, send},
    row::{Row, Verdict},
};

/// Judges all manifests. `asked` is what the server said to each, in their order; empty where it was not asked.
pub fn decide(manifests: &[Manifest], side: &mut ClusterSide, asked: &[Asked]) -> Vec<Row> {
    let mut ledger = Ledger {
        namespaces: std::mem::take(&mut side.namespaces),
        classes: std::mem::take(&mut side.classes),
        by_chance: false,
    };
    let mut rows = Vec::new();
    announce::announce(manifests, side, &mut ledger);
    for (index, manifest) in manifests.iter().enumerate() {
        let opinion = asked.get(index).map(|asked| Opinion::of(asked, manifest, &manifests[..index]));
        let mut merged = side.after_apply(manifest);
        let mut opinion = opinion.unwrap_or_default();
        if let Some(value) = opinion.object.take() {
            merged = Some(Manifest { value, ..manifest.clone() });
        }
        let manifest = merged.as_ref().unwrap_or(manifest);
        let mut row = judge(manifest, opinion, side, &mut ledger);
        if std::mem::take(&mut ledger.by_chance) && row.verdict == Verdict::Admitted {
            row.warnings.push(format!("{BY_CHANCE}: what is charged for it hangs on that"));
        }
        doubt(&mut row, manifest, side);
        if row.verdict != Verdict::Refused {
            come_into_force(manifest, side, &mut ledger);
        }
        if let Some(key) = manifest.key() {
            // What a later manifest of the same name meets. A refused workload is there, with the pods that it got.
            let is_there = row.verdict != Verdict::Refused || row.pods.is_some_and(|pods| pods.wanted > 0);
            if is_there {
                let mut value = manifest.value.clone();
                if let Some(there) = row.there {
                    there.write(&manifest.kind.kind, &mut value);
                }
                side.existing.insert(key, value);
            }
        }
        rows.push(row);
    }
    rows
}

fn judge(manifest: &Manifest, opinion: Opinion, side: &ClusterSide, ledger: &mut Ledger) -> Row {
    let mut row = Row {
        file: manifest.file.clone(),
        document: manifest.document,
        kind: manifest.kind.kind.clone(),
        namespace: manifest.namespace.clone(),
        name: manifest.name.clone(),
        verdict: Verdict::Admitted,
        refusals: Vec::new(),
        pods: None,
        there: None,
        shortages: Vec::new(),
        doubt: None,
        warnings: manifest
            .dropped
            .iter()
            .map(|field| format!("Kubernetes {} drops {field} from it", side.minor))
            .collect(),
    };
    let refuse = |row: &mut Row, refusal: Refusal| {
        row.verdict = Verdict::Refused;
        row.shortages = refusal.shortages.clone();
        row.refusals = vec![refusal];
    };
    if let Some(refusal) = opinion.refusal {
        refuse(&mut row, refusal);
        return row;
    }
    let old = side.existing_of(manifest);
    if let Err(message) = send(manifest, old, side, ledger, opinion.pods, &mut row) {
        refuse(&mut row, Refusal::validation(message));
    }
    row.doubt_because(opinion.doubt);
    row
}

/// What could not be read makes a verdict uncertain, unless it is a refusal that stands anyway.
fn doubt(row: &mut Row, manifest: &Manifest, side: &ClusterSide) {
    let by_ranges = manifest.kind.is("", "Pod")
        || manifest.kind.is("", "PersistentVolumeClaim")
        || template_path(&manifest.kind.group, &manifest.kind.kind).is_some();
    let why = if side.without_quotas.contains(&manifest.namespace) {
        "the quotas of the namespace may not be read"
    } else if let Some(why) = side.uncounted.get(&manifest.namespace) {
        why
    } else if by_ranges && side.without_limit_ranges.contains(&manifest.namespace) {
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
