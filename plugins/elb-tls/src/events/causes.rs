//! What the messages of controllers mean, and what helps.

/// What is behind a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cause {
    /// What is behind it.
    pub cause: &'static str,
    /// What helps.
    pub advice: &'static str,
    /// Whether nothing but a change of the Service helps: trying again does not.
    pub needs_change: bool,
}

/// Returns what is behind an event; `None` where that is not known.
pub fn cause(reason: &str, message: &str) -> Option<Cause> {
    let lower = message.to_lowercase();
    let found = CAUSES.iter().find(|(part, ..)| lower.contains(&part.to_lowercase()));
    found.map(|(_, cause, advice, needs_change)| Cause { cause, advice, needs_change: *needs_change }).or_else(
        || {
            (reason == "UnAvailableLoadBalancer").then_some(Cause {
                cause: "the load balancer has no nodes",
                advice: "check that nodes are Ready and carry no label that excludes them from load balancers",
                needs_change: false,
            })
        },
    )
}

/// Part of a message, what is behind it, what helps, and whether only a change of the Service helps. The first that fits is
/// taken, so that what is more precise comes first.
const CAUSES: &[(&str, &str, &str, bool)] = &[
    (
        "CertificateNotFound",
        "AWS has no such certificate in the load balancer's region and account, or it is not issued, or load balancers can't use its key",
        "compare ssl-cert with `aws acm list-certificates` in that region; on a Classic Load Balancer the listener may be gone already, and comes back with a right certificate",
        true,
    ),
    (
        "Certificate ARN",
        "the cloud provider passes ssl-cert to AWS as it stands: it takes one ARN, without blanks",
        "name one certificate, or let the AWS Load Balancer Controller make the load balancer (kubectl elb-tls migrate)",
        true,
    ),
    (
        "DuplicateListener",
        "the cloud provider can't add TLS to a port of a live Network Load Balancer, or take it away",
        "take the port out of the Service, wait for the sync, and put it back with the certificate; or create another Service",
        true,
    ),
    (
        "SSLPolicyNotFound",
        "Network Load Balancers have no policy of that name; names are compared exactly",
        "choose one of `kubectl elb-tls policies --for network`",
        true,
    ),
    (
        "Invalid Reference Security Policy",
        "Classic Load Balancers have no policy of that name: they have neither TLS 1.3 nor custom policies here",
        "choose one of `kubectl elb-tls policies --for classic`; until then nodes are not registered",
        true,
    ),
    (
        "Invalid backend protocol",
        "backend-protocol is compared exactly",
        "write http, https, tcp or ssl in lower case",
        true,
    ),
    (
        "Unused port in ssl-ports",
        "ssl-ports names what is not a port of the Service; the AWS Load Balancer Controller does not know *",
        "name ports by number or name, or remove the key for all",
        true,
    ),
    (
        "policy must be one of [None, HTTP1Only",
        "alpn-policy is compared exactly",
        "write None, HTTP1Only, HTTP2Only, HTTP2Optional or HTTP2Preferred",
        true,
    ),
    (
        "An SSL policy cannot be specif",
        "old versions of the AWS Load Balancer Controller send a policy for listeners without TLS",
        "upgrade the controller, or remove ssl-negotiation-policy",
        true,
    ),
    (
        "cannot update Load Balancer Type annotation",
        "the type of a live load balancer was changed, which the cloud provider refuses",
        "set the type annotation back, and create another Service for another load balancer (kubectl elb-tls migrate)",
        true,
    ),
    (
        "only value currently supported is *",
        "proxy-protocol takes * and nothing else",
        "write *, or remove the key",
        true,
    ),
    (
        "only value supported currently is",
        "proxy-protocol takes * and nothing else",
        "write *, or remove the key",
        true,
    ),
    (
        "unable to resolve at least one subnet",
        "no subnet is tagged for such load balancers",
        "tag subnets with kubernetes.io/role/elb=1, internal ones with kubernetes.io/role/internal-elb=1, or name them in subnets",
        false,
    ),
    (
        "could not find any suitable subnets",
        "no subnet is tagged for such load balancers",
        "tag subnets with kubernetes.io/role/elb=1, internal ones with kubernetes.io/role/internal-elb=1, or name them in subnets",
        false,
    ),
    (
        "has no internet gateway",
        "a public load balancer was asked for in a VPC without an internet gateway",
        "where an internal one is meant: internal: \"true\" for the cloud provider, scheme: internal for the AWS Load Balancer Controller",
        false,
    ),
    (
        "failed to parse bool annotation",
        "the value is not a boolean of Go",
        "write \"true\" or \"false\"",
        true,
    ),
    (
        "failed to parse stringMap annotation",
        "the value is not a list of KEY=VALUE",
        "write KEY=VALUE,KEY=VALUE without a comma at the end",
        true,
    ),
    (
        "error parsing service annotation",
        "a number or boolean can't be read",
        "write numbers without units, and \"true\" or \"false\"",
        true,
    ),
    (
        "failed parsing health check annotation",
        "a number of the health check can't be read",
        "write a number, or remove the key",
        true,
    ),
    (
        "HealthCheck validation errors",
        "a number of the health check is out of its range",
        "see `kubectl elb-tls explain ELB-HC-001`",
        true,
    ),
    ("unknown scheme", "scheme is internal or internet-facing", "write one of the two", true),
    (
        "unallocated NodePort",
        "nodes are the targets, but the Service has no node ports",
        "set spec.allocateLoadBalancerNodePorts to true, or nlb-target-type to ip",
        true,
    ),
    (
        "may only be used when `spec.type` is 'LoadBalancer'",
        "the load balancer is made, but a Service of this type can't have its hostname",
        "set spec.type to LoadBalancer",
        true,
    ),
    (
        "unsupported load balancer affinity",
        "load balancers of the cloud provider have no session affinity",
        "set spec.sessionAffinity to None",
        true,
    ),
    (
        "mixed protocol is not supported",
        "the cloud provider makes no load balancer for TCP and UDP at once",
        "split the Service, or use the AWS Load Balancer Controller",
        true,
    ),
    (
        "Protocol UDP not supported",
        "Classic Load Balancers have no UDP",
        "create another Service of type nlb",
        true,
    ),
    (
        "LoadBalancerIP cannot be specified",
        "AWS gives load balancers their addresses",
        "remove spec.loadBalancerIP",
        true,
    ),
    (
        "target group attributes",
        "the cloud provider takes preserve_client_ip.enabled and proxy_protocol_v2.enabled of Network Load Balancers alone",
        "remove other attributes",
        true,
    ),
    (
        "TooManyCertificates",
        "a load balancer has at most 25 certificates by default",
        "name fewer, or ask AWS for a higher quota",
        false,
    ),
    ("TooManyTags", "a load balancer has at most 50 tags", "name fewer tags", true),
    (
        "DuplicateTargetGroupName",
        "a target group of that name is there with other settings",
        "wait for the next try; if it stays, delete the target group that no load balancer uses",
        false,
    ),
    (
        "InvalidPermission.Duplicate",
        "two syncs wrote the nodes' security group at once",
        "nothing: the next try succeeds",
        false,
    ),
    (
        "AccessDenied",
        "the controller's IAM role lacks a permission",
        "add the action that the message names to its policy",
        false,
    ),
    (
        "UnauthorizedOperation",
        "the controller's IAM role lacks a permission",
        "add the action that the message names to its policy",
        false,
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_told_apart() {
        let of = |message: &str| cause("SyncLoadBalancerFailed", message).map(|found| found.needs_change);
        assert_eq!(of("Error: CertificateNotFound: Certificate 'x' not found"), Some(true));
        assert_eq!(of("ValidationError: Certificate ARN 'a,b' is not valid"), Some(true));
        assert_eq!(of("could not find any suitable subnets for creating the ELB"), Some(false));
        assert_eq!(of("something new"), None);
        let every = CAUSES.iter().all(|(_, cause, advice, _)| !cause.is_empty() && !advice.is_empty());
        assert!(every && cause("UnAvailableLoadBalancer", "no nodes").is_some());
    }
}
