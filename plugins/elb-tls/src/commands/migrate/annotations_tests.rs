//! What settings become.

use super::*;
use crate::{
    listeners::classic,
    samples::{ARN, OTHER_ARN, web},
};

fn mapped(annotations: &[(&str, &str)], to: Destination) -> (BTreeMap<String, String>, Vec<String>) {
    let service = web(annotations);
    let listeners = classic::listeners(&service).unwrap_or_default();
    let old = Old {
        service: &service,
        maker: ControllerKind::Classic,
        scheme: Scheme::InternetFacing,
        listeners: &listeners,
    };
    let mapped = map(old, to);
    let short = mapped.annotations.into_iter().map(|(key, value)| (keys::short_name(&key).to_owned(), value));
    (short.collect(), mapped.notes)
}

fn expected(list: &[(&str, &str)]) -> BTreeMap<String, String> {
    list.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

const TEXTBOOK: [(&str, &str); 7] = [
    ("ssl-cert", ARN),
    ("ssl-ports", "443"),
    ("backend-protocol", "http"),
    ("connection-draining-enabled", "true"),
    ("connection-draining-timeout", "60"),
    ("connection-idle-timeout", "30"),
    ("additional-resource-tags", "environment=dev,app=a=b"),
];

#[test]
fn the_textbook_for_the_aws_load_balancer_controller() {
    let (annotations, notes) = mapped(&TEXTBOOK, Destination::Lbc);
    let of = expected(&[
        ("ssl-cert", ARN),
        ("ssl-ports", "443"),
        ("nlb-target-type", "instance"),
        ("scheme", "internet-facing"),
        ("target-group-attributes", "deregistration_delay.timeout_seconds=60"),
        ("listener-attributes.TCP-80", "tcp.idle_timeout.seconds=60"),
        ("additional-resource-tags", "environment=dev,app=a"),
    ]);
    assert_eq!(annotations, of);
    let starts = [
        "a Network Load Balancer passes bytes on",
        "the idle timeout of 30 seconds becomes 60",
        "the idle timeout of TLS listeners",
    ];
    assert!(
        notes.len() == 3 && starts.iter().all(|start| notes.iter().any(|note| note.starts_with(start))),
        "{notes:?}"
    );
}

#[test]
fn the_textbook_for_the_cloud_provider() {
    let (annotations, notes) = mapped(&TEXTBOOK, Destination::Nlb);
    let of = expected(&[
        ("ssl-cert", ARN),
        ("ssl-ports", "443"),
        ("type", "nlb"),
        ("additional-resource-tags", "environment=dev,app=a"),
    ]);
    assert_eq!((annotations, notes.len()), (of, 3));
}

#[test]
fn settings_become_attributes_and_the_rest_is_named() {
    let old = [
        ("ssl-cert", ARN),
        ("ssl-ports", "*"),
        ("backend-protocol", "ssl"),
        ("ssl-negotiation-policy", "ELBSecurityPolicy-2015-03"),
        ("proxy-protocol", "*"),
        ("cross-zone-load-balancing-enabled", "true"),
        ("access-log-enabled", "true"),
        ("access-log-s3-bucket-name", "logs"),
        ("access-log-emit-interval", "5"),
        ("extra-security-groups", "sg-1"),
        ("healthcheck-port", "30080"),
        ("healthcheck-interval", "20"),
    ];
    let (annotations, notes) = mapped(&old, Destination::Lbc);
    let of = expected(&[
        ("ssl-cert", ARN),
        ("backend-protocol", "ssl"),
        ("ssl-negotiation-policy", INSTEAD),
        ("proxy-protocol", "*"),
        (
            "attributes",
            "access_logs.s3.enabled=true,access_logs.s3.bucket=logs,load_balancing.cross_zone.enabled=true",
        ),
        ("security-groups", "sg-1"),
        ("manage-backend-security-group-rules", "true"),
        ("healthcheck-interval", "20"),
        ("nlb-target-type", "instance"),
        ("scheme", "internet-facing"),
    ]);
    assert_eq!(annotations, of);
    assert!(notes.iter().any(|note| note.starts_with("access-log-emit-interval=5 is left out")), "{notes:?}");
    let (annotations, _) = mapped(&[("ssl-cert", &format!("{ARN},{OTHER_ARN}"))], Destination::Nlb);
    assert_eq!(annotations["ssl-cert"], ARN);
}
