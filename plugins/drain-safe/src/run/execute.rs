//! From an order to an exit status: plan, show, confirm, lock, look again, act, record.

use std::{cell::RefCell, collections::BTreeMap, path::Path};

use futures::FutureExt as _;
use jiff::Timestamp;
use shared::{
    Error, Result,
    cli::{ExitStatus, Interrupt},
    client::{Client, Scope, lease::HeldLease},
    output::{Envelope, Format, Printer},
    prompt::{Prompter, Question},
};

use super::{
    annotations::NodeState,
    close::{close, release, saved_pods},
    driver::{self, Ended, Run, locks, requests::Removal},
    dry_run,
    identity::Identity,
    journal::{Entry, Record},
    machine::{End, Machine, Settings},
    planner::Planner,
    progress::Progress,
    render,
    result::{DrainResult, carried_out, untouched},
    rights,
    rolling::RollingState,
    saved::Saved,
    surge::restore_earlier,
    verdict,
};
use crate::{
    api_version::API_VERSION,
    facts::Workload,
    flags::{RecordedFlags, TargetFlags},
    plan::{Guard, GuardCode, Plan},
    show::{self, Folding},
};

/// What is to be done.
pub struct Order {
    /// The nodes, as they were named or selected.
    pub targets: TargetFlags,
    /// What decides about pods, and how it is carried out.
    pub flags: RecordedFlags,
    /// The run to go on with; none begins a new one.
    pub run: Option<String>,
    /// How many pods of the workloads of each node were Ready when the run began that is gone on with.
    pub ready: BTreeMap<String, BTreeMap<Workload, usize>>,
    /// The rolling that it is part of.
    pub rolling: Option<RollingState>,
    /// The hash that the plan must have.
    pub hash: Option<String>,
    /// Whether the confirmation is answered.
    pub yes: bool,
    /// How far it goes.
    pub dry_run: shared::cli::DryRun,
    /// Whether a document is the output.
    pub format: Option<Format>,
}

/// Carries an order out.
///
/// # Errors
/// What prevents a plan; a refusal is no error, and printed.
pub async fn execute(
    client: &Client,
    order: &Order,
    interrupt: &Interrupt,
    prompter: &mut dyn Prompter,
    printer: &mut Printer,
) -> Result<ExitStatus> {
    let decision = &order.flags.decision;
    let mut plan = {
        let progress = printer.progress("reading the cluster");
        let plan = interrupt.or(first_plan(client, order)).await;
        drop(progress);
        plan?
    };
    plan.guards.extend(verdict::drift(order.hash.as_deref(), &plan, decision));
    if plan.nodes.is_empty() {
        printer.note("no node matches");
        return finish(order, &plan, ExitStatus::Success, None, printer);
    }
    if order.format.is_none() {
        printer.data(&show::text(&plan, Folding::Folded, printer))?;
        printer.flush()?;
    }
    if let Some(status) = verdict::refusal(&plan, decision) {
        return refuse(order, &plan, status, verdict::sentences(&plan, decision), printer);
    }
    let missing = interrupt.or(rights::missing(client, &plan, &order.flags)).await?;
    if !missing.is_empty() {
        let sentences = vec![format!("these rights are missing: {}", missing.join(", "))];
        return refuse(order, &plan, ExitStatus::NotPermitted, sentences, printer);
    }
    if order.dry_run.is_dry() {
        let removal = removal(order, true);
        interrupt.or(dry_run::show(client, &plan, order, removal, printer)).await?;
        return finish(order, &plan, ExitStatus::Success, None, printer);
    }
    let asked = !order.yes;
    if asked {
        confirm(&plan, decision.disable_eviction, prompter)?;
    }
    // From here on there are locks to free.
    let _termination = interrupt.on_termination();
    let identity = interrupt.or(async { Ok(Identity::of_process(client, order.run.clone()).await) }).await?;
    let names: Vec<String> = plan.nodes.iter().map(|node| node.name.clone()).collect();
    let sink = printer.stderr_sink();
    let waiting = |node: &str, holder: &str| {
        sink.note(&format!("node {node} is held by {holder}: waiting up to 15 s to see whether it lives"));
    };
    let takes_over = decision.allows(GuardCode::Locked);
    let leases = match interrupt.or(locks::acquire(client, &names, &identity, takes_over, waiting)).await {
        Ok(leases) => leases,
        Err(error) if error.status() == ExitStatus::Guarded => {
            return locked(order, plan, &error, printer);
        }
        Err(error) => return Err(error),
    };
    let given_back = match order.run {
        Some(_) => Vec::new(),
        None => match interrupt.or(restore_earlier(client, &names)).await {
            Ok(given_back) => given_back,
            Err(error) => {
                release(leases).await;
                return Err(error);
            }
        },
    };
    for (run, deployment) in &given_back {
        printer
            .note(format!("run {run} has left {deployment} in the middle of a move, and it is given back"));
    }
    if asked || !given_back.is_empty() {
        // Somebody has thought about it for a while.
        let again =
            interrupt.or(Planner::new(client, decision, Some(&identity.run)).plan(&order.targets)).await;
        let again = match again {
            Ok(again) => again,
            Err(error) => {
                release(leases).await;
                return Err(error);
            }
        };
        if asked && again.hash != plan.hash {
            release(leases).await;
            plan.guards.extend(verdict::drift(Some(&plan.hash.clone()), &again, decision));
            let sentences = vec!["the plan has changed since it was shown, and nothing was done".to_owned()];
            return refuse(order, &plan, ExitStatus::Guarded, sentences, printer);
        }
        plan = again;
        if let Some(status) = verdict::refusal(&plan, decision) {
            release(leases).await;
            let sentences = verdict::sentences(&plan, decision);
            return refuse(order, &plan, status, sentences, printer);
        }
    }
    carry_out(client, order, plan, &identity, leases, interrupt, printer).await
}

