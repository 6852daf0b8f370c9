//! Reads nodes and the pods on them, for `fits --nodes`.

use std::collections::BTreeMap;

use shared::{
    Error, Result,
    client::{
        Client, ListOptions, Scope,
        incomplete::{Skipped, unless_forbidden},
    },
    dump::Dump,
    model::{Namespace, Node, Resource, WidePod},
    placement::{Cluster, Facts},
    snapshot::device_classes,
};

/// What decides whether nodes have room.
#[derive(Debug, Default)]
pub struct NodeFacts {
    /// Nodes and pods; `None` where they could not be read.
    pub cluster: Option<Cluster>,
    /// What could not be read.
    pub skipped: Vec<Skipped>,
}

/// Reads nodes and pods from a dump.
///
/// # Errors
/// Nodes or pods that cannot be read.
pub fn of_dump(dump: &Dump) -> Result<NodeFacts> {
    let nodes = dump.take::<Node>()?;
    if nodes.is_empty() {
        let skipped = Skipped {
            verb: "read".to_owned(),
            resource: Node::PLURAL.to_owned(),
            namespace: String::new(),
            reason: "the dump holds no Node".to_owned(),
        };
        return Ok(NodeFacts { cluster: None, skipped: vec![skipped] });
    }
    let pods = dump.take_changed::<WidePod>(WidePod::compact)?;
    let namespaces = Some(dump.take::<Namespace>()?).filter(|found| !found.is_empty());
    let facts = Facts { nodes, namespaces, ..Facts::default() };
    Ok(NodeFacts { cluster: Some(cluster(facts, &pods)?), skipped: Vec::new() })
}

/// Reads nodes and pods from a cluster, where they are wanted.
///
/// # Errors
/// Any failure other than a refusal.
pub async fn of_cluster(client: &Client, are_wanted: bool) -> Result<Option<NodeFacts>> {
    if !are_wanted {
        return Ok(None);
    }
    let options = ListOptions::default();
    let (mut skipped, mut of_classes) = (Vec::new(), Vec::new());
    let (nodes, pods, namespaces, classes) = futures::join!(
        client.list_all::<Node>(&Scope::All, &options),
        client.list_changed::<WidePod>(&Scope::All, &options, WidePod::compact),
        client.list_all::<Namespace>(&Scope::All, &options),
        device_classes(client, &mut of_classes)
    );
    let nodes = unless_forbidden(nodes, &mut skipped, "list", Node::PLURAL, "")?;
    let pods = unless_forbidden(pods, &mut skipped, "list", WidePod::PLURAL, "")?;
    // Only pods whose affinity selects namespaces need these.
    let namespaces = unless_forbidden(namespaces, &mut Vec::new(), "list", Namespace::PLURAL, "")?;
    let (Some(nodes), Some(pods)) = (nodes, pods) else {
        return Ok(Some(NodeFacts { cluster: None, skipped }));
    };
    let device_class_resources = served_by(classes?.unwrap_or_default());
    let facts = Facts { nodes, namespaces, device_class_resources, ..Facts::default() };
    Ok(Some(NodeFacts { cluster: Some(cluster(facts, &pods)?), skipped }))
}

/// Returns the extended resources that these device classes stand for.
fn served_by(classes: BTreeMap<String, String>) -> Vec<String> {
    let names = classes
        .into_iter()
        .flat_map(|(class, extended)| [format!("deviceclass.resource.kubernetes.io/{class}"), extended]);
    names.filter(|name| !name.is_empty()).collect()
}

fn cluster(facts: Facts, pods: &[WidePod]) -> Result<Cluster> {
    let mut cluster = Cluster::new(facts);
    for pod in pods {
        cluster.add(pod).map_err(|error| {
            Error::new(format!("Pod {}/{}: {error}", pod.metadata.namespace, pod.metadata.name))
        })?;
    }
    Ok(cluster)
}
