//! Going on with a run that somebody has left.

use shared::{
    Error, Result,
    cli::{ConnectionFlags, DryRun, ExitStatus, block_on_interruptible},
    client::Client,
    output::Printer,
    prompt::{Prompter, Question, TerminalPrompter},
};

use super::args::ResumeArgs;
use crate::{
    flags::{RecordedFlags, TargetFlags},
    run::{
        execute::{Order, execute},
        identity::Identity,
        rolling,
        runs::{self, FoundRun},
        surge,
    },
};

/// Runs the command.
///
/// # Errors
/// No run can be told; somebody carries it out; and as a drain.
pub fn run(args: ResumeArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    let mut prompter = TerminalPrompter::default();
    if !args.yes && !prompter.can_ask() {
        return Err(Error::usage("a drain has to be confirmed, and there is no terminal to ask on")
            .with_hint("pass --yes"));
    }
    block_on_interruptible(async |interrupt| {
        let client = Client::connect(connection, printer).await?;
        let run = runs::find_one(&client, &args.words, &interrupt, printer).await?;
        printer.note(format!("going on with run {}", run.name));
        let order = order(&run, &args)?;
        for deployment in &run.surged {
            printer.note(format!("{deployment} was left in the middle of a move"));
        }
        if !run.surged.is_empty() && !args.yes {
            let question =
                Question { text: "Give back what was moved, and plan again?", answered_by: "--yes" };
            if !prompter.confirm(question, false)? {
                return Err(Error::cancelled());
            }
        }
        for deployment in interrupt.or(surge::restore(&client, &run.name, &run.node_names())).await? {
            printer.note(format!("{deployment} is given back"));
        }
        if run.nodes.is_empty() {
            printer.note(format!("no node of run {} is left", run.name));
            return Ok(ExitStatus::Success);
        }
        let Some(nodes) = rolling::nodes_of(&run) else {
            return execute(&client, &order, &interrupt, &mut prompter, printer).await;
        };
        if !args.yes {
            let text = format!("Go on with the {} nodes that are left?", nodes.len());
            if !prompter.confirm(Question { text: &text, answered_by: "--yes" }, false)? {
                return Err(Error::cancelled());
            }
        }
        let identity = Identity::of_process(&client, Some(run.name.clone())).await;
        rolling::roll(&client, &identity, &order.flags, &nodes, &interrupt, &mut prompter, printer).await
    })
}

/// Returns the order to do what the run was begun with.
fn order(run: &FoundRun, args: &ResumeArgs) -> Result<Order> {
    let words = run.nodes.first().map(|found| found.state.flags.clone()).unwrap_or_default();
    let flags = RecordedFlags::of_words(&words).map_err(|error| {
        let line = error.to_string();
        let line = line.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned();
        Error::new(format!("the flags of run {} can't be read: {line}", run.name))
            .with_hint("start a new drain with flags of your own: the cordon is taken over")
    })?;
    let nodes = run.node_names();
    let ready =
        run.nodes.iter().map(|found| (found.node.metadata.name.clone(), found.state.ready_pods().collect()));
    Ok(Order {
        targets: TargetFlags { nodes, ..TargetFlags::default() },
        flags,
        run: Some(run.name.clone()),
        ready: ready.collect(),
        rolling: None,
        hash: None,
        yes: args.yes,
        dry_run: DryRun::None,
        format: args.document.format(),
    })
}
