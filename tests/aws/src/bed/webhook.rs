//! The webhook of aws-load-balancer-controller that claims new Services, as its Helm chart installs it.

use super::Bed;
use cluster::Result;
use serde_json::json;

/// The name of the configuration, and with it of the webhook.
const NAME: &str = "aws-load-balancer-webhook";

impl Bed {
    /// Lets the webhook claim every new Service of type LoadBalancer in a namespace.
    ///
    /// # Errors
    ///
    /// When the API server refuses it.
    pub fn install_webhook(&self, namespace: &str) -> Result<()> {
        let (port, authority) = self.processes.webhook();
        let configuration = json!({
            "apiVersion": "admissionregistration.k8s.io/v1", "kind": "MutatingWebhookConfiguration",
            "metadata": {"name": NAME},
            "webhooks": [{
                "name": "mservice.elbv2.k8s.aws",
                "admissionReviewVersions": ["v1"],
                "sideEffects": "None",
                "failurePolicy": "Fail",
                "clientConfig": {
                    "url": format!("https://127.0.0.1:{port}/mutate-v1-service"),
                    "caBundle": cluster::base64(authority.as_bytes()),
                },
                "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": namespace}},
                "rules": [{
                    "apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE"], "resources": ["services"],
                }],
            }],
        });
        let path = "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations";
        let api = self.cluster().api();
        api.request("POST", path, None, Some(&configuration)).map(drop)
    }

    /// Takes the webhook away.
    ///
    /// # Errors
    ///
    /// When the API server refuses it.
    pub fn remove_webhook(&self) -> Result<()> {
        let path = format!("/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations/{NAME}");
        self.cluster().api().delete(&path).map(drop)
    }
}
