//! `kubectl quota check` from flags to exit status.

use shared::{
    Result,
    admission::version::{Minor, drop_disabled},
    cli::{ConnectionFlags, ExitStatus, block_on, clock},
    client::Client,
    manifest::{self, Manifest, kinds::Kinds},
    model::DumpObject,
    output::Printer,
    snapshot::{self, ClusterSnapshot, SnapshotRequest, from_dump},
};

use super::{
    args::CheckArgs,
    decide::decide,
    dry_run::{DryRun, DryRunResponse, ask},
    options::Options,
    render,
    row::Verdict,
};

/// Runs the command.
///
/// # Errors
/// Whatever ends it without an answer.
pub fn run(args: CheckArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    let options = Options::resolve(args, connection.namespace.clone())?;
    let objects = manifest::read(&options.filenames)?;
    let mut kinds = Kinds::default();
    kinds.learn_definitions(&objects);
    let now = clock::now();
    let (manifests, mut snapshot, dry_runs): (Vec<Manifest>, ClusterSnapshot, Vec<DryRun>) =
        match &options.dump {
            Some(path) => {
                let minor = options.minor.unwrap_or_default();
                let mut snapshot = from_dump::cluster_snapshot(path, &mut kinds, now)?;
                let manifests =
                    manifests(objects, &kinds, options.namespace.as_deref().unwrap_or("default"), minor);
                snapshot.minor = minor;
                snapshot.object_counts = from_dump::object_counts(&snapshot, &kinds, &manifests);
                (manifests, snapshot, Vec::new())
            }
            None => block_on(async {
                let client = Client::connect(connection, printer).await?;
                let progress = printer.progress("reading the cluster's side");
                let minor = match options.minor {
                    Some(minor) => minor,
                    None => snapshot::version(&client).await?,
                };
                snapshot::learn_kinds(&client, &objects, &mut kinds).await?;
                let manifests = manifests(objects, &kinds, client.namespace(), minor);
                let mut snapshot =
                    ClusterSnapshot::read(&client, &SnapshotRequest::for_manifests(&manifests, now)).await?;
                snapshot.minor = minor;
                drop(progress);
                let dry_runs = if options.ask_server {
                    let _progress = printer.progress("asking the server");
                    ask(&client, &manifests, &snapshot).await?
                } else {
                    Vec::new()
                };
                Ok((manifests, snapshot, dry_runs))
            })?,
        };
    permitted(&dry_runs)?;
    let rows = decide(&manifests, &mut snapshot, &dry_runs);
    talk(&manifests, &snapshot, &options, printer);
    render::show(&rows, &snapshot, &options, printer)?;
    let any = |verdict| rows.iter().any(|row| row.verdict == verdict);
    let warned = rows.iter().any(|row| !row.warnings.is_empty()) || !snapshot.skipped.is_empty();
    if options.strict && (warned || any(Verdict::Unknown)) {
        return Ok(ExitStatus::No);
    }
    Ok(match (any(Verdict::Refused), any(Verdict::Unknown)) {
        (true, _) => ExitStatus::No,
        (false, true) => ExitStatus::Incomplete,
        (false, false) => ExitStatus::Success,
    })
}

/// Fails where the server was asked and nothing at all may be asked of it.
fn permitted(dry_runs: &[DryRun]) -> Result<()> {
    let answers =
        || dry_runs.iter().flat_map(|dry_runs| [Some(&dry_runs.object), dry_runs.pod.as_ref()]).flatten();
    let refused = |answer: &DryRunResponse| match answer {
        DryRunResponse::NotPermitted(error) => Some(error.clone()),
        _ => None,
    };
    match answers().next().and_then(refused) {
        Some(error) if answers().all(|answer| refused(answer).is_some()) => {
            Err(error.with_hint("without --ask-server, `check` needs permission to read only"))
        }
        _ => Ok(()),
    }
}

fn manifests(objects: Vec<DumpObject>, kinds: &Kinds, namespace: &str, minor: Minor) -> Vec<Manifest> {
    let made = objects.into_iter().map(|object| {
        let text = |field: &str| object.object[field].as_str().unwrap_or_default().to_owned();
        let kind = kinds.find_or_guess(&text("apiVersion"), &text("kind"));
        let mut manifest = manifest::manifest(object, kind, namespace);
        manifest.dropped = drop_disabled(&manifest.kind, &mut manifest.value, minor);
        manifest
    });
    made.collect()
}

/// What the answer does not cover.
fn talk(manifests: &[Manifest], snapshot: &ClusterSnapshot, options: &Options, printer: &mut Printer) {
    let depends = |manifest: &Manifest| {
        let oldest = drop_disabled(&manifest.kind, &mut manifest.value.clone(), Minor::OLDEST);
        !oldest.is_empty() || !manifest.dropped.is_empty()
    };
    if options.dump.is_some() && options.minor.is_none() && manifests.iter().any(depends) {
        let minor = snapshot.minor;
        printer.note(format!(
            "A dump does not tell its version: Kubernetes {minor} is assumed, --k8s names another"
        ));
    }
    for skipped in &snapshot.skipped {
        printer.warning(skipped.sentence());
    }
    if manifests.iter().any(|manifest| manifest.kind.is("", "ResourceQuota")) {
        printer.note(
            "A quota among the manifests is judged as enforced at once; the server lets pass what comes before it \
             has counted, some tens of milliseconds after the quota was made",
        );
    }
}
