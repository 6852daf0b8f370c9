//! `kubectl drain-safe restore` from flags to exit status: read, show, confirm, create.

use schemars::JsonSchema;
use serde::Serialize;
use shared::{
    Error, Result,
    cli::{ConnectionFlags, DryRun, ExitStatus, block_on_interruptible},
    client::Client,
    manifest::Manifest,
    output::{Envelope, Printer},
    prompt::{Prompter, Question, TerminalPrompter},
};

use super::{
    args::RestoreArgs,
    create::create,
    read::{are_there, objects},
};
use crate::api_version::API_VERSION;

/// The content of a `Restore`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Restore {
    items: Vec<Item>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Item {
    kind: String,
    namespace: String,
    name: String,
    file: String,
    /// `Exists`, `Created`, `Failed`, or what a dry run would do: `Missing`.
    outcome: &'static str,
    message: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// Files or objects that can't be read, and the first refusal of the server, after the others were tried.
pub fn run(args: RestoreArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    let mut prompter = TerminalPrompter::default();
    args.write.require_answer(&prompter, "creating objects", "--dry-run")?;
    block_on_interruptible(async |interrupt| {
        let client = Client::connect(connection, printer).await?;
        let progress = printer.progress("reading the cluster");
        let read = interrupt.or(async {
            let objects = objects(&client, &args.paths).await?;
            let there = are_there(&client, &objects).await?;
            Ok((objects, there))
        });
        let read = read.await;
        drop(progress);
        let (objects, there) = read?;
        let missing = there.iter().filter(|is_there| !**is_there).count();
        if missing == 0 {
            printer.note(format!("all {} objects are there", objects.len()));
        } else if args.write.asks() {
            for (object, _) in objects.iter().zip(&there).filter(|(_, is_there)| !**is_there) {
                printer.note(format!("{} is missing", name(object)));
            }
            let text = format!("Create {missing} objects?");
            if !prompter.confirm(Question { text: &text, answered_by: "--yes" }, false)? {
                return Err(Error::cancelled());
            }
        }
        let mut items = Vec::new();
        let mut failure = None;
        for (object, is_there) in objects.iter().zip(there) {
            let asks = !is_there && args.write.dry_run != DryRun::Client;
            let outcome = match asks {
                true => interrupt.or(create(&client, object, args.write.dry_run.is_dry())).await,
                false => Ok(()),
            };
            if interrupt.is_requested() {
                return Err(Error::cancelled());
            }
            let item = item(object, is_there, args.write.dry_run, outcome.as_ref().err());
            say(&item, object, args.document.output.is_none(), args.write.dry_run, printer)?;
            items.push(item);
            if let Err(error) = outcome {
                failure.get_or_insert(error);
            }
        }
        if let Some(format) = args.document.format() {
            printer.document(format, &Envelope::new(API_VERSION, "Restore", Restore { items }))?;
        }
        match failure {
            None => Ok(ExitStatus::Success),
            Some(error) => Ok(match error.status() {
                ExitStatus::NotPermitted => ExitStatus::NotPermitted,
                _ => ExitStatus::Failure,
            }),
        }
    })
}

fn item(object: &Manifest, is_there: bool, dry_run: DryRun, error: Option<&Error>) -> Item {
    Item {
        kind: object.kind.kind.clone(),
        namespace: object.namespace.clone(),
        name: object.name.clone(),
        file: object.file.clone(),
        outcome: match (is_there, error) {
            (true, _) => "Exists",
            (false, Some(_)) => "Failed",
            (false, None) if dry_run.is_dry() => "Missing",
            (false, None) => "Created",
        },
        message: error.map(|error| error.sentence().to_owned()),
    }
}

fn say(item: &Item, object: &Manifest, is_data: bool, dry_run: DryRun, printer: &mut Printer) -> Result<()> {
    let how = match dry_run {
        DryRun::None => "",
        DryRun::Client => " (dry run)",
        DryRun::Server => " (server dry run)",
    };
    let name = name(object);
    match (item.outcome, &item.message) {
        ("Exists", _) => printer.note(format!("{name} is there, and left as it is")),
        (_, Some(why)) => printer.warning(format!("{name} is not created: {why}")),
        _ if is_data => printer.data(&format!("{name} created{how}\n"))?,
        _ => printer.note(format!("{name} created{how}")),
    }
    Ok(())
}

fn name(object: &Manifest) -> String {
    let place = match object.namespace.as_str() {
        "" => String::new(),
        namespace => format!(" in namespace {namespace}"),
    };
    format!("{}/{}{place}", object.kind.kind.to_lowercase(), object.name)
}
