//! A plan as Markdown, to be put into a change request: what blocks first, then what goes when, then what stays.

use shared::output::{Column, Table, sanitize_line};

use super::summary::{conclusion, counts, owner_name};
use crate::plan::{NodePlan, Plan, PodPlan, Verdict};

/// Returns a plan as Markdown.
pub fn markdown(plan: &Plan) -> String {
    let names: Vec<_> = plan.nodes.iter().map(|node| sanitize_line(&node.name).into_owned()).collect();
    let mut text =
        format!("# Drain of {}\n\n{}\n\nPlan `{}`\n", names.join(", "), conclusion(plan), plan.hash);
    section(&mut text, "Nodes", &nodes(plan));
    let is_obstacle =
        |verdict: Verdict| matches!(verdict, Verdict::Blocked | Verdict::Unmanaged | Verdict::Unknown);
    section(&mut text, "Obstacles", &table(pods(plan).filter(|(_, pod)| is_obstacle(pod.verdict))));
    section(&mut text, "Guards", &guards(plan));
    let mut going: Vec<_> = pods(plan).filter(|(_, pod)| pod.wave.is_some()).collect();
    going.sort_by_key(|(_, pod)| pod.wave);
    section(&mut text, "Waves", &table(going.into_iter()));
    let rest = |wanted: &'static [Verdict]| {
        pods(plan).filter(move |(_, pod)| pod.wave.is_none() && wanted.contains(&pod.verdict))
    };
    section(&mut text, "Pods that are waited for", &table(rest(&[Verdict::Wait])));
    section(&mut text, "Pods that stay", &table(rest(&[Verdict::Skip, Verdict::Returns])));
    text
}

fn section(text: &mut String, title: &str, table: &Table) {
    if !table.is_empty() {
        text.push_str(&format!("\n## {title}\n\n{}", table.markdown()));
    }
}

fn pods(plan: &Plan) -> impl Iterator<Item = (&NodePlan, &PodPlan)> {
    plan.nodes.iter().flat_map(|node| node.pods.iter().map(move |pod| (node, pod)))
}

fn nodes(plan: &Plan) -> Table {
    let mut nodes = Table::new(["NODE", "ZONE", "READY", "CORDONED", "PODS"].map(Column::new));
    for node in &plan.nodes {
        let yes = |holds: bool| if holds { "yes" } else { "no" };
        nodes.push([
            node.name.clone().into(),
            node.zone.clone().unwrap_or_else(|| "-".to_owned()).into(),
            yes(node.ready).into(),
            yes(node.cordoned).into(),
            counts(node).into(),
        ]);
    }
    nodes
}

fn guards(plan: &Plan) -> Table {
    let mut guards = Table::new(["GUARD", "BLOCKS", "MESSAGE", "FIX"].map(Column::new));
    for guard in &plan.guards {
        guards.push([
            guard.code.as_str().into(),
            if guard.blocks { "yes" } else { "no" }.into(),
            guard.message.clone().into(),
            guard.fix.clone().unwrap_or_else(|| "-".to_owned()).into(),
        ]);
    }
    guards
}

fn table<'a>(rows: impl Iterator<Item = (&'a NodePlan, &'a PodPlan)>) -> Table {
    let columns = ["WAVE", "NODE", "POD", "OWNER", "VERDICT", "BUDGET", "GOES TO", "WHY", "FIX"];
    let mut table = Table::new(columns.map(Column::new));
    for (node, pod) in rows {
        let why = pod.reasons.iter().map(|one| format!("{}: {}", one.code.as_str(), one.message));
        let fixes: Vec<_> = pod.reasons.iter().filter_map(|one| one.fix.clone()).collect();
        let budgets = pod.budgets.iter().map(|budget| {
            let allowed = budget.allowed.map_or_else(|| "?".to_owned(), |allowed| allowed.to_string());
            format!("{} ({allowed})", budget.name)
        });
        let or_dash = |text: String| if text.is_empty() { "-".to_owned() } else { text };
        table.push([
            pod.wave.map_or_else(|| "-".to_owned(), |wave| wave.to_string()).into(),
            node.name.clone().into(),
            format!("{}/{}", pod.namespace, pod.name).into(),
            owner_name(pod).into(),
            pod.verdict.as_str().into(),
            or_dash(budgets.collect::<Vec<_>>().join(", ")).into(),
            or_dash(pod.goes_to.join(", ")).into(),
            or_dash(why.collect::<Vec<_>>().join("; ")).into(),
            or_dash(fixes.join("; ")).into(),
        ]);
    }
    table
}
