//! The shape of `recommend -o json`. Keys are added to, never renamed.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use shared::client::incomplete::Skipped;

use crate::{
    document::list,
    proposal::{Change, Violation},
    sizing::{Advice, SizedLimit},
};

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Recommendation<'a> {
    namespace: &'a str,
    /// The objects in the order in which to apply them.
    objects: Vec<Value>,
    limits: Vec<Limit<'a>>,
    changes: &'a [Change],
    #[serde(rename = "breaks")]
    violations: &'a [Violation],
    notes: &'a [String],
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Limit<'a> {
    resource: &'a str,
    #[serde(flatten)]
    sized: &'a SizedLimit,
}

/// Returns the JSON document of these recommendations.
pub fn recommendation_list<'a>(all: &'a [Advice], skipped: &'a [Skipped]) -> impl Serialize + use<'a> {
    let item = |advice: &'a Advice| Recommendation {
        namespace: &advice.proposal.namespace,
        objects: advice.proposal.manifests(),
        limits: advice.hard.iter().map(|(resource, sized)| Limit { resource, sized }).collect(),
        changes: &advice.changes,
        violations: &advice.violations,
        notes: &advice.notes,
    };
    list("RecommendationList", all.iter().map(item), skipped)
}
