//! The verdict of a pod, and the codes of its reasons: words that scripts read, never renamed.

mod guard;

use schemars::JsonSchema;
use serde::Serialize;

pub use guard::{Guard, GuardCode};

/// What a drain does with a pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
pub enum Verdict {
    /// It stays: a drain does not touch it.
    Skip,
    /// It leaves by itself, or may be evicted later without anybody's help.
    Wait,
    /// It is evicted in its wave.
    Evict,
    /// Nothing would recreate it, and no flag says that this is fine.
    Unmanaged,
    /// It can't be evicted until somebody acts.
    Blocked,
    /// What governs it could not be read.
    Unknown,
    /// Its replacement comes back to a drained node.
    Returns,
}

impl Verdict {
    /// Returns the word of tables and documents.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Skip => "Skip",
            Self::Wait => "Wait",
            Self::Evict => "Evict",
            Self::Unmanaged => "Unmanaged",
            Self::Blocked => "Blocked",
            Self::Unknown => "Unknown",
            Self::Returns => "Returns",
        }
    }
}

/// Whether the scheduler finds a place for the pod that replaces an evicted one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Fits {
    /// In every order of evictions, and however the scheduler chooses among equal nodes.
    Yes,
    /// In no order.
    No,
    /// It depends on the order, or on something that is not modeled.
    Unknown,
}

impl Fits {
    /// Returns the word of documents.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unknown => "unknown",
        }
    }
}

/// Why a pod has its verdict, or what else is to be known of its eviction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Reason {
    /// In one word.
    pub code: ReasonCode,
    /// In a sentence.
    pub message: String,
    /// A flag or a command that helps.
    pub fix: Option<String>,
}

/// Declares the codes in the order in which they decide: the first one that holds gives the verdict.
macro_rules! reason_codes {
    ($($(#[$doc:meta])* $code:ident,)*) => {
        /// Why a pod has its verdict, and what else is worth knowing about its eviction.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
        pub enum ReasonCode { $($(#[$doc])* $code,)* }

        impl ReasonCode {
            /// Returns the word of tables and documents.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$code => stringify!($code),)* }
            }
        }
    };
}

reason_codes! {
    /// A mirror of a static pod, which only its kubelet removes.
    Static,
    /// `--pod-selector` leaves it out.
    NotSelected,
    /// Its label `cluster.x-k8s.io/drain` says `skip`.
    SkipLabel,
    /// It, or its namespace, is on its way out.
    Terminating,
    /// It should have been gone for more than 30 seconds.
    Stuck,
    /// It has succeeded or failed.
    Finished,
    /// A DaemonSet makes one for each node, cordoned or not.
    DaemonSet,
    /// No controller would recreate it.
    NoController,
    /// The DaemonSet that it names does not exist.
    OwnerGone,
    /// It is not Ready, and the eviction handler lets such pods go.
    FreeOfBudget,
    /// Its emptyDir volumes would be deleted with it.
    EmptyDir,
    /// An annotation forbids its disruption.
    DoNotDisrupt,
    /// Its owner has no other replica, and the chosen way around that is not open.
    SingleReplica,
    /// A pod without a controller can't be recreated elsewhere.
    CannotRecreate,
    /// Several budgets select it, which the eviction API refuses.
    SeveralBudgets,
    /// The disruption controller can't compute its budget.
    BudgetSyncFailed,
    /// Its budget allows no disruption even when all pods are Ready.
    BudgetStructural,
    /// Its budget is held by pods of the drained nodes that are not Ready.
    BudgetOwnPods,
    /// Its budget would open if the replacement of an earlier pod had a place.
    WaveDeadlock,
    /// The budgets of its namespace could not be read.
    BudgetsUnreadable,
    /// Its budget opens when other pods are Ready again.
    BudgetHeld,
    /// The disruption controller has not yet seen the last change of its budget.
    BudgetStale,
    /// A custom controller keeps its budget shut, and lifts it once the node is cordoned.
    BudgetOfOperator,
    /// It asks to be left alone until it completes.
    Completes,
    /// It tolerates the cordon, so that its replacement may land on the drained node.
    ToleratesCordon,
    /// Its template names the node.
    Pinned,
    /// We recreate it on another node.
    Recreate,
    /// It is Pending, which no budget protects.
    NotStarted,
    /// Its Deployment is scaled up first.
    Surge,
    /// Its Deployment is restarted instead.
    Restart,
    /// `--disable-eviction` deletes it without asking its budgets.
    BudgetsIgnored,
    /// The scheduler finds no node for its replacement.
    NoPlace,
    /// Whether its replacement finds a node can't be told.
    PlaceUnknown,
    /// Its replacement finds a node only by preempting other pods.
    Preempts,
    /// A ResourceQuota delays or refuses its replacement.
    Quota,
    /// Its owner has no other replica.
    OnlyReplica,
    /// All Ready pods of its owner are on the drained nodes, so that it goes last.
    KeepOne,
    /// A pod of system priority goes after the others of its node.
    Critical,
    /// It uses files of the node, which its replacement elsewhere will not see.
    HostPath,
    /// It uses a volume that only this node has.
    LocalVolume,
    /// Its Job counts the eviction as a failure.
    JobRestarts,
}
