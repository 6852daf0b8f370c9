//! Reads workloads, pods, events and rules from a cluster.

use serde_json::Value;
use shared::{
    Result,
    client::{
        Client, ListOptions, Scope, dynamic_list,
        incomplete::{Skipped, unless_forbidden},
    },
    model::{
        Pod, Resource,
        kind::{Kind, kind_of, replica_set_kind, workloads},
    },
    snapshot::{ClusterSnapshot, Namespaces, SnapshotRequest},
    workload::{PodsToCreate, autoscaler::autoscaler_kind, owner::is_controlled_by_workload},
};

use super::{
    event::{Event, REASONS, reporting_owner},
    label_selector::label_selector,
    missing_pods::{MissingObjects, missing_pods},
    namespace_snapshot::{NamespaceSnapshot, kind, metadata_text},
    objects_of_pods::ObjectsOfPods,
};

/// Reads one object, which reason its kind afterwards.
///
/// # Errors
/// The server's answer, such as 404 for an object that does not exist.
pub async fn object(client: &Client, of: &Kind, name: &str) -> Result<Value> {
    let path = of.object_path(client.namespace(), name);
    let mut object = client.get_json::<Value>(&path).await?;
    object["kind"] = Value::from(of.kind.clone());
    Ok(object)
}

/// Reads everything about one workload, or about the whole namespace.
///
/// # Errors
/// Any failure other than a forbidden list.
pub async fn snapshot(client: &Client, subject: Option<&Value>, now: i64) -> Result<NamespaceSnapshot> {
    let namespace = client.namespace().to_owned();
    let mut skipped = Vec::new();
    let mut snapshot = NamespaceSnapshot { namespace, ..NamespaceSnapshot::default() };
    snapshot.workloads = match subject {
        Some(subject) => children(client, subject, &mut skipped).await?,
        None => all_workloads(client, &mut skipped).await?,
    };
    let (selector, wants_pods) = match subject {
        Some(cron_job) if kind(cron_job) == "CronJob" => {
            let jobs: Vec<_> =
                snapshot.controlled_by(cron_job, "Job").map(|job| metadata_text(job, "name")).collect();
            (Some(format!("job-name in ({})", jobs.join(","))), !jobs.is_empty())
        }
        Some(subject) => (label_selector(&subject["spec"]["selector"]), kind(subject) != "Pod"),
        None => (None, true),
    };
    snapshot.pods = match wants_pods {
        true => {
            let options = ListOptions { label_selector: selector, field_selector: None };
            let scope = Scope::Namespace(snapshot.namespace.clone());
            let pods = client.list_all::<Pod>(&scope, &options).await;
            unless_forbidden(pods, &mut skipped, "list", Pod::PLURAL, &snapshot.namespace)?
        }
        false => Some(Vec::new()),
    };
    snapshot.events = events(client, &mut skipped).await?;
    snapshot.autoscalers = autoscalers(client).await?;
    read_rules(client, subject, &mut snapshot, now).await?;
    // Lists of the workload itself are more important than those of the rules.
    skipped.append(&mut snapshot.cluster.skipped);
    snapshot.cluster.skipped = skipped;
    Ok(snapshot)
}

/// Reads the failures that controllers report in this namespace.
async fn events(client: &Client, skipped: &mut Vec<Skipped>) -> Result<Option<Vec<Event>>> {
    let scope = Scope::Namespace(client.namespace().to_owned());
    let mut all = Vec::new();
    for reason in REASONS {
        let options = ListOptions { label_selector: None, field_selector: Some(format!("reason={reason}")) };
        let events = client.list_all::<Event>(&scope, &options).await;
        match unless_forbidden(events, skipped, "list", Event::PLURAL, client.namespace())? {
            Some(events) => all.extend(events),
            None => return Ok(None),
        }
    }
    Ok(Some(all))
}

/// Reads the autoscalers. Where that is forbidden, no command that they might undo is proposed.
async fn autoscalers(client: &Client) -> Result<Option<Vec<Value>>> {
    let kind = autoscaler_kind();
    let found = dynamic_list::objects(client, &kind, client.namespace(), &ListOptions::default()).await;
    unless_forbidden(found, &mut Vec::new(), "list", &kind.resource(), client.namespace())
}

