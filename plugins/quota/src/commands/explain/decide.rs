//! Why a workload lacks what it lacks: the present, tried out; what its controller said is only the past.

use serde_json::Value;
use shared::{admission::simulator::Simulator, workload::owner::Owner};

use super::{
    consumers::{self, QuotaConsumer},
    controller_messages,
    explanation::{Explanation, Missing, Row, State, Subject},
    fix,
    missing_pods::{MissingPods, missing_pods},
    namespace_snapshot::{NamespaceSnapshot, kind, metadata_text},
    notes::notes,
    refusal_message::{RefusalMessage, RefusalReason},
    retry::retry,
    simulate::{self, SimulationResult, simulate},
};

/// A workload, tried out.
#[derive(Debug)]
pub struct SimulatedWorkload<'a> {
    /// The workload.
    pub subject: &'a Value,
    /// What it lacks.
    pub missing_pods: Vec<MissingPods<'a>>,
    /// What would come of each now.
    pub results: Vec<SimulationResult>,
}

/// The rules of the namespace, to be charged.
pub fn simulator(snapshot: &NamespaceSnapshot) -> Simulator {
    snapshot.cluster.simulator()
}

/// Tries out what a workload lacks.
pub fn examine<'a>(subject: &'a Value, snapshot: &'a NamespaceSnapshot) -> SimulatedWorkload<'a> {
    let missing_pods = missing_pods(subject, snapshot);
    let results = simulate(&missing_pods, &snapshot.cluster, &mut simulator(snapshot));
    SimulatedWorkload { subject, missing_pods, results }
}

impl SimulatedWorkload<'_> {
    /// What would be refused, resource by resource, each once.
    pub fn rows(&self) -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::new();
        for row in self.results.iter().flat_map(|result| &result.refusals).flat_map(Row::of) {
            if !rows.contains(&row) {
                rows.push(row);
            }
        }
        rows
    }

    /// Kind and name.
    pub fn owner(&self) -> Owner {
        Owner::itself(self.subject)
    }

    /// The missing that is refused, else the first.
    fn first(&self) -> Option<(&MissingPods<'_>, &SimulationResult)> {
        let mut pairs = self.missing_pods.iter().zip(&self.results);
        let refused = pairs.clone().find(|(_, result)| !result.refusals.is_empty());
        refused.or_else(|| pairs.next())
    }

    /// Whether all that is missing is the Job of the next time.
    fn awaits_next_schedule(&self) -> bool {
        kind(self.subject) == "CronJob"
            && self.missing_pods.iter().all(|missing| std::ptr::eq(missing.controller, self.subject))
    }
}

/// Whether this is no matter of quotas and LimitRanges. A 422 about resources can come of a LimitRange's defaults.
pub fn is_not_quota(message: &RefusalMessage) -> bool {
    match &message.reason {
        RefusalReason::NotQuota { .. } => true,
        RefusalReason::Invalid { why } => !why.contains("resources"),
        _ => false,
    }
}

/// Explains a workload that was tried out. `held` is what is there of what is short.
pub fn explain(
    simulated: &SimulatedWorkload,
    snapshot: &NamespaceSnapshot,
    consumers: &[QuotaConsumer],
) -> Explanation {
    let controllers = simulated.missing_pods.iter().map(|missing| missing.controller);
    let controller_messages = controller_messages::of(controllers, snapshot);
    let refusals = simulated.rows();
    let not_quota =
        controller_messages.iter().flat_map(|one| &one.messages).find(|message| is_not_quota(message));
    let state = if simulated.missing_pods.is_empty()
        || (simulated.awaits_next_schedule() && refusals.is_empty() && controller_messages.is_empty())
    {
        State::Complete
    } else if !refusals.is_empty() {
        State::Refused
    } else if !snapshot.knows_rules() {
        State::Unknown
    } else if not_quota.is_some() {
        State::NotQuota
    } else {
        State::Admissible
    };
    let mut notes = notes(simulated, snapshot, state);
    if let Some(RefusalMessage { reason: RefusalReason::NotQuota { cause, .. }, .. }) = not_quota {
        notes.push(format!("no matter of quotas: it is a matter of {cause}"));
    }
    let (holders, differences) = shortage_holders(&refusals, snapshot, consumers);
    notes.extend(differences);
    let next = simulated.first().filter(|_| state != State::Complete).and_then(|(missing, _)| {
        let controller = Owner::itself(missing.controller);
        let failures = controller_messages
            .iter()
            .find(|one| one.controller == controller)
            .and_then(|one| one.failures.as_ref());
        let worth_it = !controller_messages.is_empty() || state == State::Refused;
        worth_it.then(|| retry(&controller, &snapshot.namespace, failures, snapshot.cluster.now))
    });
    Explanation {
        subject: Subject {
            kind: kind(simulated.subject).to_owned(),
            namespace: snapshot.namespace.clone(),
            name: metadata_text(simulated.subject, "name").to_owned(),
        },
        state,
        summary: summary(simulated, state),
        missing: missing(simulated),
        refusals,
        controller_messages: controller_messages.into_iter().map(|one| one.words).collect(),
        holders,
        retry: next,
        fix: if state == State::Refused {
            fix::of_workload(simulated, snapshot, consumers)
        } else {
            Vec::new()
        },
        notes,
    }
}

