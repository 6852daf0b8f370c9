//! A replacement of some bytes by others.

use std::ops::Range;

use crate::kubeconfig::file_bytes::FileBytes;

/// Replace the bytes of `range` by `text`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::kubeconfig) struct Splice {
    pub range: Range<usize>,
    pub text: Vec<u8>,
}

impl Splice {
    pub fn new(range: Range<usize>, text: impl Into<Vec<u8>>) -> Self {
        Self { range, text: text.into() }
    }

    /// Applies it in place and returns the splice that takes it back.
    pub fn apply(&self, bytes: &mut FileBytes) -> Self {
        let new_range = self.range.start..self.range.start + self.text.len();
        let old = bytes.splice(self.range.clone(), &self.text);
        Self { range: new_range, text: old }
    }

    /// The same splice in a text that starts `offset` bytes later.
    pub fn shifted(mut self, offset: usize) -> Self {
        self.range = self.range.start + offset..self.range.end + offset;
        self
    }
}

/// Applies splices that don't overlap, the last one in the text first, so that no range moves under another. The
/// result takes them back, in the order given.
pub(super) fn apply_all(mut splices: Vec<Splice>, bytes: &mut FileBytes) -> Vec<Splice> {
    splices.sort_by_key(|splice| std::cmp::Reverse((splice.range.start, splice.range.end)));
    let mut back: Vec<Splice> = splices.iter().map(|splice| splice.apply(bytes)).collect();
    back.reverse();
    back
}
