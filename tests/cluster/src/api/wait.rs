//! Waiting for the cluster, by its own events and never by the clock.

use super::Api;
use crate::error::{Error, Result};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{BufReader, Read};
use std::time::{Duration, Instant};

/// How long a wait may take before the test fails. Generous, since a machine may be busy with other builds.
pub const LIMIT: Duration = Duration::from_secs(120);

impl Api {
    /// Waits until the objects of a collection satisfy `condition`, and returns them. `query` narrows the
    /// collection (`labelSelector=app%3Dweb`) and may be empty. `what` completes "waited for …" in the error.
    pub fn wait(
        &self,
        collection: &str,
        query: &str,
        what: &str,
        mut condition: impl FnMut(&[Value]) -> bool,
    ) -> Result<Vec<Value>> {
        let deadline = Instant::now() + LIMIT;
        loop {
            let list = self.get(&format!("{collection}?{query}"))?;
            let version = list["metadata"]["resourceVersion"].as_str().unwrap_or_default().to_owned();
            let items = list["items"].as_array().cloned().unwrap_or_default();
            let mut objects: BTreeMap<String, Value> =
                items.into_iter().map(|object| (key(&object), object)).collect();
            if let Some(reached) = check(&objects, &mut condition) {
                return Ok(reached);
            }
            let left = deadline.saturating_duration_since(Instant::now());
            let path = format!("{collection}?{query}&watch=true&resourceVersion={version}");
            if !left.is_zero() {
                let mut response = self.send("GET", &path, None, None, left)?;
                let reader = BufReader::new(response.body_mut().as_reader());
                for event in events(reader) {
                    let object = &event["object"];
                    match event["type"].as_str() {
                        Some("ADDED" | "MODIFIED") => drop(objects.insert(key(object), object.clone())),
                        Some("DELETED") => drop(objects.remove(&key(object))),
                        // An expired version or another error: list again.
                        _ => break,
                    }
                    if let Some(reached) = check(&objects, &mut condition) {
                        return Ok(reached);
                    }
                }
            }
            if Instant::now() >= deadline {
                let seen: Vec<_> = objects.into_values().collect();
                return Err(Error::new(format!(
                    "waited {} s for {what} in {collection}, and saw {}",
                    LIMIT.as_secs(),
                    Value::from(seen)
                )));
            }
        }
    }

    /// Waits until the object at `path` satisfies `condition`; it need not exist yet.
    pub fn wait_for(
        &self,
        path: &str,
        what: &str,
        mut condition: impl FnMut(&Value) -> bool,
    ) -> Result<Value> {
        let (collection, query) = one(path)?;
        let found = self.wait(collection, &query, what, |objects| objects.iter().any(&mut condition))?;
        found.into_iter().next().ok_or_else(|| Error::new(format!("{path} vanished")))
    }

    /// Waits until there is no object at `path`.
    pub fn wait_until_gone(&self, path: &str) -> Result<()> {
        let (collection, query) = one(path)?;
        self.wait(collection, &query, "the object to be gone", <[Value]>::is_empty).map(drop)
    }

    /// Waits until `count` pods of a namespace that carry `labels` (`app=web`, or nothing for all) are Ready.
    pub fn wait_for_ready_pods(&self, namespace: &str, labels: &str, count: usize) -> Result<Vec<Value>> {
        let query = format!("labelSelector={}", labels.replace('=', "%3D").replace(',', "%2C"));
        let pods = format!("/api/v1/namespaces/{namespace}/pods");
        let what = format!("{count} Ready pods");
        self.wait(&pods, &query, &what, |pods| {
            pods.iter().filter(|pod| is_true(pod, "Ready")).count() == count
        })
    }
}

/// Whether a condition of an object has the status `True`.
pub fn is_true(object: &Value, condition: &str) -> bool {
    object["status"]["conditions"]
        .as_array()
        .is_some_and(|all| all.iter().any(|one| one["type"] == condition && one["status"] == "True"))
}

/// The collection of a path, and the query that selects the one object.
fn one(path: &str) -> Result<(&str, String)> {
    let (collection, name) =
        path.rsplit_once('/').ok_or_else(|| Error::new(format!("{path} names no object")))?;
    Ok((collection, format!("fieldSelector=metadata.name%3D{name}")))
}

fn key(object: &Value) -> String {
    let metadata = &object["metadata"];
    format!(
        "{}/{}",
        metadata["namespace"].as_str().unwrap_or_default(),
        metadata["name"].as_str().unwrap_or_default()
    )
}

fn check(
    objects: &BTreeMap<String, Value>,
    condition: &mut impl FnMut(&[Value]) -> bool,
) -> Option<Vec<Value>> {
    let all: Vec<_> = objects.values().cloned().collect();
    condition(&all).then_some(all)
}

/// The events of a watch as they come. A connection that ends, ends the iteration.
fn events(reader: impl Read) -> impl Iterator<Item = Value> {
    serde_json::Deserializer::from_reader(reader).into_iter::<Value>().map_while(|event| event.ok())
}
