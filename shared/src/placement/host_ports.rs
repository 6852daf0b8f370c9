//! Ports of nodes (`HostPortInfo` in `k8s.io/kube-scheduler/framework/types.go`).

use crate::model::wide_pod::{WideContainer, WidePodSpec};

/// A port of a node that a pod takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct HostPort {
    address: String,
    protocol: String,
    port: i32,
}

const EVERY_ADDRESS: &str = "0.0.0.0";

impl HostPort {
    fn conflicts_with(&self, other: &Self) -> bool {
        (self.port, &self.protocol) == (other.port, &other.protocol)
            && (self.address == other.address
                || self.address == EVERY_ADDRESS
                || other.address == EVERY_ADDRESS)
    }
}

/// Returns the ports of regular containers and sidecars; other init containers end before they could clash.
pub(super) fn of_pod(spec: &WidePodSpec) -> Vec<HostPort> {
    let sidecars = spec.init_containers.iter().filter(|container| container.is_sidecar());
    let ports = sidecars.chain(&spec.containers).flat_map(|container: &WideContainer| &container.ports);
    let or = |text: &str, default: &str| if text.is_empty() { default.to_owned() } else { text.to_owned() };
    ports
        .filter(|port| port.host_port > 0)
        .map(|port| HostPort {
            address: or(&port.host_ip, EVERY_ADDRESS),
            protocol: or(&port.protocol, "TCP"),
            port: port.host_port,
        })
        .collect()
}

/// Returns whether a wanted port is taken.
pub(super) fn conflict(wanted: &[HostPort], taken: &[HostPort]) -> bool {
    wanted.iter().any(|port| taken.iter().any(|other| port.conflicts_with(other)))
}
