//! Reads workloads, pods, events and rules from a cluster.

use serde_json::Value;
use shared::{
    Error, Result,
    client::{
        Client, ListOptions, Page, Scope, dynamic_list,
        incomplete::{Skipped, unless_forbidden},
    },
    model::{
        Event, Pod, Resource,
        kind::{Kind, kind_of, replica_set_kind, workloads},
    },
    snapshot::{ClusterSnapshot, Namespaces, SnapshotRequest, read_autoscalers},
    workload::{PodsToCreate, owner::is_controlled_by_workload},
};

use super::{
    autoscaled::scale_to_minima,
    event::{may_report_refusal, reporting_owner},
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

/// What is read of a namespace whatever the subject.
pub struct NamespaceRules {
    events: Option<Vec<Event>>,
    autoscalers: Option<Vec<Value>>,
    /// Quotas and LimitRanges.
    pub cluster: ClusterSnapshot,
    skipped: Vec<Skipped>,
}

/// Reads what does not depend on the subject, all at once.
///
/// # Errors
/// Any failure other than a forbidden list.
pub async fn namespace_rules(client: &Client, now: i64) -> Result<NamespaceRules> {
    let request = SnapshotRequest {
        namespaces: Namespaces::one(client.namespace()),
        now,
        ..SnapshotRequest::default()
    };
    let (events, autoscalers, cluster) = futures::join!(
        events(client),
        read_autoscalers(client, client.namespace()),
        ClusterSnapshot::read(client, &request)
    );
    let (events, mut skipped) = events?;
    let (autoscalers, of_autoscalers) = autoscalers?;
    skipped.extend(of_autoscalers);
    Ok(NamespaceRules { events, autoscalers, cluster: cluster?, skipped })
}

/// Reads everything about one workload, or about the whole namespace. Workloads that are about to be scaled up by their
/// autoscalers are returned as they will be then, the subject too.
///
/// # Errors
/// Any failure other than a forbidden list.
pub async fn snapshot(
    client: &Client,
    mut target: Option<&mut Value>,
    rules: impl Future<Output = Result<NamespaceRules>>,
    now: i64,
) -> Result<NamespaceSnapshot> {
    let subject = target.as_deref();
    let namespace = client.namespace().to_owned();
    let mut skipped = Vec::new();
    let mut snapshot = NamespaceSnapshot { namespace, ..NamespaceSnapshot::default() };
    let pods_of = async |selector: Option<String>| {
        let options = ListOptions { label_selector: selector, field_selector: None };
        let scope = Scope::Namespace(client.namespace().to_owned());
        let mut skipped = Vec::new();
        let pods = client.list_all::<Pod>(&scope, &options).await;
        let pods = unless_forbidden(pods, &mut skipped, "list", Pod::PLURAL, client.namespace())?;
        Ok::<_, Error>((pods, skipped))
    };
    let workloads = async {
        let mut skipped = Vec::new();
        let found = match subject {
            Some(subject) => children(client, subject, &mut skipped).await?,
            None => all_workloads(client, &mut skipped).await?,
        };
        Ok::<_, Error>((found, skipped))
    };
    let early_pods = async {
        match subject {
            // Its pods are those of its Jobs, which have to be known first.
            Some(cron_job) if kind(cron_job) == "CronJob" => Ok(None),
            Some(subject) if kind(subject) == "Pod" => Ok(Some((Some(Vec::new()), Vec::new()))),
            Some(subject) => pods_of(label_selector(&subject["spec"]["selector"])).await.map(Some),
            None => pods_of(None).await.map(Some),
        }
    };
    let claims = async {
        match subject {
            Some(subject) => claims_of_pods(client, &[subject], now).await.map(Some),
            None => Ok(None),
        }
    };
    let (workloads, pods, claims, rules) = futures::join!(workloads, early_pods, claims, rules);
    let (workloads, of_workloads) = workloads?;
    snapshot.workloads = workloads;
    let NamespaceRules { events, autoscalers, cluster, skipped: of_events } = rules?;
    snapshot.events = events;
    snapshot.autoscalers = autoscalers;
    snapshot.cluster = cluster;
    let (pods, of_pods) = match (pods?, subject) {
        (Some(pods), _) => pods,
        (None, Some(cron_job)) => {
            let jobs: Vec<_> =
                snapshot.controlled_by(cron_job, "Job").map(|job| metadata_text(job, "name")).collect();
            match jobs.is_empty() {
                true => (Some(Vec::new()), Vec::new()),
                false => pods_of(Some(format!("job-name in ({})", jobs.join(",")))).await?,
            }
        }
        (None, None) => (None, Vec::new()),
    };
    snapshot.pods = pods;
    scale_to_minima(target.as_deref_mut(), &mut snapshot);
    skipped.extend(of_workloads);
    skipped.extend(of_pods);
    skipped.extend(of_events);
    read_rules(client, target.as_deref(), &mut snapshot, claims?, now).await?;
    // Lists of the workload itself are more important than those of the rules.
    skipped.append(&mut snapshot.cluster.skipped);
    snapshot.cluster.skipped = skipped;
    Ok(snapshot)
}

/// Reads the refusals that events of this namespace report, whatever they are about: operators have reasons of their own.
async fn events(client: &Client) -> Result<(Option<Vec<Event>>, Vec<Skipped>)> {
    let scope = Scope::Namespace(client.namespace().to_owned());
    let options = ListOptions { label_selector: None, field_selector: Some("type=Warning".to_owned()) };
    let (mut kept, mut skipped) = (Vec::new(), Vec::new());
    let listed = client
        .list::<Event>(&scope, &options, |page| match page {
            Page::Items(events) => kept.extend(events.into_iter().filter(may_report_refusal)),
            Page::Restart => kept.clear(),
        })
        .await;
    let listed = unless_forbidden(listed, &mut skipped, "list", Event::PLURAL, client.namespace())?;
    Ok((listed.map(|_| kept), skipped))
}

/// Reads the claims that the pods of these workloads use, and the nodes where they tell how many pods there are to be.
async fn claims_of_pods(client: &Client, workloads: &[&Value], now: i64) -> Result<ClusterSnapshot> {
    let part = || ClusterSnapshot { now, ..ClusterSnapshot::default() };
    let wanted = ObjectsOfPods::of(workloads);
    let claims = async {
        let mut part = part();
        for kind in wanted.kinds() {
            let Some(kind) = served(client, &kind, &mut part.skipped).await? else { continue };
            part.read_all(client, &kind, client.namespace()).await?;
        }
        Ok::<_, Error>(part)
    };
    let nodes = async {
        let mut part = part();
        if wanted.nodes {
            part.read_nodes(client).await?;
        }
        Ok::<_, Error>(part)
    };
    let (claims, nodes) = futures::join!(claims, nodes);
    let (mut cluster, nodes) = (claims?, nodes?);
    cluster.nodes = nodes.nodes;
    cluster.skipped.extend(nodes.skipped);
    Ok(cluster)
}

/// Reads classes, and the claims that missing pods of StatefulSets would use. `claims` are those of the subject's pods.
async fn read_rules(
    client: &Client,
    subject: Option<&Value>,
    snapshot: &mut NamespaceSnapshot,
    claims: Option<ClusterSnapshot>,
    now: i64,
) -> Result<()> {
    let mut cluster = std::mem::take(&mut snapshot.cluster);
    let subjects: Vec<_> = subject.into_iter().chain(&snapshot.workloads).collect();
    let wanted = ObjectsOfPods::of(&subjects);
    let missing_pods: Vec<_> =
        subjects.iter().flat_map(|workload| missing_pods(workload, snapshot)).collect();
    let pods = missing_pods.iter().filter_map(|missing| match &missing.objects {
        MissingObjects::Pods(set, PodsToCreate::Ordinals(ordinals)) => {
            Some(ordinals.iter().cloned().flatten().map(|ordinal| (&**set, ordinal)))
        }
        _ => None,
    });
    let of_sets = async {
        let mut part = ClusterSnapshot::default();
        if !wanted.claims {
            part.read_claims(client, pods.flatten()).await?;
        }
        Ok::<_, Error>(part)
    };
    let of_pods = async {
        match claims {
            Some(claims) => Ok(claims),
            None => claims_of_pods(client, &subjects, now).await,
        }
    };
    let classes = async {
        let mut part = ClusterSnapshot {
            namespaces: cluster.namespaces.clone(),
            cluster_facts: cluster.cluster_facts.clone(),
            ..ClusterSnapshot::default()
        };
        part.read_classes_of(client, subjects.iter().copied()).await?;
        Ok::<_, Error>(part)
    };
    let (of_sets, of_pods, classes) = futures::join!(of_sets, of_pods, classes);
    let classes = classes?;
    cluster.cluster_facts = classes.cluster_facts.clone();
    let of_pods = of_pods?;
    cluster.nodes.clone_from(&of_pods.nodes);
    for part in [of_pods, of_sets?, classes] {
        cluster.existing.extend(part.existing);
        cluster.skipped.extend(part.skipped);
    }
    drop(missing_pods);
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
    let request = SnapshotRequest {
        namespaces: Namespaces::one(client.namespace()),
        now,
        ..SnapshotRequest::default()
    };
    let (autoscalers, cluster) =
        futures::join!(read_autoscalers(client, client.namespace()), ClusterSnapshot::read(client, &request));
    let (autoscalers, of_autoscalers) = autoscalers?;
    let mut cluster = cluster?;
    cluster.skipped.extend(of_autoscalers);
    let mut snapshot = NamespaceSnapshot {
        namespace: client.namespace().to_owned(),
        pods: Some(Vec::new()),
        events: Some(Vec::new()),
        autoscalers,
        cluster,
        ..NamespaceSnapshot::default()
    };
    read_rules(client, None, &mut snapshot, None, now).await?;
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
    let lists = client.bounded(workloads(), |kind| async move {
        let mut skipped = Vec::new();
        let found = list(client, &kind, &ListOptions::default(), &mut skipped).await;
        (found, skipped)
    });
    let mut all = Vec::new();
    for (found, of_kind) in lists.await {
        skipped.extend(of_kind);
        all.extend(found?);
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
    let events = events(client).await?.0.unwrap_or_default();
    Ok(reporting_owner(&events, pod).map(|(kind, name)| (kind.to_owned(), name.to_owned())))
}

/// Returns whether no other workload explains what an object lacks, as a Deployment does for its ReplicaSets.
pub fn is_top(object: &Value) -> bool {
    !is_controlled_by_workload(object)
}
