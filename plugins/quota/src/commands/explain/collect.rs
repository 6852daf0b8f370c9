//! What an explanation rests on, out of a cluster.

use serde_json::Value;
use shared::{
    Result,
    client::{
        Client, ListOptions, Scope, dynamic_list,
        incomplete::{Skipped, allowed},
    },
    manifest::Manifest,
    model::{
        Pod, Resource,
        kind::{Kind, kind_of, replica_set_kind, workloads},
    },
    snapshot::{ClusterSnapshot, Namespaces, SnapshotRequest},
};

use super::{
    event::{Event, REASONS},
    missing_pods::{MissingObject, missing_pods},
    namespace_snapshot::{NamespaceSnapshot, controller, kind, metadata_text},
};

/// Reads one object, which reason its kind afterwards.
///
/// # Errors
/// The server's answer, 404 where there is no such object.
pub async fn object(client: &Client, of: &Kind, name: &str) -> Result<Value> {
    let path = of.object_path(client.namespace(), name);
    let mut object = client.get_json::<Value>(&path).await?;
    object["kind"] = Value::from(of.kind.clone());
    Ok(object)
}

/// Everything about one workload, or about all of the namespace.
///
/// # Errors
/// Trouble other than a refusal.
pub async fn snapshot(client: &Client, subject: Option<&Value>, now: i64) -> Result<NamespaceSnapshot> {
    let namespace = client.namespace().to_owned();
    let mut skipped = Vec::new();
    let mut snapshot = NamespaceSnapshot { namespace, ..NamespaceSnapshot::default() };
    snapshot.workloads = match subject {
        Some(subject) => controlled_by(client, subject, &mut skipped).await?,
        None => all(client, &mut skipped).await?,
    };
    let (selector, wants_pods) = match subject {
        Some(cron_job) if kind(cron_job) == "CronJob" => {
            let jobs: Vec<_> =
                snapshot.controlled_by(cron_job, "Job").map(|job| metadata_text(job, "name")).collect();
            (Some(format!("job-name in ({})", jobs.join(","))), !jobs.is_empty())
        }
        Some(subject) => (selector(&subject["spec"]["selector"]), kind(subject) != "Pod"),
        None => (None, true),
    };
    snapshot.pods = match wants_pods {
        true => {
            let options = ListOptions { label_selector: selector, field_selector: None };
            let scope = Scope::Namespace(snapshot.namespace.clone());
            let pods = client.list_all::<Pod>(&scope, &options).await;
            allowed(pods, &mut skipped, "list", Pod::PLURAL, &snapshot.namespace)?
        }
        false => Some(Vec::new()),
    };
    snapshot.events = events(client, &mut skipped).await?;
    rules(client, subject, &mut snapshot, now).await?;
    // What is missing of the workload itself comes first.
    skipped.append(&mut snapshot.cluster.skipped);
    snapshot.cluster.skipped = skipped;
    Ok(snapshot)
}

/// The failures that controllers told of in this namespace.
async fn events(client: &Client, skipped: &mut Vec<Skipped>) -> Result<Option<Vec<Event>>> {
    let scope = Scope::Namespace(client.namespace().to_owned());
    let mut all = Vec::new();
    for reason in REASONS {
        let options = ListOptions { label_selector: None, field_selector: Some(format!("reason={reason}")) };
        let events = client.list_all::<Event>(&scope, &options).await;
        match allowed(events, skipped, "list", Event::PLURAL, client.namespace())? {
            Some(events) => all.extend(events),
            None => return Ok(None),
        }
    }
    Ok(Some(all))
}

/// Quotas and LimitRanges, and of the claims those that missing pods would use.
async fn rules(
    client: &Client,
    subject: Option<&Value>,
    snapshot: &mut NamespaceSnapshot,
    now: i64,
) -> Result<()> {
    let subjects = subject.into_iter().chain(&snapshot.workloads);
    let missing_pods = subjects.flat_map(|workload| missing_pods(workload, snapshot));
    let manifests: Vec<Manifest> = missing_pods
        .filter_map(|missing| match missing.of {
            MissingObject::Pods(manifest) => Some(*manifest),
            MissingObject::One(_) => None,
        })
        .filter(|manifest| manifest.kind.kind == "StatefulSet")
        .collect();
    let request = SnapshotRequest {
        namespaces: Namespaces::one(&snapshot.namespace),
        manifests: &manifests,
        classes: true,
        nodes: false,
        now,
    };
    snapshot.cluster = ClusterSnapshot::read(client, &request).await?;
    Ok(())
}

