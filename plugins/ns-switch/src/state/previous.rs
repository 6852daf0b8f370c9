//! The previous namespaces and contexts, for `-` and the list to choose from.

use serde::{Deserialize, Serialize};

/// The namespace a context had before the last switch.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviousNamespace {
    /// The namespace; none if the context had none.
    pub namespace: Option<String>,
    /// Those before it, the latest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recent: Vec<String>,
}

/// The context that was current before the last switch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviousContext {
    /// Its name.
    pub context: String,
    /// The one before it, where the current context was unset: undoing that leads back to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earlier: Option<String>,
    /// Those before it, the latest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recent: Vec<String>,
}

impl PreviousContext {
    /// Returns the record of a context.
    pub fn new(context: impl Into<String>) -> Self {
        Self { context: context.into(), earlier: None, recent: Vec::new() }
    }

    /// Returns the record of a context that follows this one.
    pub fn followed_by(self, context: impl Into<String>) -> Self {
        let next = Self::new(context);
        let recent = recent(&next.context, Some(self.context), self.recent);
        Self { recent, ..next }
    }

    /// Returns whether a context is remembered.
    pub fn has(&self, context: &str) -> bool {
        self.context == context || self.recent.iter().any(|name| name == context)
    }

    /// Gives a context its new name.
    pub fn rename(&mut self, old: &str, new: &str) {
        let names = std::iter::once(&mut self.context).chain(&mut self.recent);
        names.filter(|name| *name == old).for_each(|name| *name = new.to_owned());
    }

    /// Returns the contexts that were current, the latest first.
    pub fn into_recent(self) -> Vec<String> {
        recent("", Some(self.context), self.recent)
    }
}

/// How many names are remembered.
const MOST: usize = 20;

/// Returns what was before and what was before that, each once and without what comes now.
fn recent(now: &str, last: Option<String>, earlier: Vec<String>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in last.into_iter().chain(earlier) {
        if name != now && !names.contains(&name) && names.len() < MOST {
            names.push(name);
        }
    }
    names
}

impl PreviousNamespace {
    /// Returns the record of a namespace that follows this one.
    pub fn followed_by(self, namespace: Option<String>) -> Self {
        let recent = recent(namespace.as_deref().unwrap_or_default(), self.namespace, self.recent);
        Self { namespace, recent }
    }

    /// Returns the namespaces that the context had, the latest first.
    pub fn into_recent(self) -> Vec<String> {
        recent("", self.namespace, self.recent)
    }

    /// The kind of record it is kept in.
    pub const KIND: &'static str = "namespace";
}

impl PreviousContext {
    /// The kind of record it is kept in.
    pub const KIND: &'static str = "context";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_each_other_and_each_is_remembered_once() {
        let mut record = PreviousContext::new("a");
        for name in ["b", "a", "c", "b"] {
            record = record.followed_by(name);
        }
        assert_eq!((record.context.as_str(), &record.recent[..]), ("b", &["c".to_owned(), "a".into()][..]));
        assert_eq!(record.clone().into_recent(), ["b", "c", "a"]);
        for number in 0..30 {
            record = record.followed_by(number.to_string());
        }
        assert_eq!(record.recent.len(), MOST);
        let record = PreviousNamespace { namespace: None, recent: Vec::new() };
        let record =
            record.followed_by(Some("web".into())).followed_by(None).followed_by(Some("shop".into()));
        assert_eq!(record.into_recent(), ["shop", "web"]);
    }

    #[test]
    fn records_of_before_are_read() {
        let record: PreviousContext = serde_json::from_str(r#"{"context": "a"}"#).unwrap();
        assert_eq!(record, PreviousContext::new("a"));
    }
}
