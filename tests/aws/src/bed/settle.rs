//! Waiting until the controllers are done with a change of a Service, or have given up.

use super::journal::{BalancerEvent, CloudEntry};
use super::{Bed, Moment};
use cluster::{Error, Result};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::PoisonError;
use std::thread;
use std::time::{Duration, Instant};

const POLL: Duration = Duration::from_millis(10);
const LIMIT: Duration = Duration::from_secs(60);
/// A controller that finds nothing of its own in a Service says nothing: so long it has to say something.
const SILENCE: Duration = Duration::from_millis(200);
/// The finalizer of aws-load-balancer-controller.
const BALANCER_FINALIZER: &str = "service.k8s.aws/resources";

/// The controllers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Controller {
    /// aws-cloud-controller-manager.
    Cloud,
    /// aws-load-balancer-controller.
    LoadBalancer,
}

/// How a sync ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The controller is content.
    Synced,
    /// The controller has given up, until it tries again.
    Failed,
    /// The controller leaves the Service to another one.
    Elsewhere,
}

/// A controller's sync of a Service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sync {
    /// Whose sync.
    pub controller: Controller,
    /// How it ended.
    pub verdict: Verdict,
    /// The event's reason; empty if there was none.
    pub reason: String,
    /// The event's message.
    pub message: String,
}

impl Bed {
    /// Returns this moment: take it before a change, and give it to [`Bed::settle`] after it.
    pub fn moment(&self) -> Moment {
        let mut cloud = self.cloud_journal.lock().unwrap_or_else(PoisonError::into_inner);
        let mut balancer = self.balancer_journal.lock().unwrap_or_else(PoisonError::into_inner);
        Moment {
            cloud: cloud.entries().len(),
            balancer: balancer.events().len(),
            calls: self.aws().position(),
        }
    }

