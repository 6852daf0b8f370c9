//! What controllers leave on a Service.

use shared::model::Service;

use super::hostname::{Hostname, HostnameKind, cloud_provider_name};

/// The finalizer of the AWS Load Balancer Controller.
const LBC_FINALIZER: &str = "service.k8s.aws/resources";

/// The finalizer of EKS Auto Mode.
const EKS_AUTO_FINALIZER: &str = "service.eks.amazonaws.com/resources";

/// The manager under which the cloud provider writes finalizers and status.
const CLOUD_PROVIDER_MANAGER: &str = "aws-cloud-controller-manager";

/// Whose trace it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TraceOf {
    /// Of the cloud provider.
    CloudProvider,
    /// Of the AWS Load Balancer Controller.
    Lbc,
    /// Of EKS Auto Mode.
    EksAuto,
}

/// A trace of a controller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// Whose it is.
    pub of: TraceOf,
    /// What it is, in a sentence.
    pub sentence: String,
}

/// Returns the traces on a Service, beside those in its events and in TargetGroupBindings: `event_sources` are the
/// components that wrote some, `has_bindings` tells that its target groups are bound.
///
/// The finalizer `service.kubernetes.io/load-balancer-cleanup` is none: the cloud provider adds it to Services that it
/// leaves to others, too.
pub fn traces(service: &Service, event_sources: &[&str], has_bindings: bool) -> Vec<Trace> {
    let mut found = Vec::new();
    let mut push = |of, sentence: String| found.push(Trace { of, sentence });
    for (finalizer, of) in [(LBC_FINALIZER, TraceOf::Lbc), (EKS_AUTO_FINALIZER, TraceOf::EksAuto)] {
        if service.finalizers.iter().any(|own| own == finalizer) {
            push(of, format!("the Service has the finalizer {finalizer}"));
        }
    }
    if has_bindings {
        push(TraceOf::Lbc, "TargetGroupBindings name the Service".to_owned());
    }
    let writes_status = |manager: &str| {
        let mut entries = service.managed_fields.iter();
        entries.any(|entry| entry.manager == manager && entry.subresource == "status")
    };
    if writes_status(CLOUD_PROVIDER_MANAGER) {
        push(TraceOf::CloudProvider, format!("the status was written by {CLOUD_PROVIDER_MANAGER}"));
    }
    let Some(ingress) = service.status.load_balancer.ingress.first() else {
        add_events(event_sources, &mut found);
        return found;
    };
    if !ingress.ports.is_empty() {
        push(TraceOf::Lbc, "the status lists ports".to_owned());
    }
    if let Some(hostname) = Hostname::parse(&ingress.hostname) {
        let uid = &service.metadata.uid;
        if hostname.kind == HostnameKind::Classic {
            push(
                TraceOf::CloudProvider,
                format!("{} is the hostname of a Classic Load Balancer", ingress.hostname),
            );
        } else if !uid.is_empty() && hostname.name == cloud_provider_name(uid) {
            push(
                TraceOf::CloudProvider,
                format!("the load balancer is called {}, after the uid of the Service", hostname.name),
            );
        } else if hostname.name.starts_with("k8s-") {
            push(
                TraceOf::Lbc,
                format!("{} is a hostname as the AWS Load Balancer Controller makes them", ingress.hostname),
            );
        }
    }
    add_events(event_sources, &mut found);
    found
}

fn add_events(sources: &[&str], found: &mut Vec<Trace>) {
    for (source, of) in [("service-controller", TraceOf::CloudProvider), ("service", TraceOf::Lbc)] {
        if sources.contains(&source) {
            found.push(Trace { of, sentence: format!("events of the Service come from {source}") });
        }
    }
}
