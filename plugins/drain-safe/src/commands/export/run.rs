//! `kubectl drain-safe export` from flags to exit status.

use shared::{
    Result,
    cli::{ConnectionFlags, ExitStatus, block_on},
    client::Client,
    output::Printer,
};

use super::args::ExportArgs;
use crate::object_files::{Export, Folder, read};

/// Runs the command.
///
/// # Errors
/// A directory that is not empty or can't be written, and everything that prevents reading.
pub fn run(args: ExportArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    let folder = Folder::take(&args.to)?;
    let (objects, skipped) = block_on(async {
        let client = Client::connect(connection, printer).await?;
        read(&client, args.secrets).await
    })
    .inspect_err(|_| folder.give_back())?;
    let mut items = Vec::new();
    for (number, (plural, object)) in objects.iter().enumerate() {
        items.push(folder.write(number + 1, plural, object)?);
    }
    let export = Export { folder: args.to, items, snapshot: None, etcd: None, skipped, next: Vec::new() };
    export.show(&args.output, printer)
}
