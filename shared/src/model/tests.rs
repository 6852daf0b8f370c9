//! Both encodings of the same objects, as a real API server (1.36.3) wrote them: see `samples`.

use std::collections::BTreeMap;

use super::*;

fn quantities(pairs: &[(&str, &str)]) -> Quantities {
    pairs.iter().map(|(name, text)| ((*name).to_owned(), QuantityText::from(*text))).collect()
}

fn strings(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

/// The object, after making sure that both encodings say the same.
fn sample<K: Resource + PartialEq + std::fmt::Debug>(json: &[u8], protobuf: &[u8]) -> K {
    let from_json: K = decode_object(Encoding::Json, json).unwrap();
    let from_protobuf: K = decode_object(Encoding::Protobuf, protobuf).unwrap();
    assert_eq!(from_json, from_protobuf);
    from_json
}

#[test]
fn a_quota_keeps_every_text_verbatim() {
    let quota: ResourceQuota =
        sample(include_bytes!("samples/quota.json"), include_bytes!("samples/quota.pb"));
    assert_eq!(quota.metadata.name, "quota");
    assert_eq!(quota.metadata.namespace, "sample");
    assert_eq!(quota.metadata.uid, "d24defb9-e238-4d69-b002-c549214aaf22");
    assert_eq!(quota.metadata.labels, strings(&[("app", "x")]));
    assert_eq!(quota.metadata.creation_timestamp.timestamp().unwrap().to_string(), "2026-11-22T00:23:03Z");
    assert_eq!(quota.metadata.deletion_timestamp, None);
    assert_eq!(
        quota.spec.hard,
        quantities(&[
            ("count/deployments.apps", "3"),
            ("limits.cpu", "0"),
            ("pods", "+1"),
            ("requests.cpu", "1500m"),
            ("requests.memory", "010Mi"),
            ("requests.nvidia.com/gpu", "2"),
        ])
    );
    assert_eq!(quota.spec.scopes, ["NotTerminating"]);
    let requirement = |operator: &str, values: &[&str]| ScopedResourceSelectorRequirement {
        scope_name: "PriorityClass".to_owned(),
        operator: operator.to_owned(),
        values: values.iter().map(|value| (*value).to_owned()).collect(),
    };
    assert_eq!(
        quota.spec.scope_selector.unwrap().match_expressions,
        [requirement("In", &["high", "low"]), requirement("Exists", &[])]
    );
    assert_eq!(quota.status.hard, quantities(&[("pods", "+1"), ("requests.cpu", "1500m")]));
    assert_eq!(quota.status.used, quantities(&[("pods", "0"), ("requests.cpu", "1e0")]));
}

#[test]
fn a_limit_range_has_all_its_columns() {
    let range: LimitRange =
        sample(include_bytes!("samples/limits.json"), include_bytes!("samples/limits.pb"));
    let container = LimitRangeItem {
        kind: "Container".to_owned(),
        max: quantities(&[("cpu", "2")]),
        min: quantities(&[("cpu", "10m")]),
        default: quantities(&[("cpu", "1")]),
        default_request: quantities(&[("cpu", "100m")]),
        max_limit_request_ratio: quantities(&[("cpu", "10")]),
    };
    let claim = LimitRangeItem {
        kind: "PersistentVolumeClaim".to_owned(),
        max: quantities(&[("storage", "5Gi")]),
        min: quantities(&[("storage", "1Gi")]),
        ..LimitRangeItem::default()
    };
    assert_eq!(range.spec.limits, [container, claim]);
}

#[test]
fn a_namespace_has_labels_and_a_phase() {
    let namespace: Namespace =
        sample(include_bytes!("samples/namespace.json"), include_bytes!("samples/namespace.pb"));
    assert_eq!(namespace.metadata.labels["team"], "blue");
    assert_eq!(namespace.metadata.namespace, "");
    assert_eq!(namespace.status.phase, "Active");
}

#[test]
fn a_pod_has_what_it_asks_for() {
    let pod: Pod = sample(include_bytes!("samples/pod.json"), include_bytes!("samples/pod.pb"));
    assert_eq!(pod.metadata.labels, strings(&[("app", "web"), ("kubernetes.io/x", "")]));
    assert_eq!(
        pod.metadata.deletion_timestamp.unwrap().timestamp().unwrap().to_string(),
        "2026-11-22T00:23:08Z"
    );
    assert_eq!(pod.metadata.deletion_grace_period_seconds, Some(5));
    assert_eq!(pod.metadata.generation, 2);
    let controller = pod.metadata.controller().unwrap();
    assert_eq!((controller.kind.as_str(), controller.name.as_str()), ("ReplicaSet", "web-1"));
    assert_eq!(controller.api_version, "apps/v1");
    assert_eq!(pod.metadata.owner_references[1].controller, None);

    let spec = pod.spec;
    assert_eq!(spec.node_name, "node-1");
    assert_eq!(spec.priority_class_name, "high");
    assert_eq!(spec.active_deadline_seconds, Some(600));
    assert_eq!(spec.termination_grace_period_seconds, Some(5));
    assert_eq!(spec.overhead, quantities(&[("cpu", "50m"), ("memory", "64Mi")]));
    assert_eq!(spec.resources.unwrap().requests, quantities(&[("cpu", "2"), ("memory", "1536Mi")]));
    let names: Vec<_> = spec.init_containers.iter().map(|container| container.name.as_str()).collect();
    assert_eq!(names, ["sidecar", "init"]);
    assert_eq!(spec.init_containers[0].restart_policy.as_deref(), Some("Always"));
    assert_eq!(spec.init_containers[1].restart_policy, None);
    let app = &spec.containers[0].resources;
    assert_eq!(app.requests, quantities(&[("cpu", "500m"), ("memory", "1536Mi"), ("nvidia.com/gpu", "1")]));
    assert_eq!(app.limits, quantities(&[("cpu", "750m"), ("memory", "2Gi"), ("nvidia.com/gpu", "1")]));

    let affinity = spec.affinity.unwrap();
    let terms: Vec<_> = affinity.terms().collect();
    assert_eq!(terms.len(), 2);
    assert_eq!((terms[0].topology_key.as_str(), &terms[0].namespace_selector), ("zone", &None));
    assert_eq!(terms[1].namespaces, ["a", "b"]);
    assert_eq!(terms[1].namespace_selector, Some(LabelSelector::default()));
}

#[test]
fn a_pod_has_what_it_really_got() {
    let pod: Pod = sample(include_bytes!("samples/pod.json"), include_bytes!("samples/pod.pb"));
    let status = pod.status;
    assert_eq!((status.phase.as_str(), status.qos_class.as_str()), ("Running", "Burstable"));
    let resize = status.condition("PodResizePending").unwrap();
    assert_eq!((resize.status.as_str(), resize.reason.as_str()), ("True", "Infeasible"));
    assert_eq!(resize.last_transition_time.timestamp(), None);
    let ready = status.condition("Ready").unwrap();
    assert_eq!(ready.last_transition_time.timestamp().unwrap().to_string(), "2026-01-31T12:00:00Z");
    assert_eq!(status.condition("Absent"), None);
    let [app, bare] = &status.container_statuses[..] else { panic!("two containers") };
    assert!(app.ready);
    assert_eq!(app.allocated_resources, quantities(&[("cpu", "250m")]));
    assert_eq!(app.resources.as_ref().unwrap().requests, quantities(&[("cpu", "300m")]));
    assert_eq!(bare.resources, Some(ResourceRequirements::default()));
    assert_eq!(status.init_container_statuses[0].resources, None);
    assert_eq!(status.allocated_resources, quantities(&[("cpu", "2")]));
    assert_eq!(status.resources.unwrap().requests, quantities(&[("cpu", "2")]));
}

#[test]
fn a_wide_pod_is_read_alike_in_both_encodings() {
    let json = include_bytes!("samples/pod.json");
    let pod: WidePod = sample(json, include_bytes!("samples/pod.pb"));
    let slim: Pod = decode_object(Encoding::Json, json).unwrap();
    assert_eq!(pod.metadata.slim, slim.metadata);
    assert_eq!(pod.spec.containers.len(), slim.spec.containers.len());
    assert!(!pod.spec.tolerations.is_empty(), "the server adds two");
}

#[test]
fn annotations_and_finalizers_survive_beside_the_slim_metadata() {
    let json = serde_json::json!({"metadata": {
        "name": "n", "uid": "u", "labels": {"a": "b"}, "annotations": {"c": "d"}, "finalizers": ["e"],
        "creationTimestamp": null, "managedFields": [{"manager": "m"}],
    }});
    let node: Node = serde_json::from_value(json).unwrap();
    assert_eq!((node.metadata.name.as_str(), node.metadata.annotation("c")), ("n", Some("d")));
    assert_eq!(node.metadata.finalizers, ["e"]);
    let bytes = prost::Message::encode_to_vec(&node);
    assert_eq!(<Node as prost::Message>::decode(bytes.as_slice()).unwrap(), node);
}

#[test]
fn a_page_is_read_alike_in_both_encodings() {
    let (json, protobuf) =
        (include_bytes!("samples/namespaces.json"), include_bytes!("samples/namespaces.pb"));
    let from_json = decode_list::<Namespace>(Encoding::Json, json).unwrap();
    let from_protobuf = decode_list::<Namespace>(Encoding::Protobuf, protobuf).unwrap();
    assert_eq!(from_json.metadata, from_protobuf.metadata);
    assert_eq!(from_json.items, from_protobuf.items);
    let names: Vec<_> = from_json.items.iter().map(|item| item.metadata.name.as_str()).collect();
    assert_eq!(names, ["default", "kube-node-lease"]);
    let token = from_json.metadata.continue_token;
    assert!(token.starts_with("eyJ2Ij"), "{token}");
    assert_eq!(from_json.metadata.remaining_item_count, Some(3));
    assert_eq!(continue_token(Encoding::Protobuf, protobuf), Some(token));
    assert_eq!(continue_token(Encoding::Json, json), None);
}

#[test]
fn protobuf_that_is_cut_off_or_foreign_is_an_error() {
    let whole = include_bytes!("samples/namespaces.pb");
    // After the list come four bytes that say nothing: two empty fields of the envelope.
    for length in 0..whole.len() - 4 {
        let outcome = decode_list::<Namespace>(Encoding::Protobuf, &whole[..length]);
        assert!(outcome.is_err(), "cut after {length} bytes: {outcome:?}");
    }
    assert_eq!(
        decode_list::<Namespace>(Encoding::Protobuf, b"<html>").unwrap_err(),
        "it does not start as Kubernetes' protobuf does"
    );
    assert_eq!(continue_token(Encoding::Protobuf, b"k8s\0\x12\xff"), None);
}

#[test]
fn the_content_type_decides() {
    assert_eq!(Encoding::from_content_type(Some("application/vnd.kubernetes.protobuf")), Encoding::Protobuf);
    assert_eq!(
        Encoding::from_content_type(Some("application/vnd.kubernetes.protobuf;stream=watch")),
        Encoding::Protobuf
    );
    assert_eq!(Encoding::from_content_type(Some("application/json; charset=utf-8")), Encoding::Json);
    assert_eq!(Encoding::from_content_type(None), Encoding::Json);
}

#[test]
fn null_means_absent() {
    let pod: Pod = serde_json::from_str(
        r#"{"metadata": {"name": "p", "labels": null, "creationTimestamp": null, "ownerReferences": null},
            "spec": {"containers": [{"name": "a", "resources": null}], "nodeName": null, "overhead": null,
                     "affinity": null},
            "status": null}"#,
    )
    .unwrap();
    let mut expected = Pod::default();
    expected.metadata.name = "p".to_owned();
    expected.spec.containers = vec![Container { name: "a".to_owned(), ..Container::default() }];
    assert_eq!(pod, expected);
}

