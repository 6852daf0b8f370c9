//! What a rolling writes on its nodes beside what every drain does.

use std::str::FromStr;

use serde::{Deserialize, Serialize};
use shared::model::Node;

/// Which node came back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Until {
    /// A Ready one.
    #[default]
    Ready,
    /// One that has booted since.
    Reboot,
    /// One with another version of the kubelet.
    Version,
    /// One with this version of the kubelet.
    Exactly(String),
}

impl FromStr for Until {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "ready" => Ok(Self::Ready),
            "reboot" => Ok(Self::Reboot),
            "version" => Ok(Self::Version),
            version if version.strip_prefix('v').is_some_and(|rest| rest.starts_with(char::is_numeric)) => {
                Ok(Self::Exactly(version.to_owned()))
            }
            other => Err(format!("`{other}` is not ready, reboot, version, or a version such as v1.37.2")),
        }
    }
}

impl Until {
    /// Returns the word of the flag.
    pub fn word(&self) -> &str {
        match self {
            Self::Ready => "ready",
            Self::Reboot => "reboot",
            Self::Version => "version",
            Self::Exactly(version) => version,
        }
    }
}

/// What a rolling writes on each of its nodes before it drains the first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RollingState {
    /// Its place among the nodes.
    pub place: usize,
    /// The command that is executed once it is drained.
    pub exec_after: Option<String>,
    /// Which node came back, as the flag says it.
    pub until: String,
    /// How long it may take to come back and to heal, in milliseconds; 0 for ever.
    pub node_timeout: u64,
    /// The selector of the nodes, by which a node is known that came in its place.
    pub selector: Option<String>,
    /// When the rolling began, in seconds since 1970 by the server's clock.
    pub began: i64,
    /// The boot of the node before.
    pub boot_id: String,
    /// The version of its kubelet before.
    pub version: String,
}

impl RollingState {
    /// Returns which node came back.
    pub fn until(&self) -> Until {
        self.until.parse().unwrap_or_default()
    }

    /// Returns whether a node that was not replaced has come back.
    pub fn is_back(&self, node: &Node) -> bool {
        let info = &node.status.node_info;
        is_ready(node)
            && match self.until() {
                Until::Ready => true,
                Until::Reboot => info.boot_id != self.boot_id,
                Until::Version => info.kubelet_version != self.version,
                Until::Exactly(version) => info.kubelet_version == version,
            }
    }

    /// Returns whether another node can stand for one that was deleted: it is new, Ready, and of the version that is wanted.
    pub fn is_replaced_by(&self, node: &Node) -> bool {
        let version = &node.status.node_info.kubelet_version;
        is_ready(node)
            && node.metadata.creation_timestamp.seconds >= self.began
            && match self.until() {
                Until::Ready | Until::Reboot => true,
                Until::Version => *version != self.version,
                Until::Exactly(wanted) => *version == wanted,
            }
    }
}

fn is_ready(node: &Node) -> bool {
    node.condition("Ready").is_some_and(|condition| condition.status == "True")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn node(ready: &str, boot: &str, version: &str, created: &str) -> Node {
        serde_json::from_value(json!({
            "metadata": {"name": "n", "creationTimestamp": created},
            "status": {
                "conditions": [{"type": "Ready", "status": ready}],
                "nodeInfo": {"bootID": boot, "kubeletVersion": version},
            },
        }))
        .unwrap()
    }

    #[test]
    fn a_node_is_back_when_it_has_become_what_was_asked_for() {
        let old = "1970-01-01T00:00:10Z";
        let back = |until: &str, ready: &str, boot: &str, version: &str| {
            let state = RollingState {
                until: until.into(),
                boot_id: "1".into(),
                version: "v1.36.3".into(),
                ..RollingState::default()
            };
            state.is_back(&node(ready, boot, version, old))
        };
        assert!(back("ready", "True", "1", "v1.36.3") && !back("ready", "Unknown", "1", "v1.36.3"));
        assert!(back("reboot", "True", "2", "v1.36.3") && !back("reboot", "True", "1", "v1.37.2"));
        assert!(!back("reboot", "False", "2", "v1.36.3"));
        assert!(back("version", "True", "1", "v1.37.2") && !back("version", "True", "2", "v1.36.3"));
        assert!(back("v1.37.2", "True", "1", "v1.37.2") && !back("v1.37.2", "True", "2", "v1.37.1"));
    }

    #[test]
    fn a_replacement_is_newer_than_the_rolling() {
        let state = RollingState { until: "v1.37.2".into(), began: 100, ..RollingState::default() };
        let replaces =
            |version: &str, created: &str| state.is_replaced_by(&node("True", "x", version, created));
        assert!(replaces("v1.37.2", "1970-01-01T00:01:40Z"));
        assert!(!replaces("v1.37.2", "1970-01-01T00:01:39Z"));
        assert!(!replaces("v1.36.3", "1970-01-01T00:02:00Z"));
    }

    #[test]
    fn until_is_a_word_or_a_version() {
        for word in ["ready", "reboot", "version", "v1.37.2"] {
            assert_eq!(word.parse::<Until>().unwrap().word(), word);
        }
        for wrong in ["", "v", "1.37", "never"] {
            assert!(wrong.parse::<Until>().is_err(), "{wrong}");
        }
    }
}
