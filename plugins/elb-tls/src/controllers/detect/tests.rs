//! Who acts, by class, annotations, webhook and traces.

use serde_json::{Value, json};

use super::*;

fn service(spec: Value, annotations: Value) -> Service {
    serde_json::from_value(json!({
        "metadata": {"name": "web", "namespace": "shop", "uid": "0f0c4a38-7b2e-4f6a-9d5e-111122223333", "annotations": annotations},
        "spec": spec,
    }))
    .unwrap()
}

fn balancer(annotations: Value) -> Service {
    let annotations: serde_json::Map<String, Value> = annotations
        .as_object()
        .unwrap()
        .iter()
        .map(|(key, value)| (keys::full_name(key), value.clone()))
        .collect();
    service(json!({"type": "LoadBalancer"}), annotations.into())
}

fn with_hostname(mut service: Service, hostname: &str) -> Service {
    let ingress = shared::model::LoadBalancerIngress { hostname: hostname.into(), ..Default::default() };
    service.status.load_balancer.ingress = vec![ingress];
    service
}

#[test]
fn annotations_decide_where_there_is_no_class() {
    let cases = [
        (json!({}), ControllerKind::Classic),
        (json!({"type": ""}), ControllerKind::Classic),
        (json!({"type": "NLB"}), ControllerKind::Classic),
        (json!({"type": "nlb"}), ControllerKind::NlbInTree),
        (json!({"type": "nlb", "nlb-target-type": "ip"}), ControllerKind::NlbInTree),
        (json!({"type": "nlb-ip"}), ControllerKind::Lbc),
        (json!({"type": "external", "nlb-target-type": "ip"}), ControllerKind::Lbc),
        (json!({"type": "external", "nlb-target-type": "instance"}), ControllerKind::Lbc),
        (json!({"type": "external", "nlb-target-type": "IP"}), ControllerKind::None),
        (json!({"type": "external"}), ControllerKind::None),
    ];
    for (annotations, expected) in cases {
        let exists = Situation { exists: true, ..Situation::default() };
        assert_eq!(detect(&balancer(annotations.clone()), exists).kind, expected, "{annotations}");
    }
}

#[test]
fn a_class_decides_before_annotations() {
    let nlb = json!({keys::TYPE: "nlb"});
    let cases = [
        (LBC_CLASS, ControllerKind::Lbc),
        (EKS_AUTO_CLASS, ControllerKind::EksAuto),
        ("example.com/x", ControllerKind::None),
    ];
    for (class, expected) in cases {
        let service = service(json!({"type": "LoadBalancer", "loadBalancerClass": class}), nlb.clone());
        assert_eq!(detect(&service, Situation::default()).kind, expected, "{class}");
    }
}

#[test]
fn traces_decide_for_an_unknown_class() {
    let mut service =
        service(json!({"type": "LoadBalancer", "loadBalancerClass": "example.com/x"}), json!({}));
    service.finalizers = vec!["service.k8s.aws/resources".into()];
    let controller = detect(&service, Situation::default());
    assert_eq!(controller.kind, ControllerKind::Lbc);
    assert_eq!(
        controller.evidence,
        [
            "spec.loadBalancerClass is example.com/x, which its traces show to be of the AWS Load Balancer Controller",
            "the Service has the finalizer service.k8s.aws/resources",
        ]
    );
}

#[test]
fn a_webhook_claims_only_what_is_not_there_yet() {
    let webhook = Some((ControllerKind::Lbc, "mservice.elbv2.k8s.aws"));
    let kind = |exists| {
        let situation = Situation { exists, webhook, ..Situation::default() };
        detect(&balancer(json!({"type": "nlb"})), situation).kind
    };
    assert_eq!((kind(false), kind(true)), (ControllerKind::Lbc, ControllerKind::NlbInTree));
    let situation = Situation { webhook, ..Situation::default() };
    let inside = service(json!({"type": "ClusterIP"}), json!({}));
    assert_eq!(detect(&inside, situation).kind, ControllerKind::None);
}

#[test]
fn the_load_balancer_controller_takes_other_types_of_services_too() {
    let annotations = json!({keys::TYPE: "external", keys::TARGET_TYPE: "ip"});
    let service = service(json!({"type": "ClusterIP"}), annotations);
    assert_eq!(detect(&service, Situation::default()).kind, ControllerKind::Lbc);
}

#[test]
fn the_hostname_tells_who_made_the_load_balancer() {
    let exists = Situation { exists: true, ..Situation::default() };
    let cases = [
        (json!({"type": "nlb"}), "a0f0-12.us-east-1.elb.amazonaws.com", ControllerKind::Classic),
        (
            json!({"type": "external", "nlb-target-type": "ip"}),
            "a0f0c4a387b2e4f6a9d5e11112222333-0011.elb.us-east-1.amazonaws.com",
            ControllerKind::NlbInTree,
        ),
        (json!({}), "k8s-shop-web-0123456789-0011.elb.us-east-1.amazonaws.com", ControllerKind::Lbc),
        (json!({"type": "nlb"}), "mine-0011.elb.us-east-1.amazonaws.com", ControllerKind::NlbInTree),
        (json!({}), "lb.example.com", ControllerKind::Classic),
    ];
    for (annotations, hostname, expected) in cases {
        let live = with_hostname(balancer(annotations), hostname);
        assert_eq!(maker(&live, exists), Some(expected), "{hostname}");
    }
    assert_eq!(maker(&balancer(json!({})), exists), None);
}

#[test]
fn the_users_word_decides() {
    let situation = Situation { given: Some(ControllerKind::Lbc), ..Situation::default() };
    assert_eq!(detect(&balancer(json!({})), situation).evidence, ["--controller lbc says so"]);
}
