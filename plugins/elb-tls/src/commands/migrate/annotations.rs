//! The annotations of the new Service: what each setting becomes, and what has no counterpart.

use std::collections::BTreeMap;

use shared::model::Service;

use super::args::Destination;
use crate::{
    controllers::ControllerKind,
    keys::{self, Effect},
    listeners::{
        Listener, Scheme,
        service::{protocol, text},
    },
    policies::{LoadBalancerType, Recognized, recognize},
    values::{key_value_pairs, parse_bool, parse_int, string_list},
};

/// The policy that takes the place of one that Network Load Balancers lack: for the clients that those were for.
const INSTEAD: &str = "ELBSecurityPolicy-TLS13-1-2-2021-06";

/// What a Classic Load Balancer drains where nothing is said.
const DRAINING: &str = "300";

/// Annotations that are about the old object alone.
const OF_THE_OLD: [&str; 4] = [
    "kubectl.kubernetes.io/last-applied-configuration",
    "external-dns.alpha.kubernetes.io/hostname",
    "argocd.argoproj.io/",
    "meta.helm.sh/",
];

/// The annotations of the new Service.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapped {
    /// By full key.
    pub annotations: BTreeMap<String, String>,
    /// What becomes different, in sentences.
    pub notes: Vec<String>,
}

/// What is known of the old load balancer.
#[derive(Clone, Copy, Debug)]
pub struct Old<'a> {
    /// The old Service.
    pub service: &'a Service,
    /// Who made its load balancer.
    pub maker: ControllerKind,
    /// Its scheme.
    pub scheme: Scheme,
    /// Its listeners.
    pub listeners: &'a [Listener],
}

/// Maps the annotations.
pub fn map(old: Old<'_>, to: Destination) -> Mapped {
    let mut mapping =
        Mapping { old, to, mapped: Mapped::default(), attributes: Vec::new(), targets: Vec::new() };
    for (key, value) in &old.service.annotations {
        match keys::is_ours(key) {
            true => mapping.one(key, value),
            false if OF_THE_OLD.iter().any(|start| key.starts_with(start)) => {}
            false => drop(mapping.mapped.annotations.insert(key.clone(), value.clone())),
        }
    }
    mapping.identity();
    mapping.idle_timeout();
    mapping.draining();
    for (key, list) in [
        (keys::ATTRIBUTES, std::mem::take(&mut mapping.attributes)),
        (keys::TARGET_GROUP_ATTRIBUTES, std::mem::take(&mut mapping.targets)),
    ] {
        mapping.append(key, &list);
    }
    mapping.mapped
}

struct Mapping<'a> {
    old: Old<'a>,
    to: Destination,
    mapped: Mapped,
    attributes: Vec<String>,
    targets: Vec<String>,
}

