//! ELB-PRT: the entries of `ssl-ports`.

use shared::model::ServicePort;

use super::{facts::Facts, report::Report};
use crate::{
    controllers::ControllerKind,
    keys,
    listeners::service::{protocol, target_port_name},
    values::parse_int,
};

/// Checks a Service.
pub fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    let Some(value) = facts.annotation(keys::SSL_PORTS) else { return };
    if facts.kind() == ControllerKind::None {
        return;
    }
    let lbc = facts.kind().is_lbc();
    // A list of blanks is all ports to the AWS Load Balancer Controller.
    if value.is_empty() || (lbc && value.trim().is_empty()) || (!lbc && value == "*") {
        return;
    }
    let ports = &facts.service.spec.ports;
    let list = ports.iter().map(|port| {
        if port.name.is_empty() { port.port.to_string() } else { format!("{}/{}", port.port, port.name) }
    });
    let list = list.collect::<Vec<_>>().join(", ");
    let mut seen: Vec<&str> = Vec::new();
    for raw in value.split(',') {
        let entry = raw.trim();
        let mut add = |rule, message: String, fix: String| report.add(rule, keys::SSL_PORTS, message, fix);
        if entry.is_empty() {
            add("ELB-PRT-011", format!("{value:?} has an empty entry"), "remove the comma".to_owned());
            continue;
        }
        if seen.contains(&entry) {
            add("ELB-PRT-011", format!("{entry} is listed twice"), "list it once".to_owned());
            continue;
        }
        seen.push(entry);
        if entry == "*" && lbc {
            add(
                "ELB-PRT-002",
                "the AWS Load Balancer Controller takes * for the name of a port".to_owned(),
                format!("remove {} for all ports", keys::SSL_PORTS),
            );
            continue;
        }
        if raw != entry && !lbc {
            add(
                "ELB-PRT-003",
                format!("the cloud provider does not trim {raw:?}: the port stays plaintext"),
                format!("write {:?}", value.split(',').map(str::trim).collect::<Vec<_>>().join(",")),
            );
        }
        let found = ports.iter().find(|port| is_meant(port, entry, facts.kind()));
        match found {
            Some(port) if protocol(port) == "UDP" && facts.kind() != ControllerKind::Classic => {
                add(
                    "ELB-PRT-010",
                    format!("{entry} is a UDP port, which never speaks TLS"),
                    "remove it from the list".to_owned(),
                );
            }
            Some(_) => {}
            None => {
                if parse_int(entry).is_some_and(|number| !(1..=65535).contains(&number)) {
                    add(
                        "ELB-PRT-011",
                        format!("{entry} is not the number of a port"),
                        "write a number from 1 to 65535".to_owned(),
                    );
                }
                let end = if lbc {
                    "the controller gives up"
                } else {
                    "the entry is ignored, and the port stays plaintext"
                };
                add(
                    "ELB-PRT-001",
                    format!("no port {entry}; ports: {list}; {end}"),
                    "name ports of the Service, by number or name".to_owned(),
                );
                inner_port(facts, report, entry);
            }
        }
    }
}

/// Returns whether an entry means a port, once it is trimmed.
fn is_meant(port: &ServicePort, entry: &str, kind: ControllerKind) -> bool {
    match kind {
        ControllerKind::Lbc | ControllerKind::EksAuto => port.name == entry || port.port.to_string() == entry,
        ControllerKind::Classic => parse_int(entry)
            .map_or(port.name.to_lowercase() == entry, |number| number == i64::from(port.port)),
        _ => parse_int(entry).map_or(port.name == entry, |number| number == i64::from(port.port)),
    }
}

/// Reports an entry that is a port behind one of the Service.
fn inner_port(facts: &Facts<'_>, report: &mut Report<'_>, entry: &str) {
    let ports = facts.service.spec.ports.iter();
    for port in ports {
        let what = if target_port_name(port) == Some(entry) {
            "the target port"
        } else if port.node_port != 0 && port.node_port.to_string() == entry {
            "the node port"
        } else {
            continue;
        };
        report.add(
            "ELB-PRT-004",
            keys::SSL_PORTS,
            format!("{entry} is {what} of port {}", port.port),
            format!("write {}", port.port),
        );
        return;
    }
}
