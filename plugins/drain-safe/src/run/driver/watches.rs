//! Watches, as events of the machine.

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use futures::{StreamExt as _, stream::LocalBoxStream};
use shared::{
    Error,
    client::{Client, ListOptions, Scope, WatchEvent},
    model::{Deployment, Node, Pod, PodDisruptionBudget, VolumeAttachment},
};

use super::{
    super::{
        annotations::RUN,
        machine::{AttachmentSeen, BudgetKey, BudgetSeen, DeploymentSeen, Event, PodCount, Stop},
        surge::Marker,
    },
    requests::{is_ready, on_node, seen},
};
use crate::facts::Workload;

/// What a watch brings: events, or that a connection was lost and what that means.
pub enum Brought {
    /// Events of the machine, in their order.
    Events(Vec<Event>),
    /// A lost connection, in a sentence.
    Lost(String, Vec<Event>),
}

pub type Watch<'a> = LocalBoxStream<'a, Brought>;

/// Watches a node itself.
pub fn node<'a>(client: &'a Client, index: usize, name: &str, run: &'a str) -> Watch<'a> {
    let options =
        ListOptions { field_selector: Some(format!("metadata.name={name}")), ..ListOptions::default() };
    let event = move |node: &Node| Event::NodeSeen {
        node: index,
        uid: node.metadata.uid.clone(),
        is_cordoned: node.spec.unschedulable,
        run_is_ours: node.metadata.annotation(RUN) == Some(run),
        is_ready: node.condition("Ready").is_some_and(|condition| condition.status == "True"),
    };
    let watch = client.watch_closely::<Node>(Scope::All, options);
    watch
        .map(move |told| match told {
            Ok(WatchEvent::Restarted(nodes)) => match nodes.first() {
                Some(node) => Brought::Events(vec![event(node)]),
                None => Brought::Events(vec![Event::NodeGone { node: index }]),
            },
            Ok(WatchEvent::Added(node) | WatchEvent::Modified(node)) => Brought::Events(vec![event(&node)]),
            Ok(WatchEvent::Deleted(_)) => Brought::Events(vec![Event::NodeGone { node: index }]),
            Ok(WatchEvent::Interrupted { error, .. }) => {
                Brought::Lost(error.sentence().to_owned(), Vec::new())
            }
            Ok(WatchEvent::Reconnected) => Brought::Events(Vec::new()),
            Err(error) => ended(&error),
        })
        .boxed_local()
}

/// Watches the pods of a node.
pub fn pods<'a>(client: &'a Client, index: usize, name: &str) -> Watch<'a> {
    let watch = client.watch_closely::<Pod>(Scope::All, on_node(name));
    watch
        .map(move |told| {
            let now = client.server_time();
            match told {
                Ok(WatchEvent::Restarted(pods)) => {
                    let pods = pods.iter().map(|pod| seen(pod, now)).collect();
                    Brought::Events(vec![Event::PodsRestarted { node: index, pods }])
                }
                Ok(WatchEvent::Added(pod) | WatchEvent::Modified(pod)) => {
                    Brought::Events(vec![Event::PodSeen { node: index, pod: seen(&pod, now) }])
                }
                Ok(WatchEvent::Deleted(pod)) => {
                    Brought::Events(vec![Event::PodGone { uid: pod.metadata.uid }])
                }
                Ok(WatchEvent::Interrupted { error, .. }) => {
                    let lost = vec![Event::PodsWatched { node: index, is_connected: false }];
                    Brought::Lost(error.sentence().to_owned(), lost)
                }
                Ok(WatchEvent::Reconnected) => {
                    Brought::Events(vec![Event::PodsWatched { node: index, is_connected: true }])
                }
                Err(error) => ended(&error),
            }
        })
        .boxed_local()
}

/// Watches the budgets of all namespaces, or of those given where all are forbidden.
pub fn budgets(client: &Client, scope: Scope) -> Watch<'_> {
    let watch = client.watch_closely::<PodDisruptionBudget>(scope, ListOptions::default());
    watch
        .map(|told| match told {
            Ok(WatchEvent::Restarted(budgets)) => {
                Brought::Events(vec![Event::BudgetsRestarted(budgets.iter().map(budget).collect())])
            }
            Ok(WatchEvent::Added(object) | WatchEvent::Modified(object)) => {
                let (key, seen) = budget(&object);
                Brought::Events(vec![Event::BudgetSeen(key, seen)])
            }
            Ok(WatchEvent::Deleted(object)) => Brought::Events(vec![Event::BudgetGone(budget(&object).0)]),
            Ok(WatchEvent::Interrupted { error, .. }) => {
                Brought::Lost(error.sentence().to_owned(), vec![Event::BudgetsWatched(false)])
            }
            Ok(WatchEvent::Reconnected) => Brought::Events(vec![Event::BudgetsWatched(true)]),
            Err(error) => ended(&error),
        })
        .boxed_local()
}