impl Mapping<'_> {
    fn keep(&mut self, key: &str, value: &str) {
        self.mapped.annotations.insert(key.to_owned(), value.to_owned());
    }

    fn note(&mut self, sentence: impl Into<String>) {
        self.mapped.notes.push(sentence.into());
    }

    /// Adds entries to a map that may be there.
    fn append(&mut self, key: &str, entries: &[String]) {
        if entries.is_empty() {
            return;
        }
        let before = self.mapped.annotations.get(key).cloned().filter(|value| !value.is_empty());
        let all: Vec<String> = before.into_iter().chain(entries.iter().cloned()).collect();
        self.keep(key, &all.join(","));
    }

    fn one(&mut self, key: &str, value: &str) {
        let is_lbc = self.to == Destination::Lbc;
        match key {
            // Who acts is said anew.
            keys::TYPE | keys::TARGET_TYPE | keys::SCHEME | keys::INTERNAL => {}
            // These are taken together.
            keys::DRAINING_ENABLED | keys::DRAINING_TIMEOUT | keys::IDLE_TIMEOUT
                if self.old.maker == ControllerKind::Classic => {}
            keys::SSL_CERT => {
                let arns = string_list(value);
                if !is_lbc && arns.len() > 1 {
                    self.note("the cloud provider takes one certificate: the first is kept");
                }
                let kept = if is_lbc { arns.join(",") } else { (*arns.first().unwrap_or(&"")).to_owned() };
                if !kept.is_empty() {
                    self.keep(key, &kept);
                }
            }
            keys::SSL_PORTS => {
                let ports = string_list(value);
                // Without the key all ports speak TLS, of either controller.
                if !ports.is_empty() && !ports.contains(&"*") {
                    self.keep(key, &ports.join(","));
                }
            }
            keys::BACKEND_PROTOCOL => self.backend(value),
            keys::SSL_POLICY => match recognize(value, LoadBalancerType::Network) {
                Recognized::Known(_) | Recognized::Unknown => self.keep(key, value),
                Recognized::Wrong(_) => {
                    self.note(format!(
                        "Network Load Balancers have no policy {value}: {INSTEAD} takes its place"
                    ));
                    self.keep(key, INSTEAD);
                }
            },
            keys::PROXY_PROTOCOL if value == "*" => {
                if is_lbc {
                    self.keep(key, value);
                } else {
                    self.targets.push("proxy_protocol_v2.enabled=true".to_owned());
                }
                if self.old.maker == ControllerKind::Classic {
                    self.note(
                        "pods get version 2 of the PROXY protocol, which is binary, instead of version 1",
                    );
                }
            }
            keys::CROSS_ZONE if is_lbc => {
                let enabled = parse_bool(value).unwrap_or_default();
                self.attributes.push(format!("load_balancing.cross_zone.enabled={enabled}"));
            }
            keys::ACCESS_LOG_ENABLED if is_lbc => {
                let enabled = parse_bool(value).unwrap_or_default();
                self.attributes.push(format!("access_logs.s3.enabled={enabled}"));
            }
            _ if is_lbc && keys::short_name(key) == "access-log-s3-bucket-name" => {
                self.attributes.push(format!("access_logs.s3.bucket={value}"));
            }
            _ if is_lbc && keys::short_name(key) == "access-log-s3-bucket-prefix" => {
                self.attributes.push(format!("access_logs.s3.prefix={value}"));
            }
            keys::EXTRA_SECURITY_GROUPS if is_lbc => {
                let named = string_list(text(self.old.service, keys::SECURITY_GROUPS)).join(",");
                let all: Vec<&str> =
                    [named.as_str(), value].into_iter().filter(|list| !list.is_empty()).collect();
                self.keep(keys::SECURITY_GROUPS, &all.join(","));
                self.keep(keys::MANAGE_BACKEND_RULES, "true");
                self.note("extra-security-groups become all security groups: none is made beside them");
            }
            keys::TAGS => {
                let pairs: Vec<String> = key_value_pairs(value)
                    .into_iter()
                    .map(|(key, value)| format!("{}={}", key.trim(), value.trim()))
                    .collect();
                // What this controller understood, not what was written.
                let tags = if self.old.maker.is_lbc() { value.to_owned() } else { pairs.join(",") };
                self.keep(key, &tags);
            }
            keys::HEALTH_CHECK_PORT if parse_int(value).is_some() => {
                self.note(format!(
                    "healthcheck-port {value} is left out: the new Service has other node ports"
                ));
            }
            keys::HEALTH_CHECK_PROTOCOL if value.eq_ignore_ascii_case("ssl") => {
                self.note("Network Load Balancers have no health checks of SSL: TCP takes its place");
                self.keep(key, "tcp");
            }
            _ => self.other(key, value),
        }
    }

    fn backend(&mut self, value: &str) {
        match value {
            "ssl" | "https" => self.keep(keys::BACKEND_PROTOCOL, "ssl"),
            "http" if self.old.maker == ControllerKind::Classic => self.note(
                "a Network Load Balancer passes bytes on: the application gets no X-Forwarded headers, and has to learn otherwise that clients speak TLS, or it redirects for ever",
            ),
            _ => {}
        }
    }

    /// Keeps what the new controller reads, and names what it does not.
    fn other(&mut self, key: &str, value: &str) {
        let Some(known) = keys::find(key) else {
            self.note(format!("{key} is left out: no controller reads it"));
            return;
        };
        let usage = if self.to == Destination::Lbc { known.lbc } else { known.nlb_in_tree };
        match usage.effect {
            Effect::Used | Effect::CreateOnly => self.keep(key, value),
            Effect::Ignored | Effect::Refused => {
                self.note(format!("{}={value} is left out: {}", keys::short_name(key), usage.meaning));
            }
        }
    }

    /// Says who acts, and which scheme: the defaults of the two controllers are opposite.
    fn identity(&mut self) {
        let is_internal = self.old.scheme == Scheme::Internal;
        match self.to {
            Destination::Lbc => {
                let target = text(self.old.service, keys::TARGET_TYPE);
                let target = if target == "ip" { "ip" } else { "instance" };
                self.keep(keys::TARGET_TYPE, target);
                self.keep(keys::SCHEME, self.old.scheme.word());
            }
            Destination::Nlb => {
                self.keep(keys::TYPE, "nlb");
                if is_internal {
                    self.keep(keys::INTERNAL, "true");
                }
            }
        }
    }

    fn idle_timeout(&mut self) {
        let Some(seconds) = parse_int(text(self.old.service, keys::IDLE_TIMEOUT)) else { return };
        if self.old.maker != ControllerKind::Classic {
            return;
        }
        if self.to == Destination::Nlb {
            self.note(format!(
                "the idle timeout of {seconds} seconds is left out: it is 350 on Network Load Balancers"
            ));
            return;
        }
        let (fits, is_tls) = (seconds.clamp(60, 6000), |port: i32| {
            self.old.listeners.iter().any(|listener| listener.port == port && listener.is_tls())
        });
        let ports: Vec<i32> = self
            .old
            .service
            .spec
            .ports
            .iter()
            .filter(|port| protocol(port) == "TCP")
            .map(|port| port.port)
            .collect();
        let (secure, plain): (Vec<i32>, Vec<i32>) = ports.into_iter().partition(|port| is_tls(*port));
        for port in plain {
            self.keep(
                &format!("{}.TCP-{port}", keys::LISTENER_ATTRIBUTES),
                &format!("tcp.idle_timeout.seconds={fits}"),
            );
        }
        if fits != seconds {
            self.note(format!(
                "the idle timeout of {seconds} seconds becomes {fits}: 60 to 6000 are possible"
            ));
        }
        if !secure.is_empty() {
            self.note("the idle timeout of TLS listeners is 350 seconds, and can't be changed");
        }
    }

    fn draining(&mut self) {
        let service = self.old.service;
        if self.old.maker != ControllerKind::Classic
            || parse_bool(text(service, keys::DRAINING_ENABLED)) != Some(true)
        {
            return;
        }
        let seconds = match text(service, keys::DRAINING_TIMEOUT) {
            "" => DRAINING,
            seconds => seconds,
        };
        match self.to {
            Destination::Lbc => self.targets.push(format!("deregistration_delay.timeout_seconds={seconds}")),
            Destination::Nlb => self.note(format!(
                "draining of {seconds} seconds is left out: the cloud provider can't set it on Network Load Balancers, where it takes 300"
            )),
        }
    }
}

#[cfg(test)]
#[path = "annotations_tests.rs"]
mod tests;
