//! The entries of the journal about requests.

use shared::{Error, Result, model::kind::kind_of};

use super::{
    super::{
        cordon::Cordoned,
        journal::{Entry, JournalPod, Record},
        machine::{Machine, RecreateAnswer, Recreation},
    },
    requests::Answered,
};
use crate::facts::Workload;

/// Returns a pod as the journal names it.
pub fn journal_pod(namespace: &str, name: &str, uid: &str) -> JournalPod {
    JournalPod { namespace: namespace.to_owned(), name: name.to_owned(), uid: uid.to_owned() }
}

/// Records the cordon of a node, or why there is none.
pub fn record_cordon(record: &mut Record, node: &str, outcome: &Result<Cordoned>) {
    let error = outcome.as_ref().err();
    let api = error.and_then(Error::api_status);
    record.add(&Entry {
        event: "Cordon",
        node: Some(node.to_owned()),
        verb: Some("patch"),
        path: Some(format!("/api/v1/nodes/{node}")),
        code: if error.is_none() { Some(200) } else { api.map(|api| api.code) },
        reason: api.map(|api| api.reason.clone()),
        message: error.map(|error| error.sentence().to_owned()),
        ..Entry::default()
    });
}

/// Records an eviction and its answer.
pub fn record_answer(record: &mut Record, answered: &Answered, machine: &Machine, deletes: bool) {
    let Answered { victim, code, reason, message, took, .. } = answered;
    let node = machine.pod(&victim.uid).map(|pod| machine.nodes()[pod.node].name.clone());
    let path = format!("/api/v1/namespaces/{}/pods/{}", victim.namespace, victim.name);
    record.add(&Entry {
        event: "Evict",
        node,
        pod: Some(journal_pod(&victim.namespace, &victim.name, &victim.uid)),
        verb: Some(if deletes { "delete" } else { "create" }),
        path: Some(if deletes { path } else { format!("{path}/eviction") }),
        code: *code,
        reason: reason.clone(),
        message: message.clone(),
        ms: u64::try_from(took.as_millis()).ok(),
    });
}

/// Records that a Deployment was scaled or restarted, or given back, or why not.
pub fn record_scale(record: &mut Record, deployment: &Workload, error: Option<&Error>) {
    let api = error.and_then(Error::api_status);
    let kind = kind_of("apps", "Deployment", "deployments");
    record.add(&Entry {
        event: "Scale",
        verb: Some("patch"),
        path: Some(kind.object_path(&deployment.namespace, &deployment.name)),
        code: if error.is_none() { Some(200) } else { api.map(|api| api.code) },
        reason: api.map(|api| api.reason.clone()),
        message: error.map(|error| error.sentence().to_owned()),
        ..Entry::default()
    });
}

/// Records that a pod was recreated, or why not; `uid` is that of the old one.
pub fn record_recreation(record: &mut Record, uid: &str, one: &Recreation, answer: &RecreateAnswer) {
    let message = match answer {
        RecreateAnswer::Done => None,
        RecreateAnswer::StillThere => Some("the old one is there still".to_owned()),
        RecreateAnswer::Failed(why)
        | RecreateAnswer::Refused(why)
        | RecreateAnswer::Missing(why)
        | RecreateAnswer::NotPermitted(why) => Some(why.clone()),
    };
    let kind = kind_of("", "Pod", "pods");
    record.add(&Entry {
        event: "Create",
        pod: Some(journal_pod(&one.namespace, &one.name, uid)),
        verb: Some("create"),
        path: Some(kind.collection(&one.namespace)),
        code: message.is_none().then_some(201),
        message,
        ..Entry::default()
    });
}
