//! `kubectl drain-safe backup` from flags to exit status: etcd is asked first, then the objects are read, and only what is
//! complete is written.

use std::path::Path;

use serde_json::Value;
use shared::{
    Error, Result,
    cli::{ConnectionFlags, ExitStatus, block_on, clock::now},
    client::{Client, incomplete::Skipped},
    manifest::json::text,
    output::{Format, Printer},
};

use super::{
    args::BackupArgs,
    etcd::{Gateway, Member, Status, connect, copy},
    restore_steps::Steps,
    same_cluster::{Belongs, KEY, belongs},
};
use crate::object_files::{Export, Folder, Snapshot, read};

/// The snapshot's file.
const SNAPSHOT: &str = "etcd-snapshot.db";
/// The file that says how the cluster is brought back.
const STEPS: &str = "RESTORE.txt";

/// What was read, and the snapshot that was written.
struct Saved {
    objects: Vec<(String, Value)>,
    skipped: Vec<Skipped>,
    snapshot: Snapshot,
    members: Vec<Member>,
}

/// Runs the command.
///
/// # Errors
/// A directory that is not empty or can't be written, an etcd that gives no snapshot or that of another cluster, and
/// everything that prevents reading.
pub fn run(args: BackupArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    let folder = Folder::take(&args.to)?;
    let to = std::path::absolute(folder.path()).unwrap_or_else(|_| args.to.clone());
    let file = to.join(SNAPSHOT);
    let saved = block_on(save(&args, &file, connection, printer)).inspect_err(|_| folder.give_back())?;
    let Saved { objects, skipped, snapshot, members } = saved;
    let mut items = Vec::new();
    for (number, (plural, object)) in objects.iter().enumerate() {
        items.push(folder.write(number + 1, plural, object)?);
    }
    let token = format!("restored-{}", now());
    let steps = Steps { file: &file, snapshot: &snapshot, members: &members, token: &token };
    folder.write_text(Path::new(STEPS), &steps.text())?;
    let next = steps.commands();
    say(&snapshot, &file, &to.join(STEPS), &next, args.output.format, printer);
    let export = Export { folder: args.to, items, snapshot: Some(file), etcd: Some(snapshot), skipped, next };
    export.show(&args.output, printer)
}

async fn save(
    args: &BackupArgs,
    file: &Path,
    connection: &ConnectionFlags,
    printer: &mut Printer,
) -> Result<Saved> {
    let progress = printer.progress("asking etcd");
    let limit = connection.request_timeout.and_then(|timeout| timeout.0);
    let connected = connect(&args.etcd, limit).await;
    drop(progress);
    let (gateway, status, failures) = connected?;
    for failure in failures {
        printer.warning(failure.sentence());
    }
    for error in &status.errors {
        printer.warning(format!("etcd at {} says: {error}", gateway.url()));
    }
    let members = gateway.members().await?;
    let client = Client::connect(connection, printer).await?;
    require_same_cluster(&client, &gateway, printer).await?;
    let progress = printer.progress("reading the cluster");
    let objects = read(&client, args.secrets).await;
    drop(progress);
    let (objects, skipped) = objects?;
    let progress = printer.progress("copying the database of etcd, MiB");
    let copied = copy(&gateway, &status, file, &progress).await;
    drop(progress);
    let (bytes, sha256) = copied?;
    let Status { version, cluster_id, revision, .. } = status;
    let endpoint = gateway.url().to_owned();
    let snapshot = Snapshot { endpoint, version, cluster_id, revision, bytes, sha256 };
    Ok(Saved { objects, skipped, snapshot, members })
}

/// Refuses the etcd of another cluster: its snapshot would be found to be useless when it is needed.
async fn require_same_cluster(client: &Client, gateway: &Gateway<'_>, printer: &mut Printer) -> Result<()> {
    let namespace: Value = match client.get_json("/api/v1/namespaces/kube-system").await {
        Ok(namespace) => namespace,
        Err(error) if error.status() == ExitStatus::NotPermitted => {
            printer.warning(format!(
                "whether etcd at {} is that of this cluster is not known: {}",
                gateway.url(),
                error.sentence()
            ));
            return Ok(());
        }
        Err(error) => return Err(error),
    };
    let value = gateway.value(KEY).await?;
    match belongs(value.as_deref(), text(&namespace["metadata"]["uid"])) {
        Belongs::ToThisCluster => Ok(()),
        Belongs::Unknown(why) => {
            printer.warning(format!(
                "whether etcd at {} is that of this cluster is not known: {why}",
                gateway.url()
            ));
            Ok(())
        }
        Belongs::ToAnother => Err(Error::new(format!(
            "etcd at {} is that of another cluster than {}",
            gateway.url(),
            client.server()
        ))
        .with_hint("name this cluster's etcd with --etcd, or the other cluster with --context")),
    }
}

/// Says what the snapshot is worth, and how it is used.
fn say(
    snapshot: &Snapshot,
    file: &Path,
    steps: &Path,
    next: &[String],
    format: Format,
    printer: &mut Printer,
) {
    let Snapshot { version, revision, bytes, .. } = snapshot;
    printer.note(format!(
        "Snapshot of etcd {version} at revision {revision}: {}, {bytes} bytes, checksum verified. It holds all Secrets: keep it private",
        file.display()
    ));
    // A document has them under `next`.
    if format == Format::Table {
        printer.note(format!("To check and restore it (the whole way is in {}):", steps.display()));
        for command in next {
            printer.note(format!("  {command}"));
        }
    }
}
