//! Health checks.

use super::key::{IGNORED, Key, ValueKind, key, used};

const NODE_PORT: &str = "a port of the nodes, not of the Service, or traffic-port";

pub(super) const KEYS: &[Key] = &[
    key(
        "healthcheck-protocol",
        "The protocol of health checks",
        ValueKind::Word(&["tcp", "http", "https"]),
        (
            used(
                "taken as it stands; ssl too",
                "TCP; SSL with backend-protocol https or ssl; HTTP with externalTrafficPolicy Local",
            ),
            used(
                "in any case; a change replaces the target groups",
                "TCP; HTTP with externalTrafficPolicy Local",
            ),
            used("in any case", "TCP; HTTP with externalTrafficPolicy Local and instance targets"),
        ),
    ),
    key(
        "healthcheck-port",
        "The port of health checks",
        ValueKind::Text,
        (
            used(NODE_PORT, "the first node port"),
            used(NODE_PORT, "traffic-port"),
            used("a port of the targets, the name of a Service port, or traffic-port", "traffic-port"),
        ),
    ),
    key(
        "healthcheck-path",
        "The path of HTTP health checks",
        ValueKind::Text,
        (
            used("HTTP and HTTPS only", "/"),
            used("HTTP and HTTPS only", "/"),
            used("HTTP and HTTPS only", "/"),
        ),
    ),
    key(
        "healthcheck-interval",
        "The seconds between health checks",
        ValueKind::Number,
        (
            used("5 to 300, above the timeout", "10"),
            used("5 to 300; a change replaces the target groups", "30; 10 with externalTrafficPolicy Local"),
            used("5 to 300", "10"),
        ),
    ),
    key(
        "healthcheck-timeout",
        "The seconds a health check may take",
        ValueKind::Number,
        (
            used("2 to 60, below the interval", "5"),
            used("2 to 120", "10"),
            used("2 to 120", "10; 6 with externalTrafficPolicy Local"),
        ),
    ),
    key(
        "healthcheck-healthy-threshold",
        "Checks in a row that make a target healthy",
        ValueKind::Number,
        (
            used("2 to 10", "2"),
            used("2 to 10", "3; 2 with externalTrafficPolicy Local"),
            used("2 to 10", "3; 2 with externalTrafficPolicy Local"),
        ),
    ),
    key(
        "healthcheck-unhealthy-threshold",
        "Checks in a row that make a target unhealthy",
        ValueKind::Number,
        (
            used("2 to 10", "6"),
            used("2 to 10", "3; 2 with externalTrafficPolicy Local"),
            used("2 to 10", "3; 2 with externalTrafficPolicy Local"),
        ),
    ),
    key(
        "healthcheck-success-codes",
        "The status codes that mean health",
        ValueKind::Text,
        (IGNORED, IGNORED, used("HTTP and HTTPS only", "200-399")),
    ),
];
