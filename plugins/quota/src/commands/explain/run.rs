//! `kubectl quota explain` from flags to exit status.

use std::{collections::BTreeSet, io::Read as _};

use serde_json::Value;
use shared::{
    Error, Result,
    admission::evaluator::counted_resources,
    cli::{ConnectionFlags, ExitStatus, block_on, clock},
    client::{Client, incomplete::Skipped},
    model::kind::{self, Kind},
    output::Printer,
};

use super::{
    args::ExplainArgs,
    collect, collect_consumers,
    consumers::QuotaConsumer,
    decide, dump,
    explanation::{Explanation, Row, State},
    namespace_snapshot::{NamespaceSnapshot, kind, metadata_text},
    notes, refusal_message, render, text,
};
use crate::capacity::type_and_name;

/// Where the facts come from.
enum Source {
    Cluster(Box<Client>),
    Dump,
}

/// Runs the command.
///
/// # Errors
/// Whatever ends it without an answer.
pub fn run(args: ExplainArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    let is_text = args.target.as_deref() == Some("-") && args.name.is_none();
    if is_text && args.from.as_ref().is_some_and(|path| path.as_os_str() == "-") {
        return Err(Error::usage("standard input can be read once only")
            .with_hint("paste the refusal and give the dump as a file"));
    }
    let target = args.target.as_deref().filter(|_| !is_text);
    let target = target.map(|target| type_and_name::parse_any(target, args.name.as_deref())).transpose()?;
    let pasted = if is_text { Some(pasted()?) } else { None };
    let now = clock::now();
    block_on(async {
        let progress = printer.progress("reading what decides");
        let (source, mut facts) = match &args.from {
            Some(path) => {
                let namespace = connection.namespace.as_deref().unwrap_or("default");
                (Source::Dump, of_dump(dump::snapshot(path, namespace, now)?, target.as_ref())?)
            }
            None => {
                let client = Client::connect(connection, printer).await?;
                let facts = match (&pasted, &target) {
                    (Some(_), _) => Facts::of(rules(&client, now).await?),
                    (None, Some((kind, name))) => of_cluster(&client, kind, name, now).await?,
                    (None, None) => Facts::of(collect::snapshot(&client, None, now).await?),
                };
                (Source::Cluster(Box::new(client)), facts)
            }
        };
        let mut skipped = std::mem::take(&mut facts.snapshot.cluster.skipped);
        let explanations = match &pasted {
            Some(sentences) => {
                let evaluations = text::judge(sentences, &facts.snapshot);
                let rows: Vec<Row> = evaluations.iter().flat_map(|one| one.rows.clone()).collect();
                let consumers = consumers(&source, &facts.snapshot, &rows, &mut skipped).await?;
                vec![text::explain(sentences, evaluations, &facts.snapshot, &consumers)]
            }
            None => workloads(&source, &facts, &mut skipped).await?,
        };
        drop(progress);
        show(&args, explanations, &facts, &skipped, pasted.is_none() && target.is_none(), printer)
    })
}

/// What is asked about, and what is known of it.
struct Facts {
    snapshot: NamespaceSnapshot,
    /// The one workload; all of the namespace if `None`.
    subject: Option<Value>,
    /// How the subject was found.
    note: Option<String>,
}

impl Facts {
    fn of(snapshot: NamespaceSnapshot) -> Self {
        Self { snapshot, subject: None, note: None }
    }
}

/// The refusals on standard input.
fn pasted() -> Result<Vec<refusal_message::RefusalMessage>> {
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .read_to_end(&mut bytes)
        .map_err(|error| Error::new(format!("standard input can't be read: {error}")))?;
    let sentences = refusal_message::find(&String::from_utf8_lossy(&bytes));
    if sentences.is_empty() {
        return Err(Error::new("no refusal of an API server is in this text").with_hint(
            "paste a sentence with `is forbidden:` or `is invalid:`, such as events and `kubectl apply` show",
        ));
    }
    Ok(sentences)
}

/// The rules that a pasted refusal is judged by. Where no cluster answers, the text speaks for itself.
async fn rules(client: &Client, now: i64) -> Result<NamespaceSnapshot> {
    match collect::rules_alone(client, now).await {
        Err(error) if error.api_status().is_none() && error.status() == ExitStatus::Failure => {
            let namespace = client.namespace().to_owned();
            let mut snapshot =
                NamespaceSnapshot { namespace: namespace.clone(), ..NamespaceSnapshot::default() };
            snapshot.cluster.without_quotas.insert(namespace.clone());
            snapshot.cluster.without_limit_ranges.insert(namespace.clone());
            snapshot.cluster.skipped.push(Skipped {
                verb: "read".to_owned(),
                resource: "resourcequotas".to_owned(),
                namespace,
                reason: error.to_string(),
            });
            Ok(snapshot)
        }
        outcome => outcome,
    }
}

async fn of_cluster(client: &Client, of: &Kind, name: &str, now: i64) -> Result<Facts> {
    let found = match collect::object(client, of, name).await {
        Err(error) if of.kind == "Pod" && error.is_api(404) => {
            let Some((of_kind, of_name)) = collect::find_reporting_owner(client, name).await? else {
                return Err(error.with_hint(MISSING_POD));
            };
            let (kind, _) = type_and_name::parse_any(&of_kind, Some(&of_name))?;
            let note = Some(format!("Pod {name} is not there; {of_kind} {of_name} makes it"));
            (collect::object(client, &kind, &of_name).await?, note)
        }
        outcome => (outcome?, None),
    };
    let (subject, note) = found;
    let snapshot = collect::snapshot(client, Some(&subject), now).await?;
    Ok(Facts { snapshot, subject: Some(subject), note })
}

const MISSING_POD: &str =
    "what was refused leaves no object behind: paste the refusal into `kubectl quota explain -`";

