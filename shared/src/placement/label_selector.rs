//! Label selectors of pods, of which an absent one selects nothing.

use std::collections::BTreeMap;

use crate::{model, selector::labels::CompiledSelector};

pub(super) type Labels = BTreeMap<String, String>;

/// A selector that selects nothing where the field is absent, or holds what is not a selector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LabelSelector(Option<CompiledSelector>);

impl LabelSelector {
    pub(super) fn new(selector: Option<&model::LabelSelector>) -> Self {
        Self(selector.and_then(CompiledSelector::new))
    }

    /// Requires a label as well.
    pub(super) fn require(&mut self, key: &str, value: &str) {
        if let Some(selector) = &mut self.0 {
            selector.require(key, value);
        }
    }

    /// Returns whether it selects everything (`Selector.Empty`).
    pub(super) fn is_empty(&self) -> bool {
        self.0.as_ref().is_some_and(CompiledSelector::is_empty)
    }

    /// Returns whether it selects some objects and not others.
    pub(super) fn has_requirements(&self) -> bool {
        self.0.as_ref().is_some_and(|selector| !selector.is_empty())
    }

    pub(super) fn matches(&self, labels: &Labels) -> bool {
        self.0.as_ref().is_some_and(|selector| selector.matches(labels))
    }
}
