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

    /// Returns the previous namespace of a context, if one is remembered.
    pub fn known_previous_namespace(&self, context: &str) -> Option<String> {
        let place = self.place.for_context(context);
        self.store.recall::<_, PreviousNamespace>(PreviousNamespace::KIND, &place)?.namespace
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
        if previous.is_some_and(|previous| previous.context == old) {
            let renamed = PreviousContext::new(new);
            drop(self.store.remember(PreviousContext::KIND, &self.place, &renamed));
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
