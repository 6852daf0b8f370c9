//! The table of `kubectl quota fits` and the text after it.

use shared::output::{Cell, Column, Style, Table, sanitize_line};

use crate::capacity::{Bound, Fits, TargetWorkload, autoscaler::Autoscaler, node_room::NodeRoom};

/// The column that a narrow terminal can do without: what is in it stands below then.
pub const BOUND_BY: &str = "BOUND BY";

/// Returns what bounds each workload, for below a table that has no room for it.
pub fn bounds_below<'a>(rows: impl IntoIterator<Item = (&'a TargetWorkload, &'a Fits)>) -> String {
    let lines = rows.into_iter().filter(|(_, fits)| !fits.by.is_empty()).map(|(target, fits)| {
        let manifest = &target.manifest;
        let line = format!("{} {} is bound by {}", manifest.kind.kind, manifest.name, bounds_text(&fits.by));
        format!("  {}\n", sanitize_line(&line))
    });
    lines.collect()
}

fn bounds_text(bounds: &[Bound]) -> String {
    let text = |bound: &Bound| match &bound.resource {
        Some(resource) => format!("{resource} of {}", bound.name),
        None if bound.name.is_empty() => bound.kind.to_owned(),
        None => format!("{} {}", bound.kind, bound.name),
    };
    bounds.iter().map(text).collect::<Vec<_>>().join(", ")
}

/// Returns the table: one row for each workload.
pub fn table<'a>(
    rows: impl IntoIterator<Item = (&'a TargetWorkload, &'a Fits, Option<&'a NodeRoom>)>,
) -> Table {
    let rows: Vec<_> = rows.into_iter().collect();
    let shows_nodes = rows.iter().any(|(_, _, room)| room.is_some());
    let mut columns = vec!["NAMESPACE", "KIND", "NAME", "PODS", "MORE"];
    columns.extend(shows_nodes.then_some("ON NODES"));
    columns.push(BOUND_BY);
    let mut table = Table::new(columns.into_iter().map(Column::new));
    rows.into_iter().for_each(|(target, fits, room)| push(&mut table, target, fits, room));
    table
}

fn push(table: &mut Table, target: &TargetWorkload, fits: &Fits, room: Option<&NodeRoom>) {
    let manifest = &target.manifest;
    let more = fits.more.map_or("any".to_owned(), |more| more.to_string());
    let style = if fits.more == Some(0) { Style::Warning } else { Style::Plain };
    let by = bounds_text(&fits.by);
    let on_nodes = room.map(|room| {
        Cell::styled(room.cell(), if room.more == Some(0) { Style::Warning } else { Style::Plain })
    });
    let before = [
        manifest.namespace.clone().into(),
        manifest.kind.kind.clone().into(),
        manifest.name.clone().into(),
        target.pods().to_string().into(),
        Cell::styled(more, style),
    ];
    let by = if by.is_empty() { "-".to_owned() } else { by };
    table.push(before.into_iter().chain(on_nodes).chain([Cell::from(by)]));
}

/// Returns what follows the table of several workloads: why those get no more pods that get none.
pub fn refusals<'a>(rows: impl IntoIterator<Item = (&'a TargetWorkload, &'a Fits)>) -> String {
    let mut text = String::new();
    for (target, fits) in rows.into_iter().filter(|(_, fits)| fits.more == Some(0)) {
        text.push_str(&format!("\n{} {}\n", target.manifest.kind.kind, sanitize_line(&target.manifest.name)));
        fits.messages.iter().for_each(|message| text.push_str(&format!("  {}\n", sanitize_line(message))));
    }
    text
}

/// Returns what the scheduler would say of the pod after those that nodes have room for.
fn of_nodes(room: &NodeRoom) -> String {
    let mut text = String::new();
    if !room.message.is_empty() {
        let message = sanitize_line(&room.message);
        text.push_str(&format!("\nThe pod after those on nodes would be Pending:\n  {message}\n"));
    }
    if room.waiting > 0 {
        text.push_str(&format!("\nPods that wait for a node already: {}\n", room.waiting));
    }
    if !room.unchecked.is_empty() {
        let lines = room.unchecked.iter().map(|one| format!("  {}\n", sanitize_line(one)));
        text.push_str(&format!("\nNot known of nodes:\n{}", lines.collect::<String>()));
    }
    text
}

/// Returns what follows the table: the refusal of the next pod, or that nothing refuses it, and autoscalers that cannot
/// reach maxReplicas.
pub fn explanations(
    target: &TargetWorkload,
    fits: &Fits,
    autoscalers: &[Autoscaler],
    room: Option<&NodeRoom>,
) -> String {
    let mut text = String::new();
    if fits.more.is_none() {
        let nodes = match room {
            Some(_) => "",
            None => " Whether nodes have room for them is not looked at.",
        };
        text.push_str(&format!(
            "\nNo ResourceQuota or LimitRange of namespace {} bounds these pods.{nodes}\n",
            sanitize_line(&target.manifest.namespace)
        ));
    }
    text.push_str(&room.map(of_nodes).unwrap_or_default());
    if !fits.messages.is_empty() {
        text.push_str("\nThe next pod would be refused:\n");
        for message in &fits.messages {
            text.push_str(&format!("  {}\n", sanitize_line(message)));
        }
    }
    for one in autoscalers.iter().filter(|one| !one.reachable) {
        let name = sanitize_line(&one.name);
        text.push_str(&format!(
            "\nHorizontalPodAutoscaler {name} cannot reach maxReplicas {}\n",
            one.max_replicas
        ));
    }
    text
}
