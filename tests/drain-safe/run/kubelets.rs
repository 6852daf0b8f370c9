//! What the emulated kubelets may not do: a kubelet deletes a pod that it has stopped by its uid
//! (`syncPod` in Kubernetes' `pkg/kubelet/status/status_manager.go`), and kwok by its name, at times twice within a tenth of a
//! second. A pod that was recreated in between, with the same name on another node, would be deleted as well.

use std::sync::Once;

use serde_json::{Value, json};
use support::cluster;

const NAME: &str = "kubelets-delete-what-ends";

static FORBIDDEN: Once = Once::new();

/// Has the API server refuse kubelets to delete pods that nobody else has deleted.
pub fn forbid_deletions_by_name() {
    FORBIDDEN.call_once(|| {
        let pods = json!([{
            "apiGroups": [""], "apiVersions": ["v1"], "operations": ["DELETE"], "resources": ["pods"],
        }]);
        create("validatingadmissionpolicies", &json!({
            "apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingAdmissionPolicy",
            "metadata": {"name": NAME},
            "spec": {
                "matchConstraints": {"resourceRules": pods},
                "matchConditions": [{"name": "kubelets", "expression": "request.userInfo.username == 'kwok'"}],
                "validations": [{
                    "expression": "has(oldObject.metadata.deletionTimestamp)",
                    "message": "this is another pod than the one that ended",
                }],
            },
        }));
        create("validatingadmissionpolicybindings", &json!({
            "apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingAdmissionPolicyBinding",
            "metadata": {"name": NAME}, "spec": {"policyName": NAME, "validationActions": ["Deny"]},
        }));
    });
}

fn create(plural: &str, object: &Value) {
    let collection = format!("/apis/admissionregistration.k8s.io/v1/{plural}");
    let answer = cluster().api().request("POST", &collection, None, Some(object)).expect("an answer");
    assert!(matches!(answer.status, 201 | 409), "{}", answer.body);
}
