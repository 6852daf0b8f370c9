//! A plan as Markdown, to be put into a change request.

use shared::output::{Column, Table, sanitize_line};

use super::summary::{conclusion, counts, owner_name};
use crate::plan::{Plan, Verdict};

/// Returns a plan as Markdown.
pub fn markdown(plan: &Plan) -> String {
    let names: Vec<_> = plan.nodes.iter().map(|node| sanitize_line(&node.name).into_owned()).collect();
    let mut text =
        format!("# Drain of {}\n\n{}\n\nPlan `{}`\n", names.join(", "), conclusion(plan), plan.hash);
    text.push_str("\n## Nodes\n\n");
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
    text.push_str(&nodes.markdown());
    if !plan.guards.is_empty() {
        text.push_str("\n## Guards\n\n");
        let mut guards = Table::new(["GUARD", "BLOCKS", "MESSAGE", "FIX"].map(Column::new));
        for guard in &plan.guards {
            guards.push([
                guard.code.as_str().into(),
                if guard.blocks { "yes" } else { "no" }.into(),
                guard.message.clone().into(),
                guard.fix.clone().unwrap_or_else(|| "-".to_owned()).into(),
            ]);
        }
        text.push_str(&guards.markdown());
    }
    let is_obstacle =
        |verdict: Verdict| matches!(verdict, Verdict::Blocked | Verdict::Unmanaged | Verdict::Unknown);
    for (title, wanted) in [("Obstacles", true), ("Pods", false)] {
        let mut pods =
            Table::new(["NODE", "POD", "OWNER", "VERDICT", "WAVE", "GOES TO", "WHY", "FIX"].map(Column::new));
        for node in &plan.nodes {
            for pod in node.pods.iter().filter(|pod| is_obstacle(pod.verdict) == wanted) {
                let why = pod.reasons.iter().map(|one| format!("{}: {}", one.code.as_str(), one.message));
                let fixes: Vec<_> = pod.reasons.iter().filter_map(|one| one.fix.clone()).collect();
                let or_dash = |text: String| if text.is_empty() { "-".to_owned() } else { text };
                pods.push([
                    node.name.clone().into(),
                    format!("{}/{}", pod.namespace, pod.name).into(),
                    owner_name(pod).into(),
                    pod.verdict.as_str().into(),
                    pod.wave.map_or_else(|| "-".to_owned(), |wave| wave.to_string()).into(),
                    or_dash(pod.goes_to.join(", ")).into(),
                    or_dash(why.collect::<Vec<_>>().join("; ")).into(),
                    or_dash(fixes.join("; ")).into(),
                ]);
            }
        }
        if !pods.is_empty() {
            text.push_str(&format!("\n## {title}\n\n{}", pods.markdown()));
        }
    }
    text
}
