//! ELB-HC: health checks.

use super::{facts::Facts, report::Report};
use crate::{
    controllers::ControllerKind,
    keys,
    listeners::{
        health_check::{CLASSIC_RANGES, NETWORK_RANGES, PORTS},
        service::is_local,
    },
    values::parse_int,
};

/// Checks a Service.
pub fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    let kind = facts.kind();
    if kind == ControllerKind::None {
        return;
    }
    let ranges = if kind == ControllerKind::Classic { CLASSIC_RANGES } else { NETWORK_RANGES };
    for (key, least, most) in ranges {
        let Some(value) = facts.annotation(key) else { continue };
        if !parse_int(value).is_some_and(|number| (least..=most).contains(&number)) {
            report.add(
                "ELB-HC-001",
                key,
                format!("{value:?} is not a number from {least} to {most}"),
                format!("write a number from {least} to {most}"),
            );
        }
    }
    let number = |key: &str, default: i64| facts.annotation(key).and_then(parse_int).unwrap_or(default);
    if kind == ControllerKind::Classic {
        let (interval, timeout) =
            (number(keys::HEALTH_CHECK_INTERVAL, 10), number(keys::HEALTH_CHECK_TIMEOUT, 5));
        if timeout >= interval
            && !report.has_error(keys::HEALTH_CHECK_INTERVAL)
            && !report.has_error(keys::HEALTH_CHECK_TIMEOUT)
        {
            report.add(
                "ELB-HC-001",
                keys::HEALTH_CHECK_TIMEOUT,
                format!("the timeout of {timeout} seconds is not below the interval of {interval}"),
                "make the timeout shorter, or the interval longer",
            );
        }
    }
    words(facts, report);
    port(facts, report);
    let tcp = facts
        .annotation(keys::HEALTH_CHECK_PROTOCOL)
        .is_some_and(|protocol| protocol.eq_ignore_ascii_case("tcp"));
    if kind.is_lbc() && is_local(facts.service) && tcp {
        report.add(
            "ELB-HC-003",
            keys::HEALTH_CHECK_PROTOCOL,
            "with externalTrafficPolicy Local nodes without pods pass TCP health checks, and drop traffic",
            "remove the key: the default checks whether the node has pods",
        );
    }
}

fn words(facts: &Facts<'_>, report: &mut Report<'_>) {
    let Some(protocol) = facts.annotation(keys::HEALTH_CHECK_PROTOCOL) else { return };
    let upper = protocol.to_uppercase();
    let known = matches!(upper.as_str(), "TCP" | "HTTP" | "HTTPS")
        || (facts.kind() == ControllerKind::Classic && upper == "SSL");
    if !known {
        report.add(
            "ELB-HC-001",
            keys::HEALTH_CHECK_PROTOCOL,
            format!("{protocol:?} is not a protocol of health checks"),
            "write tcp, http or https",
        );
    }
}

fn port(facts: &Facts<'_>, report: &mut Report<'_>) {
    let Some(value) = facts.annotation(keys::HEALTH_CHECK_PORT).filter(|value| *value != "traffic-port")
    else {
        return;
    };
    let ports = &facts.service.spec.ports;
    let Some(number) = parse_int(value) else {
        let named = facts.kind().is_lbc() && ports.iter().any(|port| port.name == value);
        if !named {
            report.add(
                "ELB-HC-001",
                keys::HEALTH_CHECK_PORT,
                format!("{value:?} is not a port"),
                "write a number, or traffic-port",
            );
        }
        return;
    };
    if !PORTS.contains(&number) {
        report.add(
            "ELB-HC-001",
            keys::HEALTH_CHECK_PORT,
            format!("{number} is not the number of a port, 1 to 65535"),
            "write a number from 1 to 65535, or traffic-port",
        );
        return;
    }
    let is_node_port = ports.iter().any(|port| i64::from(port.node_port) == number)
        || i64::from(facts.service.spec.health_check_node_port) == number;
    if facts.kind().is_in_tree() && !is_node_port && ports.iter().any(|port| i64::from(port.port) == number) {
        report.add(
            "ELB-HC-002",
            keys::HEALTH_CHECK_PORT,
            format!("{number} is a port of the Service, but nodes are checked"),
            "write a node port, or traffic-port",
        );
    }
}
