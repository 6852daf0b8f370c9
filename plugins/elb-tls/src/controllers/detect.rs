//! Who acts on a Service.

use schemars::JsonSchema;
use serde::Serialize;
use shared::model::Service;

use super::{
    hostname::{Hostname, HostnameKind, cloud_provider_name},
    kind::{ControllerKind, EKS_AUTO_CLASS, LBC_CLASS},
    traces::{TraceOf, traces},
};
use crate::{keys, listeners::service::annotation};

/// The controller of a Service, and why it is that one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Controller {
    /// The controller.
    pub kind: ControllerKind,
    /// What shows it, in sentences.
    pub evidence: Vec<String>,
}

/// What decides beside the Service itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct Situation<'a> {
    /// Whether the Service is in the cluster already: a webhook claims only those that are not.
    pub exists: bool,
    /// Whose webhook sets the class of Services that are created, and its name.
    pub webhook: Option<(ControllerKind, &'a str)>,
    /// The components that wrote events of the Service.
    pub event_sources: &'a [&'a str],
    /// Whether TargetGroupBindings name the Service.
    pub has_bindings: bool,
    /// The user's word.
    pub given: Option<ControllerKind>,
}

/// Returns who acts on a Service as it will be.
///
/// The order is that in which the controllers themselves decide
/// (<https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.3.0/pkg/service/service_utils.go>,
/// `IsServiceSupported`; `wantsLoadBalancer` of the cloud provider's service controller).
pub fn detect(service: &Service, situation: Situation<'_>) -> Controller {
    if let Some(kind) = situation.given {
        return Controller { kind, evidence: vec![format!("--controller {} says so", kind.word())] };
    }
    let (kind, sentence) = decide(service, situation);
    let mut evidence = vec![sentence];
    let wanted = |of| match of {
        TraceOf::CloudProvider => kind.is_in_tree(),
        TraceOf::Lbc => kind == ControllerKind::Lbc,
        TraceOf::EksAuto => kind == ControllerKind::EksAuto,
    };
    for trace in traces(service, situation.event_sources, situation.has_bindings) {
        // The AWS Load Balancer Controller and EKS Auto Mode share some traces.
        let confirms = wanted(trace.of) || (trace.of == TraceOf::Lbc && kind == ControllerKind::EksAuto);
        let start = if confirms { "" } else { "against it: " };
        evidence.push(format!("{start}{}", trace.sentence));
    }
    Controller { kind, evidence }
}

/// Returns which controller acts on a Service as it will be, as [`detect`] does, without what shows it.
pub fn acting(service: &Service, situation: Situation<'_>) -> ControllerKind {
    situation.given.unwrap_or_else(|| decide(service, situation).0)
}

fn decide(service: &Service, situation: Situation<'_>) -> (ControllerKind, String) {
    let balances = service.spec.service_type == "LoadBalancer";
    let value = annotation(service, keys::TYPE);
    let target = annotation(service, keys::TARGET_TYPE);
    match service.spec.load_balancer_class.as_deref() {
        Some(LBC_CLASS) => return (ControllerKind::Lbc, format!("spec.loadBalancerClass is {LBC_CLASS}")),
        Some(EKS_AUTO_CLASS) => {
            return (ControllerKind::EksAuto, format!("spec.loadBalancerClass is {EKS_AUTO_CLASS}"));
        }
        Some(class) => return of_unknown_class(service, class, situation),
        None => {}
    }
    if let Some((kind, name)) = situation.webhook.filter(|_| balances && !situation.exists) {
        let sentence = format!("the webhook {name} sets the class of Services that are created");
        return (kind, sentence);
    }
    match (value, target) {
        (Some("nlb-ip"), _) => (ControllerKind::Lbc, "the type annotation is nlb-ip".to_owned()),
        (Some("external"), Some("ip" | "instance")) => {
            let target = target.unwrap_or_default();
            (ControllerKind::Lbc, format!("the type annotation is external and nlb-target-type is {target}"))
        }
        _ if !balances => {
            let kind =
                if service.spec.service_type.is_empty() { "ClusterIP" } else { &service.spec.service_type };
            (ControllerKind::None, format!("spec.type is {kind}, not LoadBalancer"))
        }
        (Some("external"), Some(other)) => {
            let sentence = format!(
                "the type annotation is external and nlb-target-type is {other:?}, neither ip nor instance: nobody acts"
            );
            (ControllerKind::None, sentence)
        }
        (Some("external"), None) => (
            ControllerKind::None,
            "the type annotation is external without nlb-target-type: nobody acts".to_owned(),
        ),
        (Some("nlb"), _) => (ControllerKind::NlbInTree, "the type annotation is nlb".to_owned()),
        (Some(other), _) => {
            (ControllerKind::Classic, format!("the type annotation is {other:?}, which no controller knows"))
        }
        (None, _) => (ControllerKind::Classic, "there is neither a class nor a type annotation".to_owned()),
    }
}

fn of_unknown_class(service: &Service, class: &str, situation: Situation<'_>) -> (ControllerKind, String) {
    let found = traces(service, situation.event_sources, situation.has_bindings);
    let kind = match found.first().map(|trace| trace.of) {
        Some(TraceOf::Lbc) => ControllerKind::Lbc,
        Some(TraceOf::EksAuto) => ControllerKind::EksAuto,
        // The cloud provider leaves Services with any class alone.
        Some(TraceOf::CloudProvider) | None => ControllerKind::None,
    };
    let sentence = match kind {
        ControllerKind::None => {
            format!("spec.loadBalancerClass is {class}, which no controller of AWS has by default")
        }
        _ => format!("spec.loadBalancerClass is {class}, which its traces show to be of {}", kind.title()),
    };
    (kind, sentence)
}

/// Returns who made the load balancer that a live Service has; `None` where it has none yet.
///
/// That is not always who acts: the annotations may have changed since.
pub fn maker(live: &Service, situation: Situation<'_>) -> Option<ControllerKind> {
    let hostname = live.status.load_balancer.ingress.first().map(|ingress| ingress.hostname.as_str())?;
    let acting = acting(live, situation);
    let Some(hostname) = Hostname::parse(hostname) else { return Some(acting) };
    let uid = &live.metadata.uid;
    Some(match hostname.kind {
        HostnameKind::Classic => ControllerKind::Classic,
        HostnameKind::Network if !uid.is_empty() && hostname.name == cloud_provider_name(uid) => {
            ControllerKind::NlbInTree
        }
        HostnameKind::Network if acting.is_lbc() => acting,
        HostnameKind::Network => {
            let of_others = traces(live, situation.event_sources, situation.has_bindings);
            let found = of_others.iter().find(|trace| trace.of != TraceOf::CloudProvider);
            match found.map(|trace| trace.of) {
                Some(TraceOf::EksAuto) => ControllerKind::EksAuto,
                Some(TraceOf::Lbc) => ControllerKind::Lbc,
                _ => ControllerKind::NlbInTree,
            }
        }
    })
}

#[cfg(test)]
mod tests;
