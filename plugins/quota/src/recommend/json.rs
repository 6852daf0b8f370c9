//! The shape of `recommend -o json`. Keys are added to, never renamed.

use serde::Serialize;
use serde_json::Value;

use super::advice::{Advice, SizedLimit};
use crate::{
    args::API_VERSION,
    proposal::{Break, Change},
    skipped::Skipped,
};

/// The document of `recommend`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RecommendationList<'a> {
    api_version: &'static str,
    kind: &'static str,
    items: Vec<Recommendation<'a>>,
    skipped: &'a [Skipped],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Recommendation<'a> {
    namespace: &'a str,
    /// To be applied, in this order.
    objects: Vec<Value>,
    limits: Vec<Limit<'a>>,
    changes: &'a [Change],
    breaks: &'a [Break],
    notes: &'a [String],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Limit<'a> {
    resource: &'a str,
    #[serde(flatten)]
    sized: &'a SizedLimit,
}

impl<'a> RecommendationList<'a> {
    /// The document for this advice.
    pub fn new(all: &'a [Advice], skipped: &'a [Skipped]) -> Self {
        let item = |advice: &'a Advice| Recommendation {
            namespace: &advice.proposal.namespace,
            objects: advice.proposal.manifests(),
            limits: advice.hard.iter().map(|(resource, sized)| Limit { resource, sized }).collect(),
            changes: &advice.changes,
            breaks: &advice.breaks,
            notes: &advice.notes,
        };
        Self {
            api_version: API_VERSION,
            kind: "RecommendationList",
            items: all.iter().map(item).collect(),
            skipped,
        }
    }
}
