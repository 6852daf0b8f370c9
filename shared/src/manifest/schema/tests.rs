//! What the decoder says, in words that a server of 1.36 was heard to say.

use serde_json::{Value, json};

use super::{BUILT_IN_GROUP_VERSIONS, Schema, built_in, successor};

fn error(api_version: &str, kind: &str, rest: Value) -> Option<String> {
    let mut object = json!({"apiVersion": api_version, "kind": kind, "metadata": {"name": "x"}});
    for (field, value) in rest.as_object().unwrap() {
        object[field] = value.clone();
    }
    built_in().decoding_error(api_version, kind, &object)
}

#[test]
fn values_of_another_type_in_the_words_of_go() {
    let pod = |spec: Value| error("v1", "Pod", json!({"spec": spec})).unwrap();
    let start = "json: cannot unmarshal";
    assert_eq!(
        error("apps/v1", "Deployment", json!({"spec": {"replicas": "3"}})).unwrap(),
        format!("{start} string into Go struct field DeploymentSpec.spec.replicas of type int32")
    );
    for (number, text) in [(json!(3.5), "3.5"), (json!(99_999_999_999_i64), "99999999999")] {
        assert_eq!(
            error("apps/v1", "Deployment", json!({"spec": {"replicas": number}})).unwrap(),
            format!("{start} number {text} into Go struct field DeploymentSpec.spec.replicas of type int32")
        );
    }
    assert_eq!(
        pod(json!({"containers": "c"})),
        format!("{start} string into Go struct field PodSpec.spec.containers of type []v1.Container")
    );
    assert_eq!(pod(json!([1])), format!("{start} array into Go struct field Pod.spec of type v1.PodSpec"));
    assert_eq!(
        pod(json!({"containers": [{"name": [], "image": {}}], "hostPID": "yes"})),
        format!("{start} object into Go struct field Container.spec.containers.image of type string")
    );
    assert_eq!(
        pod(json!({"containers": [{"name": "c", "args": [1]}], "nodeSelector": {"a": true}})),
        format!("{start} number into Go struct field Container.spec.containers.args of type string")
    );
    assert_eq!(
        error("v1", "ConfigMap", json!({"data": {"a": 1}})).unwrap(),
        format!("{start} number into Go struct field ConfigMap.data of type string")
    );
    assert!(
        pod(json!({"overhead": {"cpu": true}})).starts_with("quantities must match the regular expression")
    );
}

#[test]
fn unknown_fields_by_their_whole_path() {
    let found = error(
        "apps/v1",
        "Deployment",
        json!({"spec": {"x": 1, "template": {"spec": {"containers": [{"name": "a", "imgae": "b"}], "contianers": []}}}}),
    );
    assert_eq!(
        found.unwrap(),
        "strict decoding error: unknown field \"spec.template.spec.containers[0].imgae\", unknown field \"spec.template.spec.contianers\", unknown field \"spec.x\""
    );
}

#[test]
fn what_is_right_is_right() {
    let pod = json!({"metadata": {"labels": {"a": "b"}, "annotations": null}, "spec": {
        "containers": [{"name": "a", "resources": {"limits": {"cpu": 1, "memory": "1Gi"}}, "ports": [],
            "livenessProbe": {"httpGet": {"port": "http"}, "periodSeconds": 3}}],
        "terminationGracePeriodSeconds": 0,
    }});
    assert_eq!(error("v1", "Pod", pod), None);
    assert_eq!(error("example.com/v1", "Thing", json!({"spec": 1})), None);
}

#[test]
fn old_versions_have_successors() {
    assert_eq!(successor("extensions/v1beta1", "Deployment"), Some("apps/v1"));
    assert_eq!(successor("extensions/v1beta1", "Ingress"), Some("networking.k8s.io/v1"));
    assert_eq!(successor("batch/v1beta1", "CronJob"), Some("batch/v1"));
    assert_eq!(successor("autoscaling/v2beta2", "HorizontalPodAutoscaler"), Some("autoscaling/v2"));
    assert_eq!(successor("policy/v1beta1", "PodSecurityPolicy"), None);
    assert_eq!(successor("example.com/v1", "Deployment"), None);
}

#[test]
fn text_holds_everything() {
    let text = built_in().to_text();
    assert_eq!(&Schema::from_text(&text), built_in());
    assert!(BUILT_IN_GROUP_VERSIONS.iter().all(|version| text.contains(&format!("= {version} "))));
}

#[test]
fn custom_resources_have_structs_without_names() {
    let document = json!({"components": {"schemas": {"com.example.v1.Thing": {
        "type": "object",
        "x-kubernetes-group-version-kind": [{"group": "example.com", "version": "v1", "kind": "Thing"}],
        "properties": {
            "apiVersion": {"type": "string"}, "kind": {"type": "string"}, "metadata": {"type": "object"},
            "spec": {"type": "object", "properties": {
                "size": {"type": "integer"},
                "free": {"type": "object", "x-kubernetes-preserve-unknown-fields": true},
            }},
        },
    }}}});
    let schema = Schema::from_openapi(&document);
    let thing = |spec: Value| {
        let object =
            json!({"apiVersion": "example.com/v1", "kind": "Thing", "metadata": {"name": "x"}, "spec": spec});
        schema.decoding_error("example.com/v1", "Thing", &object)
    };
    assert_eq!(thing(json!({"size": 1, "free": {"a": 1}})), None);
    assert_eq!(thing(json!({"siez": 1})).unwrap(), "strict decoding error: unknown field \"spec.siez\"");
}
