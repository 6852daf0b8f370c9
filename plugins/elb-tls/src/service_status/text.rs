//! The status as people read it.

use shared::output::{Cell, Column, Printer, Style, Table, TableOptions, findings, sanitize_line};
use shared::{Result, output::Severity};

use super::decide::ServiceStatus;
use crate::{
    events::EventLine,
    listeners::Listener,
    sync_state::{State, SyncState},
};

/// Prints the status.
///
/// # Errors
/// Standard output can't be written.
pub fn show(status: &ServiceStatus, options: TableOptions, printer: &mut Printer) -> Result<()> {
    let (namespace, name) = (&status.service.namespace, &status.service.name);
    let mut text = format!(
        "Service {}/{}: {}\n",
        sanitize_line(namespace),
        sanitize_line(name),
        status.controller.kind.title()
    );
    for sentence in &status.controller.evidence {
        text.push_str(&format!("  {}\n", sanitize_line(sentence)));
    }
    let hostname = status.hostname.as_deref().map_or("-".into(), sanitize_line);
    let scheme = status.scheme.map_or(String::new(), |scheme| format!(" ({})", scheme.word()));
    text.push_str(&format!("Hostname: {hostname}{scheme}\n"));
    text.push_str(&format!("Sync: {}\n", sync_words(&status.sync, printer)));
    printer.data(&text)?;
    let ports = ports(status);
    if !ports.is_empty() {
        printer.data("\n")?;
        printer.table(&ports, options)?;
    }
    if !status.events.is_empty() {
        printer.data("\n")?;
        printer.table(&events(&status.events), options)?;
        printer.data(&causes(&status.events))?;
    }
    if !status.findings.is_empty() {
        printer.data("\n")?;
        findings::show(&status.findings, options, printer)?;
    }
    if !status.unknown.is_empty() {
        let lines: String = status.unknown.iter().map(|one| format!("  {}\n", sanitize_line(one))).collect();
        printer.data(&format!("\nNot known:\n{lines}"))?;
    }
    Ok(())
}

fn sync_words(sync: &SyncState, printer: &Printer) -> String {
    let style = match sync.state {
        State::Synced => Style::Plain,
        State::Pending => Style::Warning,
        State::Failed | State::NobodyActs => Style::Critical,
    };
    let word = printer.styled(style, sync.state.word()).into_owned();
    match sync.since {
        Some(since) => format!("{word} since {since}"),
        None => word,
    }
}

fn ports(status: &ServiceStatus) -> Table {
    let columns = [
        Column::new("PORT"),
        Column::new("LISTENER"),
        Column::new("POLICY"),
        Column::new("READY"),
        Column::new("NOT-READY"),
        Column::wide("CERTIFICATES"),
    ];
    let mut table = Table::new(columns);
    let mut numbers: Vec<i32> = status.endpoints.iter().map(|one| one.port).collect();
    let more = status.listeners.iter().map(|listener| listener.port);
    numbers.extend(more.filter(|port| !status.endpoints.iter().any(|one| one.port == *port)));
    for number in numbers {
        let listener = status.listeners.iter().find(|listener| listener.port == number);
        let endpoints = status.endpoints.iter().find(|one| one.port == number);
        let count = |count: Option<usize>| count.map_or("-".to_owned(), |count| count.to_string());
        let ready = endpoints.map(|one| one.ready);
        let style = if ready == Some(0) { Style::Warning } else { Style::Plain };
        table.push([
            number.to_string().into(),
            listener.map_or("-".to_owned(), words).into(),
            listener.and_then(|listener| listener.policy.clone()).unwrap_or_else(|| "-".to_owned()).into(),
            Cell::styled(count(ready), style),
            count(endpoints.map(|one| one.not_ready)).into(),
            listener.map(|listener| listener.certificates.join(",")).unwrap_or_default().into(),
        ]);
    }
    table
}

fn words(listener: &Listener) -> String {
    let port = listener.backend.port.map(|port| format!(":{port}")).unwrap_or_default();
    format!("{} -> {}{port}", listener.protocol, listener.backend.protocol)
}

fn events(lines: &[EventLine]) -> Table {
    let mut table = Table::new(["LAST", "TYPE", "REASON", "COUNT", "MESSAGE"].map(Column::new));
    for line in lines {
        let style = if line.kind == "Warning" { Style::Warning } else { Style::Plain };
        table.push([
            line.last.map_or("-".to_owned(), |last| last.to_string()).into(),
            Cell::styled(line.kind.clone(), style),
            line.reason.clone().into(),
            line.count.to_string().into(),
            line.message.clone().into(),
        ]);
    }
    table
}

/// Returns what the messages mean, each once, the newest last.
fn causes(lines: &[EventLine]) -> String {
    let mut told: Vec<&str> = Vec::new();
    let mut text = String::new();
    for line in lines {
        let (Some(cause), Some(advice)) = (&line.cause, &line.advice) else { continue };
        if !told.contains(&cause.as_str()) {
            told.push(cause);
            text.push_str(&format!("\n{}: {cause}\n  {advice}\n", sanitize_line(&line.reason)));
        }
    }
    text
}

/// Returns whether the status is one to be alarmed at.
pub fn is_bad(status: &ServiceStatus) -> bool {
    matches!(status.sync.state, State::Failed | State::NobodyActs)
        || status.findings.iter().any(|finding| finding.severity == Severity::Error)
}