/// Quotas and LimitRanges alone: for what was pasted there is no workload.
///
/// # Errors
/// Trouble other than a refusal.
pub async fn rules_alone(client: &Client, now: i64) -> Result<NamespaceSnapshot> {
    let mut snapshot = NamespaceSnapshot {
        namespace: client.namespace().to_owned(),
        pods: Some(Vec::new()),
        events: Some(Vec::new()),
        ..NamespaceSnapshot::default()
    };
    rules(client, None, &mut snapshot, now).await?;
    Ok(snapshot)
}

/// What the controller of this workload made besides pods.
async fn controlled_by(client: &Client, subject: &Value, skipped: &mut Vec<Skipped>) -> Result<Vec<Value>> {
    let made = match kind(subject) {
        "Deployment" => replica_set_kind(),
        "CronJob" => kind_of("batch", "Job", "jobs"),
        _ => return Ok(Vec::new()),
    };
    let options =
        ListOptions { label_selector: selector(&subject["spec"]["selector"]), field_selector: None };
    list(client, &made, &options, skipped).await
}

async fn all(client: &Client, skipped: &mut Vec<Skipped>) -> Result<Vec<Value>> {
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
    Ok(allowed(found, skipped, "list", &kind.resource(), client.namespace())?.unwrap_or_default())
}

/// The selector of a workload as `-l` has it; `None` for what selects by nothing.
fn selector(selector: &Value) -> Option<String> {
    let is_plain = selector["matchLabels"].is_null() && selector["matchExpressions"].is_null();
    // A ReplicationController has the labels themselves.
    let labels = if is_plain { selector } else { &selector["matchLabels"] };
    let labels = labels.as_object().into_iter().flatten();
    let equal = labels.filter_map(|(key, value)| Some(format!("{key}={}", value.as_str()?)));
    let expressions = selector["matchExpressions"].as_array().into_iter().flatten();
    let expressions = expressions.filter_map(|one| {
        let key = one["key"].as_str()?;
        let values: Vec<_> =
            one["values"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        Some(match one["operator"].as_str()? {
            "In" => format!("{key} in ({})", values.join(",")),
            "NotIn" => format!("{key} notin ({})", values.join(",")),
            "DoesNotExist" => format!("!{key}"),
            _ => key.to_owned(),
        })
    });
    let all: Vec<_> = equal.chain(expressions).collect();
    (!all.is_empty()).then(|| all.join(","))
}

/// The workload that tells of a pod which is not there: the one whose events name it.
pub fn reporting_owner<'a>(events: &'a [Event], pod: &str) -> Option<(&'a str, &'a str)> {
    let (quoted, of_set) = (format!("pods \"{pod}\""), format!("Pod {pod} "));
    let names = |event: &&Event| event.message().contains(&quoted) || event.message().contains(&of_set);
    events.iter().filter(names).max_by_key(|event| event.last()).map(Event::about)
}

/// As [`reporting_owner`], out of the cluster.
///
/// # Errors
/// Trouble other than a refusal.
pub async fn find_reporting_owner(client: &Client, pod: &str) -> Result<Option<(String, String)>> {
    let events = events(client, &mut Vec::new()).await?.unwrap_or_default();
    Ok(reporting_owner(&events, pod).map(|(kind, name)| (kind.to_owned(), name.to_owned())))
}

/// Whether nobody controls it: what a ReplicaSet lacks its Deployment tells.
pub fn is_top(object: &Value) -> bool {
    controller(object).is_none()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::selector;

    #[test]
    fn selectors_of_all_shapes() {
        let whole = json!({
            "matchLabels": {"app": "web"},
            "matchExpressions": [
                {"key": "tier", "operator": "In", "values": ["a", "b"]},
                {"key": "old", "operator": "DoesNotExist"},
            ],
        });
        assert_eq!(selector(&whole).as_deref(), Some("app=web,tier in (a,b),!old"));
        assert_eq!(selector(&json!({"app": "old"})).as_deref(), Some("app=old"));
        assert_eq!(selector(&json!(null)), None);
    }
}
