//! `kubectl quota create` from flags to exit status: show, confirm, read again, write, report.

use serde_json::Value;
use shared::{
    Error, Result,
    admission::{ClusterFacts, resource_names::is_enforceable},
    cli::{ConnectionFlags, DryRun, ExitStatus, block_on, clock},
    client::{Client, ListOptions, Scope},
    model::Namespace,
    output::{Format, Printer},
    prompt::{Prompter, Question, TerminalPrompter},
};

use super::{
    answers::Answers,
    apply::apply,
    args::{CreateArgs, Output},
    command_line::command_line,
    enforced,
    plan::{Write, plan},
    preview, wizard,
};
use crate::{
    inventory::{self, Inventory, NamespaceSelection},
    proposal::{Proposal, Violation, invalid_message, refuse_invalid, violations, violations_error},
    sizing,
};

/// Runs the command.
///
/// # Errors
/// Everything that prevents the objects from being written as they were shown.
pub fn run(args: CreateArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    let mut prompter = TerminalPrompter::default();
    let guided = args.hard.is_empty() && args.limits.is_empty() && args.team.is_none();
    if guided && !prompter.can_ask() {
        return Err(Error::usage("no limits given").with_hint(
            "set --hard RESOURCE=QUANTITY,… or --team small|medium|large|custom, or run the command on a terminal",
        ));
    }
    block_on(async {
        let client = Client::connect(connection, printer).await?;
        let namespace = match guided && connection.namespace.is_none() {
            true => ask_namespace(&client, &mut prompter).await?,
            false => client.namespace().to_owned(),
        };
        let progress = printer.progress("reading workloads");
        let now = clock::now();
        let read =
            inventory::read_cluster(&client, &NamespaceSelection::Namespace(namespace.clone()), now).await;
        drop(progress);
        let read = read?;
        read.skipped.iter().for_each(|skipped| printer.warning(skipped.sentence()));
        let (inventories, cluster_facts) = (read.namespaces, read.cluster_facts);
        let inventory = inventories.into_iter().next().unwrap_or_default();
        let advice = || sizing::decide(&inventory, &cluster_facts, &sizing::Options::default());
        let answers = match guided {
            true => wizard::answers(&mut prompter, &args, &inventory, &advice()?)?,
            false => Answers::from_flags(&args, advice)?,
        };
        let proposal = keep_unset_fields(answers.proposal(&namespace), &inventory);
        if proposal.manifests().is_empty() {
            return Err(Error::usage("nothing to write: no limits and no defaults given"));
        }
        confirm_and_apply(
            &client,
            &args,
            (&inventory, &cluster_facts),
            &proposal,
            connection,
            (&mut prompter, printer),
        )
        .await
    })
}

async fn ask_namespace(client: &Client, prompter: &mut dyn Prompter) -> Result<String> {
    let names = match client.list_all::<Namespace>(&Scope::All, &ListOptions::default()).await {
        Ok(all) => all.into_iter().map(|namespace| namespace.metadata.name).collect(),
        // The current namespace may be the only one this user can see.
        Err(error) if error.is_api(403) => vec![client.namespace().to_owned()],
        Err(error) => return Err(error),
    };
    wizard::namespace(prompter, &names, client.namespace())
}

/// Keeps what flags cannot set of existing objects of the same name: scope selectors, and limits of pods and claims.
fn keep_unset_fields(mut proposal: Proposal, inventory: &Inventory) -> Proposal {
    if let Some(quota) = &mut proposal.quota
        && let Some(present) = inventory.rules.quotas.iter().find(|present| present.name == quota.name)
    {
        let is_plain_scope = |one: &&shared::admission::quota_facts::ScopeRequirement| {
            one.operator == "Exists" && present.scopes.contains(&one.scope)
        };
        let stays = |one: &&shared::admission::quota_facts::ScopeRequirement| match is_plain_scope(one) {
            true => quota.scopes.is_empty(),
            false => quota.selected.is_empty(),
        };
        quota.retained = present.requirements.iter().filter(stays).cloned().collect();
    }
    if let Some(range) = &mut proposal.range
        && let Some(present) = inventory.rules.limit_ranges.iter().find(|present| present.name == range.name)
    {
        range.others = present.items.iter().filter(|item| item.kind != "Container").cloned().collect();
    }
    proposal
}