/// Watches the pods of a namespace for those of some controllers that are Ready on nodes that are not drained.
pub fn owners<'a>(
    client: &'a Client,
    namespace: &str,
    controllers: BTreeSet<String>,
    drained: Rc<BTreeSet<String>>,
) -> Watch<'a> {
    let watch = client.watch_closely::<Pod>(Scope::Namespace(namespace.to_owned()), ListOptions::default());
    // The Ready pods elsewhere, each with its controller.
    let ready: BTreeMap<String, String> = BTreeMap::new();
    let counts = move |pod: &Pod| {
        let controller = pod.metadata.controller()?.uid.clone();
        let is_elsewhere = !pod.spec.node_name.is_empty() && !drained.contains(&pod.spec.node_name);
        let is_there = is_ready(pod) && pod.metadata.deletion_timestamp.is_none();
        Some((controller, is_elsewhere && is_there))
    };
    watch
        .scan((ready, controllers), move |(ready, controllers), told| {
            let brought = match told {
                Ok(WatchEvent::Restarted(pods)) => {
                    ready.clear();
                    for pod in &pods {
                        if let Some((controller, true)) = counts(pod) {
                            ready.insert(pod.metadata.uid.clone(), controller);
                        }
                    }
                    Brought::Events(of_controllers(ready, controllers))
                }
                Ok(WatchEvent::Added(pod) | WatchEvent::Modified(pod)) => {
                    match counts(&pod) {
                        Some((controller, true)) => drop(ready.insert(pod.metadata.uid.clone(), controller)),
                        _ => drop(ready.remove(&pod.metadata.uid)),
                    }
                    Brought::Events(of_controllers(ready, controllers))
                }
                Ok(WatchEvent::Deleted(pod)) => {
                    ready.remove(&pod.metadata.uid);
                    Brought::Events(of_controllers(ready, controllers))
                }
                Ok(WatchEvent::Interrupted { error, .. }) => {
                    Brought::Lost(error.sentence().to_owned(), Vec::new())
                }
                Ok(WatchEvent::Reconnected) => Brought::Events(Vec::new()),
                Err(error) => ended(&error),
            };
            futures::future::ready(Some(brought))
        })
        .boxed_local()
}

/// Watches the pods of a namespace, and counts those of each workload.
pub fn ready_pods<'a>(client: &'a Client, namespace: &str) -> Watch<'a> {
    let watch = client.watch_closely::<Pod>(Scope::Namespace(namespace.to_owned()), ListOptions::default());
    let counts = |pod: &Pod| {
        let is_there = pod.metadata.deletion_timestamp.is_none()
            && !matches!(pod.status.phase.as_str(), "Succeeded" | "Failed");
        let workload = Workload::of(&pod.metadata).filter(|_| is_there)?;
        Some((workload, is_ready(pod)))
    };
    let namespace = namespace.to_owned();
    let counted = move |pods: &BTreeMap<String, (Workload, bool)>| {
        let mut counted: BTreeMap<Workload, PodCount> = BTreeMap::new();
        for (workload, is_ready) in pods.values() {
            let count = counted.entry(workload.clone()).or_default();
            count.there += 1;
            count.ready += usize::from(*is_ready);
        }
        Brought::Events(vec![Event::ReadyPods { namespace: namespace.clone(), counted }])
    };
    watch
        .scan(BTreeMap::new(), move |pods: &mut BTreeMap<String, (Workload, bool)>, told| {
            let brought = match told {
                Ok(WatchEvent::Restarted(all)) => {
                    let all = all.iter();
                    *pods = all.filter_map(|pod| Some((pod.metadata.uid.clone(), counts(pod)?))).collect();
                    counted(pods)
                }
                Ok(WatchEvent::Added(pod) | WatchEvent::Modified(pod)) => {
                    match counts(&pod) {
                        Some(of_workload) => drop(pods.insert(pod.metadata.uid, of_workload)),
                        None => drop(pods.remove(&pod.metadata.uid)),
                    }
                    counted(pods)
                }
                Ok(WatchEvent::Deleted(pod)) => {
                    pods.remove(&pod.metadata.uid);
                    counted(pods)
                }
                Ok(WatchEvent::Interrupted { error, .. }) => {
                    Brought::Lost(error.sentence().to_owned(), Vec::new())
                }
                Ok(WatchEvent::Reconnected) => Brought::Events(Vec::new()),
                Err(error) => ended(&error),
            };
            futures::future::ready(Some(brought))
        })
        .boxed_local()
}

