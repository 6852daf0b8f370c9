//! Guards about nodes: held by other runs, down, or the way to the API server.

use super::{
    super::{Facts, Guard, GuardCode, capacity::is_usable},
    blocking, some_of, warning,
};

/// Refuses nodes that another live run holds.
pub fn locked(facts: &Facts) -> Option<Guard> {
    let held: Vec<_> = facts
        .targets
        .iter()
        .filter_map(|node| Some(format!("{node} (run {})", facts.held.get(node)?.run)))
        .collect();
    (!held.is_empty()).then(|| blocking(GuardCode::Locked, format!("another run holds {}", some_of(&held))))
}

/// Warns of other nodes that take no pods.
pub fn down(facts: &Facts) -> Option<Guard> {
    let others = facts.nodes.iter().filter(|node| !facts.is_target(&node.metadata.name));
    let down = others.filter_map(|node| {
        let name = &node.metadata.name;
        match facts.held.get(name) {
            Some(holder) => Some(format!("{name} (run {})", holder.run)),
            None if node.spec.unschedulable => Some(format!("{name} (cordoned)")),
            None if !is_usable(node) => Some(format!("{name} (not Ready)")),
            None => None,
        }
    });
    let down: Vec<_> = down.collect();
    (!down.is_empty())
        .then(|| warning(GuardCode::NodesDown, format!("other nodes take no pods: {}", some_of(&down))))
}

/// Warns where the API server is reached through a node of the plan.
pub fn endpoint(facts: &Facts) -> Option<Guard> {
    let host = facts.server_host.as_ref()?;
    let node = facts.target_nodes().find(|node| {
        node.metadata.name.eq_ignore_ascii_case(host)
            || node.status.addresses.iter().any(|address| address.address.eq_ignore_ascii_case(host))
    })?;
    let name = &node.metadata.name;
    Some(warning(GuardCode::Endpoint, format!("the API server is reached through {name}, {host}")))
}
