//! `kubectl drain-safe rolling` from flags to exit status: order, forecast, confirm, write on all nodes, roll.

use jiff::Timestamp;
use shared::{
    Error, Result,
    cli::{ConnectionFlags, ExitStatus, block_on_interruptible},
    client::Client,
    model::Node,
    output::Printer,
    prompt::{Prompter, Question, TerminalPrompter},
};

use super::{args::RollingArgs, forecast::forecast};
use crate::{
    collect::{self, Choice},
    flags::{NodeCount, OnFailure, RecordedFlags},
    plan::Facts,
    run::{
        annotations::NodeState,
        identity::Identity,
        rolling::{QUEUED, RollingNode, RollingState, enqueue, roll, sort},
    },
};

/// Runs the command.
///
/// # Errors
/// As a drain; a node belongs to another run; a command fails.
pub fn run(args: RollingArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    args.targets.names()?;
    let until = args.until().map_err(|why| Error::usage(format!("--until: {why}")))?;
    if args.run.max_parallel != NodeCount::Number(1) {
        return Err(Error::usage("a rolling drains one node at a time, and --max-parallel is for a drain")
            .with_hint("all at once: `kubectl drain-safe -l SELECTOR --max-parallel 100%`"));
    }
    if args.run.on_failure == OnFailure::Uncordon {
        return Err(Error::usage(
            "a rolling stops at a node that could not be drained, and --on-failure is for a drain",
        )
        .with_hint("take it back then: `kubectl drain-safe undo`"));
    }
    let mut prompter = TerminalPrompter::default();
    args.write.require_answer(&prompter, "a rolling", "--dry-run")?;
    let mut flags = RecordedFlags { decision: args.decision.clone(), run: args.run.clone() };
    flags.run.wait_replacements = true;
    block_on_interruptible(async |interrupt| {
        let client = Client::connect(connection, printer).await?;
        let progress = printer.progress("reading the cluster");
        let choice = Choice::Flags(args.targets.clone());
        let facts = interrupt.or(collect::from_cluster(&client, &choice)).await;
        drop(progress);
        let mut facts = facts?;
        let nodes = in_order(&facts);
        if nodes.is_empty() {
            printer.note("no node matches");
            return Ok(ExitStatus::Success);
        }
        if let Some((status, sentences)) = forecast(&mut facts, &nodes, &flags.decision, printer)? {
            sentences.into_iter().for_each(|sentence| printer.note(sentence));
            printer.note("nothing was written");
            return Ok(status);
        }
        if args.write.dry_run.is_dry() {
            return Ok(ExitStatus::Success);
        }
        if args.write.asks() {
            let text = format!("Drain these {} nodes, one after the other?", nodes.len());
            if !prompter.confirm(Question { text: &text, answered_by: "--yes" }, false)? {
                return Err(Error::cancelled());
            }
        }
        let began = client.server_time();
        let nodes: Vec<_> = nodes
            .iter()
            .enumerate()
            .map(|(place, node)| RollingNode {
                name: node.metadata.name.clone(),
                uid: node.metadata.uid.clone(),
                phase: QUEUED.to_owned(),
                rolling: RollingState {
                    place,
                    exec_after: args.exec_after.clone(),
                    until: until.word().to_owned(),
                    node_timeout: args
                        .node_timeout
                        .0
                        .map_or(0, |limit| u64::try_from(limit.as_millis()).unwrap_or(u64::MAX)),
                    selector: args.targets.selector.clone(),
                    began,
                    boot_id: node.status.node_info.boot_id.clone(),
                    version: node.status.node_info.kubelet_version.clone(),
                },
            })
            .collect();
        let identity = Identity::of_process(&client, None).await;
        let state = NodeState::new(&identity, &Timestamp::now().to_string(), &flags.words());
        interrupt.or(enqueue(&client, &identity.run, &state, &nodes)).await?;
        printer.note(format!("run {}", identity.run));
        roll(&client, &identity, &flags, &nodes, &interrupt, &mut prompter, printer).await
    })
}

fn in_order(facts: &Facts) -> Vec<Node> {
    let chosen = |node: &&Node| facts.targets.contains(&node.metadata.name);
    let mut nodes: Vec<Node> = facts.nodes.iter().filter(chosen).cloned().collect();
    sort(&mut nodes);
    nodes
}
