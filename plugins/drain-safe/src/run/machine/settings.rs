//! What the flags say about how a drain is carried out.

use std::time::Duration;

/// The flags of a drain, as far as they decide how it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// How long after the cordon a list has to be empty (`--settle`).
    pub settle: Duration,
    /// How long one node may take (`--timeout`); none for ever.
    pub timeout: Option<Duration>,
    /// How long after their deletion timestamp terminating pods are waited for (`--skip-wait-for-delete-timeout`).
    pub skip_deleted_after: Option<Duration>,
    /// Whether pods may remain (`--allow-partial`).
    pub allow_partial: bool,
    /// Whether replacements may stay Pending (`--allow-pending`); each node is cordoned when its turn comes then.
    pub allow_pending: bool,
    /// Whether pods that come back count as drained (`--ignore-returns`).
    pub ignore_returns: bool,
    /// Whether pods are deleted instead of evicted (`--disable-eviction`), and no budget counts.
    pub ignore_budgets: bool,
    /// How many nodes are drained at once (`--max-parallel`).
    pub max_parallel: usize,
    /// How many nodes of one zone are drained at once (`--max-per-zone`).
    pub max_per_zone: Option<usize>,
    /// Whether a node waits until its owners have as many Ready pods as before (`--wait-replacements`).
    pub wait_replacements: bool,
    /// Whether a node waits until its volumes are detached (`--wait-volumes`).
    pub wait_volumes: bool,
    /// The grace period in seconds that evictions ask for (`--grace-period`); none for what each pod asks for.
    pub grace: Option<i64>,
    /// How many evictions are asked for at once at most.
    pub in_flight: usize,
    /// How long no API server may answer before the run ends.
    pub unreachable_after: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            settle: Duration::from_secs(1),
            timeout: None,
            skip_deleted_after: None,
            allow_partial: false,
            allow_pending: false,
            ignore_returns: false,
            ignore_budgets: false,
            max_parallel: 1,
            max_per_zone: None,
            wait_replacements: false,
            wait_volumes: false,
            grace: None,
            unreachable_after: Duration::from_secs(5 * 60),
            // As many as a server with two processors answers fastest, measured with 110 and 250 pods. One that is busy
            // says so, and gets half as many.
            in_flight: 32,
        }
    }
}
