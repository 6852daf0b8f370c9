//! What the controllers say where they refuse a Service, word by word: `status` explains these.

use crate::support::{KINDS, Kind, PREFIX, Service, bed};
use aws::{CERTIFICATES, Controller};
use serde_json::{Value, json};

const CLOUD: &str = "Error syncing load balancer: failed to ensure load balancer: ";
const MISSING: &str = "arn:aws:acm:us-east-1:123456789012:certificate/99999999-9999-4999-8999-999999999999";

/// Makes a Service and returns why its controller gives up. The event that a user sees has the same words.
#[track_caller]
fn refusal(kind: Kind, annotations: &[(&str, &str)], change: impl FnOnce(&mut Value)) -> String {
    let service = Service::create_with(kind, annotations, change);
    let refused = service.failed();
    let reason = match refused.controller {
        Controller::Cloud => "SyncLoadBalancerFailed",
        Controller::LoadBalancer => "Failed",
    };
    assert!(refused.reason.starts_with(reason), "{refused:?}");
    let message = without_request(&refused.message);
    let path = format!("/api/v1/namespaces/{}/events", service.namespace);
    let told = bed().cluster().api().wait(&path, "", "the event", |events| {
        events.iter().any(|event| event["message"].as_str().map(without_request).as_deref() == Some(&message))
    });
    told.expect("an event of these words");
    message
}

/// The number of a request is another one each time.
fn without_request(message: &str) -> String {
    match message.split_once("RequestID: ") {
        Some((before, after)) => format!("{before}RequestID: X{}", &after[after.find(',').unwrap_or(0)..]),
        None => message.to_owned(),
    }
}

fn nothing(_: &mut Value) {}

#[test]
fn of_classic_load_balancers() {
    let certificate = ("ssl-cert", CERTIFICATES[0]);
    let secured = |key: &'static str, value: &'static str| vec![certificate, (key, value)];
    let table = [
        (vec![("ssl-cert", MISSING)], format!("operation error Elastic Load Balancing: CreateLoadBalancer, https response error StatusCode: 400, RequestID: X, CertificateNotFound: Server Certificate not found for the key: {MISSING}")),
        (secured("ssl-negotiation-policy", "ELBSecurityPolicy-TLS13-1-2-2021-06"), "error creating security policy on load balancer: \"operation error Elastic Load Balancing: CreateLoadBalancerPolicy, https response error StatusCode: 400, RequestID: X, api error ValidationError: Invalid Reference Security Policy: ELBSecurityPolicy-TLS13-1-2-2021-06. Use DescribeLoadBalancerPolicies API to list valid security policies.\"".into()),
        (secured("backend-protocol", "HTTP"), format!("Invalid backend protocol HTTP for {} in {PREFIX}backend-protocol", CERTIFICATES[0])),
        (vec![("proxy-protocol", "true")], format!("annotation \"{PREFIX}proxy-protocol\"=\"true\" detected, but the only value supported currently is '*'")),
        (vec![("connection-idle-timeout", "abc")], format!("error parsing service annotation: {PREFIX}connection-idle-timeout=abc")),
        (vec![("connection-draining-enabled", "yes")], format!("error parsing service annotation: {PREFIX}connection-draining-enabled=yes")),
        (vec![("healthcheck-port", "https")], "strconv.ParseInt: parsing \"https\": invalid syntax".into()),
        (vec![("target-group-attributes", "proxy_protocol_v2.enabled=true")], "target group attributes annotation is only supported for NLB".into()),
    ];
    for (annotations, expected) in table {
        assert_eq!(refusal(Kind::Classic, &annotations, nothing), format!("{CLOUD}{expected}"));
    }
    let idle = refusal(Kind::Classic, &[("connection-idle-timeout", "7200")], nothing);
    assert!(idle.starts_with(&format!("{CLOUD}Unable to update load balancer attributes during attribute sync: \"operation error Elastic Load Balancing: ModifyLoadBalancerAttributes, ")), "{idle}");
    for (annotation, expected) in [
        (
            ("healthcheck-interval", "3"),
            "\"some of the load balancer health check parameters are invalid: HealthCheck validation errors: Interval must be at least 5\"",
        ),
        (
            ("healthcheck-timeout", ""),
            "\"failed parsing health check annotation value: strconv.ParseInt: parsing \\\"\\\": invalid syntax\"",
        ),
    ] {
        let message = refusal(Kind::Classic, &[annotation], nothing);
        let start = format!("{CLOUD}cannot update health check for load balancer \"a");
        assert!(message.starts_with(&start) && message.ends_with(expected), "{message}");
    }
}

#[test]
fn of_both_kinds_of_aws_cloud_controller_manager() {
    for kind in [Kind::Classic, Kind::InTree] {
        let sticky = refusal(kind, &[], |service| service["spec"]["sessionAffinity"] = json!("ClientIP"));
        assert_eq!(sticky, format!("{CLOUD}unsupported load balancer affinity: ClientIP"));
        let address = refusal(kind, &[], |service| service["spec"]["loadBalancerIP"] = json!("192.0.2.7"));
        assert_eq!(address, format!("{CLOUD}LoadBalancerIP cannot be specified for AWS ELB"));
        let mixed = refusal(kind, &[], |service| service["spec"]["ports"][1]["protocol"] = json!("UDP"));
        assert_eq!(mixed, format!("{CLOUD}mixed protocol is not supported for LoadBalancer"));
    }
    let datagrams = refusal(Kind::Classic, &[], |service| {
        for port in service["spec"]["ports"].as_array_mut().into_iter().flatten() {
            port["protocol"] = json!("UDP");
        }
    });
    assert_eq!(datagrams, format!("{CLOUD}Protocol UDP not supported by LoadBalancer"));
}

