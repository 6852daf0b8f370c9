//! `what-if` in all namespaces knows of each what admission knows.

use serde_json::json;
use support::{cluster, fresh_namespace};

use crate::{
    objects::{deployment, template, with_grace},
    support::{administrator, enforced_quota, wait_for_status},
};

#[test]
fn all_namespaces_are_told_with_their_pod_security_and_without_policies_of_others() {
    let env = administrator();
    let api = cluster().api();
    let quota = fresh_namespace("shared");
    let [plain, strict, elsewhere] =
        ["what-if-plain", "what-if-strict", "what-if-elsewhere"].map(fresh_namespace);
    let level = json!({"metadata": {"labels": {"pod-security.kubernetes.io/enforce": "baseline"}}});
    api.merge_patch(&format!("/api/v1/namespaces/{strict}"), &level).expect("a level");
    let policy = json!({
        "apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingAdmissionPolicy", "metadata": {"name": elsewhere},
        "spec": {
            "matchConstraints": {
                "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": elsewhere}},
                "resourceRules": [{"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE"], "resources": ["pods"]}],
            },
            "validations": [{"expression": "true"}],
        },
    });
    let binding = json!({
        "apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingAdmissionPolicyBinding", "metadata": {"name": elsewhere},
        "spec": {"policyName": elsewhere, "validationActions": ["Deny"]},
    });
    for (plural, object) in
        [("validatingadmissionpolicies", policy), ("validatingadmissionpolicybindings", binding)]
    {
        let path = format!("/apis/admissionregistration.k8s.io/v1/{plural}");
        let answer = api.request("POST", &path, None, Some(&object)).expect("an answer");
        assert_eq!(answer.status, 201, "{}", answer.body);
    }
    for namespace in [&plain, &strict] {
        enforced_quota(namespace, &quota, &json!({"pods": "9"}));
        let pods = with_grace(template("web", &json!({"cpu": "1m"})), 0);
        let mut web = deployment(namespace, "web", 1, pods);
        web["spec"]["template"]["spec"]["hostNetwork"] = json!(true);
        api.create(&web).expect("a deployment");
    }
    let path = format!("/apis/apps/v1/namespaces/{plain}/deployments/web");
    api.wait_for(&path, "a pod", |web| web["status"]["replicas"] == 1).expect("a pod");
    wait_for_status(&plain, &quota, |status| status["used"]["pods"] == "1");
    let words = ["quota", "what-if", "-A", "--quota", &quota, "--hard", "pods=5", "-o", "json"];
    let told = env.run("kubectl", words).json();
    assert_eq!(told["unchecked"], json!([]));
    for (namespace, is_refused) in [(&plain, false), (&strict, true)] {
        let items = told["items"].as_array().expect("items");
        let item = items.iter().find(|one| one["namespace"] == **namespace).expect("the namespace");
        let alone = ["quota", "what-if", "-n", namespace, "--hard", "pods=5", "-o", "json"];
        assert_eq!(item["workloads"], env.run("kubectl", alone).json()["workloads"], "{namespace}");
        let messages = item["workloads"][0]["before"]["messages"].to_string();
        assert_eq!(messages.contains("violates PodSecurity"), is_refused, "{messages}");
    }
}
