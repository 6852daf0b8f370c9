//! `null` for a field that is not an `Option`.

use serde::{Deserialize, Deserializer};

/// Reads `null` as the type's default, as Go does for everything but pointers: the API server itself
/// writes `"creationTimestamp": null` and `"limits": null`.
pub(super) fn or_default<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: Default + Deserialize<'de>,
    D: Deserializer<'de>,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}
