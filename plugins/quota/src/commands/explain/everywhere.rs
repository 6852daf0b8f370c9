//! `explain -A`: the namespaces in which something seems to be stuck, each explained as by itself.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use shared::{
    Error, Result,
    client::{
        Client, ListOptions, Page, Scope, dynamic_list,
        incomplete::{Skipped, unless_forbidden},
    },
    manifest::{Manifest, json::number},
    model::{
        Event, Resource,
        kind::{Kind, workloads},
    },
    snapshot::read_autoscalers,
    workload::{
        autoscaler::{is_scalable, with_min_replicas},
        job,
        owner::is_controlled_by_workload,
    },
};

use super::{
    event::may_report_refusal,
    namespace_snapshot::{kind, metadata_text},
    revisions::may_lack_revision,
};

/// Where something may be stuck.
pub struct Suspects {
    /// The namespaces.
    pub namespaces: BTreeSet<String>,
    /// What could not be listed.
    pub skipped: Vec<Skipped>,
    /// Whether only the namespace in effect may be looked at.
    pub is_one: bool,
}

/// Finds the namespaces whose workloads lack pods, or whose events report refusals. Who may list neither in all namespaces
/// gets the namespace in effect.
///
/// # Errors
/// Any failure other than a refusal.
pub async fn suspects(client: &Client) -> Result<Suspects> {
    let lists = client.bounded(workloads(), |kind| async move {
        let mut skipped = Vec::new();
        let found = lacking(client, &kind).await;
        let found = unless_forbidden(found, &mut skipped, "list", &kind.resource(), "")?;
        Ok::<_, Error>((found, skipped))
    });
    let (lists, events, autoscalers) = futures::join!(lists, reporting(client), read_autoscalers(client, ""));
    // Those that can't be listed are told of by the explanations.
    let autoscalers = autoscalers?.0.unwrap_or_default();
    let mut suspects = Suspects { namespaces: BTreeSet::new(), skipped: Vec::new(), is_one: true };
    let mut of_namespaces: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    for autoscaler in &autoscalers {
        of_namespaces.entry(metadata_text(autoscaler, "namespace")).or_default().push(autoscaler);
    }
    let is_stuck = |workload: &Value| {
        let autoscalers = of_namespaces.get(metadata_text(workload, "namespace"));
        lacks_something(workload, autoscalers.map_or(&[], Vec::as_slice))
    };
    for list in lists {
        let (found, skipped) = list?;
        suspects.is_one &= found.is_none();
        let stuck = found.into_iter().flatten().filter(is_stuck);
        suspects.namespaces.extend(stuck.map(|one| metadata_text(&one, "namespace").to_owned()));
        suspects.skipped.extend(skipped);
    }
    let (found, skipped) = events?;
    suspects.is_one &= found.is_none();
    suspects.namespaces.extend(found.unwrap_or_default());
    suspects.skipped.extend(skipped);
    if suspects.is_one {
        // One sentence says enough where nothing may be listed.
        suspects.skipped.truncate(1);
        suspects.namespaces.insert(client.namespace().to_owned());
    }
    Ok(suspects)
}

/// Returns the workloads of a kind that may lack something: all that an autoscaler may scale, of others those that do.
async fn lacking(client: &Client, kind: &Kind) -> Result<Vec<Value>> {
    let mut found = dynamic_list::objects(client, kind, "", &ListOptions::default()).await?;
    found.retain_mut(|object| {
        object["kind"] = Value::from(kind.kind.clone());
        (is_scalable(kind) && !is_controlled_by_workload(object)) || lacks_something(object, &[])
    });
    Ok(found)
}

