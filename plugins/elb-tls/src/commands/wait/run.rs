//! `kubectl elb-tls wait` from flags to exit status.

use schemars::JsonSchema;
use serde::Serialize;
use shared::{
    Error, Result,
    cli::{ConnectionFlags, ExitStatus, block_on},
    client::Client,
    output::{Envelope, Format, Printer, sanitize_line},
};
use tokio::time::Instant;

use super::args::WaitArgs;
use crate::{
    api_version::API_VERSION,
    events::EventLine,
    inputs::{Options, collect},
    key_changes::KeyFlags,
    planning::ServiceName,
    sync_state::{Goal, Waited, follow},
};

/// The content of the document.
#[derive(Serialize, JsonSchema)]
pub struct WaitReport {
    service: ServiceName,
    #[serde(rename = "for")]
    goal: Goal,
    met: bool,
    seconds: f64,
    hostname: Option<String>,
    event: Option<EventLine>,
}

/// Runs the command.
///
/// # Errors
/// Everything that prevents an answer.
pub fn run(args: &WaitArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    let start = std::time::Instant::now();
    let options = Options::resolve(args.service_flags(), KeyFlags::default(), connection.namespace.clone())?;
    let mut collected = collect(&options, connection, printer)?;
    collected.cluster.skipped.iter().for_each(|one| printer.warning(one.sentence()));
    let Some(case) = collected.cases.first_mut() else {
        return Err(Error::new(format!("there is no Service {}", args.name)));
    };
    let cluster = &collected.cluster;
    let waited = block_on(async {
        let deadline = args.timeout.0.map(|timeout| Instant::now() + timeout);
        let client = Client::connect(connection, printer).await?;
        follow(&client, case, cluster, args.goal, deadline, printer).await
    })?;
    let report = WaitReport {
        service: ServiceName::of(&case.wanted),
        goal: args.goal,
        met: waited.met,
        // Milliseconds are enough.
        seconds: (start.elapsed().as_secs_f64() * 1000.0).round() / 1000.0,
        hostname: waited.hostname.clone(),
        event: waited.event.clone(),
    };
    match args.output.format {
        Format::Table => show(&report, printer)?,
        format => printer.document(format, &Envelope::new(API_VERSION, "WaitReport", &report))?,
    }
    Ok(end(&report, &waited, printer))
}

fn show(report: &WaitReport, printer: &mut Printer) -> Result<()> {
    if !report.met {
        return Ok(());
    }
    let name = sanitize_line(&report.service.name);
    let hostname = report.hostname.as_deref().map_or(String::new(), |host| format!(": {host}"));
    let word = match report.goal {
        Goal::Synced => "synced",
        Goal::Hostname => "has a hostname",
        Goal::Dns => "has addresses",
        Goal::Tls => "answers with TLS",
    };
    printer.data(&format!("service/{name} {word}{}\n", sanitize_line(&hostname)))
}

/// Says why it did not come, and returns the status.
fn end(report: &WaitReport, waited: &Waited, printer: &mut Printer) -> ExitStatus {
    if report.met {
        return ExitStatus::Success;
    }
    let name = &report.service.name;
    let goal = report.goal.word();
    if let Some(event) = &waited.event {
        printer.note(format!("the last event, {}: {}", event.reason, sanitize_line(&event.message)));
    }
    let (status, error) = match &waited.hopeless {
        Some(reason) => (
            ExitStatus::No,
            Error::new(format!("service/{name} will not be there ({goal}) without a change: {reason}")),
        ),
        None => (
            ExitStatus::Incomplete,
            Error::new(format!(
                "service/{name} is not there yet ({goal}) after {:.0} seconds",
                report.seconds
            ))
            .with_hint(format!(
                "see what is known with: kubectl elb-tls status {name} -n {}",
                report.service.namespace
            )),
        ),
    };
    printer.error(&error);
    status
}
