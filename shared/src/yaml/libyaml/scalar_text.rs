//! The text of a scalar while it is read: a part of the whole text as long as nothing was folded or escaped.

use std::{borrow::Cow, ops::Range};

/// A text that grows.
pub(super) struct ScalarText<'text> {
    source: &'text str,
    part: Range<usize>,
    owned: Option<String>,
}

impl<'text> ScalarText<'text> {
    pub fn new(source: &'text str, start: usize) -> Self {
        Self { source, part: start..start, owned: None }
    }

    /// Adds a part of the source.
    pub fn add_source(&mut self, part: Range<usize>) {
        match &mut self.owned {
            Some(owned) => owned.push_str(&self.source[part]),
            None if self.part.is_empty() => self.part = part,
            None if self.part.end == part.start => self.part.end = part.end,
            None => {
                let source = self.source;
                self.own().push_str(&source[part]);
            }
        }
    }

    /// Adds what does not stand in the source as it is.
    pub fn add(&mut self, text: &str) {
        if !text.is_empty() {
            self.own().push_str(text);
        }
    }

    fn own(&mut self) -> &mut String {
        self.owned.get_or_insert_with(|| self.source[self.part.clone()].to_owned())
    }

    pub fn finish(self) -> Cow<'text, str> {
        match self.owned {
            Some(owned) => Cow::Owned(owned),
            None => Cow::Borrowed(&self.source[self.part]),
        }
    }
}
