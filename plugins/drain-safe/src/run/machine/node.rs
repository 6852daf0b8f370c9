//! A node during the run.

use std::collections::BTreeMap;

use shared::cli::ExitStatus;

use super::{Moment, SeenPod, Settings};
use crate::plan::NodePlan;

/// How a node ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// It holds nothing but what stays.
    Drained,
    /// Pods remain.
    Partial,
    /// `--timeout` is over, and pods remain, or what is waited for after them.
    TimedOut,
    /// Somebody has uncordoned it.
    Reopened,
    /// It was deleted.
    Gone,
    /// The user has interrupted the run.
    Interrupted,
    /// Somebody else has taken its lock.
    LockLost {
        /// The new holder.
        holder: String,
    },
    /// Something that the drain can't do without has failed.
    Failed {
        /// What, in a sentence.
        message: String,
        /// What the command ends with.
        status: ExitStatus,
    },
}

impl End {
    /// Returns the word of documents.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Drained => "Drained",
            Self::Partial => "Partial",
            Self::TimedOut => "TimedOut",
            Self::Reopened => "Reopened",
            Self::Gone => "Gone",
            Self::Interrupted => "Interrupted",
            Self::LockLost { .. } | Self::Failed { .. } => "Failed",
        }
    }

    /// Returns it in a sentence.
    pub fn sentence(&self) -> String {
        match self {
            Self::Drained => "it holds nothing but what stays".to_owned(),
            Self::Partial => "pods remain".to_owned(),
            Self::TimedOut => "--timeout is over".to_owned(),
            Self::Reopened => "somebody has uncordoned it, and it is left as it is".to_owned(),
            Self::Gone => "it was deleted".to_owned(),
            Self::Interrupted => "interrupted".to_owned(),
            Self::LockLost { holder } if holder.is_empty() => {
                "somebody has released its lock, or another run has it now".to_owned()
            }
            Self::LockLost { holder } => format!("the run {holder} has taken its lock"),
            Self::Failed { message, .. } => message.clone(),
        }
    }

    /// Returns what the command ends with.
    pub fn status(&self) -> ExitStatus {
        match self {
            Self::Drained | Self::Gone => ExitStatus::Success,
            Self::Partial | Self::TimedOut => ExitStatus::Incomplete,
            Self::Reopened | Self::LockLost { .. } => ExitStatus::Guarded,
            Self::Interrupted => ExitStatus::Cancelled,
            Self::Failed { status, .. } => *status,
        }
    }
}

/// How far a node is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Nothing is done yet.
    Queued,
    /// It is being cordoned.
    Cordoning,
    /// It is cordoned and waits for its turn.
    Cordoned {
        /// When it was cordoned.
        at: Moment,
    },
    /// Its pods go.
    Draining {
        /// When it was cordoned.
        cordoned: Moment,
        /// When its turn came.
        since: Moment,
    },
    /// Nothing more is done.
    Over {
        /// How it ended.
        end: End,
        /// When.
        at: Moment,
    },
}

/// A node during the run.
#[derive(Clone, Debug)]
pub struct NodeRun {
    /// Its name.
    pub name: String,
    /// Its uid.
    pub uid: String,
    /// Its zone.
    pub zone: Option<String>,
    /// Whether its kubelet reports it as Ready.
    pub is_ready: bool,
    /// Whether it was cordoned before we came.
    pub was_cordoned: bool,
    /// How far it is.
    pub stage: Stage,
    /// When others may take its lock; none before it is ours.
    pub locked_until: Option<Moment>,
    /// Whether the watch of its pods is connected.
    pub is_watched: bool,
    /// Pods on it that no plan has judged yet, by uid.
    pub unplanned: BTreeMap<String, SeenPod>,
    /// Since when no pod is left that is waited for.
    pub empty_since: Option<Moment>,
    /// Whether its pods are being listed.
    pub is_listing: bool,
    /// When its pods may be listed again.
    pub list_not_before: Moment,
}

impl NodeRun {
    pub(super) fn new(plan: &NodePlan, was_cordoned: bool) -> Self {
        Self {
            name: plan.name.clone(),
            uid: plan.uid.clone(),
            zone: plan.zone.clone(),
            is_ready: plan.ready,
            was_cordoned,
            stage: Stage::Queued,
            locked_until: None,
            is_watched: false,
            unplanned: BTreeMap::new(),
            empty_since: None,
            is_listing: false,
            list_not_before: Moment::ZERO,
        }
    }

    /// Returns whether its pods go.
    pub fn is_active(&self) -> bool {
        matches!(self.stage, Stage::Draining { .. } | Stage::Cordoning)
    }

    /// Returns whether nothing more is done.
    pub fn is_over(&self) -> bool {
        matches!(self.stage, Stage::Over { .. })
    }

    /// Returns how it ended.
    pub fn end(&self) -> Option<&End> {
        match &self.stage {
            Stage::Over { end, .. } => Some(end),
            _ => None,
        }
    }

    /// Returns when it was cordoned.
    pub fn cordoned_at(&self) -> Option<Moment> {
        match self.stage {
            Stage::Cordoned { at } | Stage::Draining { cordoned: at, .. } => Some(at),
            _ => None,
        }
    }

    /// Returns whether evictions may be asked for: its turn has come, its lock is ours, and its watch shows what is there.
    pub(super) fn is_open(&self, now: Moment) -> bool {
        matches!(self.stage, Stage::Draining { .. })
            && self.is_watched
            && self.locked_until.is_some_and(|until| now < until)
    }

    /// Returns when its time is over.
    pub(super) fn deadline(&self, settings: &Settings) -> Option<Moment> {
        match self.stage {
            Stage::Draining { since, .. } => Some(since + settings.timeout?),
            _ => None,
        }
    }

    /// Returns when something changes by the clock alone.
    pub(super) fn times(&self, settings: &Settings) -> impl Iterator<Item = Moment> {
        let settled = match self.stage {
            Stage::Draining { cordoned, .. } => Some((cordoned + settings.settle).max(self.list_not_before)),
            _ => None,
        };
        [settled, self.deadline(settings)].into_iter().flatten()
    }
}
