//! How near a namespace is to the limits of its quotas.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::Serialize;
use shared::{
    Result,
    client::{Client, ListOptions, Page, Scope},
    model::ResourceQuota,
    quantity::Quantity,
};

/// The quota of a namespace that is nearest to its limit, and the resource. Serialized it is a part of `list -o json`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct QuotaPressure {
    /// The quota's name.
    pub quota: String,
    /// The resource.
    pub resource: String,
    /// What is charged.
    pub used: String,
    /// The limit.
    pub hard: String,
    /// The part that is used, in percent, rounded down.
    pub percent: u64,
}

impl Eq for QuotaPressure {}

/// Lists all quotas, and returns the nearest to its limit of each namespace.
///
/// # Errors
/// The server refuses, or can't be asked.
pub async fn read(client: &Client) -> Result<HashMap<String, QuotaPressure>> {
    let mut found: HashMap<String, QuotaPressure> = HashMap::new();
    client
        .list::<ResourceQuota>(&Scope::All, &ListOptions::default(), |page| match page {
            Page::Items(quotas) => quotas.iter().for_each(|quota| take(quota, &mut found)),
            Page::Restart => found.clear(),
        })
        .await?;
    Ok(found)
}

fn take(quota: &ResourceQuota, found: &mut HashMap<String, QuotaPressure>) {
    for (resource, hard) in &quota.status.hard {
        let Some(used) = quota.status.used.get(resource) else { continue };
        let (used, hard) = (used.to_string(), hard.to_string());
        let Some(percent) = percent(&used, &hard) else { continue };
        let pressure = QuotaPressure {
            quota: quota.metadata.name.clone(),
            resource: resource.clone(),
            used,
            hard,
            percent,
        };
        let known = found.entry(quota.metadata.namespace.clone()).or_default();
        if known.quota.is_empty() || known.percent < percent {
            *known = pressure;
        }
    }
}

/// Returns which part of a limit is used. Where the limit is 0 there is nothing to use up.
fn percent(used: &str, hard: &str) -> Option<u64> {
    let number = |text: &str| Quantity::parse(text).ok()?.exact_decimal().parse::<f64>().ok();
    let (used, hard) = (number(used)?, number(hard)?);
    // Rounded down: 100 is full.
    (hard > 0.0).then(|| (used / hard * 100.0).floor().max(0.0) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quota(namespace: &str, name: &str, pairs: &[(&str, &str, &str)]) -> ResourceQuota {
        let map = |pick: fn(&(&str, &str, &str)) -> (String, String)| {
            pairs.iter().map(pick).collect::<HashMap<String, String>>()
        };
        let hard = map(|(resource, _, hard)| ((*resource).into(), (*hard).into()));
        let used = map(|(resource, used, _)| ((*resource).into(), (*used).into()));
        serde_json::from_value(serde_json::json!({
            "metadata": {"name": name, "namespace": namespace},
            "status": {"hard": hard, "used": used},
        }))
        .unwrap()
    }

    #[test]
    fn the_nearest_to_its_limit_counts() {
        let mut found = HashMap::new();
        take(&quota("shop", "a", &[("pods", "1", "10"), ("requests.cpu", "1500m", "2")]), &mut found);
        take(&quota("shop", "b", &[("secrets", "1", "3"), ("services", "0", "0")]), &mut found);
        take(&quota("web", "c", &[("pods", "5", "4")]), &mut found);
        let shop = &found["shop"];
        assert_eq!((shop.quota.as_str(), shop.resource.as_str(), shop.percent), ("a", "requests.cpu", 75));
        assert_eq!((found["web"].percent, found.len()), (125, 2));
    }
}
