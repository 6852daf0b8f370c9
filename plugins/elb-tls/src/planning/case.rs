//! One Service with everything that decides about it, as plain values.

use std::{collections::BTreeMap, sync::Arc};

use serde_json::Value;
use shared::{
    Error, Result,
    client::incomplete::Skipped,
    model::{Event, Service},
};

use super::{recorded::Recorded, target_group_binding::TargetGroupBinding};
use crate::{
    certificates::{Arn, ClusterRegion},
    controllers::{Controller, ControllerKind, Hostname, Situation, detect},
    events::{LastSync, is_about, last_sync},
    keys,
    listeners::{load_balancer_controller::Defaults, service::text},
    values::string_list,
};

/// A Service as it is and as it will be.
#[derive(Clone, Debug, Default)]
pub struct ServiceCase {
    /// The object in the cluster or dump; `None` where it is not there yet.
    pub live: Option<Arc<Service>>,
    /// The object as it will be; the same as `live` where nothing changes.
    pub wanted: Arc<Service>,
    /// Its events, in any order.
    pub events: Vec<Event>,
    /// Where its manifest stands.
    pub source: Option<Source>,
    /// Annotations that are not strings: key and what they are.
    pub not_text: Vec<(String, &'static str)>,
    /// Its target groups, as the AWS Load Balancer Controller binds them; only where they were needed.
    pub bindings: Vec<TargetGroupBinding>,
    /// What this plugin has changed, oldest first.
    pub recorded: Vec<Recorded>,
    /// Keys of the live object that the file lacks and that `kubectl apply` would keep.
    pub kept_by_apply: Vec<String>,
}

/// A place in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The file, as the user named it.
    pub file: String,
    /// Which document of the file, from 1.
    pub document: usize,
    /// The line of the object, from 1; 0 where it is not known.
    pub line: usize,
    /// The lines of its annotations by key, and of parts of its spec by path, such as `spec.ports`.
    pub lines: BTreeMap<String, usize>,
    /// The object as it stands there.
    pub manifest: Value,
}

/// What is known of the cluster beside its Services.
#[derive(Clone, Debug, Default)]
pub struct Cluster {
    /// The regions that nodes, server and flags show.
    pub region: ClusterRegion,
    /// Whose webhook sets the class of Services that are created, and its name.
    pub webhook: Option<(ControllerKind, String)>,
    /// The flags of the AWS Load Balancer Controller.
    pub defaults: Defaults,
    /// The user's word on who acts.
    pub given: Option<ControllerKind>,
    /// Account numbers in the certificates of the Services that were read, and how many have them.
    pub accounts: BTreeMap<String, usize>,
    /// Whether nodes were looked at and none is on AWS.
    pub has_foreign_nodes: bool,
    /// What could not be read.
    pub skipped: Vec<Skipped>,
    /// Whether an answer needed what could not be read.
    pub incomplete: bool,
}

impl Cluster {
    /// Returns the account that more certificates are of than of this one, and how many are.
    pub fn more_usual_account(&self, account: &str) -> Option<(&str, usize)> {
        let own = self.accounts.get(account).copied().unwrap_or(0);
        let (most, count) = self.accounts.iter().max_by_key(|(_, count)| **count)?;
        (most != account && *count > own).then_some((most.as_str(), *count))
    }

    /// Returns whether a certificate of a Service is of another account than most are.
    pub fn has_unusual_account(&self, case: &ServiceCase) -> bool {
        // Of one account alone all are.
        self.accounts.len() > 1
            && string_list(text(&case.wanted, keys::SSL_CERT))
                .into_iter()
                .any(|arn| Arn::parse(arn).is_some_and(|arn| self.more_usual_account(arn.account).is_some()))
    }
}

impl ServiceCase {
    /// Returns a Service of a cluster or a dump of which nothing changes.
    pub fn unchanged(service: Service) -> Self {
        let mut case = Self::default();
        case.set_live(service);
        case
    }

    /// Takes over a Service as it is in the cluster: nothing changes.
    pub fn set_live(&mut self, service: Service) {
        self.wanted = Arc::new(service);
        self.live = Some(Arc::clone(&self.wanted));
    }

    /// Returns the Service as it will be, to be changed.
    pub fn wanted_mut(&mut self) -> &mut Service {
        Arc::make_mut(&mut self.wanted)
    }

    /// Returns who acts on the Service as it will be.
    pub fn controller(&self, cluster: &Cluster) -> Controller {
        let sources = self.event_sources();
        detect(&self.wanted, self.situation(cluster, &sources))
    }

    /// Fails where an annotation of its manifest is not a string.
    ///
    /// # Errors
    /// Which one, where, and how to mend it.
    pub fn require_text(&self) -> Result<()> {
        let (Some(source), Some((key, word))) = (&self.source, self.not_text.first()) else { return Ok(()) };
        Err(Error::new(format!(
            "{}, document {}: the annotation {key} is {word}, not a string: the API server refuses such a Service",
            source.file, source.document
        ))
        .with_hint("put its value in quotes"))
    }

    /// Returns whether a record of changes can tell what the object does not: after a failure, and where the cloud provider
    /// keeps what was taken out of the annotations.
    pub fn needs_record(&self) -> bool {
        let Some(live) = &self.live else { return false };
        let keeps = live.spec.load_balancer_class.is_none()
            && (!live.annotations.contains_key(keys::SSL_POLICY)
                || live.annotations.get(keys::TYPE).is_some_and(|kind| kind == "nlb"));
        let events = self.events.iter().filter(|event| is_about(event, live));
        !live.status.load_balancer.ingress.is_empty()
            && (keeps || matches!(last_sync(events), LastSync::Failed { .. }))
    }

    /// Returns the components that wrote its events.
    pub fn event_sources(&self) -> Vec<&str> {
        self.events.iter().map(Event::component).collect()
    }

    /// Returns what decides about who acts, beside the Service.
    pub fn situation<'a>(&self, cluster: &'a Cluster, event_sources: &'a [&'a str]) -> Situation<'a> {
        Situation {
            exists: self.live.is_some(),
            webhook: cluster.webhook.as_ref().map(|(kind, name)| (*kind, name.as_str())),
            event_sources,
            has_bindings: !self.bindings.is_empty(),
            given: cluster.given,
        }
    }

    /// Returns its hostname, taken apart.
    pub fn hostname(&self) -> Option<Hostname> {
        let live = self.live.as_ref()?;
        Hostname::parse(&live.status.load_balancer.ingress.first()?.hostname)
    }

    /// Returns the region of the load balancer and what shows it.
    pub fn region(&self, cluster: &Cluster) -> Option<(String, String)> {
        if let Some(hostname) = self.hostname() {
            let live = self.live.as_ref()?;
            let name = live.status.load_balancer.ingress.first().map(|ingress| ingress.hostname.clone())?;
            return Some((hostname.region, format!("the hostname {name}")));
        }
        cluster.region.only().map(|(region, evidence)| (region.to_owned(), evidence.to_owned()))
    }
}
