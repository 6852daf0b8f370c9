//! Timeouts, logs and attributes.

use super::key::{IGNORED, Key, ValueKind, dotted, ignored, key, refused, used};

const DRAINING: &str = "ignored; use target-group-attributes deregistration_delay.timeout_seconds";
const DRAINING_IN_TREE: &str = "ignored; AWS drains for 300 seconds";
const IDLE: &str =
    "ignored; use listener-attributes.TCP-PORT tcp.idle_timeout.seconds, 60 to 6000; TLS listeners have 350";
const IDLE_IN_TREE: &str = "ignored; the timeout is 350 seconds";
const DEPRECATED: &str = "deprecated, use attributes";

pub(super) const KEYS: &[Key] = &[
    key(
        "connection-draining-enabled",
        "Whether open connections may end when a node is deregistered",
        ValueKind::Boolean,
        (
            used("a value that is not a boolean stops the sync; empty is unset", "false"),
            ignored(DRAINING_IN_TREE),
            ignored(DRAINING),
        ),
    ),
    key(
        "connection-draining-timeout",
        "How long open connections may take to end, in seconds",
        ValueKind::Number,
        (
            used("1 to 3600; without effect unless connection-draining-enabled is true", "300"),
            ignored(DRAINING_IN_TREE),
            ignored(DRAINING),
        ),
    ),
    key(
        "connection-idle-timeout",
        "How long a connection may be idle, in seconds",
        ValueKind::Number,
        (used("1 to 4000", "60"), ignored(IDLE_IN_TREE), ignored(IDLE)),
    ),
    key(
        "cross-zone-load-balancing-enabled",
        "Whether targets in all zones get traffic from each zone",
        ValueKind::Boolean,
        (used("a boolean", "false"), used("a boolean", "false"), used(DEPRECATED, "false")),
    ),
    key(
        "access-log-enabled",
        "Whether access logs are written to S3",
        ValueKind::Boolean,
        (
            used("a boolean", "false"),
            used("a boolean; only TLS listeners have logs", "false"),
            used(DEPRECATED, "false"),
        ),
    ),
    key(
        "access-log-s3-bucket-name",
        "The bucket of access logs",
        ValueKind::Text,
        (used("with access-log-enabled", ""), used("with access-log-enabled", ""), used(DEPRECATED, "")),
    ),
    key(
        "access-log-s3-bucket-prefix",
        "The prefix of access logs in the bucket",
        ValueKind::Text,
        (used("with access-log-enabled", ""), used("with access-log-enabled", ""), used(DEPRECATED, "")),
    ),
    key(
        "access-log-emit-interval",
        "How often access logs are written, in minutes",
        ValueKind::Number,
        (used("5 or 60", "60"), IGNORED, IGNORED),
    ),
    key(
        "attributes",
        "Attributes of the load balancer",
        ValueKind::Map,
        (IGNORED, IGNORED, used("only listed attributes are touched; removed ones keep their values", "AWS")),
    ),
    dotted(key(
        "target-group-attributes",
        "Attributes of all target groups, or of one: target-group-attributes.PORT",
        ValueKind::Map,
        (
            refused("the controller gives up"),
            used("preserve_client_ip.enabled and proxy_protocol_v2.enabled alone, true or false", "AWS"),
            used("any attribute; an empty one of a port keeps that of all", "AWS"),
        ),
    )),
];
