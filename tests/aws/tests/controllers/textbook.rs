//! The Service of the textbook, annotated as it says, by plain kubectl.

use crate::support::{Kind, PREFIX, Service, bed};
use ::support::TestEnv;
use aws::{CERTIFICATES, INSTANCES};

#[test]
fn annotated_by_kubectl_it_serves_https_on_443_and_drains() {
    let mut service = Service::create(Kind::Classic, &[]);
    assert_eq!(service.synced().listeners(), ["80 TCP→TCP:A", "443 TCP→TCP:B"]);
    let annotations = [
        ("ssl-cert", CERTIFICATES[0]),
        ("backend-protocol", "http"),
        ("ssl-ports", "443"),
        ("connection-draining-enabled", "true"),
        ("connection-draining-timeout", "60"),
        ("additional-resource-tags", "environment=dev,app=helloworld"),
    ];
    let before = bed().moment();
    let words = ["annotate", "service", &service.name, "-n", &service.namespace].map(str::to_owned);
    let pairs = annotations.iter().map(|(key, value)| format!("{PREFIX}{key}={value}"));
    let output = TestEnv::on(bed().cluster()).run("kubectl", words.into_iter().chain(pairs)).exits(0);
    assert_eq!(output.stdout, format!("service/{} annotated\n", service.name));
    service.changed_since(before).synced();

    assert_eq!(service.listeners(), ["80 HTTP→HTTP:A", "443 HTTPS→HTTP:B"]);
    let balancer = service.load_balancer();
    assert_eq!(balancer.scheme, "internet-facing");
    assert_eq!(Some(balancer.dns_name.clone()), service.hostname());
    for (instance, _) in &INSTANCES[..2] {
        assert!(balancer.instances.contains(*instance), "{balancer:?}");
    }
    assert_eq!(balancer.listeners[1].certificates, [CERTIFICATES[0]]);
    assert_eq!(balancer.listeners[1].policy.as_deref(), Some("ELBSecurityPolicy-2016-08"));
    assert_eq!(
        (balancer.attributes["draining.enabled"].as_str(), balancer.attributes["draining.timeout"].as_str()),
        ("true", "60")
    );
    assert_eq!((balancer.tags["environment"].as_str(), balancer.tags["app"].as_str()), ("dev", "helloworld"));
}