/// Plans, and once more where only the lock of a run stands in the way that turns out to be dead.
async fn first_plan(client: &Client, order: &Order) -> Result<Plan> {
    let planner = Planner::new(client, &order.flags.decision, order.run.as_deref());
    let plan = planner.plan(&order.targets).await?;
    let mut blocking = plan.guards.iter().filter(|guard| guard.blocks).peekable();
    if blocking.peek().is_none() || blocking.any(|guard| guard.code != GuardCode::Locked) {
        return Ok(plan);
    }
    let nodes: Vec<String> = plan.nodes.iter().map(|node| node.name.clone()).collect();
    if locks::is_any_alive(client, &nodes).await? { Ok(plan) } else { planner.plan(&order.targets).await }
}

async fn carry_out(
    client: &Client,
    order: &Order,
    plan: Plan,
    identity: &Identity,
    leases: Vec<HeldLease>,
    interrupt: &Interrupt,
    printer: &mut Printer,
) -> Result<ExitStatus> {
    let decision = &order.flags.decision;
    let mut record = Record::open(&identity.run);
    if let Some(why) = record.take_failure() {
        printer.warning(format!("no journal is kept: {why}"));
    }
    let saved = Saved::beside(&record, client);
    match interrupt.or(saved.save_all(&plan, &mut record)).await {
        Ok(0) => {}
        Ok(count) => {
            let folder = saved.folder().map(|folder| folder.display().to_string()).unwrap_or_default();
            let word = if count == 1 { "pod" } else { "pods" };
            printer.note(format!("{count} {word} that nothing recreates saved to {folder}"));
        }
        Err(error) => {
            release(leases).await;
            return Err(error);
        }
    }
    let started = Timestamp::now().to_string();
    record.add(&Entry { event: "Start", message: Some(identity.holder()), ..Entry::default() });
    record.add(&Entry { event: "Plan", message: Some(plan.hash.clone()), ..Entry::default() });
    let nodes: Vec<String> = plan.nodes.iter().map(|node| node.name.clone()).collect();
    let planner = Planner::new(client, decision, Some(&identity.run));
    // Nodes that are gone can't be planned anymore, and need not be.
    let left = RefCell::new(nodes.clone());
    let make = || {
        let planner = &planner;
        let left = &left;
        async move {
            let known = left.borrow().clone();
            let there = planner.existing(&known).await?;
            left.replace(there.clone());
            planner.plan(&TargetFlags { nodes: there, ..TargetFlags::default() }).await
        }
        .boxed_local()
    };
    let mut machine = Machine::new(&plan, settings(order, plan.nodes.len()));
    for (node, ready) in &order.ready {
        machine.want(node, ready.clone());
    }
    let state = NodeState::new(identity, &started, &order.flags.words());
    let states = (0..plan.nodes.len()).map(|node| {
        let ready = machine.wanted_of(node).map(|(workload, ready)| (workload.key(), ready));
        let saved = saved_pods(&plan.nodes[node], identity);
        NodeState { ready: ready.collect(), saved, rolling: order.rolling.clone(), ..state.clone() }
    });
    let run = Run {
        client,
        name: &identity.run,
        states: states.collect(),
        removal: removal(order, false),
        planner: &make,
        saved: &saved,
        budgets: vec![Scope::All],
    };
    let mut progress = Progress::new(printer, order.format.is_none());
    let ended = driver::drive(&run, &mut machine, leases, interrupt, &mut record, &mut progress).await?;
    drop(progress);
    let Ended { leases, was_cordoned } = ended;
    close(client, order.flags.run.on_failure, &machine, identity, leases, &mut record, printer).await;
    let statuses = machine.nodes().iter().filter_map(|node| node.end().map(End::status));
    let status = verdict::worst(statuses);
    record.add(&Entry { event: "End", message: Some(status.code().to_string()), ..Entry::default() });
    if let Some(why) = record.take_failure() {
        printer.warning(format!("the journal is not complete: {why}"));
    }
    let mut result = DrainResult {
        run: Some(identity.run.clone()),
        hash: plan.hash.clone(),
        exit: status.code(),
        guards: plan.guards.clone(),
        nodes: carried_out(&machine, &was_cordoned),
        saved: saved.folder().map(|folder| folder.display().to_string()),
        journal: record.path().map(Path::to_string_lossy).map(std::borrow::Cow::into_owned),
        next: Vec::new(),
    };
    if order.rolling.is_none() {
        result.next = render::next(&result, &identity.run);
    }
    match order.format {
        Some(format) => printer.document(format, &Envelope::new(API_VERSION, "DrainResult", &result))?,
        None => render::result(&result, printer)?,
    }
    Ok(status)
}

