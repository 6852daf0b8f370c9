//! The requests of a run, and how their answers are read.

use std::time::{Duration, Instant};

use k8s_openapi::{
    api::core::v1::Pod as ApiPod,
    apimachinery::pkg::apis::meta::v1::{DeleteOptions, Preconditions},
};
use serde_json::{Value, json};
use shared::{
    Error, Result,
    client::{Client, ListOptions, Scope},
    model::Pod,
};
use tokio::time::timeout;

use super::super::machine::{Answer, SeenPod};

/// How long an answer to an eviction may take: the server itself tries for ten seconds to write a contested budget.
const PATIENCE: Duration = Duration::from_secs(30);

/// A pod whose eviction is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Victim {
    pub namespace: String,
    pub name: String,
    pub uid: String,
    /// The only resourceVersion that may be evicted, where an earlier request may have been carried out; none for any.
    pub resource_version: Option<String>,
}

/// How pods are removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Removal {
    /// The grace period in seconds; none for what each pod asks for.
    pub grace: Option<i64>,
    /// Delete instead of evict.
    pub deletes: bool,
    /// Have the server check everything and store nothing.
    pub dry_run: bool,
}

/// An answer, and what the record keeps of it.
#[derive(Clone, Debug)]
pub struct Answered {
    pub victim: Victim,
    pub answer: Answer,
    pub code: Option<u16>,
    pub reason: Option<String>,
    pub message: Option<String>,
    pub took: Duration,
    /// Whether the server was asked at all.
    pub was_asked: bool,
}

impl Answered {
    /// Returns that nothing was asked for, since something else failed before.
    pub fn not_asked(victim: Victim, error: &Error) -> Self {
        let sentence = error.sentence().to_owned();
        Self {
            victim,
            answer: Answer::Failed(sentence.clone()),
            code: None,
            reason: None,
            message: Some(sentence),
            took: Duration::ZERO,
            was_asked: false,
        }
    }
}

/// Asks for an eviction, once.
pub async fn evict(client: &Client, victim: Victim, removal: Removal) -> Answered {
    let start = Instant::now();
    let preconditions =
        Preconditions { uid: Some(victim.uid.clone()), resource_version: victim.resource_version.clone() };
    let options = DeleteOptions {
        preconditions: Some(preconditions),
        grace_period_seconds: removal.grace,
        dry_run: removal.dry_run.then(|| vec!["All".to_owned()]),
        ..DeleteOptions::default()
    };
    let request = async {
        match removal.deletes {
            true => client.objects::<ApiPod>(&victim.namespace).delete(&victim.name, &options).await,
            false => client.evict(&victim.namespace, &victim.name, options).await,
        }
    };
    let outcome = match timeout(PATIENCE, request).await {
        Ok(outcome) => outcome,
        Err(_) => Err(Error::new(format!("the API server did not answer within {} s", PATIENCE.as_secs()))),
    };
    let took = start.elapsed();
    let Err(error) = outcome else {
        let answer = Answer::Accepted;
        return Answered {
            victim,
            answer,
            code: Some(201),
            reason: None,
            message: None,
            took,
            was_asked: true,
        };
    };
    let mut answer = Answer::of_error(&error);
    if error.is_api(403) && matches!(answer, Answer::Refused(_)) {
        // A review that fails says nothing: asked again, the eviction is refused again.
        let is_permitted = may_remove(client, &victim.namespace, removal.deletes).await.unwrap_or(true);
        answer = answer.reviewed(is_permitted);
    }
    let api = error.api_status();
    Answered {
        victim,
        answer,
        code: api.map(|api| api.code),
        reason: api.map(|api| api.reason.clone()),
        message: Some(api.map_or_else(|| error.sentence().to_owned(), |api| api.message.clone())),
        took,
        was_asked: true,
    }
}

/// Asks the authorizer whether we may remove pods.
async fn may_remove(client: &Client, namespace: &str, deletes: bool) -> Result<bool> {
    let attributes = match deletes {
        true => json!({"namespace": namespace, "verb": "delete", "resource": "pods"}),
        false => {
            json!({"namespace": namespace, "verb": "create", "resource": "pods", "subresource": "eviction"})
        }
    };
    may(client, &attributes).await
}

/// Asks the authorizer about one right (`authorization.k8s.io/v1.ResourceAttributes`).
///
/// # Errors
/// The review is refused, or the server can't be reached.
pub async fn may(client: &Client, attributes: &Value) -> Result<bool> {
    let review = json!({
        "apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectAccessReview",
        "spec": {"resourceAttributes": attributes},
    });
    let answer: Value =
        client.post_json("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", &review).await?;
    Ok(answer["status"]["allowed"] == true)
}

/// Lists the pods of a node as they are now.
///
/// # Errors
/// As [`Client::list`].
pub async fn list(client: &Client, node: &str) -> Result<Vec<SeenPod>> {
    let pods: Vec<Pod> = client.list_all(&Scope::All, &on_node(node)).await?;
    let now = client.server_time();
    Ok(pods.iter().map(|pod| seen(pod, now)).collect())
}

/// Returns the selection of a node's pods.
pub fn on_node(node: &str) -> ListOptions {
    ListOptions { field_selector: Some(format!("spec.nodeName={node}")), ..ListOptions::default() }
}

/// Returns what the machine needs to know of a pod, at a time by the server's clock.
pub fn seen(pod: &Pod, now: i64) -> SeenPod {
    let metadata = &pod.metadata;
    let terminating =
        metadata.deletion_timestamp.map(|_| metadata.deletion_grace_period_seconds.unwrap_or(0));
    SeenPod {
        namespace: metadata.namespace.clone(),
        name: metadata.name.clone(),
        uid: metadata.uid.clone(),
        resource_version: metadata.resource_version.clone(),
        phase: pod.status.phase.clone(),
        is_ready: is_ready(pod),
        terminating,
        overdue: metadata.deletion_timestamp.map(|time| now - time.seconds),
    }
}

/// Returns whether a pod's condition Ready is True.
pub fn is_ready(pod: &Pod) -> bool {
    pod.status.condition("Ready").is_some_and(|condition| condition.status == "True")
}
