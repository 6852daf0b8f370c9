//! `kubectl quota fits` from flags to exit status.

use clap::Args;
use serde::Serialize;
use shared::{
    Error, Result,
    cli::{ConnectionFlags, ExitStatus},
    output::{Cell, Column, Format, Printer, Style, Table, sanitize_line},
};

use super::{
    autoscaler::{self, Autoscaler},
    fits::{Bound, Fits, fits, most},
    options::RoomArgs,
    subject::{self, Subject},
};
use crate::args::API_VERSION;

/// What can be typed after `kubectl quota fits`.
#[derive(Args, Clone, Debug)]
pub struct FitsArgs {
    #[command(flatten)]
    room: RoomArgs,

    /// Exit with status 3 when the workload can't have so many pods
    #[arg(long, value_name = "N")]
    replicas: Option<usize>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document<'a> {
    api_version: &'static str,
    kind: &'static str,
    workload: Workload<'a>,
    paused: bool,
    replicas: usize,
    fits: Option<usize>,
    wanted: Option<usize>,
    by: &'a [Bound],
    messages: &'a [String],
    autoscalers: &'a [Autoscaler],
}

/// What a workload is called.
#[derive(Serialize)]
pub struct Workload<'a> {
    kind: &'a str,
    namespace: &'a str,
    name: &'a str,
}

impl<'a> Workload<'a> {
    /// The name of a subject.
    pub fn of(subject: &'a Subject) -> Self {
        let manifest = &subject.manifest;
        Self { kind: &manifest.kind.kind, namespace: &manifest.namespace, name: &manifest.name }
    }
}

/// Runs the command.
///
/// # Errors
/// Whatever ends it without an answer.
pub fn run(args: FitsArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    let subject = subject::read(&args.room, connection, printer)?;
    let fits = fits(&subject).map_err(Error::new)?;
    let replicas = subject.pods();
    let most = most(&subject, &fits).map_err(Error::new)?;
    let autoscalers = autoscaler::of(&subject, most);
    let document = Document {
        api_version: API_VERSION,
        kind: "Fits",
        workload: Workload::of(&subject),
        paused: subject.is_paused(),
        replicas,
        fits: fits.more,
        wanted: args.replicas,
        by: &fits.by,
        messages: &fits.messages,
        autoscalers: &autoscalers,
    };
    match args.room.output.format {
        Format::Table => {
            printer.table(&table(&subject, &fits, replicas), args.room.output.table_options())?;
            printer.data(&explanations(&fits, &autoscalers))?;
            if subject.is_paused() {
                printer.note(format!(
                    "Deployment {} is paused: until `{}` it makes more pods only of the templates that it has pods of",
                    sanitize_line(&subject.manifest.name),
                    subject.command_to_resume()
                ));
            }
        }
        format => printer.document(format, &document)?,
    }
    let too_many = args.replicas.is_some_and(|wanted| most.is_some_and(|most| wanted > most));
    Ok(match (too_many, subject.is_complete()) {
        (true, _) => ExitStatus::No,
        (false, false) => ExitStatus::Incomplete,
        (false, true) => ExitStatus::Success,
    })
}

fn table(subject: &Subject, fits: &Fits, replicas: usize) -> Table {
    let columns = ["NAMESPACE", "KIND", "NAME", "PODS", "MORE", "BOUND BY"];
    let mut table = Table::new(columns.map(Column::new));
    let manifest = &subject.manifest;
    let more = fits.more.map_or("any".to_owned(), |more| more.to_string());
    let style = if fits.more == Some(0) { Style::Warning } else { Style::Plain };
    let bound = |bound: &Bound| match &bound.resource {
        Some(resource) => format!("{resource} of {}", bound.name),
        None if bound.name.is_empty() => bound.kind.to_owned(),
        None => format!("{} {}", bound.kind, bound.name),
    };
    let by = fits.by.iter().map(bound).collect::<Vec<_>>().join(", ");
    table.push([
        manifest.namespace.clone().into(),
        manifest.kind.kind.clone().into(),
        manifest.name.clone().into(),
        replicas.to_string().into(),
        Cell::styled(more, style),
        if by.is_empty() { "-".to_owned() } else { by }.into(),
    ]);
    table
}

fn explanations(fits: &Fits, autoscalers: &[Autoscaler]) -> String {
    let mut text = String::new();
    if !fits.messages.is_empty() {
        text.push_str("\nThe next one would be refused:\n");
        for message in &fits.messages {
            text.push_str(&format!("  {}\n", sanitize_line(message)));
        }
    }
    for one in autoscalers.iter().filter(|one| !one.reachable) {
        let name = sanitize_line(&one.name);
        text.push_str(&format!("\nautoscaler {name} can't reach its {} replicas\n", one.max_replicas));
    }
    text
}
