//! Waits until a quota is enforced: until the quota controller has synced it.

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

/// Maximum wait; a tenth of a second is usual.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Waits until the status of a quota has these limits.
///
/// # Errors
/// No such status in time, or a refused watch.
pub async fn wait(client: &Client, namespace: &str, name: &str, hard: &Amounts) -> Result<()> {
    let options = ListOptions { label_selector: None, field_selector: Some(format!("metadata.name={name}")) };
    let mut events = client.watch::<ResourceQuota>(Scope::Namespace(namespace.to_owned()), options);
    let enforced = async {
        while let Some(event) = events.next().await {
            let quotas = match event? {
                WatchEvent::Restarted(quotas) => quotas,
                WatchEvent::Added(quota) | WatchEvent::Modified(quota) => vec![quota],
                WatchEvent::Deleted(_) | WatchEvent::Interrupted { .. } | WatchEvent::Reconnected => continue,
            };
            for quota in quotas {
                if QuotaFacts::new(quota)?.status_hard == *hard {
                    return Ok(());
                }
            }
        }
        Ok(())
    };
    match timeout(TIMEOUT, enforced).await {
        Ok(outcome) => outcome,
        Err(_) => Err(Error::new(format!(
            "resourcequota/{name} was written but is not enforced after {}s: the quota controller has not synced it",
            TIMEOUT.as_secs()
        ))
        .with_status(ExitStatus::Incomplete)
        .with_hint(format!("check whether kube-controller-manager is running; `kubectl quota usage -n {namespace}` shows when the quota is enforced"))),
    }
}
