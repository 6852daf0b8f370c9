//! The differences between two states of the kubeconfig, in the terms of a user.

use std::collections::BTreeSet;

use shared::output::sanitize_line;

use crate::kubeconfigs::{ContextIndex, IndexedContext};

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// Another context is current.
    Current { before: Option<String>, after: Option<String> },
    /// A context has another namespace.
    Namespace { context: String, before: Option<String>, after: Option<String> },
    /// A context names another cluster or user: before and after.
    Changed(IndexedContext, IndexedContext),
    /// An entry was added: its kind and name.
    Appeared(&'static str, String),
    /// An entry was removed: its kind and name.
    Vanished(&'static str, String),
}

impl Difference {
    /// Returns all differences, that of the current context last.
    pub fn between(before: &ContextIndex, after: &ContextIndex) -> Vec<Self> {
        let mut differences = Vec::new();
        for context in &before.contexts {
            match after.context(&context.name) {
                None => differences.push(Self::Vanished("Context", context.name.clone())),
                Some(after) if (&after.cluster, &after.user) != (&context.cluster, &context.user) => {
                    differences.push(Self::Changed(context.clone(), after.clone()));
                }
                Some(after) if after.namespace != context.namespace => {
                    differences.push(Self::Namespace {
                        context: context.name.clone(),
                        before: context.namespace.clone(),
                        after: after.namespace.clone(),
                    });
                }
                Some(_) => {}
            }
        }
        let new = after.contexts.iter().filter(|context| before.context(&context.name).is_none());
        differences.extend(new.map(|context| Self::Appeared("Context", context.name.clone())));
        let (old, now) = (entries(before), entries(after));
        differences.extend(old.difference(&now).map(|(word, name)| Self::Vanished(word, name.clone())));
        differences.extend(now.difference(&old).map(|(word, name)| Self::Appeared(word, name.clone())));
        if before.current != after.current {
            differences.push(Self::Current { before: before.current.clone(), after: after.current.clone() });
        }
        differences
    }

    /// Returns whether an entry is gone, so that only an undo brings it back.
    pub fn is_loss(&self) -> bool {
        matches!(self, Self::Vanished(..) | Self::Changed(..))
    }

    /// Returns the line that reports an undone change.
    pub fn line(&self) -> String {
        match self {
            Self::Current { after: Some(name), .. } => {
                format!("✔ Context \"{}\" again", sanitize_line(name))
            }
            Self::Current { after: None, .. } => "✔ No context is current again".to_owned(),
            Self::Namespace { context, after: Some(name), .. } => {
                format!("✔ Namespace \"{}\" again (context {})", sanitize_line(name), sanitize_line(context))
            }
            Self::Namespace { context, after: None, .. } => {
                format!("✔ Namespace unset again, so \"default\" (context {})", sanitize_line(context))
            }
            Self::Changed(_, after) => format!("✔ Context \"{}\" restored", sanitize_line(&after.name)),
            Self::Appeared(word, name) => format!("✔ {word} \"{}\" restored", sanitize_line(name)),
            Self::Vanished(word, name) => format!("✔ {word} \"{}\" removed again", sanitize_line(name)),
        }
    }
}

/// Returns the clusters and users, each with its kind.
fn entries(index: &ContextIndex) -> BTreeSet<(&'static str, String)> {
    let entries = index.sources.iter().flat_map(|sources| sources.entries());
    entries.map(|(kind, name)| (if kind == "user" { "User" } else { "Cluster" }, name.to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kubeconfigs::IndexedContext;

    fn index(current: Option<&str>, contexts: &[(&str, Option<&str>)]) -> ContextIndex {
        let context = |(name, namespace): &(&str, Option<&str>)| IndexedContext {
            name: (*name).into(),
            namespace: namespace.map(Into::into),
            ..IndexedContext::default()
        };
        ContextIndex {
            current: current.map(Into::into),
            contexts: contexts.iter().map(context).collect(),
            ..ContextIndex::default()
        }
    }

    #[test]
    fn each_difference_is_told() {
        let before = index(Some("a"), &[("a", Some("x")), ("b", None), ("new", None)]);
        let after = index(None, &[("a", None), ("b", Some("y")), ("old", None)]);
        let lines: Vec<_> = Difference::between(&before, &after).iter().map(Difference::line).collect();
        assert_eq!(
            lines,
            [
                "✔ Namespace unset again, so \"default\" (context a)",
                "✔ Namespace \"y\" again (context b)",
                "✔ Context \"new\" removed again",
                "✔ Context \"old\" restored",
                "✔ No context is current again",
            ]
        );
        assert_eq!(Difference::between(&before, &before), []);
        let moved = |cluster: &str| ContextIndex {
            contexts: vec![IndexedContext {
                name: "a".into(),
                cluster: Some(cluster.into()),
                ..IndexedContext::default()
            }],
            ..ContextIndex::default()
        };
        let lines: Vec<_> =
            Difference::between(&moved("one"), &moved("two")).iter().map(Difference::line).collect();
        assert_eq!(lines, ["✔ Context \"a\" restored"]);
    }
}
