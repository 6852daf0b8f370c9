//! Single objects of the API as the types of k8s-openapi, read and written through kube's requests.
//!
//! kube builds paths, queries and patches; the transport, the credentials and the sentences of failures are ours.
//! kube's own client is not used for this: it sends a write again after 429, 503 and 504, fifteen times, though 429 is
//! how the server says that a PodDisruptionBudget forbids an eviction; and its `Api::evict` drops the delete options.
//!
//! ```no_run
//! use k8s_openapi::api::{coordination::v1::{Lease, LeaseSpec}, policy::v1::Eviction};
//! use k8s_openapi::apimachinery::pkg::apis::meta::v1::{DeleteOptions, Preconditions};
//! use shared::{Result, client::{Client, Patch, WriteOptions}};
//!
//! async fn examples(client: &Client, uid: &str) -> Result<()> {
//!     let options = WriteOptions { field_manager: "kubectl-example", dry_run: false };
//!     let leases = client.objects::<Lease>("kube-system");
//!     let mut lease = leases.get("example").await?;
//!     lease.spec = Some(LeaseSpec { holder_identity: Some("me".into()), ..LeaseSpec::default() });
//!     // Refused with 409 where somebody else wrote the lease since it was read.
//!     let lease = leases.replace(&lease, options).await?;
//!     let partial = Lease { spec: lease.spec, ..Lease::default() };
//!     leases.patch("example", &Patch::Merge(partial), options).await?;
//!     let conditions = Preconditions { uid: Some(uid.into()), ..Preconditions::default() };
//!     let how = DeleteOptions { preconditions: Some(conditions), ..DeleteOptions::default() };
//!     client.evict("shop", "web-0", how).await
//! }
//! ```

use std::marker::PhantomData;

use http::Request;
use k8s_openapi::{
    api::policy::v1::Eviction,
    apimachinery::pkg::apis::meta::v1::{DeleteOptions, ObjectMeta},
};
pub use kube::api::Patch;
use kube::{
    Resource,
    api::{GetParams, PatchParams, PostParams},
    core::{ClusterResourceScope, NamespaceResourceScope, request::Request as Paths},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::Client;
use crate::{Error, Result, model::path_segment};

/// How an object is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WriteOptions<'a> {
    /// Owns the fields that are written, `kubectl-elb-tls`; the server makes one up where it is empty.
    pub field_manager: &'a str,
    /// Has the server check everything and store nothing.
    pub dry_run: bool,
}

impl WriteOptions<'_> {
    fn post(self) -> PostParams {
        PostParams { dry_run: self.dry_run, field_manager: self.manager() }
    }

    fn patch(self) -> PatchParams {
        PatchParams { dry_run: self.dry_run, field_manager: self.manager(), ..PatchParams::default() }
    }

    fn manager(self) -> Option<String> {
        Some(self.field_manager).filter(|name| !name.is_empty()).map(ToOwned::to_owned)
    }
}

/// The objects of one kind in one namespace, or without one.
pub struct Objects<'a, K> {
    client: &'a Client,
    paths: Paths,
    kind: PhantomData<K>,
}

impl Client {
    /// Returns the objects of a kind in a namespace.
    pub fn objects<K>(&self, namespace: &str) -> Objects<'_, K>
    where
        K: Resource<DynamicType = (), Scope = NamespaceResourceScope>,
    {
        let paths = Paths::new(K::url_path(&(), Some(&path_segment(namespace))));
        Objects { client: self, paths, kind: PhantomData }
    }

    /// Returns the objects of a kind that has no namespace.
    pub fn cluster_objects<K>(&self) -> Objects<'_, K>
    where
        K: Resource<DynamicType = (), Scope = ClusterResourceScope>,
    {
        Objects { client: self, paths: Paths::new(K::url_path(&(), None)), kind: PhantomData }
    }

