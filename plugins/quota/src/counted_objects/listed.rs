//! Lists of one resource, in one namespace or in all.

use serde_json::Value;
use shared::{
    Result,
    admission::ClusterFacts,
    client::{Client, ListOptions, Page, Scope, dynamic_list},
    model::{Pod, kind::Kind, object_path},
};

use super::{
    CountedObject, Quotas, Tally,
    device_claims::{DEVICE_CLAIMS, counted_device_claim, extended_resource_owner},
};

/// What every list needs.
#[derive(Clone, Copy)]
pub struct Lists<'a, T> {
    /// The connection.
    pub client: &'a Client,
    /// The quotas.
    pub quotas: &'a Quotas,
    /// A tally of nothing.
    pub empty: &'a T,
    /// The version of the server, and its device classes where a quota limits what may stand for them.
    pub facts: &'a ClusterFacts,
}

/// The outcome of a list.
pub enum Listed<T> {
    /// What was made of the objects.
    Tally(T),
    /// The server does not serve the resource.
    Unserved,
}

impl<T: Tally> Lists<'_, T> {
    /// Lists a resource (`pods`, `deployments.apps`). An empty `namespace` stands for all.
    ///
    /// # Errors
    /// What the client reports, and objects that can't be understood.
    pub async fn list(&self, resource: &str, namespace: &str) -> Result<Listed<T>> {
        match resource {
            "pods" => self.pods(namespace).await.map(Listed::Tally),
            DEVICE_CLAIMS => {
                let kind = Kind::from_resource(resource);
                let options = ListOptions::default();
                let found = dynamic_list::objects(self.client, &kind, namespace, &options).await;
                match found {
                    Err(error) if error.is_api(404) => Ok(Listed::Unserved),
                    found => self.device_claims(&kind, &found?).await.map(Listed::Tally),
                }
            }
            "services" | "persistentvolumeclaims" => {
                self.whole_objects(&Kind::from_resource(resource), namespace).await.map(Listed::Tally)
            }
            _ => match dynamic_list::kind_served(self.client, resource).await? {
                Some(kind) => self.metadata(&kind, namespace).await,
                None => Ok(Listed::Unserved),
            },
        }
    }

    async fn pods(&self, namespace: &str) -> Result<T> {
        let scope = match namespace {
            "" => Scope::All,
            namespace => Scope::Namespace(namespace.to_owned()),
        };
        let (mut tally, mut failure) = (self.empty.clone(), None);
        self.client
            .list::<Pod>(&scope, &ListOptions::default(), |page| match page {
                Page::Items(pods) => {
                    for pod in pods {
                        // A namespace without quotas has nothing that counts.
                        if self.quotas.of_namespace(&pod.metadata.namespace).is_empty() {
                            continue;
                        }
                        match CountedObject::from_pod(&pod, self.client.server_time(), self.facts.version) {
                            Ok(object) => tally.add(self.quotas, &object),
                            Err(error) => failure = failure.take().or(Some(error)),
                        }
                    }
                }
                Page::Restart => tally = self.empty.clone(),
            })
            .await?;
        failure.map_or(Ok(tally), Err)
    }

    async fn whole_objects(&self, kind: &Kind, namespace: &str) -> Result<T> {
        let found = dynamic_list::objects(self.client, kind, namespace, &ListOptions::default()).await?;
        let mut tally = self.empty.clone();
        for value in &found {
            tally.add(self.quotas, &CountedObject::from_value(kind, value, self.client.server_time())?);
        }
        Ok(tally)
    }

    /// Counts claims of devices. Those that the scheduler made for extended resources of a pod are charged with the pod.
    async fn device_claims(&self, kind: &Kind, claims: &[Value]) -> Result<T> {
        let mut owners: Vec<_> = claims.iter().filter_map(extended_resource_owner).collect();
        owners.sort_unstable();
        owners.dedup();
        let wanted = owners.iter().filter(|_| self.facts.device_classes.is_some());
        let read = self.client.bounded(wanted, |(namespace, name, _)| async move {
            self.client.get_json::<Value>(&object_path::<Pod>(Some(namespace), name)).await
        });
        let pods: Vec<Value> = read.await.into_iter().filter_map(Result::ok).collect();
        let mut tally = self.empty.clone();
        for claim in claims {
            tally.add(
                self.quotas,
                &counted_device_claim(kind, claim, claims, &pods, self.facts, self.client.server_time())?,
            );
        }
        Ok(tally)
    }

    /// Never lists more than the metadata: the objects may be Secrets.
    async fn metadata(&self, kind: &Kind, namespace: &str) -> Result<Listed<T>> {
        let path = kind.collection(namespace);
        let found = match self.client.list_metadata(&path, &ListOptions::default()).await {
            Err(error) if error.is_api(404) => return Ok(Listed::Unserved),
            outcome => outcome?,
        };
        let mut tally = self.empty.clone();
        for metadata in &found {
            tally.add(self.quotas, &CountedObject::from_metadata(kind, metadata));
        }
        Ok(Listed::Tally(tally))
    }
}
