//! Patches that are decided by an object as it is now.

use serde_json::Value;
use shared::{Result, client::Client};

use crate::run::cordon::FIELD_MANAGER;

/// How often an object is read again that was changed between reading and writing: its controller writes, too.
const CONFLICTS: u32 = 20;

/// Writes a patch of what `decide` says about an object as it is now; again where somebody wrote it in between. Returns the
/// object as it was before, and whether there was something to write.
pub async fn change(
    client: &Client,
    path: &str,
    decide: impl Fn(&Value) -> Result<Option<Value>>,
) -> Result<(Value, bool)> {
    let mut conflicts = 0;
    loop {
        let object: Value = client.get_json(path).await?;
        let Some(mut patch) = decide(&object)? else { return Ok((object, false)) };
        patch["metadata"]["resourceVersion"] = object["metadata"]["resourceVersion"].clone();
        let path = format!("{path}?fieldManager={FIELD_MANAGER}");
        match client.patch_json::<Value>(&path, &patch).await {
            Err(error) if error.is_api(409) && conflicts < CONFLICTS => conflicts += 1,
            Err(error) => return Err(error),
            Ok(_) => return Ok((object, true)),
        }
    }
}
