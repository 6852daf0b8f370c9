//! The watch that tells why replacements are missing.

use std::collections::BTreeMap;

use futures::StreamExt as _;
use shared::{
    client::{Client, ListOptions, Scope, WatchEvent},
    model,
    workload::retry::Failures,
};

use super::{
    super::machine::{Event, FailedCreations},
    watches::{Brought, Watch},
};

/// Watches what the controllers of a namespace failed to create. Where events may not be read, nothing is told: a drain does
/// not depend on it.
pub fn failed_creations<'a>(client: &'a Client, namespace: &str) -> Watch<'a> {
    let selector = Some("reason=FailedCreate,type=Warning".to_owned());
    let options = ListOptions { field_selector: selector, ..ListOptions::default() };
    let watch = client.watch_closely::<model::Event>(Scope::Namespace(namespace.to_owned()), options);
    let namespace = namespace.to_owned();
    watch
        .scan(BTreeMap::new(), move |events: &mut BTreeMap<String, model::Event>, told| {
            let brought = match told {
                Ok(WatchEvent::Restarted(all)) => {
                    *events = all.into_iter().map(|event| (event.metadata.uid.clone(), event)).collect();
                    told_of(&namespace, events)
                }
                Ok(WatchEvent::Added(event) | WatchEvent::Modified(event)) => {
                    events.insert(event.metadata.uid.clone(), event);
                    told_of(&namespace, events)
                }
                Ok(WatchEvent::Deleted(event)) => {
                    events.remove(&event.metadata.uid);
                    told_of(&namespace, events)
                }
                Ok(WatchEvent::Interrupted { error, .. }) => {
                    Brought::Lost(error.sentence().to_owned(), Vec::new())
                }
                Ok(WatchEvent::Reconnected) | Err(_) => Brought::Events(Vec::new()),
            };
            futures::future::ready(Some(brought))
        })
        .boxed_local()
}

fn told_of(namespace: &str, events: &BTreeMap<String, model::Event>) -> Brought {
    let failed = gathered(events.values());
    Brought::Events(vec![Event::FailedCreations { namespace: namespace.to_owned(), failed }])
}

/// Gathers events by the object that they are about: the newest speaks, and all count.
fn gathered<'a>(events: impl Iterator<Item = &'a model::Event>) -> FailedCreations {
    let mut of_objects: BTreeMap<(String, String), Vec<&model::Event>> = BTreeMap::new();
    for event in events {
        let about = &event.involved_object;
        of_objects.entry((about.kind.clone(), about.name.clone())).or_default().push(event);
    }
    let failures = |events: &[&model::Event]| {
        let newest = events.iter().max_by_key(|event| event.order())?;
        Some(Failures {
            message: newest.message.clone(),
            first: events.iter().map(|event| event.first()).min()?,
            last: newest.last(),
            count: events.iter().map(|event| event.occurrences()).fold(0, u32::saturating_add),
        })
    };
    let gathered = of_objects.into_iter().filter_map(|(about, events)| Some((about, failures(&events)?)));
    gathered.collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_newest_speaks_and_all_count() {
        let event = |name: &str, message: &str, last: &str, count: u32| -> model::Event {
            let event = json!({
                "metadata": {"name": message, "namespace": "team"},
                "involvedObject": {"kind": "ReplicaSet", "name": name},
                "reason": "FailedCreate", "message": message,
                "firstTimestamp": "2026-01-01T00:00:00Z", "lastTimestamp": last, "count": count,
            });
            serde_json::from_value(event).unwrap()
        };
        let events = [
            event("web-1", "one", "2026-01-01T00:00:00Z", 1),
            event("web-1", "two", "2026-01-01T00:01:00Z", 4),
            event("api-1", "three", "2026-01-01T00:00:05Z", 2),
        ];
        let gathered = gathered(events.iter());
        let of = |name: &str| {
            let failures = &gathered[&("ReplicaSet".to_owned(), name.to_owned())];
            (failures.message.as_str(), failures.count, failures.last - failures.first)
        };
        assert_eq!((of("web-1"), of("api-1")), (("two", 5, 60), ("three", 2, 5)));
    }
}
