//! What a node waits for once its pods are gone: replacements that become Ready (`--wait-replacements`), and volumes that
//! are detached from it and attached elsewhere (`--wait-volumes`).

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use super::{Disposition, Held, Machine, MissingPods, Moment, Phase, PodRun, refusals::FailedCreations};
use crate::{
    facts::Workload,
    plan::{Fits, PodPlan},
};

/// How long the volumes of a node without a kubelet, which nobody unmounts, are waited for.
const UNCONFIRMED_AFTER: Duration = Duration::from_secs(30);

/// How long nothing is said of pods that are refused: under a quota that is full, replacements are refused until the usage of
/// the old pods is released, and controllers try again after 5 ms, 10 ms and so on.
const USUAL_REFUSALS: Duration = Duration::from_secs(3);

/// A VolumeAttachment as the watch shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AttachmentSeen {
    /// The PersistentVolume.
    pub volume: String,
    /// The node.
    pub node: String,
    /// Whether it is attached.
    pub is_attached: bool,
}

/// How many pods of a workload there are that are not terminating.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PodCount {
    /// So many, Ready or not.
    pub there: usize,
    /// So many of these are Ready.
    pub ready: usize,
}

/// How many pods of a workload are waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    ready: usize,
    /// Whether an earlier run, with which this one goes on, may have evicted some.
    was_begun: bool,
}

/// What the watches tell about replacements and volumes.
#[derive(Clone, Debug, Default)]
pub(super) struct After {
    /// How many pods of each workload there are, by namespace; a namespace is there once its watch has begun.
    pub counted: BTreeMap<String, BTreeMap<Workload, PodCount>>,
    /// What controllers failed to create, by namespace.
    pub failed: BTreeMap<String, FailedCreations>,
    /// How many were Ready when the run came to a node, by its place in the plan.
    pub wanted: BTreeMap<usize, BTreeMap<Workload, Wanted>>,
    /// The VolumeAttachments by name; none before their watch has begun.
    pub attachments: Option<BTreeMap<String, AttachmentSeen>>,
}

impl Machine {
    /// Takes over how many pods of workloads were Ready before an earlier run, with which this one goes on, came to a node.
    pub fn want(&mut self, node: &str, ready: impl IntoIterator<Item = (Workload, usize)>) {
        let Some(index) = self.nodes.iter().position(|run| run.name == node) else { return };
        let wanted = ready.into_iter().map(|(workload, ready)| (workload, Wanted { ready, was_begun: true }));
        self.after.wanted.entry(index).or_default().extend(wanted);
    }

    /// Remembers how many pods of a pod's workload are Ready, unless that is known from before.
    pub(super) fn want_workload_of(&mut self, pod: &PodPlan, node: usize) {
        let makes_others =
            |workload: &&Workload| !matches!(workload.kind.as_str(), "Job" | "DaemonSet" | "Node");
        let workload = pod.details.workload.as_ref().filter(|_| pod.fits.is_some()).filter(makes_others);
        if let Some(workload) = workload.filter(|_| self.settings.wait_replacements) {
            let wanted = Wanted { ready: pod.details.workload_ready, was_begun: false };
            self.after.wanted.entry(node).or_default().entry(workload.clone()).or_insert(wanted);
        }
    }

    /// Returns the workloads of a node whose pods go and are replaced, with how many pods of each were Ready when the run
    /// began; none where nobody waits for them.
    pub fn wanted_of(&self, node: usize) -> impl Iterator<Item = (&Workload, usize)> {
        let wanted = self.after.wanted.get(&node).into_iter().flatten();
        wanted.map(|(workload, wanted)| (workload, wanted.ready))
    }

    /// Returns the namespaces in which Ready pods are counted.
    pub fn namespaces_to_watch(&self) -> BTreeSet<&str> {
        let workloads = self.after.wanted.values().flat_map(BTreeMap::keys);
        workloads.map(|workload| workload.namespace.as_str()).collect()
    }

