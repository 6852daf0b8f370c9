//! Which nodes a command is about.

use std::collections::BTreeSet;

use shared::{
    Error, Result,
    model::{Node, WidePod},
    output::sanitize_line,
    selector::LabelSelector,
};

use super::targets;
use crate::flags::TargetFlags;

/// Which nodes a command is about.
#[derive(Clone, Debug)]
pub enum Choice {
    /// Those of the flags.
    Flags(TargetFlags),
    /// The node of a pod, by namespace and name.
    NodeOf(String, String),
    /// All of them.
    All,
}

impl Choice {
    /// Checks what can be checked before anything is read.
    ///
    /// # Errors
    /// Flags that name no node, or can't be read.
    pub fn check(&self) -> Result<()> {
        if let Self::Flags(flags) = self {
            flags.names()?;
            selector(flags)?;
        }
        Ok(())
    }

    /// Returns whether the pods of a node may be among those that go, as far as that is known: `nodes` are those of the
    /// cluster, if they have been read.
    pub fn may_take(&self, nodes: &[Node]) -> impl Fn(&str) -> bool + use<> {
        let named = match self {
            Self::Flags(flags) if nodes.is_empty() => flags.names().ok().filter(|names| !names.is_empty()),
            Self::Flags(_) => self.nodes(nodes, &[]).ok(),
            Self::All | Self::NodeOf(..) => None,
        };
        let named: Option<BTreeSet<_>> = named.map(|names| names.into_iter().collect());
        move |node| named.as_ref().is_none_or(|named| named.contains(node))
    }

    /// Returns whether nobody knows which nodes are meant before the nodes are read.
    pub fn selects(&self) -> bool {
        matches!(self, Self::Flags(flags) if flags.nodes.is_empty())
    }

    /// Returns the names of the nodes.
    ///
    /// # Errors
    /// A node or a pod that does not exist, and a pod that has no node.
    pub fn nodes(&self, nodes: &[Node], pods: &[WidePod]) -> Result<Vec<String>> {
        match self {
            Self::All => Ok(nodes.iter().map(|node| node.metadata.name.clone()).collect()),
            Self::Flags(flags) => {
                targets::chosen(nodes, &flags.names()?, selector(flags)?.as_ref(), flags.zone.as_deref())
            }
            Self::NodeOf(namespace, name) => {
                let is_it =
                    |pod: &&WidePod| pod.metadata.name == *name && pod.metadata.namespace == *namespace;
                let Some(pod) = pods.iter().find(is_it) else {
                    let hint = format!("is it in namespace {}?", sanitize_line(namespace));
                    return Err(
                        Error::new(format!("pods \"{}\" not found", sanitize_line(name))).with_hint(hint)
                    );
                };
                match pod.spec.node_name.as_str() {
                    "" => Err(Error::new(format!(
                        "pod {} waits for a node: no drain concerns it",
                        sanitize_line(name)
                    ))),
                    node => Ok(vec![node.to_owned()]),
                }
            }
        }
    }
}

/// Returns the label selector of the flags.
fn selector(flags: &TargetFlags) -> Result<Option<LabelSelector>> {
    flags.selector.as_deref().map(LabelSelector::parse).transpose()
}
