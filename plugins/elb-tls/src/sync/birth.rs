//! What a sync of the AWS Load Balancer Controller creates: such resources get all tags at birth, where those that are there
//! get only what AWS does not keep to itself
//! (<https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.3.0/pkg/algorithm/maps.go>,
//! `DiffStringMapIgnoreAWSTags`).

use shared::model::Service;

use super::{Before, Wanted};
use crate::{
    keys,
    listeners::{
        Listener,
        service::{annotation, is_local},
        target_groups::target_type,
    },
};

/// Returns whether a sync of a load balancer that is there creates a target group or a listener.
pub fn creates(before: Before<'_>, asked: &[Listener], wanted: Wanted<'_>) -> bool {
    let check = |service: &Service| {
        let of = |key| annotation(service, key).map(str::to_lowercase);
        (of(keys::HEALTH_CHECK_INTERVAL), of(keys::HEALTH_CHECK_PROTOCOL), is_local(service))
    };
    // The name of a target group has a hash of its health check.
    let replaces_all = check(before.service) != check(wanted.service);
    let targets = |service: &Service, number: i32| {
        let port = service.spec.ports.iter().find(|port| port.port == number)?;
        target_type(service, port, wanted.defaults).ok()
    };
    let is_new = |listener: &Listener| {
        let old = before.listeners.iter().find(|old| old.port == listener.port);
        old.is_none_or(|old| old.backend.protocol != listener.backend.protocol)
            || targets(before.service, listener.port) != targets(wanted.service, listener.port)
    };
    replaces_all || asked.iter().any(is_new)
}
