//! `--dry-run`: what would be written, as kubectl says it; with `server`, the first wave's evictions are asked for once.

use k8s_openapi::api::core::v1::Node;
use serde_json::json;
use shared::{
    Result,
    cli::DryRun,
    client::{Client, Patch, WriteOptions},
    output::Printer,
};

use super::{
    cordon::FIELD_MANAGER,
    driver::requests::{Removal, Victim, evict},
    execute::Order,
    machine::Answer,
};
use crate::plan::Plan;

/// Shows a dry run. A refusal by a budget is told: asked again later, the eviction may be accepted.
///
/// # Errors
/// The server refuses the cordon, or an eviction for another reason than a budget.
pub async fn show(
    client: &Client,
    plan: &Plan,
    order: &Order,
    removal: Removal,
    printer: &mut Printer,
) -> Result<()> {
    let asks = order.dry_run == DryRun::Server;
    let how = if asks { "(server dry run)" } else { "(dry run)" };
    for node in &plan.nodes {
        let what = if node.cordoned { "already cordoned" } else { "cordoned" };
        if asks && !node.cordoned {
            let options = WriteOptions { field_manager: FIELD_MANAGER, dry_run: true };
            let patch = Patch::Merge(json!({"spec": {"unschedulable": true}}));
            client.cluster_objects::<Node>().patch(&node.name, &patch, options).await?;
        }
        say(order, printer, &format!("node/{} {what} {how}", node.name))?;
    }
    for pod in plan.pods().filter(|pod| pod.wave.is_some()) {
        let verb = if removal.deletes { "deleting" } else { "evicting" };
        say(order, printer, &format!("{verb} pod {}/{} {how}", pod.namespace, pod.name))?;
        if !asks || pod.wave != Some(1) {
            continue;
        }
        let victim = Victim {
            namespace: pod.namespace.clone(),
            name: pod.name.clone(),
            uid: pod.uid.clone(),
            resource_version: None,
        };
        let answered = evict(client, victim, removal).await;
        if !matches!(answered.answer, Answer::Accepted | Answer::Missing) {
            let why = answered.message.unwrap_or_default();
            printer.warning(format!("pod {}/{}: {why}", pod.namespace, pod.name));
        }
    }
    Ok(())
}

fn say(order: &Order, printer: &mut Printer, line: &str) -> Result<()> {
    match order.format {
        None => printer.data(&format!("{line}\n")),
        Some(_) => {
            printer.note(line);
            Ok(())
        }
    }
}
