//! A plan as text: what blocks first, then the waves, then the rest.

use std::collections::BTreeMap;

use shared::{
    output::{Printer, Style, sanitize_line},
    quantity::percent_cell,
};

use super::{
    legend::legend,
    pods::table,
    summary::{conclusion, counts, owner_name},
    wrap::wrapped,
};
use crate::plan::{NodePlan, Plan, PodPlan, ReasonCode, Verdict};

/// Whether long waves are cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Folding {
    /// Each wave shows its first pods, and how many more there are.
    Folded,
    /// All pods are shown.
    Unfolded,
}

/// How many pods of a wave are shown where it is cut.
const SHOWN: usize = 8;
/// The width of output that goes to no terminal.
const WIDTH: usize = 120;

/// Returns a plan as text.
pub fn text(plan: &Plan, folding: Folding, printer: &Printer) -> String {
    let width = printer.width().unwrap_or(WIDTH).max(60);
    let mut text = String::new();
    for node in &plan.nodes {
        text.push_str(wrapped(&heading(node), "  ", width).trim_start());
    }
    obstacles(plan, width, printer, &mut text);
    guards(plan, width, printer, &mut text);
    waves(plan, folding, width, printer, &mut text);
    rest(plan, folding, width, printer, &mut text);
    capacity(plan, width, &mut text);
    control_plane(plan, width, &mut text);
    text.push_str(&format!("\n{} Plan {}\n", conclusion(plan), &plan.hash.get(..12).unwrap_or_default()));
    text
}

/// Returns the width that tables have to fit: none where nothing is cut, since a program may read it.
fn columns(folding: Folding, printer: &Printer) -> Option<usize> {
    printer.width().filter(|_| folding == Folding::Folded).map(|width| width.max(60))
}

fn heading(node: &NodePlan) -> String {
    let mut facts = Vec::new();
    facts.extend(node.zone.as_ref().map(|zone| format!("zone {}", sanitize_line(zone))));
    facts.push(if node.ready { "Ready".to_owned() } else { "not Ready".to_owned() });
    if node.cordoned {
        facts.push("cordoned".to_owned());
    }
    let name = sanitize_line(&node.name).into_owned();
    format!("Node {name} ({}), pods: {}", facts.join(", "), counts(node))
}

/// Writes the pods that somebody must look at, those alike together.
fn obstacles(plan: &Plan, width: usize, printer: &Printer, text: &mut String) {
    let mut groups: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (node, pod) in pods(plan) {
        if matches!(pod.verdict, Verdict::Blocked | Verdict::Unmanaged | Verdict::Unknown) {
            let reasons: Vec<_> = pod.reasons.iter().map(|reason| reason.message.as_str()).collect();
            let rank = match pod.verdict {
                Verdict::Blocked => 0,
                Verdict::Unmanaged => 1,
                _ => 2,
            };
            let key = (rank, format!("{}/{}", pod.namespace, owner_name(pod)), reasons.join("\n"));
            groups.entry(key).or_default().push((node, pod));
        }
    }
    for members in groups.into_values() {
        let Some((node, first)) = members.first() else { continue };
        let verdict = first.verdict;
        let style = if verdict == Verdict::Unknown { Style::Warning } else { Style::Critical };
        let more = match members.len() {
            1 => String::new(),
            count => format!(" and {} like it", count - 1),
        };
        let name = sanitize_line(&format!("{}/{}", first.namespace, first.name)).into_owned();
        let owner = match &first.owner {
            Some(_) => format!(" of {}", sanitize_line(&owner_name(first))),
            None => String::new(),
        };
        let line = format!("{}  {name}{more}{owner} on {}", verdict.as_str(), sanitize_line(&node.name));
        let line = wrapped(&line, "  ", width);
        let rest = line.trim_start().strip_prefix(verdict.as_str()).unwrap_or_default();
        text.push_str(&format!("\n{}{rest}", printer.styled(style, verdict.as_str())));
        for reason in &first.reasons {
            let line = format!("{}: {}", reason.code.as_str(), sanitize_line(&reason.message));
            text.push_str(&wrapped(&line, "  ", width));
            if let Some(fix) = &reason.fix {
                text.push_str(&format!("    fix: {}\n", sanitize_line(fix)));
            }
        }
    }
}

fn guards(plan: &Plan, width: usize, printer: &Printer, text: &mut String) {
    if !plan.guards.is_empty() {
        text.push('\n');
    }
    for guard in &plan.guards {
        let (word, style) = match guard.blocks {
            true => ("Guard", Style::Critical),
            false => ("Note", Style::Warning),
        };
        let line = format!("{}: {}", guard.code.as_str(), sanitize_line(&guard.message));
        let body = wrapped(&line, "       ", width);
        let padding = " ".repeat(7 - word.len());
        text.push_str(&format!("{}{padding}{}", printer.styled(style, word), body.trim_start()));
        if let Some(fix) = &guard.fix {
            text.push_str(&format!("         fix: {}\n", sanitize_line(fix)));
        }
    }
}