fn of_dump(snapshot: NamespaceSnapshot, target: Option<&(Kind, String)>) -> Result<Facts> {
    let Some((of, name)) = target else { return Ok(Facts::of(snapshot)) };
    let is_it = |object: &&Value, of_kind: &str, name: &str| {
        kind(object) == of_kind
            && metadata_text(object, "name") == name
            && metadata_text(object, "namespace") == snapshot.namespace
    };
    let find = |of_kind: &str, name: &str| {
        snapshot.cluster.existing.values().find(|object| is_it(object, of_kind, name)).cloned()
    };
    let mut note = None;
    let is_bare =
        snapshot.cluster.namespaces.get(&snapshot.namespace).is_none_or(|rules| rules.quotas.is_empty());
    if is_bare {
        note = Some(format!("the dump holds no ResourceQuota of namespace {}", snapshot.namespace));
    }
    let subject = find(&of.kind, name).or_else(|| {
        let events = snapshot.events.as_deref().filter(|_| of.kind == "Pod")?;
        let (of_kind, of_name) = collect::reporting_owner(events, name)?;
        note = Some(format!("Pod {name} is not there; {of_kind} {of_name} makes it"));
        find(of_kind, of_name)
    });
    let Some(subject) = subject else {
        return Err(Error::new(format!(
            "no {} `{name}` in namespace {} of the dump",
            of.kind, snapshot.namespace
        )));
    };
    Ok(Facts { snapshot, subject: Some(subject), note })
}

/// Explains the subject, or all of the namespace that is stuck.
async fn workloads(source: &Source, facts: &Facts, skipped: &mut Vec<Skipped>) -> Result<Vec<Explanation>> {
    let snapshot = &facts.snapshot;
    let subjects: Vec<&Value> = match &facts.subject {
        Some(subject) => vec![subject],
        None => snapshot.workloads.iter().filter(|one| collect::is_top(one)).collect(),
    };
    let workloads: Vec<_> = subjects.into_iter().map(|subject| decide::examine(subject, snapshot)).collect();
    let rows: Vec<Row> = workloads.iter().flat_map(decide::SimulatedWorkload::rows).collect();
    let consumers = consumers(source, snapshot, &rows, skipped).await?;
    let mut explanations: Vec<_> =
        workloads.iter().map(|simulated| decide::explain(simulated, snapshot, &consumers)).collect();
    match &facts.subject {
        Some(subject) => {
            for explanation in &mut explanations {
                explanation.notes.splice(0..0, facts.note.clone());
                if kind(subject) == "Pod" {
                    explanation.notes.extend(notes::of_pod(subject));
                }
            }
        }
        // What just has not come yet is not stuck.
        None => explanations.retain(|one| match one.state {
            State::Refused | State::NotQuota | State::Unknown => true,
            State::Admissible => !one.controller_messages.is_empty(),
            State::Complete => false,
        }),
    }
    Ok(explanations)
}

/// Who holds what these rows are short of.
async fn consumers(
    source: &Source,
    snapshot: &NamespaceSnapshot,
    rows: &[Row],
    skipped: &mut Vec<Skipped>,
) -> Result<Vec<QuotaConsumer>> {
    if !snapshot.knows_rules() {
        return Ok(Vec::new());
    }
    let short = rows.iter().filter_map(|row| row.resource.as_deref());
    let resources: BTreeSet<_> = short.flat_map(counted_resources).collect();
    match source {
        Source::Cluster(client) => {
            collect_consumers::consumers(client, &resources, snapshot.cluster.now, skipped).await
        }
        Source::Dump => Ok(dump::consumers(&snapshot.cluster, &snapshot.namespace, &resources)),
    }
}

fn show(
    args: &ExplainArgs,
    explanations: Vec<Explanation>,
    facts: &Facts,
    skipped: &[Skipped],
    is_list: bool,
    printer: &mut Printer,
) -> Result<ExitStatus> {
    let mut shown: Vec<String> = Vec::new();
    for sentence in skipped.iter().map(Skipped::sentence) {
        if !shown.contains(&sentence) {
            printer.warning(&sentence);
            shown.push(sentence);
        }
    }
    let how = (args.output.format, args.output.table_options());
    let is = |state: State| explanations.iter().any(|one| one.state == state);
    let is_skipped = |resource: &str| skipped.iter().any(|one| one.resource == resource);
    let blind = kind::workloads().all(|kind| is_skipped(&kind.resource()));
    let nothing =
        explanations.iter().all(|one| one.controller_messages.is_empty() && one.refusals.is_empty());
    if blind || (is(State::Unknown) && nothing) {
        let place = &facts.snapshot.namespace;
        return Err(Error::new(format!(
            "what is in namespace {place}, or limits it, may not be read, and nobody told of a failure"
        ))
        .with_hint(
            "ask for `list` on workloads, pods, events, resourcequotas and limitranges of the namespace",
        )
        .with_status(ExitStatus::NotPermitted));
    }
    match explanations.as_slice() {
        [one] if !is_list => render::one(one, skipped, how, printer)?,
        all => {
            if all.is_empty() {
                printer.note(format!("Nothing is stuck in namespace {}", facts.snapshot.namespace));
            }
            render::all(all, skipped, how, printer)?;
        }
    }
    // Classes are taken on trust where they may not be read; all else makes a difference.
    let matters = |one: &Skipped| !one.resource.ends_with("classes");
    let incomplete = is(State::Unknown) || !facts.snapshot.is_complete() || skipped.iter().any(matters);
    Ok(match (is(State::Refused) || is(State::NotQuota), incomplete) {
        (true, _) => ExitStatus::No,
        (false, true) => ExitStatus::Incomplete,
        (false, false) => ExitStatus::Success,
    })
}
