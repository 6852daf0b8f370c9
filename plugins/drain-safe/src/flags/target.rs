//! Which nodes are meant.

use clap::Args;
use shared::{Error, Result};

use crate::completers;

/// The nodes of a command: by name, by label or by zone.
#[derive(Args, Clone, Debug, Default, PartialEq, Eq)]
pub struct TargetFlags {
    /// Nodes to drain, as NAME or node/NAME
    #[arg(value_name = "NODE", add = completers::nodes())]
    pub nodes: Vec<String>,

    /// Drain the nodes with these labels (key=value, key!=value, key in (a,b), key, !key)
    #[arg(short = 'l', long, value_name = "SELECTOR", conflicts_with = "nodes")]
    pub selector: Option<String>,

    /// Drain the nodes of this zone
    #[arg(long, value_name = "ZONE", conflicts_with_all = ["nodes", "selector"])]
    pub zone: Option<String>,
}

impl TargetFlags {
    /// Returns the names, without `node/` before them.
    ///
    /// # Errors
    /// A usage error for another type, and where nothing says which nodes are meant.
    pub fn names(&self) -> Result<Vec<String>> {
        if self.nodes.is_empty() && self.selector.is_none() && self.zone.is_none() {
            return Err(Error::usage("which nodes?").with_hint("name them, or select them with -l or --zone"));
        }
        let mut names: Vec<String> = Vec::new();
        for word in &self.nodes {
            let name = match word.split_once('/') {
                None => word.as_str(),
                Some(("node" | "nodes" | "no", name)) => name,
                Some((other, _)) => {
                    return Err(Error::usage(format!(
                        "`{word}` is a {other}, and only nodes can be drained"
                    )));
                }
            };
            if name.is_empty() {
                return Err(Error::usage("the name of a node is empty"));
            }
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
        Ok(names)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(words: &[&str]) -> Result<Vec<String>> {
        let nodes = words.iter().map(|word| (*word).to_owned()).collect();
        TargetFlags { nodes, ..TargetFlags::default() }.names()
    }

    #[test]
    fn nodes_are_named_with_or_without_their_type() {
        assert_eq!(names(&["a", "node/b", "nodes/a"]).unwrap(), ["a", "b"]);
        assert!(names(&[]).unwrap_err().sentence().contains("which nodes"));
        assert!(names(&["pod/x"]).unwrap_err().sentence().contains("only nodes"));
        assert!(names(&["node/"]).is_err());
    }
}
