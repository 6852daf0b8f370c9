//! `kubectl quota explain` from flags to exit status.

use std::io::Read as _;

use serde_json::Value;
use shared::{
    Error, Result,
    cli::{ConnectionFlags, ExitStatus, OutputFlags, block_on, clock},
    client::{Client, incomplete::Skipped},
    output::Printer,
    workload::owner::Owner,
};

use super::{
    args::{ExplainArgs, ExplainFormats},
    collect,
    consumer_lists::ConsumerLists,
    decide::explain,
    dump::{self, DumpNamespaces},
    everywhere::{Suspects, suspects},
    evidence::Evidence,
    explanation::{Explanation, Row, State},
    external_refusals::{explain_external, external_refusals, others_refused},
    fix,
    namespace_snapshot::{NamespaceSnapshot, kind, metadata_text},
    notes::unscheduled_pod,
    pasted_text,
    refusal_message::{self, RefusalMessage},
    report::{Place, report},
    simulated_workload::SimulatedWorkload,
    source::Source,
};
use crate::type_and_name;

/// Runs the command.
///
/// # Errors
/// Anything that prevents an answer.
pub fn run(args: ExplainArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    let is_text = args.target.as_deref() == Some("-") && args.name.is_none();
    if is_text && args.dump.from.as_ref().is_some_and(|path| path.as_os_str() == "-") {
        return Err(Error::usage("standard input can be read only once")
            .with_hint("paste the refusal and give the dump as a file"));
    }
    let target = args.target.as_deref().filter(|_| !is_text);
    let target = target.map(|target| type_and_name::parse_any(target, args.name.as_deref())).transpose()?;
    let pasted = if is_text { Some(read_pasted_text()?) } else { None };
    let now = clock::now();
    let namespace = connection.namespace.as_ref().filter(|_| !args.all_namespaces);
    if let (Some(path), None, None, None) = (&args.dump.from, namespace, &target, &pasted) {
        return block_on(explain_dump(dump::all_namespaces(path, now)?, &args.output, printer));
    }
    if args.all_namespaces && args.dump.from.is_none() {
        return block_on(explain_everywhere(connection, now, &args.output, printer));
    }
    block_on(async {
        let progress = printer.progress("reading quotas and workloads");
        let (source, mut evidence) = match &args.dump.from {
            Some(path) => {
                let namespace = connection.namespace.as_deref().unwrap_or("default");
                (Source::Dump, Evidence::from_dump(path, namespace, target.as_ref(), now)?)
            }
            None => {
                let client = Client::connect(connection, printer).await?;
                let evidence = match &pasted {
                    Some(_) => Evidence::rules_of_cluster(&client, now).await?,
                    None => Evidence::from_cluster(&client, target.as_ref(), now).await?,
                };
                (Source::Cluster(Box::new(client)), evidence)
            }
        };
        let mut skipped = std::mem::take(&mut evidence.snapshot.cluster.skipped);
        let mut later = Vec::new();
        let explanations = match &pasted {
            Some(messages) => {
                let snapshot = &evidence.snapshot;
                let evaluations = pasted_text::evaluate(messages, snapshot);
                let rows: Vec<Row> = evaluations.iter().flat_map(|one| one.rows.clone()).collect();
                let early = ConsumerLists::default();
                let consumers = source.consumers(snapshot, &rows, early, &mut skipped).await?;
                let own = pasted_text::workloads(messages, &consumers);
                let own_fixes = fixes_of_workload(&source, snapshot, &own, now).await;
                vec![pasted_text::explain(messages, evaluations, snapshot, &consumers, (&own, own_fixes))]
            }
            None => {
                let early = std::mem::take(&mut evidence.early);
                let snapshot = &evidence.snapshot;
                snapshot.cluster.require_namespace(&snapshot.namespace)?;
                explain_workloads(&source, &evidence, early, &mut skipped, &mut later).await?
            }
        };
        drop(progress);
        later.iter().for_each(|sentence| printer.remark(sentence));
        let is_list = pasted.is_none() && target.is_none();
        let place = Place::of(&evidence.snapshot);
        report(&args.output, &explanations, &place, &skipped, is_list, printer)
    })
}

