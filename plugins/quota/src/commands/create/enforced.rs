//! Waiting until a quota limits anything: until the quota controller has counted.

use std::time::Duration;

use futures::StreamExt;
use shared::{
    Error, Result,
    admission::quota_facts::{Amounts, QuotaFacts},
    cli::ExitStatus,
    client::{Client, ListOptions, Scope, WatchEvent},
    model::ResourceQuota,
};
use tokio::time::timeout;

/// Usually it is there within a tenth of a second.
const PATIENCE: Duration = Duration::from_secs(30);

/// Waits until the status of a quota has these limits.
///
/// # Errors
/// It does not within half a minute; the watch is refused.
pub async fn wait(client: &Client, namespace: &str, name: &str, hard: &Amounts) -> Result<()> {
    let options = ListOptions { label_selector: None, field_selector: Some(format!("metadata.name={name}")) };
    let mut events = client.watch::<ResourceQuota>(Scope::Namespace(namespace.to_owned()), options);
    let enforced = async {
        while let Some(event) = events.next().await {
            let quotas = match event? {
                WatchEvent::Restarted(quotas) => quotas,
                WatchEvent::Added(quota) | WatchEvent::Modified(quota) => vec![quota],
                WatchEvent::Deleted(_) | WatchEvent::Interrupted { .. } => continue,
            };
            for quota in quotas {
                if QuotaFacts::new(quota)?.status_hard == *hard {
                    return Ok(());
                }
            }
        }
        Ok(())
    };
    match timeout(PATIENCE, enforced).await {
        Ok(outcome) => outcome,
        Err(_) => Err(Error::new(format!(
            "resourcequota/{name} is written but not enforced after {} s: the quota controller has not counted",
            PATIENCE.as_secs()
        ))
        .with_status(ExitStatus::Incomplete)
        .with_hint(format!("see whether kube-controller-manager runs; `kubectl quota usage -n {namespace}` shows when it counts"))),
    }
}
