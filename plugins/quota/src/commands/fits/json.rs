//! The JSON document of `kubectl quota fits`.

use serde::Serialize;

use crate::{
    api_version::API_VERSION,
    capacity::{Bound, Fits, TargetWorkload, autoscaler::Autoscaler, json::Workload},
};

/// The `Fits` document.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Document<'a> {
    api_version: &'static str,
    kind: &'static str,
    workload: Workload<'a>,
    paused: bool,
    replicas: usize,
    fits: Option<usize>,
    wanted: Option<usize>,
    by: &'a [Bound],
    messages: &'a [String],
    autoscalers: &'a [Autoscaler],
    unchecked: &'a [String],
}

impl<'a> Document<'a> {
    /// Returns the document of one workload. `wanted` is the value of `--replicas`.
    pub fn new(
        target: &'a TargetWorkload,
        fits: &'a Fits,
        autoscalers: &'a [Autoscaler],
        wanted: Option<usize>,
    ) -> Self {
        Self {
            api_version: API_VERSION,
            kind: "Fits",
            workload: Workload::of(target),
            paused: target.is_paused(),
            replicas: target.pods(),
            fits: fits.more,
            wanted,
            by: &fits.by,
            messages: &fits.messages,
            autoscalers,
            unchecked: &target.unchecked,
        }
    }
}
