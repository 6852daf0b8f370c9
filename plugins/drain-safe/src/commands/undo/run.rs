//! Taking a run back: its cordons, its annotations, and pods that nothing else brings back. Others do not come back by
//! themselves.

use shared::{
    Error, Result,
    cli::{ConnectionFlags, ExitStatus, block_on_interruptible},
    client::Client,
    output::Printer,
    prompt::{Prompter, Question, TerminalPrompter},
};

use super::args::UndoArgs;
use crate::run::{
    annotations::SavedPod,
    cordon,
    driver::{journal_pod, locks},
    identity::Identity,
    journal::{Entry, Record},
    recreate::bring_back,
    runs::{self, FoundRun},
    saved::Saved,
    surge,
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
        for deployment in &run.surged {
            printer.note(format!("{deployment} was left in the middle of a move, and is given back"));
        }
        for (key, saved) in saved_pods(&run) {
            printer.note(format!("pod {key} is made again if it is gone, from its file on {}", saved.host));
        }
        if !args.yes {
            let text = format!("Take back run {}?", run.name);
            if !prompter.confirm(Question { text: &text, answered_by: "--yes" }, false)? {
                return Err(Error::cancelled());
            }
        }
        let _termination = interrupt.on_termination();
        let names = run.node_names();
        let identity = Identity::of_process(&client, Some(run.name.clone())).await;
        let sink = printer.stderr_sink();
        let waiting = |node: &str, holder: &str| {
            sink.note(&format!(
                "node {node} is held by {holder}: waiting up to 15 s to see whether it lives"
            ));
        };
        let leases = interrupt.or(locks::acquire(&client, &names, &identity, false, waiting)).await?;
        let mut record = Record::open(&run.name);
        for deployment in surge::restore(&client, &run.name, &names).await? {
            let (event, message) = ("Scale", Some(deployment.to_string()));
            record.add(&Entry { event, message, code: Some(200), ..Entry::default() });
            printer.data(&format!(
                "deployment/{} in namespace {} given back\n",
                deployment.name, deployment.namespace
            ))?;
        }
        let mut failure = None;
        let files = Saved::beside(&record, &client);
        for (key, saved) in saved_pods(&run) {
            let (namespace, name) = key.split_once('/').unwrap_or(("", key));
            match interrupt.or(bring_back(&client, &files, namespace, name, saved)).await {
                Ok(false) => {}
                Ok(true) => {
                    let pod = Some(journal_pod(namespace, name, &saved.uid));
                    record.add(&Entry { event: "Create", pod, code: Some(201), ..Entry::default() });
                    printer.data(&format!("pod/{name} in namespace {namespace} created\n"))?;
                }
                Err(error) if failure.is_some() => printer.warning(error.sentence()),
                Err(error) => failure = Some(error),
            }
        }
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

/// Returns the pods that a run has written to files, by `NAMESPACE/NAME`.
fn saved_pods(run: &FoundRun) -> impl Iterator<Item = (&String, &SavedPod)> {
    run.nodes.iter().flat_map(|found| &found.state.saved)
}