/// Watches a Deployment that is scaled up or restarted.
pub fn deployment<'a>(client: &'a Client, of: Workload, run: &'a str) -> Watch<'a> {
    let name = format!("metadata.name={}", of.name);
    let options = ListOptions { field_selector: Some(name), ..ListOptions::default() };
    let watch = client.watch_closely::<Deployment>(Scope::Namespace(of.namespace.clone()), options);
    let event = move |deployment: &Deployment| {
        let seen = DeploymentSeen {
            available: deployment.status.available_replicas,
            is_observed: deployment.is_observed(),
            is_settled: deployment.is_settled(),
            run_is_ours: Marker::of(deployment).is_some_and(|marker| marker.run == run),
        };
        Event::DeploymentSeen(of.clone(), seen)
    };
    watch
        .map(move |told| match told {
            Ok(WatchEvent::Restarted(all)) => Brought::Events(all.iter().map(&event).collect()),
            Ok(WatchEvent::Added(one) | WatchEvent::Modified(one)) => Brought::Events(vec![event(&one)]),
            Ok(WatchEvent::Deleted(_) | WatchEvent::Reconnected) => Brought::Events(Vec::new()),
            Ok(WatchEvent::Interrupted { error, .. }) => {
                Brought::Lost(error.sentence().to_owned(), Vec::new())
            }
            Err(error) => ended(&error),
        })
        .boxed_local()
}

/// Watches VolumeAttachments.
pub fn attachments(client: &Client) -> Watch<'_> {
    let seen = |object: &VolumeAttachment| {
        let seen = AttachmentSeen {
            volume: object.spec.source.persistent_volume_name.clone().unwrap_or_default(),
            node: object.spec.node_name.clone(),
            is_attached: object.status.attached,
        };
        (object.metadata.name.clone(), seen)
    };
    let watch = client.watch_closely::<VolumeAttachment>(Scope::All, ListOptions::default());
    watch
        .map(move |told| match told {
            Ok(WatchEvent::Restarted(all)) => {
                Brought::Events(vec![Event::AttachmentsRestarted(all.iter().map(seen).collect())])
            }
            Ok(WatchEvent::Added(object) | WatchEvent::Modified(object)) => {
                let (name, seen) = seen(&object);
                Brought::Events(vec![Event::AttachmentSeen(name, seen)])
            }
            Ok(WatchEvent::Deleted(object)) => {
                Brought::Events(vec![Event::AttachmentGone(object.metadata.name)])
            }
            Ok(WatchEvent::Interrupted { error, .. }) => {
                Brought::Lost(error.sentence().to_owned(), Vec::new())
            }
            Ok(WatchEvent::Reconnected) => Brought::Events(Vec::new()),
            Err(error) => ended(&error),
        })
        .boxed_local()
}

fn of_controllers(ready: &BTreeMap<String, String>, controllers: &BTreeSet<String>) -> Vec<Event> {
    let event = |controller: &String| Event::ReadyElsewhere {
        controller: controller.clone(),
        is_ready: ready.values().any(|ready| ready == controller),
    };
    controllers.iter().map(event).collect()
}

fn budget(object: &PodDisruptionBudget) -> (BudgetKey, BudgetSeen) {
    let (metadata, status) = (&object.metadata, &object.status);
    let seen = BudgetSeen {
        allowed: status.disruptions_allowed,
        healthy: status.current_healthy,
        desired: status.desired_healthy,
        is_stale: status.observed_generation < metadata.generation,
        generation: metadata.generation,
        disrupted: status.disrupted_pods.keys().cloned().collect(),
    };
    ((metadata.namespace.clone(), metadata.name.clone()), seen)
}

/// A watch that the server refuses for good ends the run.
fn ended(error: &Error) -> Brought {
    let sentence = error.sentence().to_owned();
    let stop = match error.api_status().map(|status| status.code) {
        Some(401 | 403) => Stop::NotPermitted(sentence),
        _ => Stop::Unreachable(sentence),
    };
    Brought::Events(vec![Event::Stopped(stop)])
}
