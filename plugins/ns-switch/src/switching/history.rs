//! The history for `-`, where contexts are renamed or deleted.

use super::Switcher;
use crate::state::{PreviousContext, PreviousNamespace};

impl Switcher<'_> {
    /// Returns whether a previous context is remembered.
    pub fn has_previous_context(&self) -> bool {
        self.known_previous_context().is_some()
    }

    /// Returns the previous context, if one is remembered.
    pub fn known_previous_context(&self) -> Option<String> {
        let previous: Option<PreviousContext> = self.store.recall(PreviousContext::KIND, &self.place);
        previous.map(|previous| previous.context)
    }

    /// Returns the contexts that were current before, the latest first.
    pub fn recent_contexts(&self) -> Vec<String> {
        let previous: Option<PreviousContext> = self.store.recall(PreviousContext::KIND, &self.place);
        previous.map(PreviousContext::into_recent).unwrap_or_default()
    }

    /// Returns the namespaces that a context had before, the latest first.
    pub fn recent_namespaces(&self, context: &str) -> Vec<String> {
        let place = self.place.for_context(context);
        let previous: Option<PreviousNamespace> = self.store.recall(PreviousNamespace::KIND, &place);
        previous.map(PreviousNamespace::into_recent).unwrap_or_default()
    }

    /// Returns the record of the context that is left now.
    pub(super) fn leaving(&self, context: String) -> PreviousContext {
        match self.store.recall::<_, PreviousContext>(PreviousContext::KIND, &self.place) {
            Some(previous) => previous.followed_by(context),
            None => PreviousContext::new(context),
        }
    }

    /// Moves the history of a context to its new name. A record that can't be written is dropped: history never stands in
    /// the way of a command.
    pub fn renamed(&self, old: &str, new: &str) {
        let (from, to) = (self.place.for_context(old), self.place.for_context(new));
        if let Some(previous) = self.store.recall::<_, PreviousNamespace>(PreviousNamespace::KIND, &from) {
            drop(self.store.remember(PreviousNamespace::KIND, &to, &previous));
            self.store.forget(PreviousNamespace::KIND, &from);
        }
        let previous: Option<PreviousContext> = self.store.recall(PreviousContext::KIND, &self.place);
        if let Some(mut previous) = previous.filter(|previous| previous.has(old)) {
            previous.rename(old, new);
            drop(self.store.remember(PreviousContext::KIND, &self.place, &previous));
        }
    }

    /// Drops the history of a deleted context.
    pub fn deleted(&self, name: &str) {
        self.store.forget(PreviousNamespace::KIND, &self.place.for_context(name));
        let previous: Option<PreviousContext> = self.store.recall(PreviousContext::KIND, &self.place);
        if previous.is_some_and(|previous| previous.context == name) {
            self.store.forget(PreviousContext::KIND, &self.place);
        }
    }
}
