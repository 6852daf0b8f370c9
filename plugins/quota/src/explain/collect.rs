//! What an explanation rests on, out of a cluster.

use serde_json::Value;
use shared::{
    Result,
    client::{Client, ListOptions, Scope},
    model::{Pod, Resource},
};

use super::{
    event::{Event, REASONS},
    need::{Made, needs},
    world::{World, controller, kind, meta},
};
use crate::{
    check::{Manifest, collect},
    facts::{Kind, kind_of, replica_set_kind, workloads},
    listing,
    skipped::{Skipped, allowed},
};

/// Reads one object, which says its kind afterwards.
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
pub async fn world(client: &Client, subject: Option<&Value>, now: i64) -> Result<World> {
    let namespace = client.namespace().to_owned();
    let mut skipped = Vec::new();
    let mut world = World { namespace, ..World::default() };
    world.workloads = match subject {
        Some(subject) => made_by(client, subject, &mut skipped).await?,
        None => all(client, &mut skipped).await?,
    };
    let (selector, wants_pods) = match subject {
        Some(cron_job) if kind(cron_job) == "CronJob" => {
            let jobs: Vec<_> = world.made_by(cron_job, "Job").map(|job| meta(job, "name")).collect();
            (Some(format!("job-name in ({})", jobs.join(","))), !jobs.is_empty())
        }
        Some(subject) => (selector(&subject["spec"]["selector"]), kind(subject) != "Pod"),
        None => (None, true),
    };
    world.pods = match wants_pods {
        true => {
            let options = ListOptions { label_selector: selector, field_selector: None };
            let scope = Scope::Namespace(world.namespace.clone());
            let pods = client.list_all::<Pod>(&scope, &options).await;
            allowed(pods, &mut skipped, "list", Pod::PLURAL, &world.namespace)?
        }
        false => Some(Vec::new()),
    };
    world.events = events(client, &mut skipped).await?;
    rules(client, subject, &mut world, now).await?;
    // What is missing of the workload itself comes first.
    skipped.append(&mut world.side.skipped);
    world.side.skipped = skipped;
    Ok(world)
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
async fn rules(client: &Client, subject: Option<&Value>, world: &mut World, now: i64) -> Result<()> {
    let subjects = subject.into_iter().chain(&world.workloads);
    let needs = subjects.flat_map(|workload| needs(workload, world));
    let mut manifests: Vec<Manifest> = needs
        .filter_map(|need| match need.of {
            Made::Pods(manifest) => Some(*manifest),
            Made::One(_) => None,
        })
        .filter(|manifest| manifest.kind.kind == "StatefulSet")
        .collect();
    if manifests.is_empty() {
        // Stands for the namespace where nothing else does.
        manifests.push(Manifest::new(kind_of("", "Pod", "pods"), &world.namespace, "*", Value::Null));
    }
    world.side = collect::cluster_side(client, &manifests, now).await?;
    Ok(())
}

/// Quotas and LimitRanges alone: for what was pasted there is no workload.
///
/// # Errors
/// Trouble other than a refusal.
pub async fn rules_alone(client: &Client, now: i64) -> Result<World> {
    let mut world = World {
        namespace: client.namespace().to_owned(),
        pods: Some(Vec::new()),
        events: Some(Vec::new()),
        ..World::default()
    };
    rules(client, None, &mut world, now).await?;
    Ok(world)
}

/// What the controller of this workload made besides pods.
async fn made_by(client: &Client, subject: &Value, skipped: &mut Vec<Skipped>) -> Result<Vec<Value>> {
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
    let found = listing::objects(client, kind, client.namespace(), options).await;
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
pub fn teller<'a>(events: &'a [Event], pod: &str) -> Option<(&'a str, &'a str)> {
    let (quoted, of_set) = (format!("pods \"{pod}\""), format!("Pod {pod} "));
    let names = |event: &&Event| event.message().contains(&quoted) || event.message().contains(&of_set);
    events.iter().filter(names).max_by_key(|event| event.last()).map(Event::about)
}

/// As [`teller`], out of the cluster.
///
/// # Errors
/// Trouble other than a refusal.
pub async fn teller_of(client: &Client, pod: &str) -> Result<Option<(String, String)>> {
    let events = events(client, &mut Vec::new()).await?.unwrap_or_default();
    Ok(teller(&events, pod).map(|(kind, name)| (kind.to_owned(), name.to_owned())))
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
