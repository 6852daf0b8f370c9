//! `apps/v1.Deployment`: how many pods it wants, and how far it is.

use serde::Deserialize;

use super::AnnotatedMeta;
use super::nullable::or_default;
use super::resource::built_in;

/// A Deployment, as far as it matters whether it is settled.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Deployment {
    /// Name, generation, annotations.
    #[prost(message, required, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub metadata: AnnotatedMeta,
    /// The desired state.
    #[prost(message, required, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub spec: DeploymentSpec,
    /// The observed state.
    #[prost(message, required, tag = "3")]
    #[serde(deserialize_with = "or_default")]
    pub status: DeploymentStatus,
}

built_in!(Deployment, "apps", "v1", "deployments", "Deployment", namespaced);

impl Deployment {
    /// Returns how many pods it wants.
    pub fn replicas(&self) -> i32 {
        self.spec.replicas.unwrap_or(1)
    }

    /// Returns whether its controller has seen its last change.
    pub fn is_observed(&self) -> bool {
        self.status.observed_generation >= self.metadata.generation
    }

    /// Returns whether everything of its newest template is there and available, and nothing else.
    pub fn is_settled(&self) -> bool {
        let DeploymentStatus { replicas, updated_replicas, available_replicas, .. } = self.status;
        self.is_observed()
            && [replicas, updated_replicas, available_replicas].iter().all(|count| *count == self.replicas())
    }
}

/// The number of pods of `apps/v1.DeploymentSpec`.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct DeploymentSpec {
    /// How many pods it wants; absent for one.
    #[prost(int32, optional, tag = "1")]
    pub replicas: Option<i32>,
}

/// The counts of `apps/v1.DeploymentStatus`.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct DeploymentStatus {
    /// The generation that the controller has seen last.
    #[prost(int64, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub observed_generation: i64,
    /// How many pods there are.
    #[prost(int32, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub replicas: i32,
    /// How many of them are of the newest template.
    #[prost(int32, tag = "3")]
    #[serde(deserialize_with = "or_default")]
    pub updated_replicas: i32,
    /// How many have been Ready for `minReadySeconds`.
    #[prost(int32, tag = "4")]
    #[serde(deserialize_with = "or_default")]
    pub available_replicas: i32,
}
