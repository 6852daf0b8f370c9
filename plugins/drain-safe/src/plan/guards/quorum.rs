//! etcd keeps working as long as more than half of its members do.

use std::collections::BTreeSet;

use shared::model::Node;

use super::{
    super::{Facts, Guard, GuardCode, capacity::is_usable, control_plane::is_etcd},
    some_of,
};

/// Refuses, or for one or two members warns of, a drain that takes so many members of etcd that the others are no
/// quorum. A drain does not stop static pods: the loss comes with the reboot that follows it.
pub fn quorum(facts: &Facts) -> Option<Guard> {
    let pods: Vec<_> =
        facts.pods.iter().filter(|pod| is_etcd(pod)).filter(|pod| !pod.spec.node_name.is_empty()).collect();
    let of_pods: BTreeSet<&str> = pods.iter().map(|pod| pod.spec.node_name.as_str()).collect();
    let labeled = |node: &&Node| node.metadata.labels.contains_key("node-role.kubernetes.io/etcd");
    let of_labels = || facts.nodes.iter().filter(labeled).map(|node| node.metadata.name.as_str());
    let members: BTreeSet<&str> = if of_pods.is_empty() { of_labels().collect() } else { of_pods };
    let going: Vec<String> =
        members.iter().filter(|name| facts.is_target(name)).map(|name| (*name).to_owned()).collect();
    if going.is_empty() {
        return None;
    }
    let works = |name: &&&str| {
        let node = facts.nodes.iter().find(|node| node.metadata.name == **name);
        let pod = pods.iter().find(|pod| pod.spec.node_name == **name);
        node.is_some_and(is_usable)
            && pod.is_none_or(|pod| pod.is_ready())
            && !facts.is_target(name)
            && !facts.held.contains_key(**name)
    };
    let remaining = members.iter().filter(works).count();
    let needed = members.len() / 2 + 1;
    let few = members.len() < 3;
    (remaining < needed || few).then(|| Guard {
        code: GuardCode::Quorum,
        message: format!(
            "etcd has {} members and needs {needed}; without {} there are {remaining}. The drain stops none of them, a reboot does",
            members.len(),
            some_of(&going)
        ),
        blocks: !few,
        fix: None,
    })
}
