//! One write to the server: server-side apply, and a merge patch for what others own.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use shared::{Error, Result, cli::ExitStatus, client::Client, model::Service};

use super::{
    annotation_write::AnnotationWrite,
    conflicts::refusal,
    managers::{FIELD_MANAGER, other_managers, own_keys},
};

/// Attempts in case only the resourceVersion has changed: controllers update the status.
const ATTEMPTS: usize = 5;

/// How it is sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct SendOptions {
    /// Has the server check everything and store nothing.
    pub dry_run: bool,
    /// Takes annotations over that others own.
    pub force: bool,
}

/// What the server gets, in this order.
#[derive(Clone, Debug, Default, PartialEq)]
struct Requests {
    /// The annotations that are removed by a merge patch, since others own them.
    remove: Vec<String>,
    /// All annotations that this plugin owns afterward; none where those stay as they are.
    apply: Option<BTreeMap<String, String>>,
}

/// Reads the Service again, fails if an annotation has changed since it was shown, and writes.
///
/// # Errors
/// The Service has changed; the server's refusal.
pub async fn send(client: &Client, write: &AnnotationWrite, options: SendOptions) -> Result<Value> {
    for _ in 0..ATTEMPTS {
        let now: Value = client.get_json(&write.path()).await?;
        let service = read(&now)?;
        if !is_as_shown(write, &service) {
            break;
        }
        match send_to(client, write, &now, &service, options).await {
            Err(error) if error.api_cause("FieldManagerConflict").is_some() => return Err(refusal(write)),
            Err(error) if error.is_api(409) => {}
            outcome => return outcome,
        }
    }
    Err(Error::new(format!("{} has changed since it was shown and was not written", write.object()))
        .with_status(ExitStatus::Guarded)
        .with_hint("run the command again to see the current Service"))
}

async fn send_to(
    client: &Client,
    write: &AnnotationWrite,
    now: &Value,
    service: &Service,
    options: SendOptions,
) -> Result<Value> {
    let requests = requests(write, service);
    let query = format!("?fieldManager={FIELD_MANAGER}{}", if options.dry_run { "&dryRun=All" } else { "" });
    let mut result = now.clone();
    if !requests.remove.is_empty() {
        let nulls: BTreeMap<&String, Value> = requests.remove.iter().map(|key| (key, Value::Null)).collect();
        let version = &now["metadata"]["resourceVersion"];
        let patch = json!({"metadata": {"resourceVersion": version, "annotations": nulls}});
        result = client.patch_json(&format!("{}{query}", write.path()), &patch).await?;
    }
    let Some(annotations) = requests.apply else { return Ok(result) };
    // A dry run has stored nothing, not even a resourceVersion.
    let version = if options.dry_run { now } else { &result }["metadata"]["resourceVersion"].clone();
    let metadata = &service.metadata;
    let body = json!({
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {
            "name": metadata.name, "namespace": metadata.namespace, "uid": metadata.uid,
            "resourceVersion": version, "annotations": annotations,
        },
    });
    let force = if options.force { "&force=true" } else { "" };
    let mut applied: Value = client.apply_json(&format!("{}{query}{force}", write.path()), &body).await?;
    if options.dry_run
        && let Some(annotations) = applied["metadata"]["annotations"].as_object_mut()
    {
        annotations.retain(|key, _| !requests.remove.contains(key));
    }
    Ok(applied)
}

fn read(object: &Value) -> Result<Service> {
    serde_json::from_value(object.clone())
        .map_err(|error| Error::new(format!("the server's Service can't be read: {error}")))
}

fn is_as_shown(write: &AnnotationWrite, now: &Service) -> bool {
    now.metadata.uid == write.live.metadata.uid
        && write.changes.iter().all(|change| now.annotations.get(&change.key) == change.before.as_ref())
}

/// Returns what has to be sent for the changes.
fn requests(write: &AnnotationWrite, now: &Service) -> Requests {
    let own = own_keys(now);
    let mut all: BTreeMap<String, String> = own
        .iter()
        .filter_map(|key| now.annotations.get(key).map(|value| (key.clone(), value.clone())))
        .collect();
    let (mut remove, mut applies) = (Vec::new(), false);
    for change in &write.changes {
        let owned = own.contains(&change.key);
        match &change.after {
            Some(value) => {
                all.insert(change.key.clone(), value.clone());
                applies = true;
            }
            None => {
                all.remove(&change.key);
                applies |= owned;
                if !owned || !other_managers(now, &change.key).is_empty() {
                    remove.push(change.key.clone());
                }
            }
        }
    }
    Requests { remove, apply: applies.then_some(all) }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::planning::AnnotationChange;

    #[test]
    fn the_whole_own_set_is_applied_and_what_others_own_is_removed_by_a_patch() {
        let annotations = json!({".": {}, "f:own": {}, "f:gone": {}});
        let other = json!({".": {}, "f:theirs": {}});
        let entry = |manager: &str, operation: &str, annotations: Value| json!({"manager": manager, "operation": operation, "fieldsV1": {"f:metadata": {"f:annotations": annotations}}});
        let live: Service = serde_json::from_value(json!({"metadata": {
            "annotations": {"own": "1", "gone": "2", "theirs": "3"},
            "managedFields": [entry(FIELD_MANAGER, "Apply", annotations), entry("kubectl-edit", "Update", other)],
        }}))
        .unwrap();
        let change = |key: &str, after: Option<&str>| AnnotationChange {
            key: key.into(),
            before: live.annotations.get(key).cloned(),
            after: after.map(Into::into),
        };
        let of = |changes: Vec<AnnotationChange>| {
            let write = AnnotationWrite { live: Arc::new(live.clone()), changes };
            assert!(is_as_shown(&write, &live));
            let requests = requests(&write, &live);
            let apply = requests.apply.map(|apply| apply.into_keys().collect::<Vec<_>>().join(","));
            (requests.remove.join(","), apply)
        };
        assert_eq!(of(vec![change("new", Some("x"))]), (String::new(), Some("gone,new,own".into())));
        assert_eq!(of(vec![change("gone", None)]), (String::new(), Some("own".into())));
        assert_eq!(of(vec![change("theirs", None)]), ("theirs".into(), None));
    }
}
