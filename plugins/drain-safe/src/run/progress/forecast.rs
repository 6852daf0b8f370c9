//! How long the pods of a node may still take, as far as grace periods and waves tell.

use std::{collections::BTreeMap, time::Duration};

use shared::output::spelled_duration;

use super::super::machine::{Disposition, Machine, Moment, Phase, PodRun};

/// What is left of a node.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forecast {
    /// How many pods are still to go.
    pub left: usize,
    /// How long the pods of each wave may take at most to end, one wave after the other.
    pub waves: Vec<Duration>,
    /// How many wait for something that no clock tells: budgets that others hold, pods that complete, terminating ones that
    /// are over their grace period.
    pub open: usize,
}

impl Forecast {
    /// Returns what is left of a node. Budgets have made the waves: between two of them replacements become Ready.
    pub fn of_node(machine: &Machine, node: usize, now: Moment) -> Self {
        let mut waves: BTreeMap<usize, Duration> = BTreeMap::new();
        let (mut left, mut open) = (0, 0);
        for pod in machine.pods_of(node).filter(|pod| !pod.is_resolved(machine.settings())) {
            left += 1;
            let Some((wave, longest)) = bound(pod, machine, now) else {
                open += 1;
                continue;
            };
            waves.entry(wave).and_modify(|known| *known = longest.max(*known)).or_insert(longest);
        }
        Self { left, waves: waves.into_values().collect(), open }
    }

    /// Returns it in a few words.
    pub fn words(&self) -> String {
        let longest = self.waves.iter().max().copied().unwrap_or_default();
        // Kubelets count whole seconds.
        let longest = spelled_duration(Duration::from_secs(longest.as_secs_f64().ceil().max(1.0) as u64));
        let clocked = match self.waves.as_slice() {
            [] => None,
            [_] => Some(format!("up to {longest}")),
            several => Some(format!("{} waves of up to {longest}", several.len())),
        };
        match (clocked, self.open) {
            (None, 0) => "-".to_owned(),
            (Some(clocked), 0) => clocked,
            (None, _) => "open".to_owned(),
            (Some(clocked), open) => format!("{clocked}, {open} open"),
        }
    }
}

/// Returns the wave of a pod and how long it may take to end once its turn has come; none where no clock tells.
fn bound(pod: &PodRun, machine: &Machine, now: Moment) -> Option<(usize, Duration)> {
    match pod.phase {
        Phase::Leaving { since, grace } => {
            // What terminates already waits for no wave.
            (since + grace).checked_sub(now).filter(|left| !left.is_zero()).map(|left| (0, left))
        }
        Phase::Present | Phase::InFlight => {
            let goes = pod.disposition(machine.settings()) == Disposition::Goes;
            let wave = pod.wave.filter(|_| goes && !pod.is_given_up)?;
            Some((wave, pod.grace(machine.settings())))
        }
        Phase::Gone | Phase::Unconfirmed => None,
    }
}