fn settings(order: &Order, nodes: usize) -> Settings {
    let (decision, run) = (&order.flags.decision, &order.flags.run);
    let seconds = std::time::Duration::from_secs;
    Settings {
        settle: run.settle.0.unwrap_or_default(),
        timeout: run.timeout.0,
        skip_deleted_after: Some(run.skip_wait_for_delete_timeout).filter(|limit| *limit > 0).map(seconds),
        allow_partial: decision.allow_partial,
        allow_pending: decision.allow_pending,
        ignore_returns: run.ignore_returns,
        ignore_budgets: decision.disable_eviction,
        max_parallel: run.max_parallel.of(nodes),
        max_per_zone: run.max_per_zone.map(usize::from),
        wait_replacements: run.wait_replacements,
        wait_volumes: run.wait_volumes,
        grace: Some(decision.grace_period).filter(|grace| *grace >= 0),
        ..Settings::default()
    }
}

fn removal(order: &Order, dry_run: bool) -> Removal {
    let decision = &order.flags.decision;
    let grace = Some(decision.grace_period).filter(|grace| *grace >= 0);
    Removal { grace, deletes: decision.disable_eviction, dry_run }
}

fn confirm(plan: &Plan, deletes: bool, prompter: &mut dyn Prompter) -> Result<()> {
    let names: Vec<_> = plan.nodes.iter().map(|node| node.name.as_str()).collect();
    let names = names.join(", ");
    let agreed = if deletes {
        let text = format!("Pods are deleted without regard to their budgets. Type `{names}` to go on");
        let check = |typed: &str| match typed.trim() == names {
            true => Ok(()),
            false => Err(format!("that is not `{names}`")),
        };
        prompter.input(Question { text: &text, answered_by: "--yes" }, "", &check).map(|_| true)?
    } else {
        let pods = plan.pods().filter(|pod| pod.wave.is_some()).count();
        let text = format!("Cordon {names} and evict {pods} pods?");
        prompter.confirm(Question { text: &text, answered_by: "--yes" }, false)?
    };
    if agreed { Ok(()) } else { Err(Error::cancelled()) }
}

/// Ends a run that somebody else's keeps from beginning.
fn locked(order: &Order, mut plan: Plan, error: &Error, printer: &mut Printer) -> Result<ExitStatus> {
    plan.guards.push(Guard {
        code: GuardCode::Locked,
        message: error.sentence().to_owned(),
        blocks: true,
        fix: error.hint().map(ToOwned::to_owned),
    });
    refuse(order, &plan, ExitStatus::Guarded, vec![error.sentence().to_owned()], printer)
}

fn refuse(
    order: &Order,
    plan: &Plan,
    status: ExitStatus,
    sentences: Vec<String>,
    printer: &mut Printer,
) -> Result<ExitStatus> {
    for sentence in sentences {
        printer.note(sentence);
    }
    printer.note("nothing was written");
    finish(order, plan, status, Some("Refused"), printer)
}

/// Prints the result of what nothing was carried out of.
fn finish(
    order: &Order,
    plan: &Plan,
    status: ExitStatus,
    state: Option<&'static str>,
    printer: &mut Printer,
) -> Result<ExitStatus> {
    if let Some(format) = order.format {
        let result = DrainResult {
            run: None,
            hash: plan.hash.clone(),
            exit: status.code(),
            guards: plan.guards.clone(),
            nodes: untouched(plan, state),
            saved: None,
            journal: None,
            next: Vec::new(),
        };
        printer.document(format, &Envelope::new(API_VERSION, "DrainResult", &result))?;
    }
    Ok(status)
}
