//! `kubectl drain-safe export` from flags to exit status.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde::Serialize;
use serde_json::Value;
use shared::{
    Error, Result,
    cli::{ConnectionFlags, ExitStatus, block_on},
    client::{
        Client, ListOptions, dynamic_list,
        incomplete::{Skipped, unless_forbidden},
    },
    manifest::json::text,
    output::{Column, Envelope, Format, Printer, Table, yaml},
};

use super::{args::ExportArgs, kinds::kinds};
use crate::{
    api_version::API_VERSION,
    manifest::{clean, is_made_by_others},
};

/// The content of an `Export`.
#[derive(Debug, Serialize)]
struct Export {
    folder: PathBuf,
    items: Vec<Item>,
    snapshot: Option<PathBuf>,
    skipped: Vec<Skipped>,
}

/// One object that was written.
#[derive(Debug, Serialize)]
struct Item {
    kind: String,
    namespace: String,
    name: String,
    file: PathBuf,
}

/// Runs the command.
///
/// # Errors
/// A directory that is not empty or can't be written, and everything that prevents reading.
pub fn run(args: ExportArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    require_empty(&args.to)?;
    let (objects, skipped) = block_on(async {
        let client = Client::connect(connection, printer).await?;
        read(&client, args.secrets).await
    })?;
    let mut items = Vec::new();
    for (number, (plural, mut object)) in objects.into_iter().enumerate() {
        clean(&mut object);
        items.push(write(&args.to, number + 1, &plural, &object)?);
    }
    for skipped in &skipped {
        printer.warning(skipped.sentence());
    }
    let status = if skipped.is_empty() { ExitStatus::Success } else { ExitStatus::Incomplete };
    let export = Export { folder: args.to, items, snapshot: None, skipped };
    match args.output.format {
        Format::Table => {
            let mut table = Table::new(["KIND", "NAMESPACE", "NAME", "FILE"].map(Column::new));
            for item in &export.items {
                let file = item.file.display().to_string();
                table.push(
                    [item.kind.clone(), item.namespace.clone(), item.name.clone(), file].map(Into::into),
                );
            }
            printer.table(&table, args.output.table_options())?;
        }
        format => printer.document(format, &Envelope::new(API_VERSION, "Export", &export))?,
    }
    Ok(status)
}

async fn read(client: &Client, secrets: bool) -> Result<(Vec<(String, Value)>, Vec<Skipped>)> {
    let (mut objects, mut skipped) = (Vec::new(), Vec::new());
    for kind in kinds(secrets) {
        let found = dynamic_list::objects(client, &kind, "", &ListOptions::default()).await;
        let found = unless_forbidden(found, &mut skipped, "list", &kind.resource(), "")?;
        let wanted = found.into_iter().flatten().filter(|object| !is_made_by_others(object));
        objects.extend(wanted.map(|object| (kind.plural.clone(), object)));
    }
    Ok((objects, skipped))
}

fn require_empty(folder: &Path) -> Result<()> {
    let shown = folder.display();
    match fs::read_dir(folder).map(|mut entries| entries.next().is_some()) {
        Ok(false) => Ok(()),
        Ok(true) => {
            Err(Error::new(format!("{shown} is not empty")).with_hint("name a new directory with --to"))
        }
        Err(_) => {
            fs::create_dir_all(folder).map_err(|error| Error::new(format!("can't make {shown}: {error}")))
        }
    }
}

/// Writes an object to a file of its own. The number keeps the order in which objects must be there.
fn write(folder: &Path, number: usize, plural: &str, object: &Value) -> Result<Item> {
    let metadata = &object["metadata"];
    let (namespace, name) = (text(&metadata["namespace"]), text(&metadata["name"]));
    let part = |text: &str| text.replace(['/', ':', '\\'], "_");
    let file = match namespace {
        "" => PathBuf::from(format!("{number:05}-{plural}-{}.yaml", part(name))),
        namespace => PathBuf::from(format!("{number:05}-{}-{plural}-{}.yaml", part(namespace), part(name))),
    };
    let path = folder.join(&file);
    let failed = |error: std::io::Error| Error::new(format!("can't write {}: {error}", path.display()));
    fs::write(&path, yaml(object)?).map_err(failed)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // It may be a Secret, and every object says something about its cluster.
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).map_err(failed)?;
    }
    Ok(Item {
        kind: text(&object["kind"]).to_owned(),
        namespace: namespace.to_owned(),
        name: name.to_owned(),
        file,
    })
}
