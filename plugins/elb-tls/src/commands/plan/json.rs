//! The documents of `plan`.

use schemars::JsonSchema;
use serde::Serialize;
use shared::{client::incomplete::Skipped, output::Envelope};

use crate::{api_version::API_VERSION, planning::Plan};

/// The document of several plans.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PlanList<'a> {
    items: &'a [Plan],
    skipped: &'a [Skipped],
}

/// Returns the document of one plan.
pub fn one(plan: &Plan) -> Envelope<&Plan> {
    Envelope::new(API_VERSION, "ListenerPlan", plan)
}

/// Returns the document of several plans.
pub fn list<'a>(plans: &'a [Plan], skipped: &'a [Skipped]) -> Envelope<PlanList<'a>> {
    Envelope::new(API_VERSION, "ListenerPlanList", PlanList { items: plans, skipped })
}
