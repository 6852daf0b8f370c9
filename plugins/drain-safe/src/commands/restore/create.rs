//! Creating objects, each after what it needs.

use std::time::Duration;

use serde_json::Value;
use shared::{Error, Result, client::Client, manifest::Manifest};
use tokio::time::{Instant, sleep};

use crate::run::cordon::{FIELD_MANAGER, may_pass};

/// How long a server that fails is asked again, and a namespace is waited for to have its service account.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long to wait before that.
const PAUSE: Duration = Duration::from_millis(250);

/// Creates an object. One that is there counts as created where an answer was lost before.
///
/// # Errors
/// The server refuses it.
pub async fn create(client: &Client, object: &Manifest, dry_run: bool) -> Result<()> {
    let dry = if dry_run { "&dryRun=All" } else { "" };
    let collection = object.kind.collection(&object.namespace);
    let path = format!("{collection}?fieldManager={FIELD_MANAGER}{dry}");
    let start = Instant::now();
    let mut was_lost = false;
    loop {
        let Err(error) = client.post_json::<Value>(&path, &object.value).await else { return Ok(()) };
        let is_there = error.api_status().is_some_and(|api| api.reason == "AlreadyExists");
        if is_there && was_lost {
            return Ok(());
        }
        was_lost |= error.api_status().is_none();
        let passes = may_pass(&error) || has_no_account_yet(&error);
        if !passes || start.elapsed() >= PATIENCE {
            return Err(error);
        }
        sleep(PAUSE).await;
    }
}

/// A namespace that was just created has no service account for a moment
/// (`plugin/pkg/admission/serviceaccount` in Kubernetes).
fn has_no_account_yet(error: &Error) -> bool {
    error.api_status().is_some_and(|api| api.message.contains("error looking up service account"))
}
