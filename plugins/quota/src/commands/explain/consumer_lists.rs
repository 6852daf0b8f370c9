//! The lists of objects that are charged for what is short, all read at once.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use shared::{
    Result,
    admission::evaluator::counted_resources,
    client::{Client, dynamic_list, incomplete::Skipped},
    manifest::json::number,
    model::kind::{kind_of, replica_set_kind},
    snapshot::ClusterSnapshot,
};

use super::{
    consumer_reader::{Known, MANAGED, Reader},
    consumers::QuotaConsumer,
    explanation::Row,
    namespace_snapshot::{NamespaceSnapshot, kind},
    simulated_workload::SimulatedWorkload,
};

/// The objects of one resource, with what could not be listed.
type Listed = (Result<Vec<QuotaConsumer>>, Vec<Skipped>);

/// Lists of objects that are charged, by resource.
#[derive(Debug, Default)]
pub struct ConsumerLists {
    lists: BTreeMap<String, Listed>,
    known: Known,
}

impl ConsumerLists {
    /// Lists the objects of these resources, and what may own them. Without a client they are those of a dump.
    pub async fn read(
        client: Option<&Client>,
        namespace: &str,
        cluster: &ClusterSnapshot,
        resources: BTreeSet<String>,
    ) -> Self {
        let nothing = Known::new();
        let owns_pods = resources.contains("pods");
        let lists = resources.into_iter().map(|resource| async {
            let mut skipped = Vec::new();
            let mut reader = Reader { client, namespace, cluster, skipped: &mut skipped, known: &nothing };
            let found = reader.consumers(&resource).await;
            (resource, (found, skipped))
        });
        let owners = async {
            match client.filter(|_| owns_pods) {
                Some(client) => owners_of_pods(client, namespace).await,
                None => Known::new(),
            }
        };
        let (lists, known) = futures::join!(futures::future::join_all(lists), owners);
        Self { lists: lists.into_iter().collect(), known }
    }

    /// Lists what is still missing of these resources.
    pub async fn complete(
        self,
        client: Option<&Client>,
        namespace: &str,
        cluster: &ClusterSnapshot,
        mut resources: BTreeSet<String>,
    ) -> Self {
        let Self { mut lists, mut known } = self;
        lists.retain(|resource, _| resources.contains(resource));
        resources.retain(|resource| !lists.contains_key(resource));
        let more = Self::read(client, namespace, cluster, resources).await;
        lists.extend(more.lists);
        known.extend(more.known);
        Self { lists, known }
    }

    /// Returns the consumers, what could not be listed, and what may own them.
    ///
    /// # Errors
    /// Any failure other than a forbidden list.
    pub fn into_parts(self) -> Result<(Vec<QuotaConsumer>, Vec<Skipped>, Known)> {
        let (mut consumers, mut skipped) = (Vec::new(), Vec::new());
        for (found, of_list) in self.lists.into_values() {
            consumers.extend(found?);
            skipped.extend(of_list);
        }
        Ok((consumers, skipped, self.known))
    }
}

/// Returns the resources whose objects are charged for what these rows are short of.
pub fn charged_resources(rows: &[Row]) -> BTreeSet<String> {
    rows.iter().filter_map(|row| row.resource.as_deref()).flat_map(counted_resources).collect()
}

/// Returns the resources that a workload is probably short of, before its pods are known: from its status, as if those
/// that it lacks were created under these quotas. A workload that lacks nothing is short of nothing.
pub fn expected_resources(
    subject: &Value,
    namespace: &str,
    cluster: &mut ClusterSnapshot,
) -> BTreeSet<String> {
    let (spec, status) = (&subject["spec"], &subject["status"]);
    if kind(subject) == "Deployment" && number(&status["updatedReplicas"], 0) >= number(&spec["replicas"], 1)
    {
        return BTreeSet::new();
    }
    let snapshot = NamespaceSnapshot {
        namespace: namespace.to_owned(),
        cluster: std::mem::take(cluster),
        ..NamespaceSnapshot::default()
    };
    let resources = charged_resources(&SimulatedWorkload::new(subject, &snapshot).rows());
    *cluster = snapshot.cluster;
    resources
}

/// Lists what may own pods, or own what owns them, while the pods are listed: each list would wait for another else.
async fn owners_of_pods(client: &Client, namespace: &str) -> Known {
    let mut kinds = vec![replica_set_kind(), kind_of("batch", "Job", "jobs")];
    kinds.extend(MANAGED.map(|(kind, plural)| kind_of("apps", kind, plural)));
    let lists = kinds
        .into_iter()
        .map(|kind| async move { (kind.resource(), dynamic_list::metadata(client, &kind, namespace).await) });
    futures::future::join_all(lists).await.into_iter().collect()
}
