//! What the tests of `kubectl elb-tls` start from.

use ::support::{TestEnv, cluster, executable};
use serde_json::{Value, json};

/// The plugin's file name.
pub const ELB_TLS: &str = "kubectl-elb_tls";

/// A certificate of ACM in us-east-1.
pub const ARN: &str = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012";

/// What keys of load balancers begin with.
pub const PREFIX: &str = "service.beta.kubernetes.io/aws-load-balancer-";

/// kubectl with the plugin on its PATH, without a cluster. A test that needs one starts from
/// [`administrator`].
pub fn without_cluster() -> TestEnv {
    TestEnv::new().kubectl().program(executable(ELB_TLS))
}

/// kubectl with the plugin on its PATH, as the administrator of the shared control plane.
pub fn administrator() -> TestEnv {
    TestEnv::on(cluster()).program(executable(ELB_TLS))
}

/// The same for a user: kubectl, the plugin and the user's kubeconfig.
pub fn user(name: &str) -> TestEnv {
    let kubeconfig = cluster().user(name, &[]).expect("a user");
    administrator().kubeconfig(kubeconfig)
}

/// The textbook's Service, with annotations by short keys.
pub fn textbook(namespace: &str, annotations: &[(&str, &str)]) -> Value {
    let annotations: serde_json::Map<String, Value> =
        annotations.iter().map(|(key, value)| (format!("{PREFIX}{key}"), json!(value))).collect();
    json!({
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {"name": "nodejs", "namespace": namespace, "annotations": annotations},
        "spec": {
            "type": "LoadBalancer",
            "selector": {"app": "nodejs"},
            "ports": [
                {"name": "http", "port": 80, "targetPort": "nodejs-port"},
                {"name": "https", "port": 443, "targetPort": "nodejs-port"},
            ],
        },
    })
}

/// Creates the textbook's Service.
pub fn create(namespace: &str, annotations: &[(&str, &str)]) -> Value {
    cluster().api().create(&textbook(namespace, annotations)).expect("a Service")
}

/// Gives the textbook's Service a hostname, as a controller would.
pub fn set_hostname(namespace: &str, hostname: &str) {
    let path = format!("/api/v1/namespaces/{namespace}/services/nodejs/status");
    let status = json!({"status": {"loadBalancer": {"ingress": [{"hostname": hostname}]}}});
    cluster().api().merge_patch(&path, &status).expect("a status to write");
}

/// Writes an event about the textbook's Service, as the cloud provider would.
pub fn event(namespace: &str, uid: &Value, kind: &str, reason: &str, message: &str, time: &str) {
    let event = json!({
        "apiVersion": "v1",
        "kind": "Event",
        "metadata": {"name": format!("nodejs.{}", reason.to_lowercase()), "namespace": namespace},
        "involvedObject": {"apiVersion": "v1", "kind": "Service", "namespace": namespace, "name": "nodejs", "uid": uid},
        "type": kind,
        "reason": reason,
        "message": message,
        "source": {"component": "service-controller"},
        "firstTimestamp": time,
        "lastTimestamp": time,
        "count": 1,
    });
    cluster().api().create(&event).expect("an event");
}

/// The hostname of a Classic Load Balancer.
pub const CLASSIC_HOST: &str = "a0f0c4a387b2e4f6a9d5e11112222333-1234567890.us-east-1.elb.amazonaws.com";
