//! Pods as a table that fits the terminal.

use std::collections::BTreeSet;

use shared::output::{Cell, Column, Printer, Style, Table, TableOptions, fits, without_end, without_middle};

use super::summary::owner_name;
use crate::plan::{NodePlan, Plan, PodPlan, ReasonCode};

/// How narrow names of pods, owners and nodes may become.
const LEAST: usize = 14;

/// How a table is made narrower, step by step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Layout {
    /// Names of nodes end at their first dot.
    short_nodes: bool,
    with_owner: bool,
    /// The most characters of a pod's name, and three quarters of these of its owner's.
    longest: usize,
}

/// Returns pods as a table, with names cut as far as the width demands; with no width nothing is cut.
pub fn table<'a>(
    plan: &Plan,
    rows: impl Iterator<Item = (&'a NodePlan, &'a PodPlan)>,
    width: Option<usize>,
    printer: &Printer,
) -> String {
    let rows: Vec<_> = rows.collect();
    let short_nodes = are_short(plan);
    let full = Layout { short_nodes: false, with_owner: true, longest: usize::MAX };
    let mut layouts = vec![full, Layout { short_nodes, ..full }];
    for with_owner in [true, false] {
        let longest = [60, 45, 36, 30, 26];
        layouts.extend(longest.map(|longest| Layout { short_nodes, with_owner, longest }));
    }
    layouts.push(Layout { short_nodes, with_owner: false, longest: LEAST });
    let options = TableOptions::default;
    let fitting = layouts.iter().map(|layout| made(plan, &rows, *layout));
    let mut last = None;
    for table in fitting {
        let is_narrow = width.is_none_or(|width| fits(&table, options(), width));
        last = Some(table);
        if is_narrow {
            break;
        }
    }
    let is_colored = printer.styled(Style::Critical, "x") != "x";
    last.map_or_else(String::new, |table| table.render(options(), is_colored))
}

/// Returns whether the first labels of all nodes tell them apart.
fn are_short(plan: &Plan) -> bool {
    let places = plan.pods().flat_map(|pod| &pod.goes_to);
    let names: BTreeSet<&str> =
        plan.nodes.iter().map(|node| &node.name).chain(places).map(String::as_str).collect();
    let labels: BTreeSet<&str> = names.iter().map(|name| first_label(name)).collect();
    labels.len() == names.len()
}

fn first_label(node: &str) -> &str {
    // An address has no labels.
    if node.starts_with(|first: char| first.is_ascii_digit()) {
        return node;
    }
    node.split('.').next().unwrap_or(node)
}

fn made(plan: &Plan, rows: &[(&NodePlan, &PodPlan)], layout: Layout) -> Table {
    let Layout { short_nodes, with_owner, longest } = layout;
    let with_node = plan.nodes.len() > 1;
    let with_budget = rows.iter().any(|(_, pod)| !pod.budgets.is_empty());
    let with_place = rows.iter().any(|(_, pod)| pod.fits.is_some());
    let with_why = rows.iter().any(|(_, pod)| !pod.reasons.is_empty());
    let wanted = [
        ("POD", true),
        ("OWNER", with_owner),
        ("NODE", with_node),
        ("BUDGET", with_budget),
        ("GOES TO", with_place),
        ("WHY", with_why),
    ];
    let mut table =
        Table::new(wanted.iter().filter(|(_, is_shown)| *is_shown).map(|(name, _)| Column::new(*name)));
    let node_name = |name: &str| {
        let name = if short_nodes { first_label(name) } else { name };
        without_middle(name, longest.max(LEAST)).into_owned()
    };
    for (node, pod) in rows {
        let name = format!("{}/{}", pod.namespace, pod.name);
        let style = if pod.has(ReasonCode::NoPlace) { Style::Critical } else { Style::Plain };
        let why = pod.reasons.iter().map(|reason| reason.code.as_str()).collect::<Vec<_>>().join(",");
        let places = match (pod.goes_to.as_slice(), pod.fits) {
            ([], Some(fits)) => fits.as_str().to_owned(),
            ([], None) => String::new(),
            ([one], _) => node_name(one),
            ([one, others @ ..], _) => format!("{} +{}", node_name(one), others.len()),
        };
        let or_dash = |text: String| Cell::from(if text.is_empty() { "-".to_owned() } else { text });
        let owner = without_end(&owner_name(pod), longest.saturating_sub(longest / 4)).into_owned();
        let cells = [
            Cell::from(without_middle(&name, longest).into_owned()),
            Cell::from(owner),
            Cell::from(node_name(&node.name)),
            or_dash(budgets(pod)),
            or_dash(places),
            Cell::styled(if why.is_empty() { "-".to_owned() } else { why }, style),
        ];
        table
            .push(cells.into_iter().zip(wanted).filter(|(_, (_, is_shown))| *is_shown).map(|(cell, _)| cell));
    }
    table
}

fn budgets(pod: &PodPlan) -> String {
    let budgets = pod.budgets.iter().map(|budget| {
        let allowed = budget.allowed.map_or_else(|| "?".to_owned(), |allowed| allowed.to_string());
        format!("{} ({allowed})", budget.name)
    });
    budgets.collect::<Vec<_>>().join(", ")
}