/// Returns whether the status of a workload says that it has fewer pods than it wants, or is about to want, or says nothing
/// of its last change. `autoscalers` are those of its namespace.
pub fn lacks_something(workload: &Value, autoscalers: &[&Value]) -> bool {
    let (spec, status) = (&workload["spec"], &workload["status"]);
    let has = |field: &str| number(&status[field], 0);
    let wanted = number(&spec["replicas"], 1).max(min_replicas(workload, autoscalers).unwrap_or(0));
    match kind(workload) {
        "Deployment" => has("replicas") < wanted || has("updatedReplicas") < wanted,
        "DaemonSet" => {
            has("currentNumberScheduled") < has("desiredNumberScheduled") || may_lack_revision(workload)
        }
        "Job" => !job::has_ended(workload) && has("active") < job::wanted_pods(workload),
        // Until their schedule comes, they lack nothing; what they were refused is in events.
        "CronJob" => false,
        _ => has("replicas") < wanted || may_lack_revision(workload),
    }
}

/// Returns the replicas to which an autoscaler is about to scale a workload up; `None` where none does.
fn min_replicas(workload: &Value, autoscalers: &[&Value]) -> Option<usize> {
    if autoscalers.is_empty() {
        return None;
    }
    let kind = workloads().find(|one| one.kind == kind(workload))?;
    let manifest = Manifest::from_object(workload.clone(), kind, "");
    let raised = with_min_replicas(&manifest, autoscalers.iter().copied())?;
    Some(number(&raised.value["spec"]["replicas"], 1))
}

/// Returns the namespaces with events that may report a refusal.
async fn reporting(client: &Client) -> Result<(Option<BTreeSet<String>>, Vec<Skipped>)> {
    let options = ListOptions { label_selector: None, field_selector: Some("type=Warning".to_owned()) };
    let (mut namespaces, mut skipped) = (BTreeSet::new(), Vec::new());
    let listed = client
        .list::<Event>(&Scope::All, &options, |page| match page {
            Page::Items(events) => {
                let telling = events.iter().filter(|event| may_report_refusal(event));
                namespaces.extend(telling.map(|event| event.metadata().namespace.clone()));
            }
            Page::Restart => namespaces.clear(),
        })
        .await;
    let listed = unless_forbidden(listed, &mut skipped, "list", Event::PLURAL, "")?;
    Ok((listed.map(|_| namespaces), skipped))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::lacks_something;

    #[test]
    fn a_status_tells_whether_pods_are_missing() {
        let lacks = |kind: &str, spec, status| {
            let metadata = json!({"generation": 2});
            let workload = json!({"kind": kind, "metadata": metadata, "spec": spec, "status": status});
            lacks_something(&workload, &[])
        };
        let two = json!({"replicas": 2});
        assert!(lacks("Deployment", two.clone(), json!({"replicas": 2, "updatedReplicas": 1})));
        assert!(!lacks("Deployment", two.clone(), json!({"replicas": 2, "updatedReplicas": 2})));
        assert!(!lacks("ReplicaSet", two.clone(), two.clone()));
        assert!(lacks("StatefulSet", two.clone(), json!({"replicas": 2, "observedGeneration": 1})));
        assert!(!lacks("StatefulSet", two, json!({"replicas": 2, "observedGeneration": 2})));
        let nodes =
            json!({"desiredNumberScheduled": 3, "currentNumberScheduled": 2, "observedGeneration": 2});
        assert!(lacks("DaemonSet", json!({}), nodes));
        assert!(lacks("Job", json!({}), json!({})));
        assert!(!lacks("Job", json!({"suspend": true}), json!({})));
        assert!(!lacks("CronJob", json!({}), json!({})));
    }

    #[test]
    fn an_autoscaler_wants_more_pods() {
        let workload = json!({"kind": "Deployment", "metadata": {"name": "web", "namespace": "team"},
            "spec": {"replicas": 2}, "status": {"replicas": 2, "updatedReplicas": 2}});
        let autoscaler = |target: &str| {
            json!({"spec": {"minReplicas": 3, "maxReplicas": 9,
                "scaleTargetRef": {"kind": "Deployment", "name": target}}})
        };
        assert!(lacks_something(&workload, &[&autoscaler("web")]));
        assert!(!lacks_something(&workload, &[&autoscaler("api")]));
    }
}