/// Explains what is stuck in all namespaces of a dump.
async fn explain_dump(
    mut dump: DumpNamespaces,
    output: &OutputFlags<ExplainFormats>,
    printer: &mut Printer,
) -> Result<ExitStatus> {
    let names = std::mem::take(&mut dump.names);
    let mut place = Place {
        name: match names.as_slice() {
            [] => "the dump".to_owned(),
            [only] => format!("namespace {only}"),
            all => format!("the {} namespaces of the dump", all.len()),
        },
        is_complete: true,
        names_namespaces: false,
        remarks: std::mem::take(&mut dump.remarks),
    };
    let (mut explanations, mut skipped, mut later) = (Vec::new(), Vec::new(), Vec::new());
    if names.is_empty() {
        skipped.push(Skipped {
            verb: "read".to_owned(),
            resource: "workloads".to_owned(),
            namespace: String::new(),
            reason: "the dump contains none, and no event that reports a refusal".to_owned(),
        });
    }
    for name in &names {
        let mut snapshot = dump.take(name);
        place.is_complete &= snapshot.is_complete();
        for one in std::mem::take(&mut snapshot.cluster.skipped) {
            if !skipped.contains(&one) {
                skipped.push(one);
            }
        }
        let evidence = Evidence::without_subject(snapshot);
        explanations.extend(
            explain_workloads(&Source::Dump, &evidence, ConsumerLists::default(), &mut skipped, &mut later)
                .await?,
        );
    }
    later.iter().for_each(|sentence| printer.remark(sentence));
    report(output, &explanations, &place, &skipped, true, printer)
}

/// Explains what is stuck in any namespace of a cluster.
async fn explain_everywhere(
    connection: &ConnectionFlags,
    now: i64,
    output: &OutputFlags<ExplainFormats>,
    printer: &mut Printer,
) -> Result<ExitStatus> {
    let client = Client::connect(connection, printer).await?;
    let progress = printer.progress("looking for what is stuck");
    let Suspects { namespaces, mut skipped, is_one } = suspects(&client).await?;
    let explained = client.bounded(&namespaces, |namespace| {
        let client = client.in_namespace(namespace);
        async move {
            let mut evidence = Evidence::from_cluster(&client, None, now).await?;
            let mut skipped = std::mem::take(&mut evidence.snapshot.cluster.skipped);
            let (source, mut later) = (Source::Cluster(Box::new(client)), Vec::new());
            let early = ConsumerLists::default();
            let found = explain_workloads(&source, &evidence, early, &mut skipped, &mut later).await?;
            Ok::<_, Error>((namespace, found, skipped, later, evidence.snapshot.is_complete()))
        }
    });
    let mut place = Place {
        name: "any namespace".to_owned(),
        is_complete: true,
        names_namespaces: true,
        remarks: Vec::new(),
    };
    if is_one {
        place.name = format!("namespace {}", client.namespace());
        printer.remark(format!("only namespace {} is looked at", client.namespace()));
    }
    let (mut explanations, mut notes) = (Vec::new(), Vec::new());
    for one in explained.await {
        let (namespace, found, of_namespace, later, is_complete) = one?;
        notes.extend(later.into_iter().map(|sentence| format!("namespace {namespace}: {sentence}")));
        explanations.extend(found);
        skipped.extend(of_namespace);
        place.is_complete &= is_complete;
    }
    drop(progress);
    notes.iter().for_each(|sentence| printer.remark(sentence));
    report(output, &explanations, &place, &skipped, true, printer)
}