    /// Waits until each controller that looks at a Service has synced it once as it is after a change. `changed` is
    /// the Service as the API server returned it from the change.
    ///
    /// # Errors
    ///
    /// When a controller does not sync it in time.
    pub fn settle(&self, before: Moment, changed: &Value) -> Result<Vec<Sync>> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let metadata = &changed["metadata"];
        let key = format!("{}/{}", text(&metadata["namespace"]), text(&metadata["name"]));
        let start = Instant::now();
        let mut syncs = Vec::new();
        if changed["spec"]["type"] == "LoadBalancer" && changed["spec"]["loadBalancerClass"].is_null() {
            let annotations = printed(&metadata["annotations"]);
            syncs.push(wait(start, &key, || self.cloud_sync(before, &key, &annotations))?);
        }
        let version = text(&metadata["resourceVersion"]).parse().unwrap_or_default();
        if is_for_balancer(changed) {
            syncs.push(wait(start, &key, || self.balancer_sync(before, &key, version))?);
        } else if was_for_balancer(changed) {
            // It deletes its load balancer without an event. v3.3.0 then panics, takes the status away, and tries again.
            wait(start, &key, || (!self.has_balancer_of_controller(&key)).then_some(()))?;
        } else {
            thread::sleep(SILENCE.saturating_sub(start.elapsed()));
            syncs.extend(self.balancer_sync(before, &key, version));
        }
        Ok(syncs)
    }

    fn has_balancer_of_controller(&self, key: &str) -> bool {
        let tag = "service.k8s.aws/stack";
        self.aws().load_balancers().iter().any(|one| one.tags.get(tag).is_some_and(|stack| stack == key))
    }

    /// The first sync of a Service with these annotations that ended after a moment.
    fn cloud_sync(&self, before: Moment, key: &str, annotations: &str) -> Option<Sync> {
        let mut journal = self.cloud_journal.lock().unwrap_or_else(PoisonError::into_inner);
        let about = journal.entries().iter().enumerate().filter(|(_, (about, _))| about == key);
        let entries: Vec<_> = about.map(|(at, (_, entry))| (at, entry)).collect();
        let asked = entries.iter().position(|(at, entry)| {
            *at >= before.cloud
                && match entry {
                    CloudEntry::Elsewhere => true,
                    CloudEntry::Asked(seen) => seen == annotations,
                    _ => false,
                }
        })?;
        let sync = |verdict, reason: &str, message: &str| Sync {
            controller: Controller::Cloud,
            verdict,
            reason: reason.to_owned(),
            message: message.to_owned(),
        };
        if *entries[asked].1 == CloudEntry::Elsewhere {
            return Some(sync(Verdict::Elsewhere, "", ""));
        }
        entries[asked..].iter().find(|(_, entry)| **entry == CloudEntry::Finished)?;
        // Events are written by another thread, in their order: that of this sync follows on the one that told of its
        // begin.
        let number = entries[..asked].iter().filter(|(_, entry)| **entry == CloudEntry::Started).count();
        let events = entries.iter().filter_map(|(_, entry)| match entry {
            CloudEntry::Event(reason, message) => Some((reason, message)),
            _ => None,
        });
        let mut begun = 0;
        for (reason, message) in events {
            match reason.as_str() {
                "EnsuringLoadBalancer" => begun += 1,
                "EnsuredLoadBalancer" if begun == number => {
                    return Some(sync(Verdict::Synced, reason, message));
                }
                "SyncLoadBalancerFailed" if begun == number => {
                    return Some(sync(Verdict::Failed, reason, message));
                }
                _ => {}
            }
        }
        None
    }

    /// The first sync of a Service of this version or a later one that ended after a moment.
    fn balancer_sync(&self, before: Moment, key: &str, version: u64) -> Option<Sync> {
        let mut journal = self.balancer_journal.lock().unwrap_or_else(PoisonError::into_inner);
        // It lists all load balancers and then asks for their tags, and fails where one has gone in between.
        let raced = |event: &BalancerEvent| event.message.contains("DescribeTags");
        let ends =
            |event: &&BalancerEvent| event.key == key && event.resource_version >= version && !raced(event);
        let event = journal.events().iter().skip(before.balancer).find(ends)?;
        let synced = event.reason == "SuccessfullyReconciled";
        Some(Sync {
            controller: Controller::LoadBalancer,
            verdict: if synced { Verdict::Synced } else { Verdict::Failed },
            reason: event.reason.clone(),
            message: event.message.clone(),
        })
    }
}

fn wait<T>(start: Instant, key: &str, mut sync: impl FnMut() -> Option<T>) -> Result<T> {
    while start.elapsed() < LIMIT {
        if let Some(sync) = sync() {
            return Ok(sync);
        }
        thread::sleep(POLL);
    }
    Err(Error::new(format!("no controller has synced Service {key} in {} s", LIMIT.as_secs())))
}

/// Whether a Service has the finalizer of aws-load-balancer-controller.
fn was_for_balancer(service: &Value) -> bool {
    let finalizers = service["metadata"]["finalizers"].as_array();
    finalizers.is_some_and(|all| all.iter().any(|one| one == BALANCER_FINALIZER))
}

/// Whether aws-load-balancer-controller acts.
fn is_for_balancer(service: &Value) -> bool {
    let annotation = |key: &str| {
        &service["metadata"]["annotations"][format!("service.beta.kubernetes.io/aws-load-balancer-{key}")]
    };
    if let Some(class) = service["spec"]["loadBalancerClass"].as_str() {
        return class == "service.k8s.aws/nlb";
    }
    match annotation("type").as_str() {
        Some("nlb-ip") => true,
        Some("external") => matches!(annotation("nlb-target-type").as_str(), Some("ip" | "instance")),
        _ => false,
    }
}

/// Annotations as Go prints a map, without its braces.
fn printed(annotations: &Value) -> String {
    let annotations: BTreeMap<_, _> = annotations.as_object().into_iter().flatten().collect();
    let pairs =
        annotations.iter().map(|(key, value)| format!("{key}:{}", value.as_str().unwrap_or_default()));
    pairs.collect::<Vec<_>>().join(" ")
}