#[test]
fn of_network_load_balancers_in_tree() {
    let table = [
        (vec![("ssl-cert", MISSING)], format!("error creating listener: \"error creating load balancer listener: \\\"operation error Elastic Load Balancing v2: CreateListener, https response error StatusCode: 400, RequestID: X, CertificateNotFound: Certificate '{MISSING}' not found\\\"\"")),
        (vec![("ssl-cert", CERTIFICATES[0]), ("ssl-negotiation-policy", "X")], "error creating listener: \"error creating load balancer listener: \\\"operation error Elastic Load Balancing v2: CreateListener, https response error StatusCode: 400, RequestID: X, SSLPolicyNotFound: SSL policy 'X' not found\\\"\"".into()),
        (vec![("healthcheck-protocol", "SSL")], "Unsupported health check protocol SSL".into()),
        (vec![("target-group-attributes", "stickiness.enabled=true")], "error validating target group attributes: the attribute \"stickiness.enabled\" is not supported by the controller or is invalid".into()),
        (vec![("security-groups", "sg-1")], format!("BYO security group annotation \"{PREFIX}security-groups\" is not supported by NLB")),
    ];
    for (annotations, expected) in table {
        assert_eq!(refusal(Kind::InTree, &annotations, nothing), format!("{CLOUD}{expected}"));
    }
    let live = |annotations: &[(&str, Option<&str>)], created: &[(&str, &str)]| {
        let mut service = Service::create(Kind::InTree, created);
        service.synced();
        let message = without_request(&service.annotate(annotations).failed().message);
        (message, bed().aws().load_balancers_of(&service.namespace, &service.name).len())
    };
    let (duplicate, _) = live(&[("ssl-cert", Some(CERTIFICATES[0]))], &[]);
    let start = format!(
        "{CLOUD}error creating load balancer listener: \"operation error Elastic Load Balancing v2: CreateListener, https response error StatusCode: 400, RequestID: X, DuplicateListener: A listener already exists on this port for this load balancer 'arn:"
    );
    assert!(duplicate.starts_with(&start), "{duplicate}");
    let secured = [("ssl-cert", CERTIFICATES[0])];
    let (policy, _) = live(&[("ssl-negotiation-policy", Some("X"))], &secured);
    assert_eq!(
        policy,
        format!(
            "{CLOUD}error updating load balancer listener: \"operation error Elastic Load Balancing v2: ModifyListener, https response error StatusCode: 400, RequestID: X, SSLPolicyNotFound: SSL policy 'X' not found\""
        )
    );
}

#[test]
fn of_aws_load_balancer_controller() {
    let certificate = ("ssl-cert", CERTIFICATES[0]);
    let secured = |key: &'static str, value: &'static str| vec![certificate, (key, value)];
    let build = [
        (secured("ssl-ports", "*"), "Unused port in ssl-ports annotation [*]".to_owned()),
        (vec![("ssl-ports", "8443")], "Unused port in ssl-ports annotation [8443]".into()),
        (secured("ssl-ports", "+443"), "Unused port in ssl-ports annotation [+443]".into()),
        (secured("alpn-policy", "h2"), "invalid ALPN policy h2, policy must be one of [None, HTTP1Only, HTTP2Only, HTTP2Optional, HTTP2Preferred]".into()),
        (vec![("proxy-protocol", "true")], "invalid value true for Load Balancer proxy protocol v2 annotation, only value currently supported is *".into()),
        (vec![("additional-resource-tags", "K")], format!("failed to parse stringMap annotation, {PREFIX}additional-resource-tags: K")),
        (vec![("internal", "no")], format!("failed to parse bool annotation, {PREFIX}internal: no: strconv.ParseBool: parsing \"no\": invalid syntax")),
        (vec![("scheme", "public")], "unknown scheme: public".into()),
        (vec![("name", "a-name-that-is-longer-than-thirty-two")], "load balancer name cannot be longer than 32 characters".into()),
        (secured("quic-enabled-ports", "443"), "Unsupported QUIC upgrade for protocol TLS".into()),
        (vec![("scheme", "internet-facing"), ("eip-allocations", "eipalloc-1")], "count of EIP allocations (1) and subnets (2) must match".into()),
    ];
    for (annotations, expected) in build {
        let message = refusal(Kind::LoadBalancerController, &annotations, nothing);
        assert_eq!(message, format!("Failed build model due to {expected}"));
    }
    let portless = refusal(Kind::LoadBalancerController, &[("nlb-target-type", "instance")], |service| {
        service["spec"]["allocateLoadBalancerNodePorts"] = json!(false);
    });
    assert_eq!(
        portless,
        "Failed build model due to unable to support instance target type with an unallocated NodePort"
    );
    let missing = refusal(Kind::LoadBalancerController, &[("ssl-cert", MISSING)], nothing);
    assert_eq!(
        missing,
        format!(
            "Failed deploy model due to operation error Elastic Load Balancing v2: CreateListener, https response error StatusCode: 400, RequestID: X, CertificateNotFound: Certificate '{MISSING}' not found"
        )
    );
}

/// A list of certificates is one long certificate to aws-cloud-controller-manager.
#[test]
fn of_a_list_of_certificates() {
    let list = format!("{},{}", CERTIFICATES[0], CERTIFICATES[1]);
    for kind in KINDS {
        let annotations = [("ssl-cert", list.as_str())];
        if kind == Kind::LoadBalancerController {
            Service::create(kind, &annotations).synced();
            continue;
        }
        let code = if kind == Kind::Classic {
            "CertificateNotFound: Server"
        } else {
            "ValidationError: Certificate ARN"
        };
        let message = refusal(kind, &annotations, nothing);
        assert!(message.contains(code), "{kind:?} {message}");
    }
}
