//! What is known of a Service's load balancer.

use schemars::JsonSchema;
use serde::Serialize;
use shared::{client::incomplete::Skipped, output::Finding};

use super::endpoint_slice::{EndpointSlice, PortEndpoints, count};
use crate::{
    controllers::{Controller, ControllerKind},
    events::{EventLine, digest, is_about},
    listeners::{Listener, Scheme},
    planning::{Cluster, ServiceCase, ServiceName, load_balancer},
    rules::{self, Ignored},
    sync_state::SyncState,
};

/// The content of the document.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ServiceStatus {
    /// The Service.
    pub service: ServiceName,
    /// Who acts.
    pub controller: Controller,
    /// The hostname, where it has one.
    pub hostname: Option<String>,
    /// The scheme, where it is known.
    pub scheme: Option<Scheme>,
    /// The listeners, as the last syncs left them.
    pub listeners: Vec<Listener>,
    /// How the sync of the last change ended.
    pub sync: SyncState,
    /// The events, the oldest first.
    pub events: Vec<EventLine>,
    /// The endpoints by port.
    pub endpoints: Vec<PortEndpoints>,
    /// What `check` finds.
    pub findings: Vec<Finding>,
    /// What can't be known from here.
    pub unknown: Vec<String>,
    /// What could not be read.
    pub skipped: Vec<Skipped>,
}

/// Returns the status. `now` is in seconds since 1970.
pub fn status(case: &ServiceCase, cluster: &Cluster, slices: &[EndpointSlice], now: i64) -> ServiceStatus {
    let service = &case.wanted;
    let controller = case.controller(cluster);
    let made = load_balancer(case, cluster);
    let sync = SyncState::of(case, cluster, now);
    let hostname = service.status.load_balancer.ingress.first().map(|ingress| ingress.hostname.clone());
    let ignored = Ignored::default();
    let findings = rules::check(case, cluster);
    let about = case.events.iter().filter(|event| is_about(event, service));
    let mut unknown: Vec<String> = made.as_ref().map(|made| made.doubts.clone()).unwrap_or_default();
    unknown.extend(sync.doubt.map(str::to_owned));
    let listeners = made.as_ref().map(|made| made.listeners.clone()).unwrap_or_default();
    unknown.extend(without_aws(controller.kind, &listeners));
    ServiceStatus {
        service: ServiceName::of(service),
        controller,
        hostname: hostname.filter(|hostname| !hostname.is_empty()),
        scheme: made.and_then(|made| made.scheme),
        listeners,
        sync,
        events: digest(about),
        endpoints: count(service, slices),
        findings: findings.into_iter().filter(|finding| !ignored.is_ignored(case, finding.rule)).collect(),
        unknown,
        skipped: cluster.skipped.clone(),
    }
}

/// Returns what only AWS knows.
fn without_aws(kind: ControllerKind, listeners: &[Listener]) -> Vec<String> {
    let mut unknown = Vec::new();
    if kind == ControllerKind::None || listeners.is_empty() {
        return unknown;
    }
    unknown.push("whether targets pass their health checks: only AWS knows".to_owned());
    if listeners.iter().any(Listener::is_tls) {
        unknown.push(
            "whether the certificates are those that clients get: `kubectl elb-tls verify` asks the load balancer"
                .to_owned(),
        );
    }
    unknown
}
