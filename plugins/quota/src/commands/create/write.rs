//! Writing what was shown, if things are still as they were.

use serde_json::Value;
use shared::{Error, Result, cli::ExitStatus, client::Client};

use super::plan::Write;

/// Only the object's number may have changed, which the quota controller raises as pods come and go.
const TRIES: usize = 5;

/// Writes one object: looks again at what is there, and gives up where somebody changed it meanwhile.
///
/// # Errors
/// It is not what was shown any more; the server's refusal.
pub async fn write(client: &Client, write: &Write) -> Result<Value> {
    for _ in 0..TRIES {
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

/// Whether it is the same object and says the same.
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
    Error::new(format!(
        "{} was changed by somebody else since it was shown; it was not written",
        write.object()
    ))
    .with_status(ExitStatus::Guarded)
    .with_hint("run the command again to see what is there now")
}
