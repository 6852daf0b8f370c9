//! The live table: the nodes, and what their pods wait for.

use std::{cmp::Reverse, time::Duration};

use shared::output::{Cell, Column, Style, Table, TableOptions, spelled_duration, without_middle};

use super::{
    super::machine::{Disposition, End, Machine, Moment, NodeRun, Phase, PodRun, Stage},
    forecast::Forecast,
};

/// How many nodes are shown at most.
const NODES: usize = 8;
/// How many pods are shown at most.
const PODS: usize = 10;

/// Returns the lines of the table for a terminal of so many columns and rows.
pub fn lines(machine: &Machine, now: Moment, (columns, rows): (usize, usize), color: bool) -> Vec<String> {
    let mut text = nodes(machine, now, columns).render(TableOptions::default(), color);
    let hidden = machine.nodes().len().saturating_sub(NODES);
    if hidden > 0 {
        text.push_str(&format!("{hidden} more nodes\n"));
    }
    // Half of the terminal is for what scrolls.
    let room = (rows / 2).saturating_sub(text.lines().count() + 3).clamp(1, PODS);
    let mut waiting = waiting(machine, now);
    waiting.extend(after(machine, now));
    let more = waiting.len().saturating_sub(room);
    waiting.truncate(room);
    if !waiting.is_empty() {
        let several = machine.nodes().len() > 1;
        let node = several.then_some("NODE");
        let mut table = Table::new(["POD"].into_iter().chain(node).chain(["WAITS FOR"]).map(Column::new));
        for Waiting { name, node, words, .. } in waiting {
            let name = Cell::from(without_middle(&name, columns * 2 / 5).into_owned());
            let node = several.then(|| short(&machine.nodes()[node].name, columns));
            table.push([name].into_iter().chain(node).chain([Cell::from(words)]));
        }
        text.push('\n');
        text.push_str(&table.render(TableOptions::default(), color));
        if more > 0 {
            text.push_str(&format!("{more} more\n"));
        }
    }
    text.lines().map(ToOwned::to_owned).collect()
}

/// A line of the second table.
struct Waiting {
    /// When it ends at the latest, as far as a clock tells.
    end: Moment,
    wave: Option<usize>,
    name: String,
    node: usize,
    words: String,
}

fn short(name: &str, columns: usize) -> Cell<'static> {
    without_middle(name, (columns / 3).max(12)).into_owned().into()
}

/// Returns the table of the nodes: those that are being drained first, then those that wait, then the others.
fn nodes(machine: &Machine, now: Moment, columns: usize) -> Table {
    let mut order: Vec<usize> = (0..machine.nodes().len()).collect();
    order.sort_by_key(|index| match machine.nodes()[*index].stage {
        Stage::Draining { .. } | Stage::Cordoning => 0,
        Stage::Cordoned { .. } | Stage::Queued => 1,
        Stage::Over { .. } => 2,
    });
    let mut table = Table::new(["NODE", "STATE", "WAVE", "PODS LEFT", "FORECAST"].map(Column::new));
    for index in order.into_iter().take(NODES) {
        let node = &machine.nodes()[index];
        let forecast = Forecast::of_node(machine, index, now);
        let all = machine
            .pods_of(index)
            .filter(|pod| pod.disposition(machine.settings()) != Disposition::Stays)
            .count();
        let is_over = node.is_over();
        let forecast_words = if is_over { "-".to_owned() } else { forecast.words() };
        table.push([
            short(&node.name, columns),
            state(node, now),
            wave(machine, index).filter(|_| !is_over).unwrap_or_else(|| "-".to_owned()).into(),
            format!("{} of {all}", forecast.left).into(),
            forecast_words.into(),
        ]);
    }
    table
}

fn state(node: &NodeRun, now: Moment) -> Cell<'static> {
    match &node.stage {
        Stage::Queued => "waits".into(),
        Stage::Cordoning => "being cordoned".into(),
        Stage::Cordoned { .. } => "cordoned".into(),
        Stage::Draining { since, .. } => format!("draining {}", age(now.saturating_sub(*since))).into(),
        Stage::Over { end: end @ (End::Drained | End::Gone), .. } => {
            Cell::styled(end.as_str().to_lowercase(), Style::Ok)
        }
        Stage::Over { end, .. } => Cell::styled(end.as_str().to_lowercase(), Style::Critical),
    }
}

fn age(time: Duration) -> String {
    spelled_duration(Duration::from_secs(time.as_secs()))
}

/// Returns the lowest wave of which a pod is still to go, and how many there are.
fn wave(machine: &Machine, node: usize) -> Option<String> {
    let last = machine.pods_of(node).filter_map(|pod| pod.wave).max()?;
    let left = machine.pods_of(node).filter(|pod| !pod.is_resolved(machine.settings()));
    let first = left.filter_map(|pod| pod.wave).min()?;
    Some(format!("{first} of {last}"))
}

/// Returns the pods of the nodes that are being drained, with what each waits for: what is held first, then what takes
/// longest to end.
fn waiting(machine: &Machine, now: Moment) -> Vec<Waiting> {
    let pods = active(machine).flat_map(|index| machine.pods_of(index));
    let pods = pods.filter(|pod| !pod.is_resolved(machine.settings()));
    let mut waiting: Vec<_> = pods
        .filter_map(|pod| {
            let end = match pod.phase {
                Phase::Leaving { since, grace } => since + grace,
                _ => Moment::MAX,
            };
            let name = format!("{}/{}", pod.plan.namespace, pod.plan.name);
            Some(Waiting { end, wave: pod.wave, name, node: pod.node, words: words(pod, machine, now)? })
        })
        .collect();
    waiting.sort_by(|one, other| {
        let key = |waiting: &Waiting| (Reverse(waiting.end), waiting.wave, waiting.name.clone());
        key(one).cmp(&key(other))
    });
    waiting
}

/// Returns the nodes without pods that wait for something else.
fn after(machine: &Machine, now: Moment) -> impl Iterator<Item = Waiting> {
    active(machine).filter(|index| machine.nodes()[*index].empty_since.is_some()).filter_map(move |index| {
        let words = machine.waits_after(index, now)?.message;
        let name = format!("node/{}", machine.nodes()[index].name);
        Some(Waiting { end: Moment::MAX, wave: None, name, node: index, words })
    })
}

fn active(machine: &Machine) -> impl Iterator<Item = usize> {
    (0..machine.nodes().len()).filter(|index| machine.nodes()[*index].is_active())
}

/// Returns what a pod waits for; none for one whose turn has just come.
fn words(pod: &PodRun, machine: &Machine, now: Moment) -> Option<String> {
    match pod.phase {
        Phase::Leaving { since, grace } => {
            let end = since + grace;
            Some(match end.checked_sub(now) {
                Some(left) => format!("its end, within {} s", left.as_secs_f64().ceil()),
                None if machine.nodes()[pod.node].is_ready => {
                    format!("its end, {} over its grace period", age(now.saturating_sub(end)))
                }
                None => "its end, which a node that is not Ready does not report".to_owned(),
            })
        }
        _ => pod.held.as_ref().map(|held| held.message.clone()),
    }
}