    /// Evicts a pod. Preconditions, grace period and dry run are those of the options.
    ///
    /// # Errors
    /// What [`Client::request`] reports. 429 ([`Error::is_api`]) where a PodDisruptionBudget forbids it, with the cause
    /// `DisruptionBudget` among [`crate::error::ApiStatusDetails::causes`] and perhaps [`Error::retry_after`]; 409
    /// where a precondition does not hold; 404 where the pod is gone.
    pub async fn evict(&self, namespace: &str, pod: &str, options: DeleteOptions) -> Result<()> {
        let metadata = ObjectMeta {
            name: Some(pod.to_owned()),
            namespace: Some(namespace.to_owned()),
            ..ObjectMeta::default()
        };
        let eviction = Eviction { metadata, delete_options: Some(options) };
        let pods = self.objects::<k8s_openapi::api::core::v1::Pod>(namespace);
        let request = pods.paths.create_subresource(
            "eviction",
            &path_segment(pod),
            &PostParams::default(),
            body(&eviction)?,
        );
        self.receive_json::<Value>(built(request)?).await.map(drop)
    }
}

impl<K> Objects<'_, K>
where
    K: Resource<DynamicType = ()> + Serialize + DeserializeOwned,
{
    /// Reads one object.
    ///
    /// # Errors
    /// What [`Client::request`] reports, 404 where there is no such object.
    pub async fn get(&self, name: &str) -> Result<K> {
        let request = self.paths.get(&path_segment(name), &GetParams::default());
        self.client.receive_json(built(request)?).await
    }

    /// Creates an object and returns it as the server stored it.
    ///
    /// # Errors
    /// The server's refusal, 409 where there is one of that name.
    pub async fn create(&self, object: &K, options: WriteOptions<'_>) -> Result<K> {
        let request = self.paths.create(&options.post(), body(object)?);
        self.client.receive_json(built(request)?).await
    }

    /// Puts an object in the place of the one of its name; its `resourceVersion` has to be the one that was read.
    ///
    /// # Errors
    /// The server's refusal, 409 where the object was changed since.
    pub async fn replace(&self, object: &K, options: WriteOptions<'_>) -> Result<K> {
        let request = self.paths.replace(&segment_of(object)?, &options.post(), body(object)?);
        self.client.receive_json(built(request)?).await
    }

    /// Changes parts of an object: a merge or strategic merge patch of the type itself or of any JSON, or a JSON patch.
    ///
    /// # Errors
    /// The server's refusal.
    pub async fn patch<P: Serialize>(
        &self,
        name: &str,
        patch: &Patch<P>,
        options: WriteOptions<'_>,
    ) -> Result<K> {
        let request = self.paths.patch(&path_segment(name), &options.patch(), patch);
        self.client.receive_json(built(request)?).await
    }

    /// Applies exactly these fields as those of the field manager: what it applied before and does not name now goes
    /// away. `force` takes over fields of other managers.
    ///
    /// # Errors
    /// The server's refusal, 409 where another manager owns a field with another value.
    pub async fn server_side_apply(&self, object: &K, options: WriteOptions<'_>, force: bool) -> Result<K> {
        let parameters = PatchParams { force, ..options.patch() };
        let request = self.paths.patch(&segment_of(object)?, &parameters, &Patch::Apply(object));
        self.client.receive_json(built(request)?).await
    }

    /// Deletes an object. Preconditions, grace period, propagation and dry run are those of the options.
    ///
    /// # Errors
    /// The server's refusal, 409 where a precondition does not hold.
    pub async fn delete(&self, name: &str, options: &DeleteOptions) -> Result<()> {
        if name.is_empty() {
            // Without a name the path would be that of the list.
            return Err(Error::usage(format!("the name of a {} is missing", K::kind(&()))));
        }
        let path = format!("{}/{}", self.paths.url_path, path_segment(name));
        self.client.delete_json::<Value>(&path, options).await.map(drop)
    }
}

/// Returns the last segment of an object's path.
fn segment_of<K: Resource<DynamicType = ()>>(object: &K) -> Result<String> {
    match object.meta().name.as_deref() {
        None | Some("") => Err(Error::usage(format!("the name of a {} is missing", K::kind(&())))),
        Some(name) => Ok(path_segment(name)),
    }
}

fn body(object: &impl Serialize) -> Result<Vec<u8>> {
    serde_json::to_vec(object)
        .map_err(|error| Error::new(format!("an object can't be written as JSON: {error}")))
}

fn built(
    request: std::result::Result<Request<Vec<u8>>, kube::core::request::Error>,
) -> Result<Request<Vec<u8>>> {
    request.map_err(|error| Error::usage(format!("there is no such request: {error}")))
}

#[cfg(test)]
mod tests;
