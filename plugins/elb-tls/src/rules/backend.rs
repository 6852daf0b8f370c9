//! ELB-BEP: the protocol between load balancer and pods.

use shared::output::Severity;

use super::{facts::Facts, report::Report};
use crate::{controllers::ControllerKind, keys};

/// Checks a Service.
pub fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    let Some(value) = facts.annotation(keys::BACKEND_PROTOCOL).filter(|value| !value.is_empty()) else {
        return;
    };
    let lower = value.trim().to_lowercase();
    match facts.kind() {
        ControllerKind::None => {}
        ControllerKind::Classic => {
            if !matches!(value, "http" | "https" | "tcp" | "ssl") {
                let meant = if matches!(lower.as_str(), "http" | "https" | "tcp" | "ssl") {
                    format!("write {lower}")
                } else {
                    "write http, https, tcp or ssl".to_owned()
                };
                report.add(
                    "ELB-BEP-001",
                    keys::BACKEND_PROTOCOL,
                    format!("{value:?} is not a backend protocol"),
                    meant,
                );
            } else if matches!(value, "tcp" | "ssl") {
                forwarded(facts, report, value);
            }
        }
        _ if matches!(value, "ssl" | "tcp") => {}
        _ if matches!(lower.as_str(), "https" | "tls" | "ssl") => {
            report.add_as(
                "ELB-BEP-002",
                Severity::Error,
                keys::BACKEND_PROTOCOL,
                format!("{value:?} has no effect on a Network Load Balancer: the backend is plaintext"),
                "write ssl for TLS to the pods",
            );
        }
        _ => {
            report.add(
                "ELB-BEP-002",
                keys::BACKEND_PROTOCOL,
                format!("{value:?} has no effect on a Network Load Balancer"),
                "remove it",
            );
        }
    }
}

fn forwarded(facts: &Facts<'_>, report: &mut Report<'_>, value: &str) {
    let tls = |number: i32| facts.built().iter().any(|listener| listener.port == number && listener.is_tls());
    let http = facts.service.spec.ports.iter().find(|port| tls(port.port) && port.name.starts_with("http"));
    if let Some(port) = http {
        let instead = if value == "ssl" { "https" } else { "http" };
        report.add(
            "ELB-BEP-003",
            keys::BACKEND_PROTOCOL,
            format!(
                "port {} is called {}, but with {value} its requests get no X-Forwarded headers",
                port.port, port.name
            ),
            format!("write {instead}, if the application speaks HTTP"),
        );
    }
}
