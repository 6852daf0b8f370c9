//! One amount of one quota, as it is recorded and as it is.

use schemars::JsonSchema;
use serde::Serialize;
use shared::quantity::Quantity;

/// One resource of one quota. Keys of its JSON are added to, never renamed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// The namespace of the quota.
    pub namespace: String,
    /// The quota.
    pub quota: String,
    /// The resource as the quota lists it.
    pub resource: String,
    /// The amount in `status.used`; `None` where the server has none.
    pub recorded: Option<Quantity>,
    /// The amount that existing objects add up to; `None` where they could not be listed.
    pub recounted: Option<Quantity>,
    /// Recorded minus recounted.
    pub drift: Option<Quantity>,
    /// The likely cause of a difference.
    pub cause: Option<String>,
    /// When `status.used` was last written, in RFC 3339; `None` where that is not known.
    pub recorded_at: Option<String>,
}

/// The result for a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// What is recorded is what exists.
    Agrees,
    /// It is not.
    Drifts,
    /// The objects could not be listed.
    Unknown,
}

impl Row {
    /// Returns the result.
    pub fn verdict(&self) -> Verdict {
        match (&self.recorded, &self.recounted, &self.drift) {
            (_, None, _) => Verdict::Unknown,
            (None, Some(_), _) => Verdict::Drifts,
            (_, _, Some(drift)) if !drift.is_zero() => Verdict::Drifts,
            _ => Verdict::Agrees,
        }
    }

    /// Returns what makes it the same row of another recount.
    pub fn key(&self) -> (&str, &str, &str) {
        (&self.namespace, &self.quota, &self.resource)
    }
}
