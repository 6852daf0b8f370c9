//! Writes what was shown, unless it has changed meanwhile.

use serde_json::Value;
use shared::{Error, Result, cli::ExitStatus, client::Client};

use super::plan::Write;

/// Attempts in case only the resourceVersion has changed: the quota controller updates the status as pods come and go.
const ATTEMPTS: usize = 5;

/// Writes one object. Reads the existing one again first, and fails if its spec has changed since it was shown.
///
/// # Errors
/// The object has changed since it was shown; the server's refusal.
pub async fn apply(client: &Client, write: &Write) -> Result<Value> {
    for _ in 0..ATTEMPTS {
        let now = write.read(client).await?;
        if !is_same(write.present.as_ref(), now.as_ref()) {
            return Err(changed(write));
        }
        match write.send(client, now.as_ref(), false).await {
            Err(error) if error.is_api(409) => {}
            outcome => return outcome,
        }
    }
    Err(changed(write))
}

/// Returns whether it is the same object with the same spec.
fn is_same(shown: Option<&Value>, now: Option<&Value>) -> bool {
    match (shown, now) {
        (None, None) => true,
        (Some(shown), Some(now)) => {
            shown["metadata"]["uid"] == now["metadata"]["uid"] && shown["spec"] == now["spec"]
        }
        _ => false,
    }
}

fn changed(write: &Write) -> Error {
    Error::new(format!("{} has changed since it was shown and was not written", write.object()))
        .with_status(ExitStatus::Guarded)
        .with_hint("run the command again to see the current object")
}
