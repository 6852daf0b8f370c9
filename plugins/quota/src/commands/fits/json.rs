//! The JSON documents of `kubectl quota fits`.

use schemars::JsonSchema;
use serde::Serialize;

use crate::capacity::{
    Bound, Fits, TargetWorkload, autoscaler::Autoscaler, json::Workload, node_room::NodeRoom,
};

/// The content of a `Fits` document, and an item of a `FitsList`.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Document<'a> {
    workload: Workload<'a>,
    paused: bool,
    replicas: usize,
    fits: Option<usize>,
    /// Why the number may be lower, or why it is not known whether anything bounds it.
    doubt: Option<&'static str>,
    wanted: Option<usize>,
    by: &'a [Bound],
    messages: &'a [String],
    autoscalers: &'a [Autoscaler],
    unchecked: &'a [String],
    /// What nodes have room for, where that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    nodes: Option<&'a NodeRoom>,
}

impl<'a> Document<'a> {
    /// Returns the content about one workload. `wanted` is the value of `--replicas`.
    pub fn new(
        target: &'a TargetWorkload,
        fits: &'a Fits,
        autoscalers: &'a [Autoscaler],
        wanted: Option<usize>,
        nodes: Option<&'a NodeRoom>,
    ) -> Self {
        Self {
            workload: Workload::of(target),
            paused: target.is_paused(),
            replicas: target.pods(),
            fits: fits.more,
            doubt: target.doubt_about_bounds(),
            wanted,
            by: &fits.by,
            messages: &fits.messages,
            autoscalers,
            unchecked: &target.unchecked,
            nodes,
        }
    }
}
