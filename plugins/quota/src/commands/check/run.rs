//! `kubectl quota check` from flags to exit status.

use std::collections::BTreeSet;

use shared::{
    Error, Result,
    admission::{
        disabled_fields::drop_disabled,
        version::{Minor, Version},
    },
    cli::{ConnectionFlags, ExitStatus, block_on, clock},
    client::Client,
    dump::DumpObject,
    manifest::{self, Manifest, kinds::Kinds, namespace::refuse_other_namespaces},
    output::Printer,
    snapshot::{self, ClusterSnapshot, Discovery, ReadInterceptors, ServedKinds, SnapshotRequest},
};

use super::{
    advice::remedies,
    args::CheckArgs,
    decide::decide,
    dry_run::{DryRun, DryRunResponse, ask},
    kustomize,
    options::Options,
    render,
    row::Verdict,
};

/// Runs the command.
///
/// # Errors
/// Everything that prevents an answer.
pub fn run(args: CheckArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    let options = Options::resolve(args, connection.namespace.clone())?;
    let objects = match &options.kustomization {
        Some(kustomization) => manifest::of_dump(&kustomize::build(kustomization)?)?,
        None => manifest::read(&options.filenames)?,
    };
    let mut kinds = Kinds::default();
    kinds.learn_definitions(&objects);
    refuse_other_namespaces(&objects, &kinds, options.namespace.as_deref())?;
    let now = clock::now();
    let (manifests, mut snapshot, dry_runs, unchecked): (
        Vec<Manifest>,
        ClusterSnapshot,
        Vec<DryRun>,
        Vec<String>,
    ) = match &options.dump {
        Some(path) => {
            let version = options.version.unwrap_or_default();
            let mut snapshot = ClusterSnapshot::from_dump_for(path, &objects, &mut kinds, now)?;
            snapshot.served = ServedKinds::of_dump(&objects, &kinds);
            let manifests =
                manifests(objects, &kinds, options.namespace.as_deref().unwrap_or("default"), version);
            snapshot.cluster_facts.version = version;
            snapshot.resize_requested = options.resize;
            let quotas = snapshot.pending_quotas(&manifests);
            snapshot.count_existing(&kinds, &quotas);
            snapshot.note_missing_accounts_of_dump(&manifests);
            let unchecked = snapshot.unchecked_by_dump(&manifests);
            (manifests, snapshot, Vec::new(), unchecked)
        }
        None => block_on(read_cluster(objects, &mut kinds, &options, now, connection, printer))?,
    };
    check_permission(&dry_runs)?;
    // Of a dump of many namespaces, few decide about the manifests.
    let before = snapshot.only(&namespaces_of(&manifests));
    let rows = decide(&manifests, &mut snapshot, &dry_runs);
    let remedies = remedies(&rows, &manifests, &before, &dry_runs);
    print_warnings(&manifests, &snapshot, &options, printer);
    render::show((&rows, &remedies), &snapshot, &unchecked, &options, printer)?;
    let any = |verdict| rows.iter().any(|row| row.verdict == verdict);
    let warned = rows.iter().any(|row| !row.warnings.is_empty()) || !snapshot.skipped.is_empty();
    if options.strict && (warned || !unchecked.is_empty() || any(Verdict::Unknown)) {
        return Ok(ExitStatus::No);
    }
    Ok(match (any(Verdict::Refused), any(Verdict::Unknown)) {
        (true, _) => ExitStatus::No,
        (false, true) => ExitStatus::Incomplete,
        (false, false) => ExitStatus::Success,
    })
}

