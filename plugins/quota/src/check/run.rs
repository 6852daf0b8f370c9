//! `kubectl quota check` from flags to exit status.

use std::time::{SystemTime, UNIX_EPOCH};

use shared::{
    Result,
    cli::{ConnectionFlags, ExitStatus, block_on},
    client::Client,
    model::DumpObject,
    output::Printer,
};

use super::{
    args::CheckArgs,
    cluster_side::ClusterSide,
    collect,
    decide::decide,
    dump,
    kinds::Kinds,
    manifest::{self, Manifest},
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
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let now = i64::try_from(now).unwrap_or(i64::MAX);
    let (manifests, mut side): (Vec<Manifest>, ClusterSide) = match &options.dump {
        Some(path) => {
            let mut side = dump::cluster_side(path, &mut kinds, now)?;
            let manifests = manifests(objects, &kinds, options.namespace.as_deref().unwrap_or("default"));
            side.inventories = dump::inventories(&side, &kinds, &manifests);
            (manifests, side)
        }
        None => block_on(async {
            let client = Client::connect(connection).await?;
            let progress = printer.progress("reading the cluster's side");
            collect::learn_kinds(&client, &objects, &mut kinds).await?;
            let manifests = manifests(objects, &kinds, client.namespace());
            let side = collect::cluster_side(&client, &manifests, now).await?;
            drop(progress);
            Ok((manifests, side))
        })?,
    };
    let rows = decide(&manifests, &mut side);
    talk(&manifests, &side, printer);
    render::show(&rows, &side, &options, printer)?;
    let any = |verdict| rows.iter().any(|row| row.verdict == verdict);
    Ok(match (any(Verdict::Refused), any(Verdict::Unknown)) {
        (true, _) => ExitStatus::No,
        (false, true) => ExitStatus::Incomplete,
        (false, false) => ExitStatus::Success,
    })
}

fn manifests(objects: Vec<DumpObject>, kinds: &Kinds, namespace: &str) -> Vec<Manifest> {
    let made = objects.into_iter().map(|object| {
        let text = |field: &str| object.object[field].as_str().unwrap_or_default().to_owned();
        let kind = kinds.find_or_guess(&text("apiVersion"), &text("kind"));
        manifest::manifest(object, kind, namespace)
    });
    made.collect()
}

/// What the answer does not cover.
fn talk(manifests: &[Manifest], side: &ClusterSide, printer: &mut Printer) {
    for skipped in &side.skipped {
        printer.warning(skipped.sentence());
    }
    if manifests.iter().any(|manifest| manifest.kind.is("", "ResourceQuota")) {
        printer.note(
            "A quota among the manifests is judged as enforced at once; the server lets pass what comes before it \
             has counted, some tens of milliseconds after the quota was made",
        );
    }
}
