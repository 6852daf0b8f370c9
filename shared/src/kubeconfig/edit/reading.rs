//! A text as read, and the one way to change it.

use super::{
    blocker::Blocker,
    change::Change,
    check::{expected_document, normalised},
    file_text::FileText,
    locations::Locations,
    outline::Outline,
    scan::Scan,
    splice::Splice,
};
use crate::kubeconfig::Problem;
use crate::yaml::{Document, SourceText, Value};

/// What a text says about contexts, by the fast reader or the full one.
#[derive(Clone, Debug)]
pub(super) enum Reading {
    Scanned(Scan),
    Parsed(Outline),
}

impl Reading {
    /// Reads a text: fast where that is sure, in full where it is not.
    pub fn new(text: &[u8]) -> Result<Self, Problem> {
        match Scan::new(text) {
            Some(scan) => Ok(Self::Scanned(scan)),
            None => Outline::parse(text).map(Self::Parsed),
        }
    }

    pub fn outline(&self) -> &Outline {
        match self {
            Self::Scanned(scan) => &scan.outline,
            Self::Parsed(outline) => outline,
        }
    }

    /// Makes `change` to `text`, which this is the reading of, and checks that nothing else came to mean something
    /// else. The result takes it back, as splices of the file's bytes; empty where the text already said so.
    ///
    /// What the fast reader is sure of before and after, line by line, needs no further check: the bytes outside the
    /// splice are the same, and so is what they mean. Everything else is compared as a whole.
    pub fn apply(&mut self, text: &mut FileText, change: &Change) -> Result<Vec<Splice>, Blocker> {
        if let Self::Scanned(scan) = self
            && let Some(splices) = scan.splices(text.text(), change)
        {
            let back = text.apply(splices.clone());
            if scan.follow(text.text(), change, &splices) {
                return Ok(back);
            }
            // A name with escapes, for instance: from the start, in full.
            text.take_back(&back);
        }
        let expected_outline = self.outline().after(change);
        let (splices, expected) = parsed_splices(text.text(), change)?;
        let Some(first) = splices.first() else { return Ok(Vec::new()) };
        let unusual = Blocker::Unusual { line: line_of(text.text(), first.range.start) };
        let back = text.apply(splices);
        let found = Self::new(text.text()).map_err(|_| unusual.clone())?;
        if *found.outline() != expected_outline || document(text.text()).as_ref() != Some(&expected) {
            return Err(unusual);
        }
        *self = found;
        Ok(back)
    }
}

/// Returns the splices of the full parser, and the document they have to lead to.
pub(super) fn parsed_splices(
    text: &[u8],
    change: &Change,
) -> Result<(Vec<Splice>, (serde_json::Value, bool)), Blocker> {
    // Texts that can't be read have been refused before.
    let unreadable = || Blocker::Unusual { line: 1 };
    let source = SourceText::decode(text).map_err(|_| unreadable())?;
    let document = Document::parse(&source.text).map_err(|_| unreadable())?;
    let value = Value::resolve(&document).map_err(|_| unreadable())?;
    let splices = Locations::new(&source.text, &document, value.as_ref()).splices(change)?;
    let json = value.map_or(serde_json::Value::Null, |value| value.to_raw_json());
    Ok((splices, (expected_document(json, change), document.has_more_documents())))
}

/// Returns what the document of a text means, and whether others follow.
fn document(text: &[u8]) -> Option<(serde_json::Value, bool)> {
    let source = SourceText::decode(text).ok()?;
    let document = Document::parse(&source.text).ok()?;
    let value = Value::resolve(&document).ok()?;
    let json = value.map_or(serde_json::Value::Null, |value| value.to_raw_json());
    Some((normalised(json), document.has_more_documents()))
}

/// Returns the line of an offset, counted from 1.
fn line_of(text: &[u8], offset: usize) -> usize {
    text[..offset.min(text.len())].iter().filter(|byte| **byte == b'\n').count() + 1
}
