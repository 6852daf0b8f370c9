//! What the examples of rules are made of.

use std::sync::Arc;

use serde_json::{Value, json};
use shared::{model::Service, output::Severity};

use crate::{
    certificates::ClusterRegion,
    controllers::ControllerKind,
    planning::{Cluster, ServiceCase},
    rules::check,
    samples::{ARN, CLASSIC_HOST, LBC_HOST, NETWORK_HOST, live, of_ports, web},
};

pub(super) type Annotations<'a> = &'a [(&'a str, &'a str)];

/// A case and what is known of its cluster.
pub(super) struct Example {
    pub(super) case: ServiceCase,
    pub(super) cluster: Cluster,
}

pub(super) fn new(service: Service) -> Example {
    Example {
        case: ServiceCase { wanted: service.into(), ..ServiceCase::default() },
        cluster: Cluster::default(),
    }
}

pub(super) fn classic(annotations: Annotations<'_>) -> Example {
    new(web(annotations))
}

pub(super) fn nlb(annotations: Annotations<'_>) -> Example {
    new(web(&[annotations, &[("type", "nlb")]].concat()))
}

pub(super) fn lbc(annotations: Annotations<'_>) -> Example {
    new(web(&[annotations, &[("type", "external"), ("nlb-target-type", "instance")]].concat()))
}

pub(super) fn there(hostname: &str, old: Service, wanted: Service) -> Example {
    let (old, wanted) = (live(old, hostname), live(wanted, hostname));
    Example {
        case: ServiceCase { live: Some(old.into()), wanted: wanted.into(), ..ServiceCase::default() },
        cluster: Cluster::default(),
    }
}

pub(super) fn live_classic(old: Annotations<'_>, wanted: Annotations<'_>) -> Example {
    there(CLASSIC_HOST, web(old), web(wanted))
}

pub(super) fn live_nlb(old: Annotations<'_>, wanted: Annotations<'_>) -> Example {
    let with = |list: Annotations<'_>| nlb(list).case.wanted.as_ref().clone();
    there(NETWORK_HOST, with(old), with(wanted))
}

pub(super) fn live_lbc(old: Annotations<'_>, wanted: Annotations<'_>) -> Example {
    let with = |list: Annotations<'_>| lbc(list).case.wanted.as_ref().clone();
    there(LBC_HOST, with(old), with(wanted))
}

impl Example {
    pub(super) fn spec(mut self, change: impl FnOnce(&mut Service)) -> Self {
        change(self.case.wanted_mut());
        self
    }

    pub(super) fn region(mut self, region: &str) -> Self {
        self.cluster.region = ClusterRegion::given(region);
        self
    }

    pub(super) fn metadata(mut self, field: &str, value: Value) -> Self {
        let live = Arc::make_mut(self.case.live.as_mut().unwrap());
        let metadata: Service =
            serde_json::from_value(json!({"metadata": {"name": "x", field: value}})).unwrap();
        live.metadata.labels.extend(metadata.metadata.labels);
        live.metadata.owner_references.extend(metadata.metadata.owner_references);
        live.annotations.extend(metadata.annotations);
        self
    }

    pub(super) fn event(mut self, reason: &str, kind: &str) -> Self {
        let time = format!("2026-01-01T00:00:0{}Z", self.case.events.len());
        let event = json!({"type": kind, "reason": reason, "message": "m", "lastTimestamp": time});
        self.case.events.push(serde_json::from_value(event).unwrap());
        self
    }

    /// The severities of a rule's findings, the most severe first: `E`, `W`, `I`.
    pub(super) fn found(&self, rule: &str) -> String {
        let mut severities: Vec<Severity> = check(&self.case, &self.cluster)
            .into_iter()
            .filter(|finding| finding.rule == rule)
            .map(|finding| finding.severity)
            .collect();
        severities.sort();
        let letters = severities.iter().map(|severity| match severity {
            Severity::Error => 'E',
            Severity::Warning => 'W',
            Severity::Info => 'I',
        });
        letters.collect()
    }
}

pub(super) const CERT: (&str, &str) = ("ssl-cert", ARN);
pub(super) const PORTS: (&str, &str) = ("ssl-ports", "443");
pub(super) const OLD_POLICY: &str = "ELBSecurityPolicy-2015-05";
pub(super) const GOOD_POLICY: &str = "ELBSecurityPolicy-TLS-1-2-2017-01";

pub(super) fn with_class(class: &str, annotations: Annotations<'_>) -> Example {
    classic(annotations).spec(|service| service.spec.load_balancer_class = Some(class.into()))
}

pub(super) fn arn(text: &str) -> Example {
    classic(&[("ssl-cert", text), PORTS])
}

pub(super) fn many_arns(count: usize) -> String {
    let arns = (0..count).map(|index| {
        format!("arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-1234567890{index:02}")
    });
    arns.collect::<Vec<_>>().join(",")
}

pub(super) fn many_tags(count: usize) -> String {
    (0..count).map(|index| format!("k{index}=v")).collect::<Vec<_>>().join(",")
}

pub(super) fn udp(annotations: Annotations<'_>, kind: &str) -> Example {
    let ports = json!([{"name": "dns", "port": 53, "protocol": "UDP", "nodePort": 1}, {"name": "tls", "port": 443, "protocol": kind, "nodePort": 2}]);
    let all = [annotations, &[("type", "external"), ("nlb-target-type", "instance")]].concat();
    new(of_ports(ports, &all))
}

pub(super) fn target(port: Value, annotations: Annotations<'_>) -> Example {
    new(of_ports(json!([{"name": "https", "port": 443, "targetPort": port, "nodePort": 1}]), annotations))
}

pub(super) fn twice(annotations: Annotations<'_>) -> Example {
    let ports = json!([{"name": "a", "port": 53, "nodePort": 1}, {"name": "b", "port": 53, "protocol": "UDP", "nodePort": 2}]);
    new(of_ports(ports, &[annotations, &[("type", "nlb-ip")]].concat()))
}

pub(super) fn not_text(key: &str) -> Example {
    let mut example = classic(&[]);
    example.case.not_text = vec![(key.into(), "a boolean")];
    example
}

pub(super) fn webhook(exists: bool) -> Example {
    let mut example = if exists { live_classic(&[], &[]) } else { classic(&[]) };
    example.cluster.webhook = Some((ControllerKind::Lbc, "mservice.elbv2.k8s.aws".into()));
    example
}

pub(super) fn raw(key: &str) -> Example {
    classic(&[]).spec(|service| drop(service.annotations.insert(key.into(), "x".into())))
}

pub(super) fn accounts(count: usize) -> Example {
    let mut example = arn(ARN);
    example.cluster.accounts = [("123456789012".to_owned(), 1), ("999988887777".to_owned(), count)].into();
    example
}
