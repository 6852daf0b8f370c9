//! Whether the cluster enforces network policies. The API server stores them in any case; who enforces them is the network
//! plugin, and nothing says which one runs.

use shared::client::{Client, ListOptions};

/// DaemonSets of network plugins that enforce NetworkPolicies.
const ENFORCING: &[&str] = &[
    "anetd",
    "antrea-agent",
    "aws-node",
    "azure-npm",
    "calico-node",
    "canal",
    "cilium",
    "kindnet",
    "kube-router",
    "ovnkube-node",
    "ovs-node",
    "terway",
    "weave-net",
];

/// Returns what to warn of, if anything: that nothing is known to enforce policies here.
pub async fn doubt(client: &Client) -> Option<String> {
    let listed = client.list_metadata("/apis/apps/v1/daemonsets", &ListOptions::default()).await;
    match listed {
        Ok(daemon_sets) => {
            let names: Vec<String> = daemon_sets.into_iter().map(|metadata| metadata.name).collect();
            sentence(&names)
        }
        Err(_) => Some(
            "whether the cluster enforces network policies is not known: its DaemonSets can't be listed"
                .to_owned(),
        ),
    }
}

fn sentence(daemon_sets: &[String]) -> Option<String> {
    let is_enforcing =
        |name: &String| ENFORCING.iter().any(|one| name == one || name.starts_with(&format!("{one}-")));
    if daemon_sets.iter().any(is_enforcing) {
        return None;
    }
    let flannel = daemon_sets.iter().any(|name| name.contains("flannel"));
    Some(match flannel {
        true => "the network plugin flannel does not enforce network policies".to_owned(),
        false => {
            "no network plugin that is known to enforce network policies runs here: they may have no effect"
                .to_owned()
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_plugins_enforce() {
        let of = |names: &[&str]| sentence(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
        assert_eq!(of(&["kube-proxy", "calico-node"]), None);
        assert_eq!(of(&["cilium-envoy"]), None);
        assert!(of(&["kube-flannel-ds"]).unwrap().contains("flannel"));
        assert!(of(&["kube-proxy"]).unwrap().contains("no network plugin"));
    }
}