/// Who holds what is short, and where the server counts otherwise.
pub fn shortage_holders(
    rows: &[Row],
    snapshot: &NamespaceSnapshot,
    consumers: &[QuotaConsumer],
) -> (Vec<super::explanation::Holder>, Vec<String>) {
    let mut short: Vec<(&str, &str)> =
        rows.iter().filter_map(|row| Some((row.quota.as_deref()?, row.resource.as_deref()?))).collect();
    short.sort_unstable();
    short.dedup();
    let quotas = snapshot.cluster.namespaces.get(&snapshot.namespace).map(|rules| rules.quotas.as_slice());
    let (mut holders, mut notes) = (Vec::new(), Vec::new());
    for (name, resource) in short {
        let Some(quota) = quotas.unwrap_or_default().iter().find(|quota| quota.name == name) else {
            continue;
        };
        let of = consumers::holders(quota, resource, consumers);
        // Without the list of what holds it nothing is known.
        if !of.is_empty() {
            notes.extend(consumers::difference(quota, resource, &of));
        }
        holders.extend(of);
    }
    (holders, notes)
}

fn missing(simulated: &SimulatedWorkload) -> Vec<Missing> {
    let pairs = simulated.missing_pods.iter().zip(&simulated.results);
    let missing = pairs.map(|(missing, result)| Missing {
        kind: missing.kind_name().to_owned(),
        controller: Owner::itself(missing.controller),
        wanted: missing.wanted,
        present: missing.present,
        admitted: result.admitted,
    });
    missing.collect()
}

/// How things stand, in a message.
fn summary(simulated: &SimulatedWorkload, state: State) -> String {
    let subject = format!("{} {}", kind(simulated.subject), metadata_text(simulated.subject, "name"));
    let Some((missing, result)) = simulated.first().filter(|_| state != State::Complete) else {
        return match (kind(simulated.subject), simulated.missing_pods.is_empty()) {
            ("Pod", _) => format!("{subject}: it is there, so nothing refuses it"),
            ("CronJob", false) => format!("{subject}: its next Job would be let in now"),
            _ => format!("{subject}: nothing is missing"),
        };
    };
    let what = match (missing.kind_name(), missing.wanted) {
        ("Pod", 1) => "its pod is missing".to_owned(),
        ("Pod", wanted) => format!("{} of {wanted} pods are missing", missing.shortfall()),
        ("Job", _) => "the next Job".to_owned(),
        (kind, _) => format!("its new {kind} is missing"),
    };
    let subject = if std::ptr::eq(missing.controller, simulated.subject) {
        subject
    } else {
        format!("{subject} ({} {})", kind(missing.controller), metadata_text(missing.controller, "name"))
    };
    let shortfall = missing.shortfall();
    let fate = match state {
        State::Refused if result.order_dependent => "may be refused, as it happens".to_owned(),
        State::Refused if result.admitted > 0 => {
            format!("{} would be let in now, {} refused", result.admitted, shortfall - result.admitted)
        }
        State::Refused => "would be refused now".to_owned(),
        State::NotQuota => "was refused, by something else than quotas".to_owned(),
        State::Unknown => "whether it would be let in can't be told".to_owned(),
        State::Admissible | State::Complete => "would be let in now".to_owned(),
    };
    let joint = if missing.kind_name() == "Job" { " " } else { ": " };
    format!("{subject}: {what}{joint}{fate}")
}

/// Whether everything that is missing gets in by these rules, and what quotas lack otherwise.
pub fn feasibility(
    simulated: &SimulatedWorkload,
    snapshot: &NamespaceSnapshot,
    rules: &Simulator,
) -> fix::Feasibility {
    let results = simulate(&simulated.missing_pods, &snapshot.cluster, &mut rules.clone());
    let shortages = results.iter().flat_map(|result| {
        result.refusals.iter().flat_map(|refusal| refusal.shortages.clone()).chain(result.shortages.clone())
    });
    fix::Feasibility { complete: simulate::is_complete(&results), shortages: shortages.collect() }
}
