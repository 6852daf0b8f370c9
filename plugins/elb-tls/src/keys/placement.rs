//! Which load balancer, where, with which addresses and security groups.

use super::key::{IGNORED, Key, ValueKind, create_only, ignored, key, of_services, refused, used};

pub(super) const KEYS: &[Key] = &[
    key(
        "type",
        "Which controller makes which load balancer",
        ValueKind::Word(&["nlb", "external", "nlb-ip"]),
        (
            used(
                "absent, or any word that is not nlb, external or nlb-ip; not to be changed later",
                "a Classic Load Balancer",
            ),
            used("nlb; not to be changed later", "a Classic Load Balancer"),
            used(
                "external with nlb-target-type, or nlb-ip; without meaning where spec.loadBalancerClass is set",
                "",
            ),
        ),
    ),
    key(
        "nlb-target-type",
        "Whether nodes or pods are the targets",
        ValueKind::Word(&["instance", "ip"]),
        (IGNORED, IGNORED, used("instance needs node ports; ip needs routable pod addresses", "instance")),
    ),
    key(
        "scheme",
        "Whether the load balancer has public addresses",
        ValueKind::Word(&["internal", "internet-facing"]),
        (
            ignored("ignored, the load balancer is public; use internal: \"true\""),
            ignored("ignored, the load balancer is public; use internal: \"true\""),
            used(
                "a change deletes the load balancer and creates another under another hostname",
                "internal, or as the load balancer is",
            ),
        ),
    ),
    key(
        "internal",
        "Whether the load balancer is internal",
        ValueKind::Boolean,
        (
            used(
                "anything but \"\" and \"false\" is internal; on a live load balancer the subnets are swapped, the scheme stays",
                "internet-facing",
            ),
            create_only("anything but \"\" and \"false\" is internal", "internet-facing"),
            used("a boolean; scheme wins; deprecated", "internal"),
        ),
    ),
    key(
        "name",
        "The name of the load balancer",
        ValueKind::Text,
        (IGNORED, IGNORED, create_only("at most 32 characters", "k8s-NAMESPACE-NAME-HASH")),
    ),
    key(
        "subnets",
        "The subnets, by ID or Name tag",
        ValueKind::List,
        (
            used("attached and detached", "discovered by the tags of their role"),
            create_only(
                "the subnets of a Network Load Balancer stay",
                "discovered by the tags of their role",
            ),
            used("at least one a zone", "discovered by the tags of their role"),
        ),
    ),
    key(
        "eip-allocations",
        "Elastic IP addresses",
        ValueKind::List,
        (
            IGNORED,
            create_only("one a subnet; not trimmed", "AWS addresses"),
            create_only("one a subnet; internet-facing only", "AWS addresses"),
        ),
    ),
    key(
        "private-ipv4-addresses",
        "Private IPv4 addresses",
        ValueKind::List,
        (
            IGNORED,
            create_only("one a subnet; not trimmed", "AWS addresses"),
            create_only("one a subnet; internal only", "AWS addresses"),
        ),
    ),
    key(
        "ipv6-addresses",
        "IPv6 addresses",
        ValueKind::List,
        (IGNORED, IGNORED, create_only("one a subnet; dualstack only", "AWS addresses")),
    ),
    key(
        "ip-address-type",
        "The families of addresses",
        ValueKind::Word(&["ipv4", "dualstack"]),
        (IGNORED, IGNORED, used("other words stop the sync", "ipv4")),
    ),
    key(
        "enable-prefix-for-ipv6-source-nat",
        "Source NAT prefixes for UDP over IPv6",
        ValueKind::Word(&["on", "off"]),
        (IGNORED, IGNORED, used("dualstack only", "off")),
    ),
    key(
        "source-nat-ipv6-prefixes",
        "The source NAT prefixes",
        ValueKind::List,
        (IGNORED, IGNORED, used("a /80 or auto_assigned a subnet; dualstack only", "auto_assigned")),
    ),
    key(
        "target-node-labels",
        "The labels of the nodes that are targets",
        ValueKind::Map,
        (
            used("a key without a value is any value", "all nodes"),
            used("a key without a value is any value", "all nodes"),
            used("instance targets only; a key without `=` stops the sync", "all nodes"),
        ),
    ),
    key(
        "security-groups",
        "Security groups instead of a managed one",
        ValueKind::List,
        (
            used("replaces all", "a managed security group"),
            refused("the controller gives up (accepted in Managed mode from version 1.37 on)"),
            used("IDs or Name tags; rules for the nodes are then off by default", "a managed security group"),
        ),
    ),
    key(
        "extra-security-groups",
        "Security groups beside the managed one",
        ValueKind::List,
        (used("added", "none"), refused("the controller gives up"), ignored("ignored; use security-groups")),
    ),
    key(
        "manage-backend-security-group-rules",
        "Whether the security groups of nodes are opened",
        ValueKind::Boolean,
        (IGNORED, IGNORED, used("a boolean", "true; false where security-groups is set")),
    ),
    key(
        "disable-nlb-sg",
        "A load balancer without security groups",
        ValueKind::Boolean,
        (
            IGNORED,
            IGNORED,
            create_only("stops the sync where the load balancer has security groups", "false"),
        ),
    ),
    key(
        "inbound-sg-rules-on-private-link-traffic",
        "Whether security groups hold for traffic through PrivateLink",
        ValueKind::Word(&["on", "off"]),
        (IGNORED, IGNORED, used("other words stop the sync", "AWS")),
    ),
    key(
        "security-group-prefix-lists",
        "Prefix lists that the managed security group lets in",
        ValueKind::List,
        (IGNORED, IGNORED, used("pl-… IDs", "none")),
    ),
    key(
        "enable-icmp-for-path-mtu-discovery",
        "Whether the managed security group lets ICMP in",
        ValueKind::Word(&["on"]),
        (IGNORED, IGNORED, used("other words are off", "off")),
    ),
    of_services(key(
        "load-balancer-source-ranges",
        "The CIDR blocks that clients may connect from",
        ValueKind::List,
        (
            used("spec.loadBalancerSourceRanges wins", "0.0.0.0/0"),
            used("spec.loadBalancerSourceRanges wins; rules of the nodes", "0.0.0.0/0"),
            used("spec.loadBalancerSourceRanges wins; not with security-groups", "0.0.0.0/0"),
        ),
    )),
    key(
        "multi-cluster-target-group",
        "Target groups that several clusters register in",
        ValueKind::Boolean,
        (IGNORED, IGNORED, used("a boolean", "false")),
    ),
    key(
        "minimum-load-balancer-capacity",
        "Reserved capacity: CapacityUnits=N",
        ValueKind::Map,
        (IGNORED, IGNORED, used("another key stops the sync; removed, the reservation stays", "none")),
    ),
];
