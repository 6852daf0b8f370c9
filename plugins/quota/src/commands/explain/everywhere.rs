//! `explain -A`: the namespaces in which something seems to be stuck, each explained as by itself.

use std::collections::BTreeSet;

use serde_json::Value;
use shared::{
    Error, Result,
    client::{
        Client, ListOptions, Page, Scope, dynamic_list,
        incomplete::{Skipped, unless_forbidden},
    },
    manifest::json::number,
    model::{
        Event, Resource,
        kind::{Kind, workloads},
    },
    workload::job,
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
    let (lists, events) = futures::join!(lists, reporting(client));
    let mut suspects = Suspects { namespaces: BTreeSet::new(), skipped: Vec::new(), is_one: true };
    for list in lists.into_iter().chain([events]) {
        let (found, skipped) = list?;
        suspects.is_one &= found.is_none();
        suspects.namespaces.extend(found.unwrap_or_default());
        suspects.skipped.extend(skipped);
    }
    if suspects.is_one {
        // One sentence says enough where nothing may be listed.
        suspects.skipped.truncate(1);
        suspects.namespaces.insert(client.namespace().to_owned());
    }
    Ok(suspects)
}

/// Returns the namespaces with workloads of a kind that lack something.
async fn lacking(client: &Client, kind: &Kind) -> Result<BTreeSet<String>> {
    let mut found = dynamic_list::objects(client, kind, "", &ListOptions::default()).await?;
    found.retain_mut(|object| {
        object["kind"] = Value::from(kind.kind.clone());
        lacks_something(object)
    });
    Ok(found.iter().map(|object| metadata_text(object, "namespace").to_owned()).collect())
}

/// Returns whether the status of a workload says that it has fewer pods than it wants, or says nothing of its last change.
pub fn lacks_something(workload: &Value) -> bool {
    let (spec, status) = (&workload["spec"], &workload["status"]);
    let has = |field: &str| number(&status[field], 0);
    let wanted = number(&spec["replicas"], 1);
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
            lacks_something(&json!({"kind": kind, "metadata": metadata, "spec": spec, "status": status}))
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
}
