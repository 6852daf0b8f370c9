//! What the end of a run prints.

use shared::{
    Result,
    output::{Column, Printer, ShellCommand, Table, TableOptions},
};

use super::result::{DrainResult, PodResult};
use crate::plan::out_of_service;

/// Prints the pods that remain, and the commands that go on from here.
///
/// # Errors
/// Standard output can't be written.
pub fn result(result: &DrainResult, printer: &mut Printer) -> Result<()> {
    let mut table = Table::new(["NODE", "POD", "OUTCOME", "CODE", "WHY"].map(Column::new));
    for node in &result.nodes {
        for pod in &node.pods {
            let Some(outcome) = pod.outcome.filter(|outcome| remains(outcome) || is_lost(pod)) else {
                continue;
            };
            table.push([
                node.name.as_str().into(),
                format!("{}/{}", pod.namespace, pod.name).into(),
                outcome.into(),
                pod.code.unwrap_or("-").into(),
                pod.message.as_deref().unwrap_or("-").into(),
            ]);
        }
    }
    if !table.is_empty() {
        printer.table(&table, TableOptions::default())?;
    }
    for node in result.nodes.iter().filter(|node| !node.is_ready) {
        if node.pods.iter().any(|pod| pod.outcome == Some("Unconfirmed")) {
            printer.note(format!(
                "{0} is not Ready, and its Terminating pods stay until its kubelet is back. Where the machine is off, and only then, this lets them go:\n  {1}",
                node.name,
                out_of_service(&node.name)
            ));
        }
    }
    if !result.next.is_empty() {
        printer.note(format!("Next:\n  {}", result.next.join("\n  ")));
    }
    Ok(())
}

fn remains(outcome: &str) -> bool {
    matches!(outcome, "Left" | "Unconfirmed" | "Returned")
}

/// Returns whether a pod is gone that was to be recreated and is not.
fn is_lost(pod: &PodResult) -> bool {
    pod.outcome == Some("Evicted") && pod.code == Some("CannotRecreate")
}

/// Returns whether a pod is gone that nothing brings back but its file.
fn needs_its_file(pod: &PodResult) -> bool {
    let is_gone = matches!(pod.outcome, Some("Evicted" | "Gone" | "Unconfirmed"));
    is_gone && matches!(pod.code, Some("NoController" | "OwnerGone" | "Recreate" | "CannotRecreate"))
}

/// Returns the commands that go on from here.
pub fn next(result: &DrainResult, run: &str) -> Vec<String> {
    let command = |verb: &str| ShellCommand::new(["kubectl", "drain-safe", verb]);
    let is_drained = |state: Option<&str>| matches!(state, Some("Drained"));
    let is_open =
        |state: Option<&str>| matches!(state, Some("Partial" | "TimedOut" | "Interrupted" | "Failed"));
    let mut next = Vec::new();
    let drained: Vec<_> = result.nodes.iter().filter(|node| is_drained(node.state)).collect();
    if result.nodes.iter().any(|node| is_open(node.state)) {
        next.push(command("resume").name(run).to_string());
        next.push(command("undo").name(run).to_string());
    }
    if !drained.is_empty() {
        let finish = drained.iter().fold(command("finish"), |command, node| command.name(node.name.as_str()));
        next.push(finish.to_string());
    }
    let pods = result.nodes.iter().flat_map(|node| &node.pods);
    if let Some(saved) = result.saved.as_ref().filter(|_| pods.clone().any(needs_its_file)) {
        next.push(command("restore").name(saved.as_str()).to_string());
    }
    next
}
