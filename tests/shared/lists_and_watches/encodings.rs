//! The same objects from JSON and from protobuf, as today's server sends them.

use std::fmt::Debug;

use http::Request;
use serde_json::json;
use shared::client::{Client, Scope};
use shared::model::{
    Encoding, LimitRange, Namespace, Pod, Resource, ResourceQuota, decode_list, decode_object, list_path,
    object_path,
};
use support::{cluster, fresh_namespace};

use super::administrator;

async fn get(client: &Client, path: &str, accept: &str) -> (Encoding, Vec<u8>) {
    let request = Request::get(path).header("accept", accept).body(Vec::new()).unwrap();
    let response = client.request(request).await.unwrap();
    let content_type = response.headers()["content-type"].to_str().unwrap().to_owned();
    (Encoding::from_content_type(Some(&content_type)), response.body().to_vec())
}

/// Reads an object and the list with it in both ways; every value must be equal, and none the default.
async fn both_ways<K: Resource + Clone + Debug + Default + PartialEq>(
    client: &Client,
    namespace: &str,
    name: &str,
) -> K {
    let path = object_path::<K>(Some(namespace), name);
    let (json, json_bytes) = get(client, &path, "application/json").await;
    let (protobuf, protobuf_bytes) = get(client, &path, Encoding::accept::<K>()).await;
    assert_eq!((json, protobuf), (Encoding::Json, Encoding::Protobuf));
    let object: K = decode_object(json, &json_bytes).unwrap();
    assert_ne!(object, K::default());
    assert_eq!(decode_object::<K>(protobuf, &protobuf_bytes).unwrap(), object);

    // By its name only: the list of namespaces is the whole cluster's, and other tests add to it between the two.
    let path = format!("{}?fieldSelector=metadata.name%3D{name}", list_path::<K>(Some(namespace)));
    let (json, json_bytes) = get(client, &path, "application/json").await;
    let (protobuf, protobuf_bytes) = get(client, &path, Encoding::accept::<K>()).await;
    let list = decode_list::<K>(json, &json_bytes).unwrap();
    let from_protobuf = decode_list::<K>(protobuf, &protobuf_bytes).unwrap();
    assert_eq!(from_protobuf.items, list.items);
    assert_eq!(list.items, std::slice::from_ref(&object));
    object
}

#[tokio::test]
async fn quotas_limits_pods_and_namespaces() {
    let namespace = fresh_namespace("encodings");
    let metadata = |name: &str| json!({"name": name, "namespace": namespace, "labels": {"team": "blue"}});
    let hard = json!({
        "pods": "+9", "requests.cpu": "1.500", "requests.memory": "010Mi", "limits.memory": "1e9",
        "count/deployments.apps": 3,
    });
    let limits = json!([{
        "type": "Container", "max": {"cpu": "2"}, "min": {"cpu": "10m"}, "default": {"cpu": "1", "memory": "1Mi"},
        "defaultRequest": {"cpu": "100m"}, "maxLimitRequestRatio": {"cpu": "10"},
    }]);
    let container =
        |name: &str| json!({"name": name, "image": "image", "resources": {"requests": {"cpu": "0.25"}}});
    let mut sidecar = container("sidecar");
    sidecar["restartPolicy"] = json!("Always");
    let term =
        json!({"topologyKey": "zone", "namespaceSelector": {}, "labelSelector": {"matchLabels": {"a": "b"}}});
    let api = cluster().api();
    api.create(&json!({"apiVersion": "v1", "kind": "LimitRange", "metadata": metadata("limits"), "spec": {"limits": limits}}))
    .unwrap();
    // The quota comes before the pod: counted right after the pod's creation it might miss it until the next full
    // resync, since the controller counts from its cache.
    api.create(&json!({
            "apiVersion": "v1", "kind": "ResourceQuota", "metadata": metadata("quota"), "spec": {
                "hard": hard,
                "scopeSelector": {"matchExpressions": [{"scopeName": "PriorityClass", "operator": "DoesNotExist"}]},
            },
        }))
    .unwrap();
    let path = format!("/api/v1/namespaces/{namespace}/resourcequotas/quota");
    api.wait_for(&path, "the quota is in force", |quota| quota["status"]["hard"]["pods"] == "+9").unwrap();
    api.create(&json!({
        "apiVersion": "v1", "kind": "Pod", "metadata": metadata("pod"),
        "spec": {
            "containers": [container("app")], "initContainers": [sidecar], "activeDeadlineSeconds": 600,
            "affinity": {"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [term]}},
        },
    }))
    .unwrap();
    api.wait_for(&path, "the pod is charged", |quota| quota["status"]["used"]["pods"] == "1").unwrap();
    // The scheduler finds no node, says so in the status, and leaves the pod alone from then on.
    let pod = format!("/api/v1/namespaces/{namespace}/pods/pod");
    api.wait_for(&pod, "the scheduler has seen the pod", |pod| pod["status"]["conditions"].is_array())
        .unwrap();

    let client = administrator().await;
    let quota: ResourceQuota = both_ways(&client, &namespace, "quota").await;
    for (key, text) in
        [("pods", "+9"), ("requests.cpu", "1.500"), ("requests.memory", "010Mi"), ("limits.memory", "1e9")]
    {
        assert_eq!(quota.spec.hard[key].as_str(), text);
        assert_eq!(quota.status.hard[key].as_str(), text);
    }
    assert_eq!(quota.status.used["requests.cpu"].as_str(), "500m");
    assert_eq!(quota.metadata.labels["team"], "blue");

    let range: LimitRange = both_ways(&client, &namespace, "limits").await;
    assert_eq!(range.spec.limits[0].default["memory"].as_str(), "1Mi");

    let pod: Pod = both_ways(&client, &namespace, "pod").await;
    assert_eq!(pod.spec.init_containers[0].restart_policy.as_deref(), Some("Always"));
    assert_eq!(pod.spec.containers[0].resources.limits["cpu"].as_str(), "1");
    assert!(pod.spec.affinity.unwrap().terms().next().unwrap().namespace_selector.is_some());
    assert_eq!(pod.status.condition("PodScheduled").unwrap().status, "False");

    let seen: Namespace = both_ways(&client, &namespace, &namespace).await;
    assert_eq!(seen.status.phase, "Active");

    let same: Pod = client.get(&namespace, "pod").await.unwrap();
    assert_eq!(same.metadata.uid, pod.metadata.uid);
    let quotas: Vec<ResourceQuota> =
        client.list_all(&Scope::Namespace(namespace), &Default::default()).await.unwrap();
    assert_eq!(quotas.len(), 1);
}
