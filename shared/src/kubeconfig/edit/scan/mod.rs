//! The fast reader of contexts: no tree, only what switching needs, from texts [`crate::yaml::block`] is
//! sure of. It steps aside for the full parser elsewhere, and where a kubeconfig is not what it should be.
//!
//! Property tests hold the two together: what this one accepts, the full parser reads and edits the same, byte for
//! byte.

mod places;
mod structure;
mod types;

use crate::yaml::ScalarStyle;

use std::ops::Range;

use super::{
    change::{Change, List},
    outline::Outline,
    scalar_text::{self, Surroundings},
    splice::Splice,
};
use crate::yaml::block::{
    line::{self, Line, Value},
    lines,
};
use places::{Locations, Slot};
use structure::meaning;

/// A text that was read without doubt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Scan {
    pub outline: Outline,
    places: Locations,
}

impl Scan {
    /// Reads a text, or steps aside.
    pub fn new(text: &[u8]) -> Option<Self> {
        let (outline, places) = structure::scan(text)?;
        Some(Self { outline, places })
    }

    /// Becomes the reading of `text`, which `splices`, made for `change`, have made of the text this is the reading of.
    /// Stays what it was, and returns false, where the text does not say what it should.
    pub fn follow(&mut self, text: &[u8], change: &Change, splices: &[Splice]) -> bool {
        if let [splice] = splices
            && self.follow_value(text, change, splice).is_some()
        {
            return true;
        }
        let expected = self.outline.after(change);
        let found = Self::new(text).filter(|found| found.outline == expected);
        let follows = found.is_some();
        if let Some(found) = found {
            *self = found;
        }
        follows
    }

    /// Follows one value that was replaced on its line. Only that line is read again: the others have the same bytes,
    /// and what they mean does not depend on what this value is, only on that it is one.
    fn follow_value(&mut self, text: &[u8], change: &Change, splice: &Splice) -> Option<()> {
        let before = self.places.slot(&self.outline, change)?;
        if splice.range != before.value || before.value.is_empty() {
            return None;
        }
        let mut slot = before.clone();
        slot.moved(&splice.range, splice.text.len());
        let (line, _) = lines(&text[slot.line.clone()]).next()?;
        let Line::Pair { value: Value::Scalar(found, style), .. } =
            line::read(&text[slot.line.clone()][line])?
        else {
            return None;
        };
        let found = slot.line.start + found.start..slot.line.start + found.end;
        let wanted = match change {
            Change::Current(name) => name,
            Change::Namespace { namespace, .. } => namespace.as_ref()?,
            Change::Rename { .. } | Change::Delete { .. } | Change::Add(_) => return None,
        };
        let meant = meaning(&text[found.clone()], style)?.unwrap_or_default();
        if found != slot.value || meant != *wanted {
            return None;
        }
        // From here on nothing fails: a copy of all names to go back to would be most of the work.
        self.places.slot_mut(&self.outline, change)?.style = style;
        self.places.moved(&splice.range, splice.text.len());
        self.outline.make(change);
        Some(())
    }

    /// The lines of the entry of a name in a list.
    pub fn entry(&self, list: List, name: &str) -> Option<Range<usize>> {
        let index = list.names(&self.outline).iter().position(|entry| entry == name)?;
        self.places.entries(list).get(index).cloned()
    }

    /// The splices that make `change`, or nothing where the full parser has to find them: the rarer changes, and
    /// contexts without a block of their own.
    pub fn splices(&self, text: &[u8], change: &Change) -> Option<Vec<Splice>> {
        let splice = match change {
            Change::Current(name) => match &self.places.current {
                Some(slot) => set(slot, name),
                None => {
                    let value = scalar_text::write(name, ScalarStyle::Plain, Surroundings::Block);
                    line_at(text, text.len(), &format!("current-context: {value}"))
                }
            },
            Change::Namespace { context, namespace } => {
                let index = self.outline.position(context)?;
                let places = &self.places.contexts[index];
                match (namespace, &places.namespace) {
                    (Some(namespace), Some(slot)) => set(slot, namespace),
                    (None, Some(slot)) => Splice::new(slot.line.clone(), ""),
                    (None, None) => return Some(Vec::new()),
                    (Some(namespace), None) => {
                        let body = places.body.as_ref()?;
                        let value = scalar_text::write(namespace, ScalarStyle::Plain, Surroundings::Block);
                        let indent = " ".repeat(body.indent);
                        line_at(text, body.insert_at, &format!("{indent}namespace: {value}"))
                    }
                }
            }
            Change::Rename { .. } | Change::Delete { .. } | Change::Add(_) => return None,
        };
        Some(vec![splice])
    }
}

fn set(slot: &Slot, value: &str) -> Splice {
    let written = scalar_text::write(value, slot.style, Surroundings::Block);
    match slot.value.is_empty() {
        true => Splice::new(slot.value.clone(), format!(" {written}")),
        false => Splice::new(slot.value.clone(), written),
    }
}

/// A line to insert where one starts, or at the end of a text whose last line lacks its end.
fn line_at(text: &[u8], at: usize, line: &str) -> Splice {
    let line_end = match memchr::memchr(b'\n', text) {
        Some(end) if text[..end].ends_with(b"\r") => "\r\n",
        _ => "\n",
    };
    let whole = at == 0 || text[at - 1] == b'\n';
    let inserted = if whole { format!("{line}{line_end}") } else { format!("{line_end}{line}") };
    Splice::new(at..at, inserted)
}
