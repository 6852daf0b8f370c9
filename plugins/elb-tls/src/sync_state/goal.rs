//! What can be waited for, and whether it can still come.

use clap::ValueEnum;
use schemars::JsonSchema;
use serde::Serialize;

use super::state::{State, SyncState};
use crate::{
    events::{EventLine, cause},
    planning::{Cluster, ServiceCase},
};

/// What can be waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ValueEnum, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Goal {
    /// The controller has carried out the last change
    Synced,
    /// The Service has a hostname
    Hostname,
    /// The hostname has addresses
    Dns,
    /// A TLS port answers with TLS
    Tls,
}

impl Goal {
    /// Returns the word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Synced => "synced",
            Self::Hostname => "hostname",
            Self::Dns => "dns",
            Self::Tls => "tls",
        }
    }
}

/// Whether it is worth waiting on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outlook {
    /// The cluster shows that it is there; addresses and TLS have to be asked for themselves.
    Met,
    /// It may come.
    NotYet,
    /// It can't come without a change of the Service.
    Hopeless(String),
}

/// Returns whether it is worth waiting on, and the event that tells how the sync of the last change ended. `now` is in
/// seconds since 1970.
pub fn outlook(goal: Goal, case: &ServiceCase, cluster: &Cluster, now: i64) -> (Outlook, Option<EventLine>) {
    let sync = SyncState::certain(case, cluster, now);
    let line = sync.event.as_ref().map(EventLine::of);
    let hostname = hostname(case);
    let met = match goal {
        Goal::Synced => sync.state == State::Synced,
        Goal::Hostname | Goal::Dns | Goal::Tls => hostname.is_some(),
    };
    if met {
        return (Outlook::Met, line);
    }
    let controller = case.controller(cluster);
    let balances = case.wanted.spec.service_type == "LoadBalancer";
    let reason = match sync.state {
        State::NobodyActs => controller.evidence.first().cloned(),
        _ if !balances => Some(format!(
            "spec.type is {}, not LoadBalancer: the Service never gets a hostname",
            case.wanted.spec.service_type
        )),
        State::Failed => sync.event.as_ref().and_then(|event| {
            let found = cause(&event.reason, &event.message).filter(|found| found.needs_change)?;
            Some(format!("{}; {}", found.cause, found.advice))
        }),
        State::Synced | State::Pending => None,
    };
    (reason.map_or(Outlook::NotYet, Outlook::Hopeless), line)
}

/// Returns the hostname of a Service.
pub fn hostname(case: &ServiceCase) -> Option<String> {
    let ingress = case.wanted.status.load_balancer.ingress.first();
    ingress.map(|ingress| ingress.hostname.clone()).filter(|hostname| !hostname.is_empty())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::samples::{CLASSIC_HOST, live, web};

    fn case(annotations: &[(&str, &str)], event: Option<(&str, &str)>, has_host: bool) -> ServiceCase {
        let service = web(annotations);
        let service = if has_host { live(service, CLASSIC_HOST) } else { service };
        let event = event.map(|(reason, message)| {
            let kind = if reason.contains("Failed") { "Warning" } else { "Normal" };
            serde_json::from_value(json!({"type": kind, "reason": reason, "message": message, "lastTimestamp": "2026-01-01T00:00:00Z"})).unwrap()
        });
        ServiceCase { events: event.into_iter().collect(), ..ServiceCase::unchanged(service) }
    }

    #[test]
    fn what_only_a_change_mends_is_not_waited_for() {
        let of = |goal, case: &ServiceCase| outlook(goal, case, &Cluster::default(), 0).0;
        let failed = |message| case(&[], Some(("SyncLoadBalancerFailed", message)), false);
        assert_eq!(of(Goal::Synced, &case(&[], None, true)), Outlook::NotYet);
        assert_eq!(of(Goal::Hostname, &case(&[], None, true)), Outlook::Met);
        assert_eq!(of(Goal::Synced, &case(&[], Some(("EnsuredLoadBalancer", "")), true)), Outlook::Met);
        assert!(matches!(of(Goal::Dns, &failed("DuplicateListener: x")), Outlook::Hopeless(_)));
        assert_eq!(of(Goal::Synced, &failed("InvalidPermission.Duplicate")), Outlook::NotYet);
        assert_eq!(of(Goal::Synced, &failed("something new")), Outlook::NotYet);
        assert!(matches!(
            of(Goal::Hostname, &case(&[("type", "external")], None, false)),
            Outlook::Hopeless(_)
        ));
        let mut inner = case(&[], None, false);
        inner.wanted_mut().spec.service_type = "ClusterIP".into();
        inner.live = Some(inner.wanted.clone());
        assert!(matches!(of(Goal::Hostname, &inner), Outlook::Hopeless(_)));
    }
}
