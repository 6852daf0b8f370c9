//! Recounts until what drifts stays the same: lists that are read one after the other show different moments.

use std::{collections::BTreeSet, time::Duration};

use serde_json::Value;
use shared::{
    Result,
    cli::clock,
    client::Client,
    model::{ResourceQuota, object_path},
};

use super::{
    decide::{Histories, rows},
    history::History,
    recount::Recount,
    row::{Row, Verdict},
};
use crate::counted_objects::{Counted, Selection, read_cluster};

/// How long is waited before each further recount. The quota controller is usually done within milliseconds.
const WAITS: [u64; 4] = [250, 500, 1000, 2000];

/// Beyond so many namespaces, all are read again at once.
const MANY: usize = 50;

/// A finished recount.
pub struct Verified {
    /// The rows.
    pub rows: Vec<Row>,
    /// What was read first.
    pub counted: Counted<Recount>,
}

/// Reads and recounts the selected quotas. What drifts is counted again until it stays the same twice.
///
/// # Errors
/// As [`read_cluster`].
pub async fn verified(client: &Client, selection: &Selection, names: &[String]) -> Result<Verified> {
    let counted = read_cluster(client, selection, &Recount::default()).await?;
    let is_wanted = |row: &Row| names.is_empty() || names.contains(&row.quota);
    let mut all = rows(&counted, &Histories::new(), clock::now());
    all.retain(is_wanted);
    let mut drifting = drifting(&all);
    for wait in WAITS {
        if drifting.is_empty() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(wait)).await;
        let namespaces: BTreeSet<_> = drifting.iter().map(|row| row.namespace.clone()).collect();
        let again = match selection {
            Selection::All { .. } if namespaces.len() > MANY => selection.clone(),
            _ => Selection::Namespaces(namespaces.clone()),
        };
        let recounted = read_cluster(client, &again, &Recount::default()).await?;
        let histories = histories(client, &drifting).await?;
        let mut fresh = rows(&recounted, &histories, clock::now());
        fresh.retain(|row| is_wanted(row) && namespaces.contains(&row.namespace));
        let still = self::drifting(&fresh);
        let is_stable = still.iter().all(|row| drifting.iter().any(|before| is_same(before, row)));
        all.retain(|row| !namespaces.contains(&row.namespace));
        all.extend(fresh);
        drifting = still;
        if is_stable {
            break;
        }
    }
    all.sort_by(|a, b| a.key().cmp(&b.key()));
    Ok(Verified { rows: all, counted })
}

fn drifting(rows: &[Row]) -> Vec<Row> {
    rows.iter().filter(|row| row.verdict() == Verdict::Drifts).cloned().collect()
}

fn is_same(before: &Row, after: &Row) -> bool {
    before.key() == after.key() && before.recorded == after.recorded && before.recounted == after.recounted
}

/// Reads when the quotas of these rows were written last. Who may not read one, or comes too late, learns nothing of it.
async fn histories(client: &Client, rows: &[Row]) -> Result<Histories> {
    let quotas: BTreeSet<_> = rows.iter().map(|row| (row.namespace.clone(), row.quota.clone())).collect();
    let read = client.bounded(quotas, |(namespace, name)| async move {
        let path = object_path::<ResourceQuota>(Some(&namespace), &name);
        ((namespace, name), client.get_json::<Value>(&path).await)
    });
    let mut histories = Histories::new();
    for (key, quota) in read.await {
        match quota {
            Ok(quota) => drop(histories.insert(key, History::of(&quota))),
            Err(error) if error.api_status().is_some() => {}
            Err(error) => return Err(error),
        }
    }
    Ok(histories)
}
