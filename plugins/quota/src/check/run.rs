//! `kubectl quota check` from flags to exit status.

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
    server::{Answer, Asked, ask},
    version::{Minor, drop_disabled},
};
use crate::clock;

/// Runs the command.
///
/// # Errors
/// Whatever ends it without an answer.
pub fn run(args: CheckArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    let options = Options::resolve(args, connection.namespace.clone())?;
    let mut connection = connection.clone();
    // Without an address it is no flag of the connection.
    connection.server = connection.server.filter(|server| !server.is_empty());
    let objects = manifest::read(&options.filenames)?;
    let mut kinds = Kinds::default();
    kinds.learn_definitions(&objects);
    let now = clock::now();
    let (manifests, mut side): (Vec<Manifest>, ClusterSide) = match &options.dump {
        Some(path) => {
            let minor = options.minor.unwrap_or_default();
            let mut side = dump::cluster_side(path, &mut kinds, now)?;
            let manifests =
                manifests(objects, &kinds, options.namespace.as_deref().unwrap_or("default"), minor);
            side.minor = minor;
            side.censuses = dump::censuses(&side, &kinds, &manifests);
            (manifests, side)
        }
        None => block_on(async {
            let client = Client::connect(&connection, printer).await?;
            let progress = printer.progress("reading the cluster's side");
            let minor = match options.minor {
                Some(minor) => minor,
                None => collect::version(&client).await?,
            };
            collect::learn_kinds(&client, &objects, &mut kinds).await?;
            let manifests = manifests(objects, &kinds, client.namespace(), minor);
            let mut side = collect::cluster_side(&client, &manifests, now).await?;
            side.minor = minor;
            drop(progress);
            if options.ask_server {
                let _progress = printer.progress("asking the server");
                side.asked = ask(&client, &manifests, &side).await?;
            }
            Ok((manifests, side))
        })?,
    };
    permitted(&side.asked)?;
    let rows = decide(&manifests, &mut side);
    print_warnings(&manifests, &side, &options, printer);
    render::show(&rows, &side, &options, printer)?;
    let any = |verdict| rows.iter().any(|row| row.verdict == verdict);
    let warned = rows.iter().any(|row| !row.warnings.is_empty()) || !side.skipped.is_empty();
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
fn permitted(asked: &[Asked]) -> Result<()> {
    let answers = || asked.iter().flat_map(|asked| [Some(&asked.object), asked.pod.as_ref()]).flatten();
    let refused = |answer: &Answer| match answer {
        Answer::NotPermitted(error) => Some(error.clone()),
        _ => None,
    };
    match answers().next().and_then(refused) {
        Some(error) if answers().all(|answer| refused(answer).is_some()) => {
            Err(error.with_hint("without --server nothing needs to be created to be judged"))
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
fn print_warnings(manifests: &[Manifest], side: &ClusterSide, options: &Options, printer: &mut Printer) {
    let depends = |manifest: &Manifest| {
        let oldest = drop_disabled(&manifest.kind, &mut manifest.value.clone(), Minor::OLDEST);
        !oldest.is_empty() || !manifest.dropped.is_empty()
    };
    if options.dump.is_some() && options.minor.is_none() && manifests.iter().any(depends) {
        let minor = side.minor;
        printer.note(format!(
            "A dump does not tell its version: Kubernetes {minor} is assumed, --k8s names another"
        ));
    }
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
