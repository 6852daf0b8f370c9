//! The table of `kubectl quota fits` and the text after it.

use shared::output::{Cell, Column, Prose, Style, Table};

use crate::capacity::{
    Bound, Fits, TargetWorkload, autoscaler::Autoscaler, node_room::NodeRoom, same_namespace,
};

/// The column whose content stands below the table where a narrow terminal has no room for it.
pub const BOUND_BY: &str = "BOUND BY";

/// Returns what a narrow terminal can do without.
pub fn droppable<'a>(targets: impl IntoIterator<Item = &'a TargetWorkload>) -> Vec<&'static str> {
    [same_namespace(targets).then_some("NAMESPACE"), Some(BOUND_BY)].into_iter().flatten().collect()
}

/// Returns what bounds each workload, for below a table that has no room for it.
pub fn bounds_below<'a>(rows: impl IntoIterator<Item = (&'a TargetWorkload, &'a Fits)>) -> Prose {
    let mut prose = Prose::default();
    for (target, fits) in rows.into_iter().filter(|(_, fits)| !fits.by.is_empty()) {
        let manifest = &target.manifest;
        let bounds = bounds_text(&fits.by);
        if prose.is_empty() {
            prose.blank();
        }
        prose.sentence(2, &format!("{} {} is bound by {bounds}", manifest.kind.kind, manifest.name));
    }
    prose
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
    let any = if target.doubt_about_bounds().is_some() { "?" } else { "any" };
    let more = fits.more.map_or(any.to_owned(), |more| more.to_string());
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
pub fn refusals<'a>(rows: impl IntoIterator<Item = (&'a TargetWorkload, &'a Fits)>) -> Prose {
    let mut prose = Prose::default();
    for (target, fits) in rows.into_iter().filter(|(_, fits)| fits.more == Some(0)) {
        prose.blank();
        prose.sentence(0, &format!("{} {}", target.manifest.kind.kind, target.manifest.name));
        fits.messages.iter().for_each(|message| prose.sentence(2, message));
    }
    prose
}

/// Returns what the scheduler would say of the pod after those that nodes have room for.
fn of_nodes(room: &NodeRoom) -> Prose {
    let mut prose = Prose::default();
    if !room.message.is_empty() {
        prose.blank();
        prose.sentence(0, "The pod after those on nodes would be Pending:");
        prose.sentence(2, &room.message);
    }
    if room.waiting > 0 {
        prose.blank();
        prose.sentence(0, &format!("Pods that wait for a node already: {}", room.waiting));
    }
    if !room.unchecked.is_empty() {
        prose.blank();
        prose.sentence(0, "Not known of nodes:");
        room.unchecked.iter().for_each(|one| prose.sentence(2, one));
    }
    prose
}

/// Returns what follows the table: the refusal of the next pod, or that nothing refuses it, and autoscalers that cannot
/// reach maxReplicas.
pub fn explanations(
    target: &TargetWorkload,
    fits: &Fits,
    autoscalers: &[Autoscaler],
    room: Option<&NodeRoom>,
) -> Prose {
    let mut prose = Prose::default();
    if let (None, Some(doubt)) = (fits.more, target.doubt_about_bounds()) {
        prose.blank();
        prose.sentence(0, &format!("What bounds these pods is not known: {doubt}."));
    } else if fits.more.is_none() {
        let nodes = match room {
            Some(_) => "",
            None => " Whether nodes have room for them is not looked at.",
        };
        prose.blank();
        let namespace = &target.manifest.namespace;
        let sentence =
            format!("No ResourceQuota or LimitRange of namespace {namespace} bounds these pods.{nodes}");
        prose.sentence(0, &sentence);
    }
    prose.append(room.map(of_nodes).unwrap_or_default());
    if !fits.messages.is_empty() {
        prose.blank();
        prose.sentence(0, "The next pod would be refused:");
        fits.messages.iter().for_each(|message| prose.sentence(2, message));
    }
    for one in autoscalers.iter().filter(|one| !one.reachable) {
        let sentence =
            format!("HorizontalPodAutoscaler {} cannot reach maxReplicas {}", one.name, one.max_replicas);
        prose.blank();
        prose.sentence(0, &sentence);
    }
    prose
}
