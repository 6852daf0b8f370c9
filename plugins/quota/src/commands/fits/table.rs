//! The table of `kubectl quota fits` and the text after it.

use shared::output::{Cell, Column, Style, Table, sanitize_line};

use crate::capacity::{Bound, Fits, TargetWorkload, autoscaler::Autoscaler};

/// Returns the table: one row for each workload.
pub fn table<'a>(rows: impl IntoIterator<Item = (&'a TargetWorkload, &'a Fits)>) -> Table {
    let columns = ["NAMESPACE", "KIND", "NAME", "PODS", "MORE", "BOUND BY"];
    let mut table = Table::new(columns.map(Column::new));
    rows.into_iter().for_each(|(target, fits)| push(&mut table, target, fits));
    table
}

fn push(table: &mut Table, target: &TargetWorkload, fits: &Fits) {
    let manifest = &target.manifest;
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
        target.pods().to_string().into(),
        Cell::styled(more, style),
        if by.is_empty() { "-".to_owned() } else { by }.into(),
    ]);
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

/// Returns what follows the table: the refusal of the next pod, or that nothing refuses it, and autoscalers that cannot
/// reach maxReplicas.
pub fn explanations(target: &TargetWorkload, fits: &Fits, autoscalers: &[Autoscaler]) -> String {
    let mut text = String::new();
    if fits.more.is_none() {
        text.push_str(&format!(
            "\nNo ResourceQuota or LimitRange of namespace {} bounds these pods. Whether nodes have room for them is not looked at.\n",
            sanitize_line(&target.manifest.namespace)
        ));
    }
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
