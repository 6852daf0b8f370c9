//! Messages of a server of 1.36.

use serde_json::{Value, json};

use super::PodSecurity;

fn violation(labels: &[(&str, &str)], spec: Value) -> Option<String> {
    let labels = labels
        .iter()
        .map(|(name, value)| (format!("pod-security.kubernetes.io/{name}"), (*value).to_owned()));
    PodSecurity::of_namespace(&labels.collect())?.violation(&json!({"spec": spec}))
}

#[test]
fn everything_wrong_at_once() {
    let spec = json!({
        "hostNetwork": true, "hostPID": true, "volumes": [{"name": "h", "hostPath": {"path": "/"}}],
        "containers": [{
            "name": "c", "ports": [{"containerPort": 80, "hostPort": 80}],
            "securityContext": {"privileged": true, "capabilities": {"add": ["NET_ADMIN"]}},
        }],
    });
    assert_eq!(
        violation(&[("enforce", "restricted")], spec.clone()).unwrap(),
        "violates PodSecurity \"restricted:latest\": host namespaces (hostNetwork=true, hostPID=true), hostPort (container \"c\" uses hostPort 80), privileged (container \"c\" must not set securityContext.privileged=true), allowPrivilegeEscalation != false (container \"c\" must set securityContext.allowPrivilegeEscalation=false), unrestricted capabilities (container \"c\" must set securityContext.capabilities.drop=[\"ALL\"]; container \"c\" must not include \"NET_ADMIN\" in securityContext.capabilities.add), restricted volume types (volume \"h\" uses restricted volume type \"hostPath\"), runAsNonRoot != true (pod or container \"c\" must set securityContext.runAsNonRoot=true), seccompProfile (pod or container \"c\" must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\")"
    );
    let baseline = violation(&[("enforce", "baseline"), ("enforce-version", "v1.30")], spec.clone()).unwrap();
    assert!(
        baseline.starts_with(
            "violates PodSecurity \"baseline:v1.30\": non-default capabilities (container \"c\" must not include \"NET_ADMIN\" in securityContext.capabilities.add), host namespaces "
        ),
        "{baseline}"
    );
    assert_eq!(violation(&[("enforce", "privileged")], spec.clone()), None);
    assert_eq!(violation(&[("warn", "restricted")], spec), None);
}

#[test]
fn what_is_of_the_level_passes() {
    let spec = json!({
        "securityContext": {"runAsNonRoot": true, "seccompProfile": {"type": "RuntimeDefault"}},
        "volumes": [{"name": "a", "emptyDir": {}}],
        "containers": [{"name": "c", "securityContext": {
            "allowPrivilegeEscalation": false, "capabilities": {"drop": ["ALL"], "add": ["NET_BIND_SERVICE"]},
        }}],
    });
    assert_eq!(violation(&[("enforce", "restricted")], spec), None);
    assert_eq!(violation(&[("enforce", "baseline")], json!({"containers": [{"name": "a"}]})), None);
}
