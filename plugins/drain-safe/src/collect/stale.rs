//! Budgets that the disruption controller has not seen in their last form: it gets a second to do so.

use std::time::Duration;

use shared::{
    Result,
    client::Client,
    model::{PodDisruptionBudget, WidePod},
};
use tokio::time::sleep;

use crate::{
    budgets::{BudgetState, GoverningBudgets, state},
    facts::Facts,
};

/// How long the controller gets; a new budget takes it some milliseconds.
const PATIENCE: Duration = Duration::from_secs(1);
const STEP: Duration = Duration::from_millis(100);

/// Reads the stale budgets of pods that go anew until they are current, for a second at most. Returns the budgets that
/// were read.
///
/// # Errors
/// Everything but a budget that was deleted meanwhile.
pub async fn reread(client: &Client, facts: &Facts) -> Result<Vec<PodDisruptionBudget>> {
    let governing = GoverningBudgets::new(&facts.budgets, facts.budgets_unread.as_ref());
    let leaving = |pod: &&WidePod| facts.is_target(&pod.spec.node_name);
    let mut indices: Vec<_> =
        facts.pods.iter().filter(leaving).flat_map(|pod| governing.of(pod).unwrap_or_default()).collect();
    indices.sort_unstable();
    indices.dedup();
    let mut stale: Vec<_> = indices
        .into_iter()
        .filter_map(|index| facts.budgets.get(index))
        .filter(|budget| is_stale(budget))
        .cloned()
        .collect();
    let mut read = Vec::new();
    let mut waited = Duration::ZERO;
    while !stale.is_empty() && waited < PATIENCE {
        sleep(STEP).await;
        waited += STEP;
        let asked = client.bounded(std::mem::take(&mut stale), |budget| async move {
            let metadata = &budget.metadata;
            match client.get::<PodDisruptionBudget>(&metadata.namespace, &metadata.name).await {
                Err(error) if error.is_api(404) || error.is_api(403) => Ok(None),
                found => found.map(Some),
            }
        });
        for budget in asked.await {
            match budget? {
                Some(budget) if is_stale(&budget) => stale.push(budget),
                found => read.extend(found),
            }
        }
    }
    read.extend(stale);
    Ok(read)
}

fn is_stale(budget: &PodDisruptionBudget) -> bool {
    state(budget) == BudgetState::Stale
}
