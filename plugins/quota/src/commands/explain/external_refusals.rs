//! Refusals of objects that others than workloads create, such as operators: their events are all that tells of them.

use std::collections::BTreeMap;

use serde_json::Value;
use shared::{
    model::{Event, kind::workloads},
    workload::owner::Owner,
};

use super::{
    consumers::QuotaConsumer,
    evaluate::Evaluation,
    event::{about, reports_failure},
    explanation::{Explanation, State, Subject},
    namespace_snapshot::NamespaceSnapshot,
    pasted_text,
    refusal_message::{RefusalMessage, find_in_line},
    retry::human,
    source::Source,
};

/// The longest time between two attempts of a controller, in seconds (`DefaultTypedControllerRateLimiter` in client-go).
const LONGEST_BACK_OFF: i64 = 1000;

/// The number of others that are named.
const SHOWN: usize = 3;

/// The latest refusal that events about one object report.
#[derive(Clone, Debug)]
pub struct ExternalRefusal {
    /// The `apiVersion` of the object; empty where the event names none.
    api_version: String,
    /// The object.
    owner: Owner,
    /// The message of the event, with its age.
    text: String,
    /// The refusals that it quotes.
    refusals: Vec<RefusalMessage>,
}

/// Returns the refusals about objects that exist and are neither workloads nor pods, with what the rules of today say.
pub async fn external_refusals(
    source: &Source,
    snapshot: &NamespaceSnapshot,
) -> Vec<(ExternalRefusal, Vec<Evaluation>)> {
    let is_refused = |one: &Evaluation| !matches!(one.state, State::Admissible | State::Complete);
    let mut found: Vec<_> = latest_refusals(snapshot)
        .into_iter()
        .map(|refusal| {
            let evaluations = pasted_text::evaluate(&refusal.refusals, snapshot);
            (refusal, evaluations)
        })
        .filter(|(_, evaluations)| evaluations.iter().any(is_refused))
        .collect();
    let lookups =
        found.iter().map(|(one, _)| source.exists(&one.api_version, &one.owner, &snapshot.namespace));
    let mut exist = futures::future::join_all(lookups).await.into_iter();
    found.retain(|_| exist.next().unwrap_or(true));
    found
}

fn latest_refusals(snapshot: &NamespaceSnapshot) -> Vec<ExternalRefusal> {
    let events = snapshot.events.iter().flatten().filter(|event| {
        let kind = about(event).0;
        kind != "Pod"
            && !workloads().any(|one| one.kind == kind)
            && reports_failure(event, &snapshot.namespace)
    });
    let found = newest_of_each(events).into_iter().filter_map(|(owner, event)| {
        let age = snapshot.cluster.now - event.last();
        let mut refusals = find_in_line(&event.message);
        // What quotas say is known of now; another rule may have changed since its last refusal.
        refusals.retain(|one| !one.is_not_quota() || age <= LONGEST_BACK_OFF);
        let text = format!("{} ago, {} {}: {}", age_text(age), owner.kind, owner.name, event.message);
        let api_version = event.involved_object.api_version.clone();
        (!refusals.is_empty()).then_some(ExternalRefusal { api_version, owner, text, refusals })
    });
    found.collect()
}

fn newest_of_each<'a>(events: impl Iterator<Item = &'a Event>) -> BTreeMap<Owner, &'a Event> {
    let mut newest: BTreeMap<Owner, &Event> = BTreeMap::new();
    for event in events {
        let (kind, name) = about(event);
        let kept = newest.entry(Owner::new(kind, name)).or_insert(event);
        if event.last() > kept.last() {
            *kept = event;
        }
    }
    newest
}

fn age_text(seconds: i64) -> String {
    human(u64::try_from(seconds).unwrap_or(0))
}

/// Explains a refusal by what its events say.
pub fn explain_external(
    external: ExternalRefusal,
    evaluations: Vec<Evaluation>,
    snapshot: &NamespaceSnapshot,
    consumers: &[QuotaConsumer],
) -> Explanation {
    let ExternalRefusal { owner, text, refusals, .. } = external;
    let explanation = pasted_text::explain(&refusals, evaluations, snapshot, consumers, (&[], Vec::new()));
    Explanation {
        summary: format!("{} {}: {}", owner.kind, owner.name, explanation.summary),
        subject: Subject { kind: owner.kind, namespace: snapshot.namespace.clone(), name: owner.name },
        controller_messages: vec![text],
        ..explanation
    }
}

/// Returns a sentence on the others whose objects the same quotas refused lately: what is freed may go to them first.
pub fn others_refused(
    explanation: &Explanation,
    subject: &Value,
    snapshot: &NamespaceSnapshot,
) -> Option<String> {
    let mut quotas: Vec<&str> = explanation.refusals.iter().filter_map(|row| row.quota.as_deref()).collect();
    quotas.sort_unstable();
    quotas.dedup();
    let children = ["ReplicaSet", "Job"].into_iter().flat_map(|kind| snapshot.controlled_by(subject, kind));
    let own: Vec<Owner> = [subject].into_iter().chain(children).map(Owner::itself).collect();
    let events = snapshot.events.iter().flatten().filter(|event| {
        let (kind, name) = about(event);
        let is_by = |one: &RefusalMessage| one.reason.quota().is_some_and(|quota| quotas.contains(&quota));
        kind != "Pod"
            && !own.contains(&Owner::new(kind, name))
            && reports_failure(event, &snapshot.namespace)
            && find_in_line(&event.message).iter().any(is_by)
    });
    let mut others: Vec<_> =
        newest_of_each(events).into_iter().map(|(owner, event)| (owner, event.last())).collect();
    others.sort_by_key(|(_, last)| std::cmp::Reverse(*last));
    let shown = others.iter().take(SHOWN).map(|(owner, last)| {
        format!("{} {} ({} ago)", owner.kind, owner.name, age_text(snapshot.cluster.now - last))
    });
    let mut names: Vec<String> = shown.collect();
    if let Some(more) = others.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        names.push(format!("{more} more"));
    }
    let quotas = match quotas.as_slice() {
        [only] => format!("quota {only}"),
        all => format!("quotas {}", all.join(", ")),
    };
    (!names.is_empty()).then(|| {
        format!("{quotas} refused others, too, and they may get what is freed first: {}", names.join(", "))
    })
}
