//! The fast reader: kubeconfigs in the block style that kubectl and everybody's tools write.
//!
//! It accepts a text only if it is sure of every line: ASCII, spaces, `key: value` with plain or simply quoted values
//! on one line, consistent indentation, no anchors, tags, brackets (but `{}` and `[]`), multi-line values or further
//! documents. Everything else is left to the full parser, wrong texts included: this one has no errors. Property tests
//! hold the two together: what it accepts, the full parser reads and edits the same, byte for byte.

mod line;
mod structure;

use granit_parser::ScalarStyle;

use super::{
    change::Change,
    outline::Outline,
    scalar_text::{self, Surroundings},
    splice::Splice,
};
use structure::{Places, Slot};

/// A text that was read without doubt.
#[derive(Clone, Debug)]
pub(super) struct Scan {
    pub outline: Outline,
    places: Places,
}

impl Scan {
    /// Reads a text, or steps aside.
    pub fn new(text: &[u8]) -> Option<Self> {
        let (outline, places) = structure::scan(text)?;
        Some(Self { outline, places })
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
                let index = self.outline.contexts.iter().position(|entry| entry.name == *context)?;
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
            Change::Rename { .. } | Change::Delete(_) => return None,
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
