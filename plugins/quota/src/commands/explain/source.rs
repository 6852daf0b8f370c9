//! The cluster or dump that consumers are read from.

use serde_json::Value;
use shared::{
    Result,
    client::{Client, incomplete::Skipped},
    model::kind::{Kind, kind_of},
    workload::owner::Owner,
};

use super::{
    consumer_lists::{ConsumerLists, charged_resources},
    consumer_reader::Reader,
    consumers::QuotaConsumer,
    explanation::Row,
    namespace_snapshot::NamespaceSnapshot,
};

/// Where objects are listed.
#[derive(Debug)]
pub enum Source {
    /// A cluster.
    Cluster(Box<Client>),
    /// A dump, all of which is in the snapshot.
    Dump,
}

impl Source {
    /// Reads the objects that are charged for what these rows are short of, but for those that were listed early. Lists
    /// that are forbidden are noted.
    ///
    /// # Errors
    /// Any failure other than a forbidden list.
    pub async fn consumers(
        &self,
        snapshot: &NamespaceSnapshot,
        rows: &[Row],
        early: ConsumerLists,
        skipped: &mut Vec<Skipped>,
    ) -> Result<Vec<QuotaConsumer>> {
        if !snapshot.knows_rules() {
            return Ok(Vec::new());
        }
        let NamespaceSnapshot { namespace, cluster, .. } = snapshot;
        let client = match self {
            Self::Cluster(client) => Some(&**client),
            Self::Dump => None,
        };
        let lists = early.complete(client, namespace, cluster, charged_resources(rows)).await;
        let (mut consumers, of_lists, known) = lists.into_parts()?;
        skipped.extend(of_lists);
        let mut reader = Reader { client, namespace, cluster, skipped, known: &known };
        let owners = reader.owners(&consumers).await?;
        for consumer in &mut consumers {
            consumer.owner = std::mem::take(&mut consumer.owner).top(&owners);
            consumer.object = consumer.object.clone().of_version(cluster.version());
        }
        reader.find_managers(&mut consumers).await?;
        Ok(consumers)
    }

    /// Returns whether an object exists; where that cannot be known, it is taken to.
    pub async fn exists(&self, api_version: &str, owner: &Owner, namespace: &str) -> bool {
        let Self::Cluster(client) = self else { return true };
        if api_version.is_empty() {
            return true;
        }
        let (group, version) = api_version.split_once('/').unwrap_or(("", api_version));
        let root = if group.is_empty() { "/api/".to_owned() } else { format!("/apis/{group}/") };
        let Ok(served) = client.get_json::<Value>(&format!("{root}{version}")).await else { return true };
        let mut resources = served["resources"].as_array().into_iter().flatten();
        let is_it = |one: &&Value| {
            one["kind"] == owner.kind.as_str() && !one["name"].as_str().is_none_or(|name| name.contains('/'))
        };
        let Some(plural) = resources.find(is_it).and_then(|one| one["name"].as_str()) else { return true };
        let kind = Kind { version: version.to_owned(), ..kind_of(group, &owner.kind, plural) };
        let found = client.get_json::<Value>(&kind.object_path(namespace, &owner.name)).await;
        !found.is_err_and(|error| error.is_api(404))
    }
}