#[test]
fn quantities_may_be_numbers() {
    let cases = [
        (r#""1500m""#, "1500m"),
        (r#""+1""#, "+1"),
        ("10", "10"),
        ("-1", "-1"),
        ("1.5", "1.5"),
        ("1.50", "1.5"),
        ("1e3", "1000"),
        ("1e-7", "0.0000001"),
        ("1e23", "100000000000000000000000"),
        ("18446744073709551615", "18446744073709551615"),
        ("null", "0"),
    ];
    for (json, expected) in cases {
        let quantity: QuantityText = serde_json::from_str(json).unwrap();
        assert_eq!(quantity.as_str(), expected, "{json}");
    }
    let yaml: Quantities = serde_yaml::from_str("{a: 10, b: 1.5, c: 0.1, d: 1Gi, e: '010Mi', f: }").unwrap();
    assert_eq!(
        yaml,
        quantities(&[("a", "10"), ("b", "1.5"), ("c", "0.1"), ("d", "1Gi"), ("e", "010Mi"), ("f", "0")])
    );
    assert_eq!(
        serde_json::from_str::<QuantityText>("true").unwrap_err().to_string(),
        "invalid type: boolean `true`, expected a quantity (a string or a number) at line 1 column 4"
    );
}

#[test]
fn a_number_or_a_text() {
    use prost::Message;
    for (json, expected, protobuf) in [
        ("25", IntOrStringValue::Int(25), &b"\x08\x00\x10\x19\x1a\x00"[..]),
        (r#""25%""#, IntOrStringValue::Text("25%"), b"\x08\x01\x10\x00\x1a\x0325%"),
    ] {
        let value: IntOrString = serde_json::from_str(json).unwrap();
        assert_eq!(value.value(), expected);
        assert_eq!(IntOrString::decode(protobuf).unwrap(), value);
    }
    assert!(serde_json::from_str::<IntOrString>("4294967296").is_err());
}

#[test]
fn times() {
    let time: Time = serde_json::from_str(r#""2026-01-31T12:00:00+02:00""#).unwrap();
    assert_eq!(time.timestamp().unwrap().to_string(), "2026-01-31T10:00:00Z");
    assert_eq!(Time::default().timestamp(), None);
    assert_eq!(
        serde_json::from_str::<Time>(r#""yesterday""#).unwrap_err().to_string(),
        "\"yesterday\" is not a time like 2026-01-31T12:00:00Z"
    );
}

#[test]
fn paths() {
    assert_eq!(list_path::<Pod>(None), "/api/v1/pods");
    assert_eq!(list_path::<Pod>(Some("a")), "/api/v1/namespaces/a/pods");
    assert_eq!(list_path::<Namespace>(Some("a")), "/api/v1/namespaces");
    assert_eq!(object_path::<ResourceQuota>(Some("a"), "q"), "/api/v1/namespaces/a/resourcequotas/q");
    assert_eq!(object_path::<Namespace>(None, "../x?y"), "/api/v1/namespaces/..%2Fx%3Fy");
}

proptest::proptest! {
    /// Whatever a proxy makes of an answer, and whatever a later server adds to it: no panic, and no endless loop.
    #[test]
    fn damaged_protobuf_is_no_panic(place in 0usize..1300, byte: u8, cut in 0usize..1300) {
        let mut bytes = include_bytes!("samples/quota.pb").to_vec();
        let length = bytes.len();
        bytes[place % length] = byte;
        bytes.truncate(length.min(cut + 4));
        let _ = decode_object::<ResourceQuota>(Encoding::Protobuf, &bytes);
        let _ = decode_list::<ResourceQuota>(Encoding::Protobuf, &bytes);
        let _ = continue_token(Encoding::Protobuf, &bytes);
    }

    /// What is encoded is decoded, fields of any content and order of keys included.
    #[test]
    fn both_encodings_carry_any_text(
        name in ".*", namespace in ".*", hard in proptest::collection::btree_map(".*", ".*", 0..5),
        labels in proptest::collection::btree_map(".*", ".*", 0..5), generation: i64,
    ) {
        let mut quota = ResourceQuota::default();
        let json = serde_json::json!({
            "metadata": {"name": name, "namespace": namespace, "labels": labels, "generation": generation},
            "spec": {"hard": hard},
        });
        quota.metadata = ObjectMeta { name, namespace, labels, generation, ..ObjectMeta::default() };
        quota.spec.hard = hard.into_iter().map(|(key, text)| (key, QuantityText { text })).collect();
        proptest::prop_assert_eq!(&serde_json::from_value::<ResourceQuota>(json.clone()).unwrap(), &quota);

        // A list as the server frames it: magic number, envelope with field 2, metadata, items.
        let item = prost::Message::encode_to_vec(&quota);
        let mut list = vec![0x0a, 0x00];
        for _ in 0..2 {
            list.push(0x12);
            prost::encode_length_delimiter(item.len(), &mut list).unwrap();
            list.extend(&item);
        }
        let mut bytes = b"k8s\0\x12".to_vec();
        prost::encode_length_delimiter(list.len(), &mut bytes).unwrap();
        bytes.extend(&list);
        let list = decode_list::<ResourceQuota>(Encoding::Protobuf, &bytes).unwrap();
        proptest::prop_assert_eq!(&list.items[..], &[quota.clone(), quota.clone()]);

        // And through a dump, where the header is found first.
        let mut json = json;
        json["kind"] = "ResourceQuota".into();
        let dump = crate::dump::Dump::from_bytes("dump", json.to_string().into_bytes()).unwrap();
        proptest::prop_assert_eq!(&dump.take::<ResourceQuota>().unwrap()[..], &[quota]);
    }
}