/// Returns what can be done to the one workload that a text tells of. Where it cannot be read, nothing is proposed.
async fn fixes_of_workload(
    source: &Source,
    snapshot: &NamespaceSnapshot,
    own: &[Owner],
    now: i64,
) -> Vec<String> {
    let [Owner { kind: wanted, name }] = own else { return Vec::new() };
    let fixes = |subject: &Value, snapshot: &NamespaceSnapshot| {
        let simulated = SimulatedWorkload::new(subject, snapshot);
        match simulated.rows().is_empty() {
            true => Vec::new(),
            false => fix::own_fixes(&simulated, snapshot),
        }
    };
    match source {
        Source::Dump => {
            let is_it = |one: &&Value| kind(one) == wanted && metadata_text(one, "name") == name;
            snapshot.workloads.iter().find(is_it).map(|subject| fixes(subject, snapshot)).unwrap_or_default()
        }
        Source::Cluster(client) => {
            let Ok(target) = type_and_name::parse_any(wanted, Some(name)) else { return Vec::new() };
            match Evidence::from_cluster(client, Some(&target), now).await {
                Ok(Evidence { snapshot, subject: Some(subject), .. }) => fixes(&subject, &snapshot),
                _ => Vec::new(),
            }
        }
    }
}

/// Reads the refusals on standard input.
fn read_pasted_text() -> Result<Vec<RefusalMessage>> {
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .read_to_end(&mut bytes)
        .map_err(|error| Error::new(format!("standard input can't be read: {error}")))?;
    let messages = refusal_message::find(&String::from_utf8_lossy(&bytes));
    if messages.is_empty() {
        return Err(Error::new("this text contains no refusal of an API server").with_hint(
            "paste a message with `is forbidden:` or `is invalid:`, as events and `kubectl apply` show it",
        ));
    }
    Ok(messages)
}

/// Explains the subject, or every workload of the namespace that is stuck. `later` gets a sentence on each CronJob whose
/// next Job, which is not due yet, would be refused as things stand.
async fn explain_workloads(
    source: &Source,
    evidence: &Evidence,
    early: ConsumerLists,
    skipped: &mut Vec<Skipped>,
    later: &mut Vec<String>,
) -> Result<Vec<Explanation>> {
    let snapshot = &evidence.snapshot;
    let subjects: Vec<&Value> = match &evidence.subject {
        Some(subject) => vec![subject],
        None => snapshot.workloads.iter().filter(|one| collect::is_top(one)).collect(),
    };
    let simulated: Vec<_> =
        subjects.into_iter().map(|subject| SimulatedWorkload::new(subject, snapshot)).collect();
    let external = match &evidence.subject {
        Some(_) => Vec::new(),
        None => external_refusals(source, snapshot).await,
    };
    let mut rows: Vec<Row> = simulated.iter().flat_map(SimulatedWorkload::rows).collect();
    rows.extend(external.iter().flat_map(|(_, evaluations)| evaluations).flat_map(|one| one.rows.clone()));
    let consumers = source.consumers(snapshot, &rows, early, skipped).await?;
    let mut explanations: Vec<_> =
        simulated.iter().map(|simulated| explain(simulated, snapshot, &consumers)).collect();
    match &evidence.subject {
        Some(subject) => {
            for explanation in &mut explanations {
                explanation.notes.splice(0..0, evidence.note.clone());
                let others = others_refused(explanation, subject, snapshot);
                explanation.notes.extend(others);
                if kind(subject) == "Pod" {
                    explanation.notes.extend(unscheduled_pod(subject));
                }
            }
        }
        // A workload whose pods are about to be created is not stuck.
        None => {
            let mut waits = simulated.iter().map(SimulatedWorkload::awaits_next_schedule);
            explanations.retain(|one| {
                let is_due = !waits.next().unwrap_or_default() || !one.controller_messages.is_empty();
                if !is_due && one.state == State::Refused {
                    later.push(format!(
                        "CronJob {} is not due yet; as things stand, its next Job would be refused",
                        one.subject.name
                    ));
                }
                match one.state {
                    State::Refused => is_due,
                    State::NotQuota | State::Unknown => true,
                    State::Admissible => !one.controller_messages.is_empty(),
                    State::Complete => false,
                }
            });
            explanations.extend(
                external.into_iter().map(|(refusal, evaluations)| {
                    explain_external(refusal, evaluations, snapshot, &consumers)
                }),
            );
        }
    }
    Ok(explanations)
}
