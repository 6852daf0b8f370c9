//! What the machine is told, and what it wants done.

use std::collections::BTreeMap;

use super::{
    Answer, AttachmentSeen, BudgetKey, BudgetSeen, DeploymentSeen, FailedCreations, Moment, MoveAnswer,
    PodCount, RecreateAnswer, Way,
};
use crate::{facts::Workload, plan::NodePlan};

/// A pod as a watch or a list shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SeenPod {
    /// Its namespace.
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// Its uid.
    pub uid: String,
    /// Its resourceVersion.
    pub resource_version: String,
    /// Its phase, `Running`.
    pub phase: String,
    /// Whether its condition Ready is True.
    pub is_ready: bool,
    /// The grace period of its deletion in seconds, if it is terminating.
    pub terminating: Option<i64>,
    /// How many seconds ago its deletion timestamp was, by the server's clock.
    pub overdue: Option<i64>,
}

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// Our cordon is in force.
    Cordoned {
        /// Which node, by its place in the plan.
        node: usize,
    },
    /// A node could not be cordoned.
    NotCordoned {
        /// Which node.
        node: usize,
        /// How it ends.
        end: End,
    },
    /// The watch shows a node.
    NodeSeen {
        /// Which node.
        node: usize,
        /// Its uid.
        uid: String,
        /// Whether it is cordoned.
        is_cordoned: bool,
        /// The run in its annotation.
        run_is_ours: bool,
        /// Whether its kubelet reports it as Ready.
        is_ready: bool,
    },
    /// A node was deleted.
    NodeGone {
        /// Which node.
        node: usize,
    },
    /// The pods of a node that a new watch begins with: others are gone.
    PodsRestarted {
        /// Which node.
        node: usize,
        /// All there are.
        pods: Vec<SeenPod>,
    },
    /// A pod is there or has changed.
    PodSeen {
        /// Which node.
        node: usize,
        /// The pod.
        pod: SeenPod,
    },
    /// A pod is gone from its node.
    PodGone {
        /// Its uid.
        uid: String,
    },
    /// The watch of a node's pods has lost its connection, or has one again.
    PodsWatched {
        /// Which node.
        node: usize,
        /// Whether it is connected.
        is_connected: bool,
    },
    /// All budgets there are.
    BudgetsRestarted(Vec<(BudgetKey, BudgetSeen)>),
    /// A budget is there or has changed.
    BudgetSeen(BudgetKey, BudgetSeen),
    /// A budget was deleted.
    BudgetGone(BudgetKey),
    /// The watch of budgets has lost its connection, or has one again.
    BudgetsWatched(bool),
    /// Whether a controller has a Ready pod on a node that is not drained.
    ReadyElsewhere {
        /// The controller's uid.
        controller: String,
        /// Whether there is one.
        is_ready: bool,
    },
    /// The server has answered a request to evict.
    Answered {
        /// The pod's uid.
        uid: String,
        /// What it said.
        answer: Answer,
    },
    /// A list of a node's pods, begun after [`Action::List`].
    Listed {
        /// Which node.
        node: usize,
        /// All pods on it.
        pods: Vec<SeenPod>,
    },
    /// A node's pods could not be listed.
    NotListed {
        /// Which node.
        node: usize,
    },
    /// A new plan of the nodes.
    Replanned(Vec<NodePlan>),
    /// No plan could be made.
    NotReplanned,
    /// The lock of a node is ours until then.
    LockHeld {
        /// Which node.
        node: usize,
        /// When others may take it.
        until: Moment,
    },
    /// The lock of a node is somebody else's.
    LockLost {
        /// Which node.
        node: usize,
        /// The new holder.
        holder: String,
    },
    /// How many pods of each workload of a namespace there are.
    ReadyPods {
        /// The namespace.
        namespace: String,
        /// The counts; a workload that is not there has none.
        counted: BTreeMap<Workload, PodCount>,
    },
    /// What the controllers of a namespace failed to create.
    FailedCreations {
        /// The namespace.
        namespace: String,
        /// Their failures.
        failed: FailedCreations,
    },
    /// All VolumeAttachments there are, by name.
    AttachmentsRestarted(Vec<(String, AttachmentSeen)>),
    /// A VolumeAttachment is there or has changed.
    AttachmentSeen(String, AttachmentSeen),
    /// A VolumeAttachment was deleted.
    AttachmentGone(String),
    /// A Deployment is there or has changed.
    DeploymentSeen(Workload, DeploymentSeen),
    /// What the beginning of a move brought.
    MoveBegun {
        /// The pod's uid.
        uid: String,
        /// The outcome.
        answer: MoveAnswer,
    },
    /// What the end of a move brought.
    MoveEnded {
        /// The pod's uid.
        uid: String,
        /// The outcome.
        answer: MoveAnswer,
    },
    /// What the creation of a pod brought whose old one is gone.
    Recreated {
        /// The uid of the old one.
        uid: String,
        /// The outcome.
        answer: RecreateAnswer,
    },
    /// An API server has answered.
    Contact,
    /// The whole run stops.
    Stopped(Stop),
}

pub use super::node::End;

/// Why a whole run stops.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The user's wish.
    Interrupted,
    /// A request that the run can't do without is forbidden.
    NotPermitted(String),
    /// No API server has answered for too long.
    Unreachable(String),
}

/// Something to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Cordon a node.
    Cordon {
        /// Which node.
        node: usize,
    },
    /// Ask for the eviction of a pod.
    Evict {
        /// Its uid.
        uid: String,
    },
    /// List the pods of a node.
    List {
        /// Which node.
        node: usize,
    },
    /// Scale a Deployment up by one, or restart it, so that a pod of it can go.
    BeginMove {
        /// The pod's uid.
        uid: String,
        /// Which.
        way: Way,
        /// The Deployment.
        deployment: Workload,
    },
    /// Give a Deployment back as it was.
    EndMove {
        /// The pod's uid.
        uid: String,
        /// The Deployment.
        deployment: Workload,
    },
    /// Make a pod anew that is gone.
    Recreate {
        /// The uid of the old one.
        uid: String,
    },
    /// Make a new plan.
    Replan,
}