    /// Returns what a node whose pods are gone still waits for.
    pub fn waits_after(&self, node: usize, now: Moment) -> Option<Held> {
        self.missing_replacements(node, now).or_else(|| self.held_volume(node))
    }

    fn missing_replacements(&self, node: usize, now: Moment) -> Option<Held> {
        let is_slow = self.nodes[node].empty_since.is_some_and(|since| now >= since + USUAL_REFUSALS);
        let missing = self.after.wanted.get(&node)?.iter().filter_map(|(workload, wanted)| {
            let is_its = |pod: &&PodRun| pod.plan.details.workload.as_ref() == Some(workload);
            let has_gone = self.pods_of(node).any(|pod| is_its(&pod) && pod.phase == Phase::Gone);
            if !has_gone && !wanted.was_begun {
                return None;
            }
            // The scheduler refuses these, and nobody waits for a place.
            let placeless = self
                .pods
                .values()
                .filter(|pod| is_its(pod) && pod.plan.fits == Some(Fits::No) && pod.phase == Phase::Gone);
            let wanted = wanted.ready.saturating_sub(placeless.count());
            let counted = self.after.counted.get(&workload.namespace);
            let there = counted.and_then(|counted| counted.get(workload)).copied().unwrap_or_default();
            let failed = self.after.failed.get(&workload.namespace).filter(|_| is_slow);
            (there.ready < wanted).then_some(MissingPods { workload, there, wanted, failed })
        });
        let message = MissingPods::sentence(&missing.collect::<Vec<_>>())?;
        Some(Held { code: "Replacements", message })
    }

    fn held_volume(&self, node: usize) -> Option<Held> {
        if !self.settings.wait_volumes {
            return None;
        }
        let volumes = self.left_volumes(node);
        if volumes.is_empty() {
            return None;
        }
        let held = |message| Some(Held { code: "Volumes", message });
        let Some(attachments) = &self.after.attachments else {
            return held("the VolumeAttachments are being read".to_owned());
        };
        let name = &self.nodes[node].name;
        attachments.iter().find_map(|(attachment, seen)| {
            let AttachmentSeen { volume, node, is_attached } = seen;
            match volumes.contains(volume.as_str()) {
                false => None,
                true if node == name => held(format!(
                    "volume {volume} is not detached yet: VolumeAttachment {attachment} is still there"
                )),
                true if !is_attached => held(format!(
                    "volume {volume} is not attached to node {node} yet: VolumeAttachment {attachment} says so"
                )),
                true => None,
            }
        })
    }

    /// Returns the volumes of pods that have gone, without those that pods use which stay.
    fn left_volumes(&self, node: usize) -> BTreeSet<&str> {
        let volumes = |is_gone: bool| {
            let pods = self.pods_of(node).filter(move |pod| {
                let stays = pod.disposition(&self.settings) == Disposition::Stays;
                (pod.phase == Phase::Gone) == is_gone && (is_gone || stays)
            });
            pods.flat_map(|pod| &pod.plan.details.volumes).map(String::as_str)
        };
        let staying: BTreeSet<_> = volumes(false).collect();
        volumes(true).filter(|volume| !staying.contains(volume)).collect()
    }

    /// Returns whether a node has nothing left to wait for, or nobody waits for it any longer.
    pub(super) fn is_through(&self, node: usize, now: Moment) -> bool {
        let is_overdue = || {
            let run = &self.nodes[node];
            !run.is_ready && run.empty_since.is_some_and(|since| now >= since + UNCONFIRMED_AFTER)
        };
        self.waits_after(node, now).is_none() || is_overdue()
    }

    /// Returns when a node is not waited for any longer.
    pub(super) fn overdue_at(&self, node: usize) -> Option<Moment> {
        let run = &self.nodes[node];
        run.empty_since.filter(|_| !run.is_ready && !run.is_over()).map(|since| since + UNCONFIRMED_AFTER)
    }
}
