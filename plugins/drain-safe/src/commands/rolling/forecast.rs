//! Whether each node could be drained now, by itself.

use shared::{
    Result,
    cli::ExitStatus,
    model::Node,
    output::{Column, Printer, ShellCommand, Table, TableOptions},
};

use crate::{
    flags::DecisionFlags,
    plan::{Facts, Plan, cluster_of, decide_in},
    run::verdict,
};

/// Plans the drain of each node, and prints them in their order. Returns what refuses one, with why.
///
/// # Errors
/// Standard output can't be written.
pub fn forecast(
    facts: &mut Facts,
    nodes: &[Node],
    flags: &DecisionFlags,
    printer: &mut Printer,
) -> Result<Option<(ExitStatus, Vec<String>)>> {
    let cluster = cluster_of(facts);
    let mut table = Table::new(["PLACE", "NODE", "ZONE", "VERSION", "PODS", "DRAIN"].map(Column::new));
    let mut refused: Option<(ExitStatus, Vec<String>)> = None;
    for (index, node) in nodes.iter().enumerate() {
        facts.targets = vec![node.metadata.name.clone()];
        let plan = decide_in(facts, cluster.clone(), flags)?;
        let refusal = verdict::refusal(&plan, flags);
        table.push([
            (index + 1).to_string().into(),
            node.metadata.name.as_str().into(),
            node.zone().unwrap_or("-").into(),
            node.status.node_info.kubelet_version.as_str().into(),
            leaving(&plan).to_string().into(),
            if refusal.is_some() { "refused" } else { "yes" }.into(),
        ]);
        if let Some(status) = refusal {
            let name = &node.metadata.name;
            let sentences = verdict::sentences(&plan, flags).into_iter();
            let sentences = sentences.map(|sentence| format!("node {name}: {sentence}"));
            let plan = ShellCommand::new(["kubectl", "drain-safe", "plan"]).name(name.clone());
            let refused = &mut refused.get_or_insert((status, Vec::new())).1;
            refused.extend(sentences.chain([format!("the plan says what helps: `{plan}`")]));
        }
    }
    printer.table(&table, TableOptions::default())?;
    printer.flush()?;
    Ok(refused)
}

fn leaving(plan: &Plan) -> usize {
    plan.pods().filter(|pod| pod.wave.is_some()).count()
}
