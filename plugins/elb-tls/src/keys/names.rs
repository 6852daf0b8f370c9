//! The full names of the keys that rules and controllers read.

macro_rules! names {
    ($($constant:ident = $short:literal;)*) => {
        $(
            #[doc = concat!("`", $short, "`.")]
            pub const $constant: &str = concat!("service.beta.kubernetes.io/aws-load-balancer-", $short);
        )*
    };
}

names! {
    SSL_CERT = "ssl-cert";
    SSL_PORTS = "ssl-ports";
    BACKEND_PROTOCOL = "backend-protocol";
    SSL_POLICY = "ssl-negotiation-policy";
    ALPN_POLICY = "alpn-policy";
    LISTENER_ATTRIBUTES = "listener-attributes";
    QUIC_PORTS = "quic-enabled-ports";
    TCP_UDP_LISTENER = "enable-tcp-udp-listener";
    PROXY_PROTOCOL = "proxy-protocol";
    PROXY_PROTOCOL_PER_TARGET_GROUP = "proxy-protocol-per-target-group";
    TYPE = "type";
    TARGET_TYPE = "nlb-target-type";
    SCHEME = "scheme";
    INTERNAL = "internal";
    NAME = "name";
    SUBNETS = "subnets";
    EIP_ALLOCATIONS = "eip-allocations";
    PRIVATE_IPV4_ADDRESSES = "private-ipv4-addresses";
    IPV6_ADDRESSES = "ipv6-addresses";
    IP_ADDRESS_TYPE = "ip-address-type";
    PREFIX_FOR_IPV6_SOURCE_NAT = "enable-prefix-for-ipv6-source-nat";
    TARGET_NODE_LABELS = "target-node-labels";
    SECURITY_GROUPS = "security-groups";
    EXTRA_SECURITY_GROUPS = "extra-security-groups";
    MANAGE_BACKEND_RULES = "manage-backend-security-group-rules";
    DISABLE_SECURITY_GROUP = "disable-nlb-sg";
    PRIVATE_LINK_RULES = "inbound-sg-rules-on-private-link-traffic";
    MULTI_CLUSTER = "multi-cluster-target-group";
    MINIMUM_CAPACITY = "minimum-load-balancer-capacity";
    DRAINING_ENABLED = "connection-draining-enabled";
    DRAINING_TIMEOUT = "connection-draining-timeout";
    IDLE_TIMEOUT = "connection-idle-timeout";
    CROSS_ZONE = "cross-zone-load-balancing-enabled";
    ACCESS_LOG_ENABLED = "access-log-enabled";
    ACCESS_LOG_INTERVAL = "access-log-emit-interval";
    ATTRIBUTES = "attributes";
    TARGET_GROUP_ATTRIBUTES = "target-group-attributes";
    TAGS = "additional-resource-tags";
    HEALTH_CHECK_PROTOCOL = "healthcheck-protocol";
    HEALTH_CHECK_PORT = "healthcheck-port";
    HEALTH_CHECK_INTERVAL = "healthcheck-interval";
    HEALTH_CHECK_TIMEOUT = "healthcheck-timeout";
    HEALTHY_THRESHOLD = "healthcheck-healthy-threshold";
    UNHEALTHY_THRESHOLD = "healthcheck-unhealthy-threshold";
}

/// `load-balancer-source-ranges`, which has no `aws-` before it.
pub const SOURCE_RANGES: &str = "service.beta.kubernetes.io/load-balancer-source-ranges";
