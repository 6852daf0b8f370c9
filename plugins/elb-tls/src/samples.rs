//! Services for unit tests.

use serde_json::{Value, json};
use shared::model::Service;

use crate::keys;

/// A certificate of ACM in us-east-1.
pub const ARN: &str = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012";

/// Another certificate of ACM in us-east-1.
pub const OTHER_ARN: &str =
    "arn:aws:acm:us-east-1:123456789012:certificate/87654321-1234-1234-1234-123456789012";

/// A LoadBalancer Service with ports http 80 and https 443, and these annotations by short keys.
pub fn web(annotations: &[(&str, &str)]) -> Service {
    of_ports(
        json!([
            {"name": "http", "port": 80, "targetPort": "nodejs-port", "nodePort": 30080, "protocol": "TCP"},
            {"name": "https", "port": 443, "targetPort": "nodejs-port", "nodePort": 30443, "protocol": "TCP"},
        ]),
        annotations,
    )
}

/// A LoadBalancer Service with these ports and annotations.
pub fn of_ports(ports: Value, annotations: &[(&str, &str)]) -> Service {
    let annotations: serde_json::Map<String, Value> =
        annotations.iter().map(|(key, value)| (keys::full_name(key), json!(value))).collect();
    serde_json::from_value(json!({
        "metadata": {"name": "web", "namespace": "shop", "uid": "0f0c4a38-7b2e-4f6a-9d5e-111122223333", "annotations": annotations},
        "spec": {"type": "LoadBalancer", "ports": ports},
    }))
    .unwrap()
}

/// The same Service with a load balancer of this hostname.
pub fn live(mut service: Service, hostname: &str) -> Service {
    let ingress = shared::model::LoadBalancerIngress { hostname: hostname.into(), ..Default::default() };
    service.status.load_balancer.ingress = vec![ingress];
    service
}

/// The hostname of a Classic Load Balancer.
pub const CLASSIC_HOST: &str = "a0f0c4a387b2e4f6a9d5e11112222333-1234567890.us-east-1.elb.amazonaws.com";

/// The hostname of a Network Load Balancer of the cloud provider.
pub const NETWORK_HOST: &str =
    "a0f0c4a387b2e4f6a9d5e11112222333-0123456789abcdef.elb.us-east-1.amazonaws.com";

/// The hostname of a Network Load Balancer of the AWS Load Balancer Controller.
pub const LBC_HOST: &str = "k8s-shop-web-0123456789-0123456789abcdef.elb.us-east-1.amazonaws.com";
