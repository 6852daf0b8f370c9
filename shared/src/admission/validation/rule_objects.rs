//! Validation of ResourceQuotas and LimitRanges that are sent to the server.

use serde_json::Value;

use super::{limit_range_complaints, quota_complaints, scope_change_complaint};
use crate::{
    admission::{limit_range::LimitRangeFacts, quota_facts::Amounts, read_object::unreadable},
    manifest::Manifest,
    model::{LimitRange, Quantities, ResourceQuota},
    quantity::Quantity,
};

/// Returns the server's complaints about a ResourceQuota or a LimitRange that replaces `old`; none about other kinds.
///
/// # Errors
/// The server's message for an object it can't decode.
pub fn complaints(manifest: &Manifest, old: Option<&Value>) -> Result<Vec<String>, String> {
    let Manifest { kind, value, .. } = manifest;
    if kind.is("", "ResourceQuota") {
        let quota: ResourceQuota = read(manifest, value)?;
        let hard = amounts(&quota.spec.hard).map_err(|why| unreadable(kind, &why))?;
        let mut complaints = quota_complaints(&hard, &value["spec"]);
        complaints.extend(old.and_then(|old| scope_change_complaint(&value["spec"], &old["spec"])));
        return Ok(complaints);
    }
    if kind.is("", "LimitRange") {
        let range: LimitRange = read(manifest, value)?;
        for item in &range.spec.limits {
            for list in
                [&item.max, &item.min, &item.default, &item.default_request, &item.max_limit_request_ratio]
            {
                amounts(list).map_err(|why| unreadable(kind, &why))?;
            }
        }
        let facts = LimitRangeFacts::as_sent(&range).map_err(|error| error.to_string())?;
        return Ok(limit_range_complaints(&facts.items));
    }
    Ok(Vec::new())
}

fn read<T: serde::de::DeserializeOwned>(manifest: &Manifest, value: &Value) -> Result<T, String> {
    serde_json::from_value(value.clone()).map_err(|error| unreadable(&manifest.kind, &error.to_string()))
}

/// Reads amounts as the server validates them, rounded up to thousandths.
fn amounts(texts: &Quantities) -> Result<Amounts, String> {
    let read = |(name, text): (&String, &crate::model::QuantityText)| {
        let amount = Quantity::parse(text.as_str().trim()).map_err(|error| error.to_string())?;
        Ok((name.clone(), amount.as_stored()))
    };
    texts.iter().map(read).collect()
}
