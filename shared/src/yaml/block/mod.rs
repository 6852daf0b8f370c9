//! The fast reader: YAML in the block style that kubectl and everybody's tools write.
//!
//! It accepts a text only if it is sure of every line: ASCII, spaces, `key: value` with plain or simply quoted values
//! on one line, consistent indentation, no anchors, tags, brackets (but `{}` and `[]`), multi-line values or further
//! documents. Everything else is left to the full parser, wrong texts included: this one has no errors. Property tests
//! hold the two together: what it accepts, the full parser reads the same, spans and lines included.
//!
//! [`lines`] cuts a text, [`line::read`] understands a line on its own, [`Blocks`] tells which mapping or list it
//! belongs to, and [`document::read`] makes a [`super::Document`] of that. Where spans don't matter, [`document::read_content`]
//! leaves only the values it is not sure of to the full parser, one by one: a large dump has a few in every object.

mod blocks;
pub(crate) mod document;
mod graft;
pub(crate) mod line;
#[cfg(test)]
mod tests;

use std::ops::Range;

pub(crate) use blocks::{Blocks, Expected};

/// The lines of a text: each without its end, and where the next one starts.
pub(crate) fn lines(text: &[u8]) -> impl Iterator<Item = (Range<usize>, usize)> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let line = line_from(text, start)?;
        start = line.1;
        Some(line)
    })
}

/// The line that starts at `start`; none at the end of the text.
fn line_from(text: &[u8], start: usize) -> Option<(Range<usize>, usize)> {
    if start == text.len() {
        return None;
    }
    Some(match memchr::memchr(b'\n', &text[start..]) {
        None => (start..text.len(), text.len()),
        Some(length) => {
            let end = start + length;
            let carriage_return = usize::from(text[start..end].ends_with(b"\r"));
            (start..end - carriage_return, end + 1)
        }
    })
}