/// Reads quotas, LimitRanges and classes, and the claims that missing pods of StatefulSets would use.
async fn read_rules(
    client: &Client,
    subject: Option<&Value>,
    snapshot: &mut NamespaceSnapshot,
    now: i64,
) -> Result<()> {
    let request = SnapshotRequest {
        namespaces: Namespaces::one(&snapshot.namespace),
        now,
        ..SnapshotRequest::default()
    };
    let mut cluster = ClusterSnapshot::read(client, &request).await?;
    let subjects = subject.into_iter().chain(&snapshot.workloads);
    let subjects: Vec<_> = subjects.collect();
    let wanted = ObjectsOfPods::of(&subjects);
    for kind in wanted.kinds() {
        let Some(kind) = served(client, &kind, &mut cluster.skipped).await? else { continue };
        cluster.read_all(client, &kind, &snapshot.namespace).await?;
    }
    let missing_pods: Vec<_> =
        subjects.iter().flat_map(|workload| missing_pods(workload, snapshot)).collect();
    let pods = missing_pods.iter().filter_map(|missing| match &missing.objects {
        MissingObjects::Pods(set, PodsToCreate::Ordinals(ordinals)) => {
            Some(ordinals.iter().cloned().flatten().map(|ordinal| (&**set, ordinal)))
        }
        _ => None,
    });
    if !wanted.claims {
        cluster.read_claims(client, pods.flatten()).await?;
    }
    cluster.read_classes_of(client, subject.into_iter().chain(&snapshot.workloads)).await?;
    snapshot.cluster = cluster;
    Ok(())
}

/// Returns a kind in the version that the server prefers; `None` where it does not serve it.
async fn served(client: &Client, kind: &Kind, skipped: &mut Vec<Skipped>) -> Result<Option<Kind>> {
    if kind.group != "resource.k8s.io" {
        return Ok(Some(kind.clone()));
    }
    let resource = kind.resource();
    let found = dynamic_list::kind_served(client, &resource).await;
    Ok(unless_forbidden(found, skipped, "get", &resource, client.namespace())?.flatten())
}

/// Reads the rules of a namespace without its workloads, for refusals of a pasted text.
///
/// # Errors
/// Any failure other than a forbidden list.
pub async fn rules_alone(client: &Client, now: i64) -> Result<NamespaceSnapshot> {
    let mut snapshot = NamespaceSnapshot {
        namespace: client.namespace().to_owned(),
        pods: Some(Vec::new()),
        events: Some(Vec::new()),
        autoscalers: autoscalers(client).await?,
        ..NamespaceSnapshot::default()
    };
    read_rules(client, None, &mut snapshot, now).await?;
    Ok(snapshot)
}

/// Reads the ReplicaSets of a Deployment or the Jobs of a CronJob.
async fn children(client: &Client, subject: &Value, skipped: &mut Vec<Skipped>) -> Result<Vec<Value>> {
    let kind = match kind(subject) {
        "Deployment" => replica_set_kind(),
        "CronJob" => kind_of("batch", "Job", "jobs"),
        _ => return Ok(Vec::new()),
    };
    let options =
        ListOptions { label_selector: label_selector(&subject["spec"]["selector"]), field_selector: None };
    list(client, &kind, &options, skipped).await
}

async fn all_workloads(client: &Client, skipped: &mut Vec<Skipped>) -> Result<Vec<Value>> {
    let mut all = Vec::new();
    for kind in workloads() {
        all.extend(list(client, &kind, &ListOptions::default(), skipped).await?);
    }
    Ok(all)
}

async fn list(
    client: &Client,
    kind: &Kind,
    options: &ListOptions,
    skipped: &mut Vec<Skipped>,
) -> Result<Vec<Value>> {
    let found = dynamic_list::objects(client, kind, client.namespace(), options).await;
    Ok(unless_forbidden(found, skipped, "list", &kind.resource(), client.namespace())?.unwrap_or_default())
}

/// Returns the kind and name of the workload whose events name a pod that does not exist.
///
/// # Errors
/// Any failure other than a forbidden list.
pub async fn find_reporting_owner(client: &Client, pod: &str) -> Result<Option<(String, String)>> {
    let events = events(client, &mut Vec::new()).await?.unwrap_or_default();
    Ok(reporting_owner(&events, pod).map(|(kind, name)| (kind.to_owned(), name.to_owned())))
}

/// Returns whether no other workload explains what an object lacks, as a Deployment does for its ReplicaSets.
pub fn is_top(object: &Value) -> bool {
    !is_controlled_by_workload(object)
}
