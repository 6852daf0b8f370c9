//! `kubectl quota rollout` from flags to exit status.

use clap::Args;
use serde::Serialize;
use shared::{
    Error, Result,
    cli::{ConnectionFlags, ExitStatus},
    output::{Cell, Column, Format, Printer, Style, Table, sanitize_line},
    workload::{Strategy, There},
};

use super::{
    fits::Bound,
    fits_command::Workload,
    options::RoomArgs,
    rollout::{Rollout, rollout},
    subject::{self, Subject},
};
use crate::args::API_VERSION;

/// What can be typed after `kubectl quota rollout`.
#[derive(Args, Clone, Debug)]
pub struct RolloutArgs {
    #[command(flatten)]
    room: RoomArgs,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document<'a> {
    api_version: &'static str,
    kind: &'static str,
    workload: Workload<'a>,
    paused: bool,
    under_way: bool,
    old_pods: usize,
    new_pods: usize,
    strategy: StrategyDocument,
    peak_pods: usize,
    terminating_pods: usize,
    worst_pods: usize,
    may_wait: bool,
    verdict: &'static str,
    by: &'a [Bound],
    messages: &'a [String],
    fix: &'a [String],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct StrategyDocument {
    #[serde(rename = "type")]
    kind: &'static str,
    max_surge: Option<usize>,
    max_unavailable: Option<usize>,
}

impl From<Strategy> for StrategyDocument {
    fn from(strategy: Strategy) -> Self {
        match strategy {
            Strategy::Recreate => Self { kind: "Recreate", max_surge: None, max_unavailable: None },
            Strategy::Rolling { surge, unavailable } => {
                Self { kind: "RollingUpdate", max_surge: Some(surge), max_unavailable: Some(unavailable) }
            }
        }
    }
}

/// Runs the command.
///
/// # Errors
/// Whatever ends it without an answer.
pub fn run(args: RolloutArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    let subject = subject::read(&args.room, connection, printer)?;
    let rollout = rollout(&subject).map_err(Error::new)?;
    let verdict = match (rollout.completes, subject.is_complete()) {
        (true, true) => "Completes",
        (true, false) => "Unknown",
        (false, _) => "Deadlocks",
    };
    let document = Document {
        api_version: API_VERSION,
        kind: "Rollout",
        workload: Workload::of(&subject),
        paused: subject.is_paused(),
        under_way: subject.under_way().is_some(),
        old_pods: rollout.there.old,
        new_pods: rollout.there.new,
        strategy: rollout.strategy.into(),
        peak_pods: rollout.peak,
        terminating_pods: rollout.terminating,
        worst_pods: rollout.worst,
        may_wait: rollout.may_wait,
        verdict,
        by: &rollout.by,
        messages: &rollout.messages,
        fix: &rollout.fix,
    };
    match args.room.output.format {
        Format::Table => {
            printer.table(&table(&subject, &document), args.room.output.table_options())?;
            printer.data(&explanations(&rollout))?;
            note(&subject, &rollout).into_iter().for_each(|note| printer.note(note));
            if rollout.may_wait {
                printer.note(
                    "Old pods count until they are gone, and the quotas have no room for all new ones beside them: some may be refused at first, and their controller tries again after ever longer waits, up to 16 minutes",
                );
            }
        }
        format => printer.document(format, &document)?,
    }
    Ok(match verdict {
        "Deadlocks" => ExitStatus::No,
        "Unknown" => ExitStatus::Incomplete,
        _ => ExitStatus::Success,
    })
}

fn table(subject: &Subject, document: &Document) -> Table {
    let columns = ["NAMESPACE", "KIND", "NAME", "STRATEGY", "SURGE", "UNAVAILABLE", "PEAK PODS", "VERDICT"];
    let mut table = Table::new(columns.map(Column::new));
    let manifest = &subject.manifest;
    let number = |number: Option<usize>| number.map_or("-".to_owned(), |number| number.to_string());
    let style = match document.verdict {
        "Completes" => Style::Ok,
        "Deadlocks" => Style::Critical,
        _ => Style::Warning,
    };
    table.push([
        manifest.namespace.clone().into(),
        manifest.kind.kind.clone().into(),
        manifest.name.clone().into(),
        document.strategy.kind.into(),
        number(document.strategy.max_surge).into(),
        number(document.strategy.max_unavailable).into(),
        document.peak_pods.to_string().into(),
        Cell::styled(document.verdict, style),
    ]);
    table
}

/// Where it stands, if it is not about to begin.
fn note(subject: &Subject, rollout: &Rollout) -> Option<String> {
    let name = sanitize_line(&subject.manifest.name);
    let There { old, new } = rollout.there;
    match (subject.is_paused(), subject.under_way().is_some()) {
        (true, is_under_way) => {
            let command = subject.command_to_resume();
            let what = if is_under_way { "that" } else { "a restart after that" };
            Some(format!(
                "Deployment {name} is paused: nothing rolls out until `{command}`; this is what would come of {what}"
            ))
        }
        (false, true) => Some(format!(
            "Deployment {name} is in the middle of a rollout (pods of earlier templates: {old}, of the latest: {new}): this is how it goes on"
        )),
        (false, false) => None,
    }
}

fn explanations(rollout: &Rollout) -> String {
    let mut text = String::new();
    if !rollout.messages.is_empty() {
        text.push('\n');
    }
    for message in &rollout.messages {
        text.push_str(&format!("  {}\n", sanitize_line(message)));
    }
    for fix in &rollout.fix {
        text.push_str(&format!("  to let it through: {}\n", sanitize_line(fix)));
    }
    text
}
