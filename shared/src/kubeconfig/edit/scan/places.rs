//! Where the things are that change, and the entries that a switch looks at.

use std::ops::Range;

use crate::kubeconfig::edit::{
    change::{Change, List},
    outline::Outline,
};
use crate::yaml::ScalarStyle;

/// Where the things are that change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Locations {
    pub current: Option<Slot>,
    /// One for each context of the outline.
    pub contexts: Vec<ContextPlaces>,
    /// The lines of each cluster of the outline.
    pub clusters: Vec<Range<usize>>,
    /// The lines of each user of the outline.
    pub users: Vec<Range<usize>>,
}

/// A value and its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    /// The scalar with its quotes; empty, and behind the colon, where there is none.
    pub value: Range<usize>,
    pub style: ScalarStyle,
    /// The whole line, with its end.
    pub line: Range<usize>,
}

/// Where a context's namespace is or goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ContextPlaces {
    pub namespace: Option<Slot>,
    /// The block under `context:`, if it has one.
    pub body: Option<Body>,
}

/// The block of a context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Body {
    pub indent: usize,
    /// The start of the line a namespace is inserted at: behind the last pair on one line that comes earlier in the
    /// alphabet, or before the first line.
    pub insert_at: usize,
}

impl Locations {
    /// The lines of the entries of a list.
    pub fn entries(&self, list: List) -> &[Range<usize>] {
        match list {
            List::Clusters => &self.clusters,
            List::Users => &self.users,
            List::Contexts => &[],
        }
    }

    pub fn entries_mut(&mut self, list: List) -> &mut Vec<Range<usize>> {
        if list == List::Users { &mut self.users } else { &mut self.clusters }
    }

    /// Where the value is that a change sets.
    pub fn slot(&self, outline: &Outline, change: &Change) -> Option<&Slot> {
        match change {
            Change::Current(_) => self.current.as_ref(),
            Change::Namespace { context, .. } => self.contexts[outline.position(context)?].namespace.as_ref(),
            Change::Rename { .. } | Change::Delete { .. } | Change::Add(_) => None,
        }
    }

    /// The same, to be kept up to date.
    pub fn slot_mut(&mut self, outline: &Outline, change: &Change) -> Option<&mut Slot> {
        match change {
            Change::Current(_) => self.current.as_mut(),
            Change::Namespace { context, .. } => self.contexts[outline.position(context)?].namespace.as_mut(),
            Change::Rename { .. } | Change::Delete { .. } | Change::Add(_) => None,
        }
    }

    /// Moves the places to where they are in a text in which the bytes of `range` have become `length` bytes.
    pub fn moved(&mut self, range: &Range<usize>, length: usize) {
        if let Some(slot) = &mut self.current {
            slot.moved(range, length);
        }
        for ContextPlaces { namespace, body } in &mut self.contexts {
            if let Some(slot) = namespace {
                slot.moved(range, length);
            }
            if let Some(body) = body {
                shift(&mut body.insert_at, range, length);
            }
        }
        for entry in self.clusters.iter_mut().chain(&mut self.users) {
            shift(&mut entry.start, range, length);
            shift(&mut entry.end, range, length);
        }
    }
}

impl Slot {
    /// Moves the value and its line as [`Locations::moved`] does.
    pub fn moved(&mut self, range: &Range<usize>, length: usize) {
        for offset in [&mut self.value.start, &mut self.value.end, &mut self.line.start, &mut self.line.end] {
            shift(offset, range, length);
        }
    }
}

fn shift(offset: &mut usize, range: &Range<usize>, length: usize) {
    if *offset >= range.end {
        *offset = *offset - range.len() + length;
    }
}
