//! Certificates, TLS ports, protocols and listeners.

use super::key::{IGNORED, Key, ValueKind, create_only, dotted, ignored, key, of_services, used};

/// The words of `alpn-policy`.
const ALPN: &[&str] = &["None", "HTTP1Only", "HTTP2Only", "HTTP2Optional", "HTTP2Preferred"];

const TAG_MEANING: &str = "pairs are cut at the first two `=`: in a=b=c the value is b";

pub(super) const KEYS: &[Key] = &[
    key(
        "ssl-cert",
        "The ARN of the certificate (ACM or IAM) of TLS listeners",
        ValueKind::List,
        (
            used("one ARN, taken as it stands; another one deletes and recreates the listener", "no TLS"),
            used("one ARN, taken as it stands; replaced in place", "no TLS"),
            used(
                "ARNs, the first is the default, the others are chosen by server name; replaced in place",
                "no TLS",
            ),
        ),
    ),
    key(
        "ssl-ports",
        "The ports of the Service that speak TLS, by number or name",
        ValueKind::List,
        (
            used("entries are not trimmed, unknown ones are ignored; * is all", "all ports"),
            used("entries are not trimmed, unknown ones are ignored; * is all; never UDP", "all ports"),
            used("entries are trimmed; an unknown one, * included, stops the sync; never UDP", "all ports"),
        ),
    ),
    key(
        "backend-protocol",
        "The protocol between load balancer and pods",
        ValueKind::Word(&["http", "https", "tcp", "ssl"]),
        (
            used(
                "http and https make HTTPS listeners, tcp and ssl make SSL listeners; other words stop the sync",
                "tcp",
            ),
            used("only ssl has an effect: TLS to the pods", "tcp"),
            used("only ssl has an effect: TLS to the pods", "tcp"),
        ),
    ),
    key(
        "ssl-negotiation-policy",
        "The predefined security policy: TLS versions and ciphers",
        ValueKind::Text,
        (
            used(
                "a policy of Classic Load Balancers; a wrong one stops the registration of nodes; removed, the old one stays",
                "ELBSecurityPolicy-2016-08",
            ),
            used(
                "a policy of Network Load Balancers; removed, the old one stays",
                "ELBSecurityPolicy-2016-08",
            ),
            used(
                "a policy of Network Load Balancers; removed, the default comes back",
                "--default-ssl-policy, ELBSecurityPolicy-2016-08",
            ),
        ),
    ),
    key(
        "alpn-policy",
        "The application protocols that TLS listeners offer (ALPN)",
        ValueKind::Word(ALPN),
        (
            IGNORED,
            IGNORED,
            used("TLS listeners only; other words stop the sync; removed, the old one stays", "None"),
        ),
    ),
    dotted(key(
        "listener-attributes",
        "Attributes of one listener: listener-attributes.PROTOCOL-PORT",
        ValueKind::Map,
        (
            IGNORED,
            IGNORED,
            used(
                "the protocol is that of the listener, and never TLS: tcp.idle_timeout.seconds is 60 to 6000",
                "AWS",
            ),
        ),
    )),
    key(
        "quic-enabled-ports",
        "UDP ports that become QUIC",
        ValueKind::List,
        (
            IGNORED,
            IGNORED,
            used("UDP becomes QUIC and TCP_UDP becomes TCP_QUIC; a TCP or TLS port stops the sync", "none"),
        ),
    ),
    key(
        "enable-tcp-udp-listener",
        "One TCP_UDP listener for a port that the Service has as TCP and UDP",
        ValueKind::Boolean,
        (
            IGNORED,
            IGNORED,
            used("such a port never speaks TLS; a value that is not a boolean is ignored", "false"),
        ),
    ),
    of_services(dotted(key(
        "actions",
        "Weighted target groups of one listener: actions.PROTOCOL-PORT",
        ValueKind::Json,
        (IGNORED, IGNORED, used("the protocol is that of the listener", "one target group")),
    ))),
    key(
        "proxy-protocol",
        "PROXY protocol to the pods, which have to expect it",
        ValueKind::Word(&["*"]),
        (
            used("version 1 on all ports; other values stop the sync", "off"),
            ignored("ignored; use target-group-attributes proxy_protocol_v2.enabled=true"),
            used("version 2 on all ports; other values, an empty one too, stop the sync", "off"),
        ),
    ),
    key(
        "proxy-protocol-per-target-group",
        "PROXY protocol version 2 on some ports of the Service",
        ValueKind::List,
        (IGNORED, IGNORED, used("numbers of ports; proxy-protocol wins", "off")),
    ),
    key(
        "additional-resource-tags",
        "Tags of the AWS resources",
        ValueKind::Map,
        (
            used(TAG_MEANING, "none; tags are added, never removed"),
            create_only(TAG_MEANING, "none"),
            used(
                "commas and backslashes are escaped by a backslash; a key without `=` stops the sync",
                "none",
            ),
        ),
    ),
];