/// Reads everything that decides from a cluster. What does not depend on one another is asked for at once, since the
/// server may be far away.
async fn read_cluster(
    objects: Vec<DumpObject>,
    kinds: &mut Kinds,
    options: &Options,
    now: i64,
    connection: &ConnectionFlags,
    printer: &mut Printer,
) -> Result<(Vec<Manifest>, ClusterSnapshot, Vec<DryRun>, Vec<String>)> {
    let client = Client::connect(connection, printer).await?;
    let progress = printer.progress("reading quotas, limits and workloads");
    let version = async {
        match options.version {
            Some(version) => Ok(version),
            None => snapshot::version(&client).await,
        }
    };
    let interceptors = async {
        match options.ask_server {
            // A server that is asked asks its webhooks and policies.
            true => Ok(ReadInterceptors::default()),
            false => ReadInterceptors::read(&client).await,
        }
    };
    // Where the objects of a kind are is known before the server says so, unless it is a custom one.
    let is_known = |one: &DumpObject| {
        let text = |field: &str| one.object[field].as_str().unwrap_or_default();
        kinds.find(text("apiVersion"), text("kind")).is_some()
    };
    let known = objects.iter().all(is_known);
    let read = async |manifests: &[Manifest]| {
        let request = SnapshotRequest {
            version: options.version,
            autoscalers: true,
            children: true,
            orphans: true,
            ..SnapshotRequest::for_manifests(manifests, now)
        };
        ClusterSnapshot::read(&client, &request).await
    };
    let early = known.then(|| manifests(objects.clone(), kinds, client.namespace(), Version::default()));
    let early = async {
        match &early {
            Some(manifests) => read(manifests).await.map(Some),
            None => Ok(None),
        }
    };
    let served = async {
        let (version, discovery) = futures::join!(version, Discovery::read(&client, &objects));
        let version = version?;
        Ok::<_, Error>((version, ServedKinds::read(&client, &objects, discovery, kinds, version).await?))
    };
    let (served, interceptors, early) = futures::join!(served, interceptors, early);
    let ((version, served), interceptors) = (served?, interceptors?);
    let manifests = manifests(objects, kinds, client.namespace(), version);
    let mut snapshot = match early? {
        Some(snapshot) => snapshot,
        None => read(&manifests).await?,
    };
    snapshot.resize_requested = options.resize;
    snapshot.served = served;
    drop(progress);
    if options.ask_server {
        let _progress = printer.progress("sending dry runs");
        let dry_runs = ask(&client, &manifests, &snapshot).await?;
        return Ok((manifests, snapshot, dry_runs, Vec::new()));
    }
    let unchecked = snapshot.unchecked(&interceptors, &manifests);
    Ok((manifests, snapshot, Vec::new(), unchecked))
}

/// Fails where no dry run at all is permitted.
fn check_permission(dry_runs: &[DryRun]) -> Result<()> {
    let responses =
        || dry_runs.iter().flat_map(|dry_run| [Some(&dry_run.object), dry_run.pod.as_ref()]).flatten();
    let forbidden = |response: &DryRunResponse| match response {
        DryRunResponse::NotPermitted(error) => Some(error.clone()),
        _ => None,
    };
    match responses().next().and_then(forbidden) {
        Some(error) if responses().all(|response| forbidden(response).is_some()) => {
            Err(error.with_hint("without --ask-server, `check` needs permission to read only"))
        }
        _ => Ok(()),
    }
}

fn manifests(objects: Vec<DumpObject>, kinds: &Kinds, namespace: &str, version: Version) -> Vec<Manifest> {
    let manifests = objects.into_iter().map(|object| {
        let text = |field: &str| object.object[field].as_str().unwrap_or_default().to_owned();
        let kind = kinds.find_or_guess(&text("apiVersion"), &text("kind"));
        let mut manifest = Manifest::from_file(object, kind, namespace);
        manifest.dropped = drop_disabled(&manifest.kind, &mut manifest.value, version);
        manifest
    });
    manifests.collect()
}

/// Returns the namespaces that manifests are in, or are themselves.
fn namespaces_of(manifests: &[Manifest]) -> BTreeSet<&str> {
    let names = manifests.iter().map(|manifest| match manifest.kind.is("", "Namespace") {
        true => manifest.name.as_str(),
        false => manifest.namespace.as_str(),
    });
    names.collect()
}

/// Prints what the verdicts do not cover.
fn print_warnings(
    manifests: &[Manifest],
    snapshot: &ClusterSnapshot,
    options: &Options,
    printer: &mut Printer,
) {
    let depends_on_version = |manifest: &Manifest| {
        let oldest = drop_disabled(&manifest.kind, &mut manifest.value.clone(), Minor::OLDEST.into());
        !oldest.is_empty() || !manifest.dropped.is_empty()
    };
    if options.dump.is_some() && options.version.is_none() && manifests.iter().any(depends_on_version) {
        let version = snapshot.version();
        printer.remark(format!(
            "The dump does not say its Kubernetes version: assuming {version}; set another with --k8s"
        ));
    }
    snapshot.remarks.iter().for_each(|remark| printer.warning(remark));
    for skipped in &snapshot.skipped {
        printer.warning(skipped.sentence());
    }
    if manifests.iter().any(|manifest| manifest.kind.is("", "ResourceQuota")) {
        printer.remark(
            "Quotas in these manifests are assumed to be enforced at once; a real server may still admit objects \
             created in the first milliseconds after a quota",
        );
    }
}
