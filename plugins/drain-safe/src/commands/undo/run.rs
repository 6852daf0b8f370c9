//! Taking a run back: its cordons and its annotations. Pods do not come back by themselves.

use shared::{
    Error, Result,
    cli::{ConnectionFlags, ExitStatus, block_on_interruptible},
    client::Client,
    output::Printer,
    prompt::{Prompter, Question, TerminalPrompter},
};

use super::args::UndoArgs;
use crate::run::{
    cordon,
    driver::locks,
    identity::Identity,
    journal::{Entry, Record},
    runs, surge,
};

/// Runs the command.
///
/// # Errors
/// No run can be told; somebody carries it out; a node can't be written.
pub fn run(args: UndoArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    let mut prompter = TerminalPrompter::default();
    if !args.yes && !prompter.can_ask() {
        return Err(Error::usage(
            "taking a run back has to be confirmed, and there is no terminal to ask on",
        )
        .with_hint("pass --yes"));
    }
    block_on_interruptible(async |interrupt| {
        let client = Client::connect(connection, printer).await?;
        let run = runs::find_one(&client, &args.words, &interrupt, printer).await?;
        for found in &run.nodes {
            let what = match (found.state.was_cordoned, found.node.spec.unschedulable) {
                (true, _) => "was cordoned before the run, and stays cordoned",
                (false, true) => "is uncordoned",
                (false, false) => "is uncordoned already",
            };
            printer.note(format!("node/{} {what}", found.node.metadata.name));
        }
        if !args.yes {
            let text = format!("Take back run {}?", run.name);
            if !prompter.confirm(Question { text: &text, answered_by: "--yes" }, false)? {
                return Err(Error::cancelled());
            }
        }
        let names: Vec<String> = run.nodes.iter().map(|found| found.node.metadata.name.clone()).collect();
        let identity = Identity::of_process(&client, Some(run.name.clone())).await;
        let sink = printer.stderr_sink();
        let waiting = |node: &str, holder: &str| {
            sink.note(&format!(
                "node {node} is held by {holder}: waiting up to 15 s to see whether it lives"
            ));
        };
        let leases = interrupt.or(locks::acquire(&client, &names, &identity, false, waiting)).await?;
        let mut record = Record::open(&run.name);
        for deployment in surge::restore(&client, &run.name).await? {
            let (event, message) = ("Scale", Some(deployment.to_string()));
            record.add(&Entry { event, message, code: Some(200), ..Entry::default() });
            printer.data(&format!(
                "deployment/{} in namespace {} given back\n",
                deployment.name, deployment.namespace
            ))?;
        }
        let mut failure = None;
        for name in &names {
            match cordon::uncordon(&client, name, &run.name).await {
                Ok(Some(true)) => {
                    let node = Some(name.clone());
                    record.add(&Entry { event: "Uncordon", node, code: Some(200), ..Entry::default() });
                    printer.data(&format!("node/{name} uncordoned\n"))?;
                }
                Ok(Some(false)) => printer.data(&format!("node/{name} left as it was\n"))?,
                Ok(None) => printer.note(format!("node/{name} is not of this run anymore")),
                Err(error) => drop(failure.get_or_insert(error)),
            }
        }
        for lease in leases {
            // Nobody waits for more than 15 s for one that can't be released.
            lease.release().await.ok();
        }
        match failure {
            None => Ok(ExitStatus::Success),
            Some(error) => Err(error),
        }
    })
}
