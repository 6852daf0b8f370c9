//! What people see of a plan.

use shared::output::{Cell, Column, Style, Table, TableOptions, sanitize_line};

use crate::{
    listeners::Listener,
    planning::Plan,
    sync::{Change, Impact},
};

/// Returns a plan as text: who acts, the listeners before and after, what changes, doubts.
pub fn plan_text(plan: &Plan, options: TableOptions, color: bool) -> String {
    let mut text = format!(
        "Service {}/{}: {}\n",
        sanitize_line(&plan.service.namespace),
        sanitize_line(&plan.service.name),
        plan.controller.kind.title()
    );
    for sentence in &plan.controller.evidence {
        text.push_str(&format!("  {}\n", sanitize_line(sentence)));
    }
    if let Some(previous) = plan.previous_controller {
        text.push_str(&format!("  before: {}\n", previous.title()));
    }
    for change in &plan.annotations {
        for (sign, value) in [('-', &change.before), ('+', &change.after)] {
            if let Some(value) = value {
                text.push_str(&format!(
                    "  {sign} {}: {}\n",
                    sanitize_line(&change.key),
                    sanitize_line(value)
                ));
            }
        }
    }
    text.push('\n');
    let table = listeners(plan);
    match table.is_empty() {
        true => text.push_str("no listeners\n"),
        false => text.push_str(&table.render(options, color)),
    }
    if !plan.changes.is_empty() {
        text.push('\n');
        text.push_str(&changes(&plan.changes).render(options, color));
    }
    for change in &plan.changes {
        if let Some(way) = &change.way {
            let place = change.port.map_or(String::new(), |port| format!(" for port {port}"));
            text.push_str(&format!("\nThe safe way round{place}: {}\n", sanitize_line(way)));
        }
    }
    if !plan.doubts.is_empty() {
        text.push_str("\nDoubts:\n");
        for doubt in &plan.doubts {
            text.push_str(&format!("  {}\n", sanitize_line(doubt)));
        }
    }
    text
}

fn listeners(plan: &Plan) -> Table {
    let columns = [
        Column::new("PORT"),
        Column::new("BEFORE"),
        Column::new("AFTER"),
        Column::new("POLICY"),
        Column::wide("CERTIFICATES"),
        Column::wide("ALPN"),
    ];
    let mut table = Table::new(columns);
    let mut ports: Vec<i32> = plan.after.iter().map(|listener| listener.port).collect();
    ports.extend(
        plan.before
            .iter()
            .map(|listener| listener.port)
            .filter(|port| !plan.after.iter().any(|after| after.port == *port)),
    );
    for port in ports {
        let of = |listeners: &[Listener]| listeners.iter().find(|listener| listener.port == port).cloned();
        let (before, after) = (of(&plan.before), of(&plan.after));
        let style = if before == after { Style::Plain } else { Style::Warning };
        let shown = after.as_ref().or(before.as_ref());
        table.push([
            port.to_string().into(),
            words(before.as_ref()).into(),
            Cell::styled(words(after.as_ref()), style),
            shown.and_then(|listener| listener.policy.clone()).unwrap_or_else(|| "-".into()).into(),
            shown.map(|listener| listener.certificates.join(",")).unwrap_or_default().into(),
            shown.and_then(|listener| listener.alpn.clone()).unwrap_or_default().into(),
        ]);
    }
    table
}

fn words(listener: Option<&Listener>) -> String {
    let Some(listener) = listener else { return "-".to_owned() };
    let port = listener.backend.port.map(|port| format!(":{port}")).unwrap_or_default();
    format!("{} -> {}{port}", listener.protocol, listener.backend.protocol)
}

fn changes(changes: &[Change]) -> Table {
    let mut table = Table::new(["CHANGE", "IMPACT", "REASON"].map(Column::new));
    for change in changes {
        let style = match change.impact {
            Impact::None => Style::Muted,
            Impact::Brief => Style::Plain,
            Impact::ConnectionsCut | Impact::ListenerRecreated => Style::Warning,
            Impact::LoadBalancerReplaced | Impact::HostnameChanges | Impact::SyncStops => Style::Critical,
        };
        table.push([
            change.port.map_or("all".to_owned(), |port| port.to_string()).into(),
            Cell::styled(change.impact.word(), style),
            change.reason.clone().into(),
        ]);
    }
    table
}
