//! Which controller acts on a Service, and what becomes of it when that changes.

use crate::support::{Kind, Service, bed, wait_until};
use aws::{Controller, Kind as Made, Verdict};
use serde_json::json;

fn external(annotations: &[(&str, &str)]) -> Service {
    Service::create(Kind::Classic, annotations)
}

#[test]
fn external_with_a_target_type_is_for_aws_load_balancer_controller() {
    for annotations in [
        &[("type", "external"), ("nlb-target-type", "instance")][..],
        &[("type", "external"), ("nlb-target-type", "ip")],
        &[("type", "nlb-ip")],
    ] {
        let service = external(annotations);
        let name = service.synced().load_balancer().name;
        assert!(name.starts_with("k8s-team"), "{name}");
        assert_eq!(service.left_by(), [Controller::Cloud]);
        assert_eq!(service.load_balancer().scheme, "internal");
    }
}

#[test]
fn external_without_a_target_type_is_for_nobody() {
    for annotations in [
        &[("type", "external")][..],
        &[("type", "external"), ("nlb-target-type", "IP")],
        &[("type", "external"), ("nlb-target-type", "")],
    ] {
        let service = external(annotations);
        let syncs = service.settle();
        assert!(matches!(&syncs[..], [one] if one.verdict == Verdict::Elsewhere), "{syncs:?}");
        assert_eq!((service.load_balancers().len(), service.hostname()), (0, None));
    }
}

#[test]
fn another_class_is_for_nobody() {
    let service = Service::create_with(Kind::Classic, &[], |service| {
        service["spec"]["loadBalancerClass"] = json!("example.com/other");
    });
    assert_eq!(service.settle(), []);
    assert!(service.load_balancers().is_empty());
}

#[test]
fn any_other_type_is_a_classic_load_balancer() {
    for value in ["NLB", "elb", "classic", ""] {
        let service = external(&[("type", value)]);
        assert_eq!(service.synced().load_balancer().kind, Made::Classic, "{value:?}");
    }
}

#[test]
fn a_scheme_means_nothing_to_aws_cloud_controller_manager() {
    for kind in [Kind::Classic, Kind::InTree] {
        let public = Service::create(kind, &[("scheme", "internal")]);
        assert_eq!(public.synced().load_balancer().scheme, "internet-facing", "{kind:?}");
        for (value, scheme) in [
            ("true", "internal"),
            ("False", "internal"),
            ("no", "internal"),
            ("false", "internet-facing"),
            ("", "internet-facing"),
        ] {
            let service = Service::create(kind, &[("internal", value)]);
            assert_eq!(service.synced().load_balancer().scheme, scheme, "{kind:?} {value:?}");
        }
    }
    let service = Service::create(Kind::LoadBalancerController, &[("scheme", "internet-facing")]);
    assert_eq!(service.synced().load_balancer().scheme, "internet-facing");
}

#[test]
fn a_type_change_of_a_live_service_is_refused_or_leaves_the_old_load_balancer() {
    let mut classic = Service::create(Kind::Classic, &[]);
    let hostname = classic.synced().hostname();
    let refused = classic.annotate(&[("type", Some("nlb"))]).failed();
    assert!(refused.message.ends_with("cannot update Load Balancer Type annotation \"service.beta.kubernetes.io/aws-load-balancer-type\" after creation for NLB"), "{}", refused.message);
    assert_eq!(classic.annotate(&[("type", None)]).synced().hostname(), hostname);

    let mut network = Service::create(Kind::InTree, &[]);
    network.synced();
    let refused = network.annotate(&[("type", None)]).failed();
    assert!(refused.message.ends_with("after creation for Classic Load Balancer"), "{}", refused.message);

    classic.annotate(&[("type", Some("external"))]);
    let syncs = classic.settle();
    assert!(matches!(&syncs[..], [one] if one.verdict == Verdict::Elsewhere), "{syncs:?}");
    assert_eq!(classic.hostname(), hostname);
    classic.annotate(&[("nlb-target-type", Some("instance"))]).synced();
    let made: Vec<_> = classic.load_balancers().into_iter().map(|balancer| balancer.kind).collect();
    assert_eq!(made, [Made::Classic, Made::Network], "the classic one is left behind");
    assert_ne!(classic.hostname(), hostname);
}

/// aws-load-balancer-controller v3.3.0 deletes what it made, panics, and takes the hostname of the other one away each time
/// it tries again.
#[test]
fn a_service_that_aws_load_balancer_controller_loses_has_no_hostname_any_more() {
    let mut service = external(&[("type", "external"), ("nlb-target-type", "instance")]);
    let before = service.synced().load_balancer().name;
    service.annotate(&[("type", Some("nlb")), ("nlb-target-type", None)]);
    let syncs = service.settle();
    assert!(matches!(&syncs[..], [one] if one.controller == Controller::Cloud), "{syncs:?}");
    let after = service.load_balancer();
    assert_ne!(after.name, before, "the first is deleted");
    assert!(after.tags.contains_key("kubernetes.io/service-name"));
    let log = bed().logs().join("aws-load-balancer-controller.log");
    let panics = |log: &str| log.contains("Observed a panic") && log.contains(&service.name);
    let has_lost =
        || std::fs::read_to_string(&log).is_ok_and(|log| panics(&log)) && service.hostname().is_none();
    wait_until(has_lost);
}

#[test]
fn the_webhook_claims_new_services_that_name_no_class() {
    let namespace = bed().fresh_namespace("claimed").unwrap();
    bed().install_webhook(&namespace).unwrap();
    let service = Service::create_with(Kind::InTree, &[], |service| {
        service["metadata"]["namespace"] = json!(namespace);
    });
    assert_eq!(service.read()["spec"]["loadBalancerClass"], "service.k8s.aws/nlb");
    bed().remove_webhook().unwrap();
    let later = Service::create(Kind::InTree, &[]);
    assert!(later.read()["spec"]["loadBalancerClass"].is_null());
}