/// Shows the plan, confirms it and writes it.
async fn confirm_and_apply(
    client: &Client,
    args: &CreateArgs,
    (inventory, cluster_facts): (&Inventory, &ClusterFacts),
    proposal: &Proposal,
    connection: &ConnectionFlags,
    (prompter, printer): (&mut dyn Prompter, &mut Printer),
) -> Result<ExitStatus> {
    validate(proposal)?;
    check_enforceable(proposal, args.force, printer)?;
    let mut writes = plan(client, proposal).await?;
    if args.dry_run != DryRun::Client {
        for write in &mut writes {
            write.send_dry_run(client).await?;
        }
    }
    preview::show(&writes, proposal, inventory, printer)?;
    let broken = new_violations(proposal, inventory, cluster_facts)?;
    if !broken.is_empty() && !args.force {
        return Err(violations_error(&broken));
    }
    broken.iter().for_each(|one| printer.warning(format!("breaks {}", one.sentence())));
    let name = writes.first().map_or("", |write| &write.name);
    let line = command_line(proposal, name, connection, args.force);
    printer.note(format!("The same without questions:\n  {line}"));
    if args.dry_run.is_dry() {
        let how = if args.dry_run == DryRun::Server { " (server dry run)" } else { " (dry run)" };
        for write in &writes {
            report(write, how, args.output, printer)?;
        }
        let objects = writes.into_iter().map(|write| {
            let shown = write.shown();
            write.dry_run_result.unwrap_or(shown)
        });
        return print(objects.collect(), args.output, printer);
    }
    if writes.iter().all(Write::changes_nothing) {
        for write in &writes {
            report(write, "", args.output, printer)?;
        }
        return print(writes.into_iter().filter_map(|write| write.present).collect(), args.output, printer);
    }
    if !args.yes {
        let text = format!("Write this to namespace {}?", proposal.namespace);
        let question = Question { text: &text, answered_by: "--yes" };
        if !prompter.confirm(question, false)? {
            return Err(Error::cancelled());
        }
    }
    let mut written = Vec::new();
    for write in &writes {
        match write.changes_nothing() {
            true => written.extend(write.present.clone()),
            false => written.push(apply(client, write).await?),
        }
        // Reported at once, since the next write may fail.
        report(write, "", args.output, printer)?;
        printer.flush()?;
    }
    if let Some(quota) = proposal.quota.as_ref().filter(|_| !args.no_wait) {
        enforced::wait(client, &proposal.namespace, &quota.name, &quota.hard).await?;
        printer.note(format!("resourcequota/{} is enforced", quota.name));
    }
    print(written, args.output, printer)
}

/// Refuses invalid objects with the server's messages.
fn validate(proposal: &Proposal) -> Result<()> {
    let mut complaints = Vec::new();
    if let Some(quota) = &proposal.quota {
        let said = |why: String| invalid_message("ResourceQuota", &quota.name, &why);
        complaints.extend(quota.complaints().into_iter().map(said));
    }
    if let Some(range) = &proposal.range {
        let said = |why: String| invalid_message("LimitRange", &range.name, &why);
        complaints.extend(range.complaints()?.into_iter().map(said));
    }
    refuse_invalid(&complaints)
}

/// Refuses resource names that no evaluator counts.
fn check_enforceable(proposal: &Proposal, force: bool, printer: &mut Printer) -> Result<()> {
    let names = proposal.quota.iter().flat_map(|quota| quota.hard.keys());
    let never: Vec<_> = names.filter(|name| !is_enforceable(name)).map(String::as_str).collect();
    if never.is_empty() {
        return Ok(());
    }
    let sentence = format!("never enforced: Kubernetes does not count {}", never.join(", "));
    if force {
        printer.warning(sentence);
        return Ok(());
    }
    Err(Error::new(sentence)
        .with_status(ExitStatus::Guarded)
        .with_hint("use requests.NAME for extended resources and count/PLURAL.GROUP (count/deployments.apps) for objects, or --force"))
}

/// Returns what works now and would not under the proposal.
fn new_violations(
    proposal: &Proposal,
    inventory: &Inventory,
    cluster_facts: &ClusterFacts,
) -> Result<Vec<Violation>> {
    let stuck = violations(inventory, &inventory.rules, cluster_facts);
    let mut broken = violations(inventory, &proposal.rules(inventory)?, cluster_facts);
    broken.retain(|one| !sizing::is_already_refused(one, &stuck));
    Ok(broken)
}

/// Prints what was done to an object, unless the objects are printed.
fn report(write: &Write, how: &str, output: Option<Output>, printer: &mut Printer) -> Result<()> {
    let verb = match (&write.present, write.changes_nothing()) {
        (None, _) => "created",
        (Some(_), true) => "unchanged",
        (Some(_), false) => "configured",
    };
    match output {
        None => printer.data(&format!("{} {verb}{how}\n", write.object())),
        Some(Output::Name) => printer.data(&format!("{}\n", write.object())),
        Some(_) => Ok(()),
    }
}

fn print(objects: Vec<Value>, output: Option<Output>, printer: &mut Printer) -> Result<ExitStatus> {
    match output {
        Some(Output::Yaml) => printer.document(Format::Yaml, &preview::objects(objects))?,
        Some(Output::Json) => printer.document(Format::Json, &preview::objects(objects))?,
        None | Some(Output::Name) => {}
    }
    Ok(ExitStatus::Success)
}
