//! ELB-PRT: which ports speak TLS, and whether that is what was meant.

use shared::model::ServicePort;

use super::{facts::Facts, report::Report};
use crate::{
    controllers::ControllerKind,
    keys,
    listeners::service::{protocol, target_port, target_port_name},
    values::parse_bool,
};

/// Checks a Service.
pub fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    if facts.kind() == ControllerKind::None {
        return;
    }
    without_certificate(facts, report);
    both_protocols(facts, report);
    if !facts.has_certificate() || facts.listeners.is_err() {
        return;
    }
    let ports = &facts.service.spec.ports;
    let list = facts.text(keys::SSL_PORTS).trim();
    if matches!(list, "" | "*") && ports.len() > 1 && ports.iter().any(|port| port.port == 80) {
        report.add(
            "ELB-PRT-005",
            keys::SSL_PORTS,
            "without ssl-ports port 80 speaks TLS, too",
            format!("set {} to the TLS ports", keys::SSL_PORTS),
        );
    }
    let is_tls = |port: &ServicePort| {
        facts.built().iter().any(|listener| listener.port == port.port && listener.is_tls())
    };
    if !ports.iter().any(is_tls) {
        report.add(
            "ELB-PRT-007",
            keys::SSL_CERT,
            "there is a certificate, but no port speaks TLS",
            format!("correct {}", keys::SSL_PORTS),
        );
    }
    for port in ports.iter().filter(|port| protocol(port) == "TCP") {
        let name =
            if port.name.is_empty() { port.port.to_string() } else { format!("{}/{}", port.port, port.name) };
        match is_tls(port) {
            false if port.port == 443 || port.name == "https" => {
                report.add(
                    "ELB-PRT-008",
                    "spec.ports",
                    format!("port {name} stays plaintext"),
                    format!("add it to {}", keys::SSL_PORTS),
                );
            }
            false if port.port == 80 && ports.iter().any(is_tls) => {
                report.add(
                    "ELB-PRT-009",
                    "spec.ports",
                    "port 80 stays open and plaintext; the load balancer does not redirect",
                    "let the application redirect to HTTPS, or remove the port",
                );
            }
            false => {}
            true => backend(facts, report, port, &name),
        }
    }
}

fn without_certificate(facts: &Facts<'_>, report: &mut Report<'_>) {
    if facts.has_certificate() {
        return;
    }
    for key in [keys::SSL_PORTS, keys::SSL_POLICY, keys::ALPN_POLICY] {
        let read = key != keys::ALPN_POLICY || facts.kind().is_lbc();
        if read && facts.annotation(key).is_some_and(|value| !value.is_empty()) {
            report.add(
                "ELB-PRT-006",
                key,
                format!(
                    "{} is set, but there is no certificate: all ports are plaintext",
                    keys::short_name(key)
                ),
                format!("set {}", keys::SSL_CERT),
            );
        }
    }
}

fn both_protocols(facts: &Facts<'_>, report: &mut Report<'_>) {
    let merged = facts.annotation(keys::TCP_UDP_LISTENER).and_then(parse_bool) == Some(true);
    if !facts.kind().is_lbc() || merged {
        return;
    }
    let ports = &facts.service.spec.ports;
    for (index, port) in ports.iter().enumerate() {
        if let Some(first) = ports[..index].iter().find(|first| first.port == port.port) {
            report.add(
                "ELB-PRT-013",
                "spec.ports",
                format!(
                    "port {} is there as {} and {}: only the first gets a listener",
                    port.port,
                    protocol(first),
                    protocol(port)
                ),
                format!("set {} to \"true\"", keys::TCP_UDP_LISTENER),
            );
        }
    }
}

/// Reports a TLS port whose pods seem to expect TLS, but get plaintext.
fn backend(facts: &Facts<'_>, report: &mut Report<'_>, port: &ServicePort, name: &str) {
    let plain = match facts.kind() {
        ControllerKind::Classic => matches!(facts.text(keys::BACKEND_PROTOCOL), "" | "http" | "tcp"),
        _ => facts.text(keys::BACKEND_PROTOCOL) != "ssl",
    };
    let named = target_port_name(port).is_some_and(|target| target.contains("https") || target == "tls");
    let numbered = matches!(target_port(port), Some(443 | 8443));
    if plain && (named || numbered) {
        let target = target_port_name(port)
            .map_or_else(|| target_port(port).unwrap_or_default().to_string(), str::to_owned);
        let word = if facts.kind() == ControllerKind::Classic { "https or ssl" } else { "ssl" };
        report.add("ELB-PRT-012", keys::BACKEND_PROTOCOL, format!("TLS of port {name} ends at the load balancer, but target port {target} looks like one that speaks TLS"), format!("set {} to {word}, or use a plaintext target port", keys::BACKEND_PROTOCOL));
    }
}