fn waves(plan: &Plan, folding: Folding, width: usize, printer: &Printer, text: &mut String) {
    let columns = columns(folding, printer);
    for wave in &plan.waves {
        let mut going: Vec<_> = pods(plan).filter(|(_, pod)| pod.wave == Some(wave.wave)).collect();
        // What deserves a look stands before what is like everything else.
        going.sort_by_key(|(_, pod)| pod.reasons.is_empty());
        let shown = if folding == Folding::Folded { SHOWN } else { usize::MAX };
        let word = if wave.pods == 1 { "pod" } else { "pods" };
        text.push_str(&format!("\nWave {}: {} {word}\n", wave.wave, wave.pods));
        let rows = going.iter().take(shown).copied();
        text.push_str(&table(plan, rows, columns, printer));
        if let Some(more) = going.len().checked_sub(shown).filter(|more| *more > 0) {
            let word = if more == 1 { "pod goes" } else { "pods go" };
            text.push_str(&format!("{more} more {word} in wave {}\n", wave.wave));
        }
        text.push_str(&legend(going.iter().map(|(_, pod)| *pod), folding, width));
    }
}

/// Writes the pods that have no wave and block nothing.
fn rest(plan: &Plan, folding: Folding, width: usize, printer: &Printer, text: &mut String) {
    let columns = columns(folding, printer);
    let left =
        |wanted: Verdict| pods(plan).filter(move |(_, pod)| pod.wave.is_none() && pod.verdict == wanted);
    for (verdict, heading) in
        [(Verdict::Wait, "Waited for"), (Verdict::Returns, "Left, since they would come back")]
    {
        if left(verdict).next().is_some() {
            text.push_str(&format!("\n{heading}\n"));
            text.push_str(&table(plan, left(verdict), columns, printer));
            text.push_str(&legend(left(verdict).map(|(_, pod)| pod), folding, width));
        }
    }
    let skipped: Vec<_> = left(Verdict::Skip).collect();
    if skipped.is_empty() {
        return;
    }
    text.push_str("\nLeft where they are\n");
    if folding == Folding::Unfolded {
        text.push_str(&table(plan, skipped.into_iter(), None, printer));
        return;
    }
    let mut codes: BTreeMap<ReasonCode, usize> = BTreeMap::new();
    for code in skipped.iter().filter_map(|(_, pod)| pod.reasons.first()).map(|reason| reason.code) {
        *codes.entry(code).or_default() += 1;
    }
    let codes: Vec<_> = codes.iter().map(|(code, count)| format!("{count} {}", code.as_str())).collect();
    text.push_str(&format!("{}\n", codes.join(", ")));
}

fn capacity(plan: &Plan, width: usize, text: &mut String) {
    let parts: Vec<_> = plan
        .capacity
        .resources
        .iter()
        .filter_map(|one| {
            let before = percent_cell(&one.before, &one.allocatable)?;
            let after = percent_cell(&one.after, &one.allocatable)?;
            Some(format!("{} {before} -> {after}", sanitize_line(&one.resource)))
        })
        .collect();
    if parts.is_empty() {
        return;
    }
    let pending = match plan.capacity.pending {
        0 => String::new(),
        1 => "; 1 pod stays Pending".to_owned(),
        count => format!("; {count} pods stay Pending"),
    };
    let line = format!("Remaining nodes: {}{pending}", parts.join(", "));
    text.push_str(&format!("\n{}", wrapped(&line, "  ", width).trim_start()));
}

/// Says what is to be saved before a node of the control plane goes: the drain touches nothing there, what follows it may.
fn control_plane(plan: &Plan, width: usize, text: &mut String) {
    if plan.control_plane.is_empty() {
        return;
    }
    let names: Vec<_> = plan.control_plane.iter().map(|name| sanitize_line(name)).collect();
    let verb = if names.len() == 1 { "runs" } else { "run" };
    let line = format!("{} {verb} the control plane. Save etcd and all objects first:", names.join(", "));
    text.push_str(&format!("\n{}", wrapped(&line, "  ", width).trim_start()));
    text.push_str("  kubectl drain-safe backup --to DIR --etcd ENDPOINTS\n");
}

fn pods(plan: &Plan) -> impl Iterator<Item = (&NodePlan, &PodPlan)> {
    plan.nodes.iter().flat_map(|node| node.pods.iter().map(move |pod| (node, pod)))
}
