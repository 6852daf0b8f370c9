//! The flags that decide how a drain is carried out: kubectl drain's, with its meaning, and ours.

use std::{str::FromStr, time::Duration};

use clap::{Args, Parser, ValueEnum};
use shared::cli::RequestTimeout;

use super::{CheckSkew, DecisionFlags, SingleReplica};
use crate::verdict::GuardCode;

/// What happens to the cordon of a node that could not be drained.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum OnFailure {
    /// It stays
    #[default]
    Keep,
    /// Nodes that this run has cordoned are uncordoned
    Uncordon,
}

/// A number of nodes, or a share of those of the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeCount {
    /// So many.
    Number(usize),
    /// So many in a hundred.
    Percent(usize),
}

impl NodeCount {
    /// Returns the number among so many nodes, one at least.
    pub fn of(self, nodes: usize) -> usize {
        match self {
            Self::Number(number) => number,
            Self::Percent(percent) => (nodes * percent / 100).max(1),
        }
    }
}

impl FromStr for NodeCount {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let refuse = || format!("`{text}` is not a number of nodes from 1, or a share such as 25%");
        let (digits, is_share) = text.strip_suffix('%').map_or((text, false), |digits| (digits, true));
        match digits.parse() {
            Ok(percent @ 1..=100) if is_share => Ok(Self::Percent(percent)),
            Ok(number @ 1..) if !is_share => Ok(Self::Number(number)),
            _ => Err(refuse()),
        }
    }
}

/// The flags that decide how a drain is carried out.
#[derive(Args, Clone, Debug, PartialEq, Eq)]
pub struct RunFlags {
    /// Give up on a node after this long (1m30s); 0 waits for ever
    #[arg(long, value_name = "DURATION", default_value = "0s")]
    pub timeout: RequestTimeout,

    /// Do not wait for pods whose deletion timestamp is this many seconds old; 0 waits for all
    #[arg(long, value_name = "SECONDS", default_value_t = 0)]
    pub skip_wait_for_delete_timeout: u64,

    /// Accepted since kubectl has it: lists are read in pages of 500
    #[arg(long, value_name = "NUMBER", default_value_t = 500, hide = true)]
    pub chunk_size: u64,

    /// Count a node as drained although pods have come back to it
    #[arg(long)]
    pub ignore_returns: bool,

    /// Drain so many nodes at once, as a number or a share of all
    #[arg(long, value_name = "NODES", default_value = "1")]
    pub max_parallel: NodeCount,

    /// Drain at most so many nodes of one zone at once
    #[arg(long, value_name = "NODES", value_parser = clap::value_parser!(u16).range(1..))]
    pub max_per_zone: Option<u16>,

    /// Wait until the workloads of a node have as many Ready pods as before, then go on to the next node
    #[arg(long)]
    pub wait_replacements: bool,

    /// Wait until the volumes of evicted pods are detached from their node, and attached where they go
    #[arg(long)]
    pub wait_volumes: bool,

    /// What happens to the cordon of a node that could not be drained
    #[arg(long, value_enum, value_name = "WHAT", default_value_t)]
    pub on_failure: OnFailure,

    /// How long after the cordon a node has to be found empty
    #[arg(long, value_name = "DURATION", default_value = "1s")]
    pub settle: RequestTimeout,
}

/// All flags that a run writes on its nodes, to be carried out alike by another machine.
#[derive(Parser, Clone, Debug, PartialEq, Eq)]
#[command(no_binary_name = true)]
pub struct RecordedFlags {
    /// What is decided about pods.
    #[command(flatten)]
    pub decision: DecisionFlags,

    /// How it is carried out.
    #[command(flatten)]
    pub run: RunFlags,
}

