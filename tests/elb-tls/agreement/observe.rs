//! What the controllers really made of a step, in the shape of a plan.

use crate::bed::bed;
use aws::{Kind, LoadBalancer, Moment, Sync, Verdict};
use serde_json::{Value, json};
use std::{
    fmt, thread,
    time::{Duration, Instant},
};

/// So long an event may take until the API server has it.
const PATIENCE: Duration = Duration::from_secs(3);

/// What happened.
pub struct Seen {
    /// What the controllers that looked at the Service made of it.
    pub syncs: Vec<Sync>,
    /// All its load balancers.
    pub balancers: Vec<LoadBalancer>,
}

impl Seen {
    /// Waits until the controllers are done with a change, and their events are there to be read.
    pub fn after(before: Moment, changed: &Value) -> Result<Self, String> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let (namespace, name) = (text(&changed["metadata"]["namespace"]), text(&changed["metadata"]["name"]));
        let version: u64 = text(&changed["metadata"]["resourceVersion"]).parse().unwrap_or_default();
        let syncs = bed().settle(before, changed).map_err(|error| error.to_string())?;
        let told = |sync: &Sync, events: &[Value]| {
            sync.reason.is_empty()
                || events.iter().any(|event| {
                    let newer =
                        event["metadata"]["resourceVersion"].as_str().and_then(|text| text.parse().ok());
                    event["message"] == sync.message && newer.is_some_and(|newer: u64| newer > version)
                })
        };
        let path =
            format!("/api/v1/namespaces/{namespace}/events?fieldSelector=involvedObject.name%3D{name}");
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            let events = bed().cluster().api().get(&path).map_err(|error| error.to_string())?;
            let events = events["items"].as_array().cloned().unwrap_or_default();
            if syncs.iter().all(|sync| told(sync, &events)) {
                break;
            }
            thread::sleep(Duration::from_millis(20));
        }
        Ok(Self { syncs, balancers: bed().aws().load_balancers_of(&namespace, &name) })
    }

    /// Looks at the load balancers again.
    pub fn look_again(&mut self, namespace: &str, name: &str) {
        self.balancers = bed().aws().load_balancers_of(namespace, name);
    }

    /// Whether aws-cloud-controller-manager was refused by the hostname of a load balancer that the other controller has
    /// deleted by now: it tries again after five seconds.
    pub fn is_premature(&self) -> bool {
        self.balancers.is_empty()
            && self.syncs.iter().any(|sync| sync.message.contains("cannot update Load Balancer Type"))
    }

    /// Whether a controller gave up.
    pub fn failed(&self) -> bool {
        self.syncs.iter().any(|sync| sync.verdict == Verdict::Failed)
    }

    /// Whether no controller acted.
    pub fn is_left(&self) -> bool {
        self.syncs.iter().all(|sync| sync.verdict == Verdict::Elsewhere)
    }

    /// The load balancer that belongs to a controller, of those there are.
    pub fn balancer_of(&self, controller: &str) -> Option<&LoadBalancer> {
        let is_of = |balancer: &&LoadBalancer| match controller {
            "classic" => balancer.kind == Kind::Classic,
            "nlb-in-tree" => balancer.kind == Kind::Network && is_in_tree(balancer),
            "lbc" => balancer.kind == Kind::Network && !is_in_tree(balancer),
            _ => false,
        };
        match &self.balancers[..] {
            // One that is of another type than the controller would make was refused, and stays.
            [only] => Some(only),
            all => all.iter().find(is_of),
        }
    }
}

fn is_in_tree(balancer: &LoadBalancer) -> bool {
    balancer.tags.contains_key("kubernetes.io/service-name")
}

impl fmt::Display for Seen {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for sync in &self.syncs {
            writeln!(formatter, "  {:?}: {:?} {}", sync.controller, sync.verdict, sync.message)?;
        }
        for balancer in &self.balancers {
            writeln!(formatter, "  {:?} {} ({})", balancer.kind, balancer.name, balancer.scheme)?;
            for listener in &balancer.listeners {
                writeln!(formatter, "    {}", json!(listener))?;
            }
        }
        Ok(())
    }
}
