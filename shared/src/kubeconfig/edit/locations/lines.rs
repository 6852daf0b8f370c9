//! Lines, indentation and colons around nodes.

use super::Locations;
use crate::yaml::{NodeContent, NodeId};

impl Locations<'_> {
    /// Returns where the line of `offset` starts.
    pub(super) fn line_start(&self, offset: usize) -> usize {
        self.text[..offset].rfind('\n').map_or(0, |at| at + 1)
    }

    /// Returns the offset behind the line end of the line of `offset`, or the end of the text.
    pub(super) fn next_line(&self, offset: usize) -> usize {
        self.text[offset..].find('\n').map_or(self.text.len(), |at| offset + at + 1)
    }

    /// Returns the line end the file uses.
    pub(super) fn line_end(&self) -> &'static str {
        match self.text.find('\n') {
            Some(at) if self.text[..at].ends_with('\r') => "\r\n",
            _ => "\n",
        }
    }

    /// Returns the spaces before `offset`, if nothing else stands before it on its line.
    pub(super) fn indentation(&self, offset: usize) -> Option<&str> {
        let before = &self.text[self.line_start(offset)..offset];
        before.bytes().all(|byte| byte == b' ').then_some(before)
    }

    /// Returns where the comment starts that stands right above an entry, in the column of its dash and without an empty
    /// line between: it is about that entry. Without one, where the line of the dash starts. What stands before `bound`
    /// belongs to something else.
    pub(super) fn comment_above(&self, dash: usize, bound: Option<usize>) -> usize {
        let mut start = self.line_start(dash);
        let column = dash - start;
        while let Some(bound) = bound.filter(|bound| *bound < start) {
            let above = self.line_start(start - 1);
            let line = &self.text[above..start];
            let is_comment = line.len() > column
                && line.as_bytes()[..column].iter().all(|byte| *byte == b' ')
                && line[column..].starts_with('#');
            if above < bound || !is_comment {
                break;
            }
            start = above;
        }
        start
    }

    /// Tells whether nothing but blanks and a comment stands between `offset` and the end of its line.
    pub(super) fn ends_line(&self, offset: usize) -> bool {
        let rest = self.text[offset..self.next_line(offset)].trim_end();
        rest.is_empty()
            || rest.trim_start_matches([' ', '\t']).starts_with('#') && rest.starts_with([' ', '\t'])
    }

    /// Returns the offset behind the colon that follows a key.
    pub(super) fn colon_after(&self, key: NodeId) -> Option<usize> {
        let end = self.document.node(key).span.end;
        let rest = &self.text[end..];
        let blank = rest.len() - rest.trim_start().len();
        rest[blank..].starts_with(':').then_some(end + blank + 1)
    }

    /// Returns the offset behind the last byte of a value, trailing line ends of texts of several lines included; of a
    /// key without value behind its colon.
    pub(super) fn content_end(&self, key: Option<NodeId>, value: NodeId) -> Option<usize> {
        let node = self.document.node(value);
        let start_of_empty = || key.and_then(|key| self.colon_after(key));
        match &node.content {
            NodeContent::Scalar(..) if node.span.is_empty() => start_of_empty(),
            NodeContent::Scalar(..) | NodeContent::Alias(_) => Some(node.span.end),
            _ if self.text[node.span.start..].starts_with(['{', '[']) => Some(node.span.end),
            NodeContent::Mapping(pairs) => match pairs.last() {
                Some((key, value)) => self.content_end(Some(*key), *value),
                None => start_of_empty(),
            },
            NodeContent::Sequence(items) => match items.last() {
                Some(item) => self.content_end(None, *item),
                None => start_of_empty(),
            },
        }
    }

    /// Returns the offset behind the line a value ends on.
    pub(super) fn line_after(&self, key: Option<NodeId>, value: NodeId) -> Option<usize> {
        let end = self.content_end(key, value)?;
        if end > 0 && self.text.as_bytes()[end - 1] == b'\n' {
            return Some(end);
        }
        self.ends_line(end).then(|| self.next_line(end))
    }
}