impl RecordedFlags {
    /// Returns the words that say the same; flags that have their default are left out.
    pub fn words(&self) -> Vec<String> {
        let (decision, run) = (&self.decision, &self.run);
        let mut words = Vec::new();
        let mut add = |is_set: bool, word: String| {
            if is_set {
                words.push(word);
            }
        };
        add(decision.force, "--force".to_owned());
        add(decision.delete_emptydir_data, "--delete-emptydir-data".to_owned());
        add(!decision.ignore_daemonsets, "--ignore-daemonsets=false".to_owned());
        add(decision.grace_period != -1, format!("--grace-period={}", decision.grace_period));
        if let Some(selector) = &decision.pod_selector {
            add(true, format!("--pod-selector={selector}"));
        }
        add(decision.disable_eviction, "--disable-eviction".to_owned());
        add(decision.allow_partial, "--allow-partial".to_owned());
        add(decision.allow_pending, "--allow-pending".to_owned());
        for guard in &decision.allow {
            // Said of the run that held the node then; whoever goes on must not take it from others.
            add(*guard != GuardCode::Locked, format!("--allow={}", guard.as_str()));
        }
        add(decision.ignore_annotations, "--ignore-annotations".to_owned());
        let value = |value: Option<clap::builder::PossibleValue>| {
            value.map(|value| value.get_name().to_owned()).unwrap_or_default()
        };
        let way = value(decision.single_replica.to_possible_value());
        add(decision.single_replica != SingleReplica::default(), format!("--single-replica={way}"));
        add(!decision.keep_one, "--keep-one=false".to_owned());
        add(decision.recreate_bare, "--recreate-bare".to_owned());
        if let Some(percent) = &decision.keep_free {
            add(true, format!("--keep-free={percent}"));
        }
        let skew = value(decision.check_skew.to_possible_value());
        add(decision.check_skew != CheckSkew::default(), format!("--check-skew={skew}"));
        if let Some(timeout) = run.timeout.0 {
            add(true, format!("--timeout={}ms", timeout.as_millis()));
        }
        let skip = run.skip_wait_for_delete_timeout;
        add(skip != 0, format!("--skip-wait-for-delete-timeout={skip}"));
        add(run.ignore_returns, "--ignore-returns".to_owned());
        match run.max_parallel {
            NodeCount::Number(number) => add(number != 1, format!("--max-parallel={number}")),
            NodeCount::Percent(percent) => add(true, format!("--max-parallel={percent}%")),
        }
        if let Some(most) = run.max_per_zone {
            add(true, format!("--max-per-zone={most}"));
        }
        add(run.wait_replacements, "--wait-replacements".to_owned());
        add(run.wait_volumes, "--wait-volumes".to_owned());
        add(run.on_failure == OnFailure::Uncordon, "--on-failure=uncordon".to_owned());
        let settle = run.settle.0.unwrap_or_default();
        add(settle != Duration::from_secs(1), format!("--settle={}ms", settle.as_millis()));
        words
    }

    /// Reads the flags out of words.
    ///
    /// # Errors
    /// clap's complaint, such as about a flag of a later version.
    pub fn of_words(words: &[String]) -> Result<Self, clap::Error> {
        Self::try_parse_from(words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_survive_being_written_on_a_node() {
        for line in [
            "",
            "--force --delete-emptydir-data --ignore-daemonsets=false --grace-period=5 --pod-selector=a=b",
            "--allow-partial --allow=Quorum --allow=Dns --ignore-annotations --single-replica=surge --keep-one=false",
            "--keep-free=12.5 --check-skew=strict --timeout=90000ms --skip-wait-for-delete-timeout=7",
            "--disable-eviction --allow-pending --recreate-bare --ignore-returns --max-parallel=25% --max-per-zone=2",
            "--wait-replacements --wait-volumes --on-failure=uncordon --settle=250ms",
        ] {
            let words: Vec<String> = line.split_whitespace().map(ToOwned::to_owned).collect();
            let flags = RecordedFlags::of_words(&words).unwrap();
            assert_eq!(flags.words(), words);
        }
        assert!(RecordedFlags::of_words(&["--of-tomorrow".to_owned()]).is_err());
    }

    #[test]
    fn a_node_is_taken_over_once() {
        let flags = RecordedFlags::of_words(&["--allow=Locked,Dns".to_owned()]).unwrap();
        assert_eq!(flags.words(), ["--allow=Dns"]);
    }

    #[test]
    fn a_share_of_nodes_is_one_at_least() {
        let count = |text: &str| text.parse::<NodeCount>();
        assert_eq!(count("3").unwrap().of(10), 3);
        assert_eq!(count("25%").unwrap().of(10), 2);
        assert_eq!(count("1%").unwrap().of(10), 1);
        for wrong in ["0", "-1", "0%", "101%", "x", "", "%"] {
            assert!(count(wrong).is_err(), "{wrong}");
        }
    }
}
