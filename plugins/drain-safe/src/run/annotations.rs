//! What a run writes on its nodes, so that another machine can go on with it or take it back.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{identity::Identity, rolling::RollingState};
use crate::facts::Workload;

/// The annotation with the run.
pub const RUN: &str = "kubectl-drain-safe/run";
/// The annotation with the [`NodeState`].
pub const STATE: &str = "kubectl-drain-safe/state";

/// What a run writes on a node.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct NodeState {
    /// The user.
    pub by: String,
    /// The machine.
    pub host: String,
    /// When the run began.
    pub started: String,
    /// Whether the node was cordoned before: then nobody uncordons it but who cordoned it.
    pub was_cordoned: bool,
    /// The flags of the drain, as they were typed.
    pub flags: Vec<String>,
    /// How far it is: `Draining`, or how it ended.
    pub phase: String,
    /// How many pods of each workload were Ready when the run began, where it waits for their replacements.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub ready: BTreeMap<String, usize>,
    /// Its place in a rolling, if it is part of one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rolling: Option<RollingState>,
    /// The pods that are written to files before they are deleted, by `NAMESPACE/NAME`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub saved: BTreeMap<String, SavedPod>,
}

/// A pod that was written to a file, or is before it is deleted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SavedPod {
    /// Its uid.
    pub uid: String,
    /// The run in whose folder the file is.
    pub run: String,
    /// The machine with that folder.
    pub host: String,
    /// Whether it is yet to be recreated elsewhere.
    pub recreate: bool,
}

impl NodeState {
    /// Returns the state of a run that begins.
    pub fn new(identity: &Identity, started: &str, flags: &[String]) -> Self {
        Self {
            by: identity.by.clone(),
            host: identity.host.clone(),
            started: started.to_owned(),
            was_cordoned: false,
            flags: flags.to_vec(),
            phase: "Draining".to_owned(),
            ready: BTreeMap::new(),
            saved: BTreeMap::new(),
            rolling: None,
        }
    }

    /// Reads the run and its state from a node's annotations; none where no run has written any. A state that can't be
    /// read, since somebody has edited it, counts as that of a node that was cordoned before: it is not uncordoned.
    pub fn of_annotations(annotations: &BTreeMap<String, String>) -> Option<(String, Self)> {
        let run = annotations.get(RUN)?.clone();
        let state = annotations.get(STATE).and_then(|text| serde_json::from_str(text).ok());
        let unreadable = || Self { was_cordoned: true, phase: "Unknown".to_owned(), ..Self::default() };
        Some((run, state.unwrap_or_else(unreadable)))
    }

    /// Returns how many pods of each workload were Ready when the run began.
    pub fn ready_pods(&self) -> impl Iterator<Item = (Workload, usize)> {
        self.ready.iter().filter_map(|(key, ready)| Some((Workload::of_key(key)?, *ready)))
    }

    /// Returns the text of the annotation.
    pub fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_read_as_it_was_written() {
        let ready = BTreeMap::from([("shop/Deployment/web".to_owned(), 3)]);
        let flags = vec!["--force".into()];
        let state = NodeState { by: "ann".into(), flags, ready, ..NodeState::default() };
        assert_eq!(
            state.ready_pods().map(|(one, ready)| (one.key(), ready)).collect::<BTreeMap<_, _>>(),
            state.ready
        );
        let annotations =
            BTreeMap::from([(RUN.to_owned(), "r-1".to_owned()), (STATE.to_owned(), state.text())]);
        assert_eq!(NodeState::of_annotations(&annotations), Some(("r-1".to_owned(), state)));
        assert_eq!(NodeState::of_annotations(&BTreeMap::new()), None);
        let edited = BTreeMap::from([(RUN.to_owned(), "r-1".to_owned()), (STATE.to_owned(), "{".to_owned())]);
        assert!(
            NodeState::of_annotations(&edited).unwrap().1.was_cordoned,
            "never uncordons what is not known"
        );
    }
}
