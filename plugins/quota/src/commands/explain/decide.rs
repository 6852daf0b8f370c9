//! Explains why a workload lacks objects: by simulating them now, since the messages of its controller describe the past.

use shared::workload::{owner::Owner, pod_claims::device_claim_kind};

use super::{
    consumers::{QuotaConsumer, holders_of_shortages},
    controller_messages::{ControllerMessage, controller_messages, messages_of_pods},
    daemon_pods::is_unknown,
    explanation::{Explanation, Missing, Row, State, Subject},
    fix,
    missing_pods::MissingPods,
    namespace_snapshot::{NamespaceSnapshot, kind, metadata_text},
    notes::notes,
    refusal_message::{RefusalMessage, RefusalReason, not_caused_by_quota},
    retry::{Retry, retry, retry_of_claims},
    simulated_workload::SimulatedWorkload,
    summary::summary,
};

/// Explains a simulated workload. `consumers` are the existing objects that are charged for what is short.
pub fn explain(
    simulated: &SimulatedWorkload,
    snapshot: &NamespaceSnapshot,
    consumers: &[QuotaConsumer],
) -> Explanation {
    let controllers = simulated.missing_pods.iter().map(|missing| missing.controller);
    let mut messages = controller_messages(controllers, snapshot);
    messages.extend(messages_of_pods(&simulated.missing_pods, snapshot));
    let refusals = simulated.rows();
    let elsewhere = |message: &&ControllerMessage| message.refusals.iter().any(RefusalMessage::is_not_quota);
    let not_quota = messages.iter().flat_map(|one| &one.refusals).find(|refusal| refusal.is_not_quota());
    // Another rule refuses an object before quotas are asked, or whatever they say.
    let is_blocked = |missing: &MissingPods| {
        let controller = Owner::itself(missing.controller);
        messages.iter().filter(elsewhere).any(|message| message.controller == controller)
    };
    let pairs = || simulated.missing_pods.iter().zip(&simulated.results);
    let only_elsewhere = not_quota.is_some()
        && pairs().all(|(missing, result)| result.refusals.is_empty() || is_blocked(missing));
    let is_idle = simulated.awaits_next_schedule() && refusals.is_empty() && messages.is_empty();
    let is_unknown = is_unknown(simulated.subject, snapshot);
    let state = if (simulated.missing_pods.is_empty() && !is_unknown) || is_idle {
        State::Complete
    } else if !refusals.is_empty() && !only_elsewhere {
        State::Refused
    } else if !snapshot.knows_rules() || is_unknown {
        State::Unknown
    } else if not_quota.is_some() || !refusals.is_empty() {
        State::NotQuota
    } else {
        State::Admissible
    };
    let mut notes = notes(simulated, snapshot, state);
    if let Some(RefusalMessage { reason: RefusalReason::NotQuota { cause, .. }, .. }) = not_quota {
        notes.push(not_caused_by_quota(cause));
    }
    if state == State::Refused && simulated.rest_is_refused(snapshot) {
        notes.push(
            "once these pods are admitted the rollout goes on, and would be refused again at what they need: the commands are enough for all of it"
                .to_owned(),
        );
    }
    let (holders, mismatches) = holders_of_shortages(&refusals, snapshot, consumers);
    notes.extend(mismatches);
    let next_retry = simulated.first().filter(|_| state != State::Complete).and_then(|(missing, _)| {
        let controller = Owner::itself(missing.controller);
        let message = messages.iter().find(|message| message.controller == controller);
        let failures = message.and_then(|message| message.failures.as_ref());
        if missing.are_claims() {
            return claims_retry(missing, snapshot);
        }
        // Until its schedule comes, a CronJob tries nothing.
        let tries_now = !simulated.awaits_next_schedule();
        let has_failed = !messages.is_empty() || (state == State::Refused && tries_now);
        has_failed.then(|| retry(&controller, &snapshot.namespace, failures, snapshot.cluster.now))
    });
    let fix = match (state, not_quota) {
        (State::Refused, _) => fix::workload_fixes(simulated, snapshot, consumers),
        (State::NotQuota, Some(not_quota)) => {
            let raise = fix::raise(simulated, snapshot);
            match (fix::service_account(&not_quota.text), raise) {
                (Some(create), raise) => {
                    vec![[Some(create), raise].into_iter().flatten().collect::<Vec<_>>().join(" && ")]
                }
                (None, Some(raise)) => {
                    notes.push(format!(
                        "then the quotas refuse some of it, too, unless they are raised: {raise}"
                    ));
                    Vec::new()
                }
                (None, None) => Vec::new(),
            }
        }
        _ => Vec::new(),
    };
    let mut refusals = refusals;
    if let (State::NotQuota, Some(not_quota), false) = (state, not_quota, refusals.is_empty()) {
        // What is simulated says the same of a pod without a name.
        let is_said = |row: &Row| why(&row.message) == why(&not_quota.text);
        if !refusals.iter().any(is_said) {
            refusals.insert(0, Row::bare(&not_quota.text, "Other", None));
        }
    }
    Explanation {
        subject: Subject {
            kind: kind(simulated.subject).to_owned(),
            namespace: snapshot.namespace.clone(),
            name: metadata_text(simulated.subject, "name").to_owned(),
        },
        state,
        summary: summary(simulated, state),
        missing: missing(simulated, &is_blocked),
        refusals,
        controller_messages: messages.into_iter().map(|message| message.text).collect(),
        holders,
        retry: next_retry,
        fix,
        notes,
    }
}

/// Returns when the claims that existing pods lack are tried again.
fn claims_retry(missing: &MissingPods, snapshot: &NamespaceSnapshot) -> Option<Retry> {
    let pods = snapshot.pods.iter().flatten().filter(|pod| missing.is_claim_of(&pod.metadata.name));
    let waiting: Vec<_> = pods.map(|pod| (pod, snapshot.failures_of_pod(pod))).collect();
    let are_device_claims = missing.kind_name() == device_claim_kind().kind;
    retry_of_claims(&waiting, are_device_claims, &snapshot.namespace, snapshot.cluster.now)
}

/// Returns what a refusal says, whatever object it is about.
fn why(message: &str) -> &str {
    message.split_once(" is forbidden: ").map_or(message, |(_, why)| why)
}

fn missing(simulated: &SimulatedWorkload, is_blocked: &dyn Fn(&MissingPods) -> bool) -> Vec<Missing> {
    let pairs = simulated.missing_pods.iter().zip(&simulated.results);
    let missing = pairs.map(|(missing, result)| Missing {
        kind: missing.kind_name().to_owned(),
        controller: Owner::itself(missing.controller),
        wanted: missing.wanted,
        present: missing.present,
        admitted: if is_blocked(missing) { 0 } else { result.admitted },
    });
    missing.collect()
}
