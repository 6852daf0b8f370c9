//! New pairs in the style of those around them.

use crate::yaml::ScalarStyle;

use super::Locations;
use crate::kubeconfig::edit::{
    blocker::Blocker,
    scalar_text::{self, Surroundings},
    splice::Splice,
};
use crate::yaml::{NodeContent, NodeId};

/// What a new pair gets as its value.
#[derive(Clone, Copy)]
pub(super) enum Value<'value> {
    /// A scalar.
    Text(&'value str),
    /// A mapping of one pair, in brackets.
    MappingOf(&'value str, &'value str),
}

impl Value<'_> {
    pub fn write(self, surroundings: Surroundings, colon: &str) -> String {
        match self {
            Self::Text(text) => scalar_text::write(text, ScalarStyle::Plain, surroundings),
            Self::MappingOf(key, text) => {
                let inner = match surroundings {
                    Surroundings::Block => Surroundings::Flow,
                    other => other,
                };
                let quote = if inner == Surroundings::Json { "\"" } else { "" };
                let text = scalar_text::write(text, ScalarStyle::Plain, inner);
                format!("{{{quote}{key}{quote}{colon}{text}}}")
            }
        }
    }
}

/// Where among its siblings a new pair goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Where {
    /// Last.
    End,
    /// After the last pair on one line whose key comes earlier in the alphabet, which is kubectl's order.
    Sorted,
}

impl Locations<'_> {
    /// Inserts a pair into a mapping.
    pub(super) fn insert(
        &self,
        mapping: NodeId,
        key: &str,
        value: Value<'_>,
        place: Where,
    ) -> Result<Splice, Blocker> {
        let surroundings = self.surroundings(mapping);
        match surroundings {
            Surroundings::Block => {
                let line = format!("{key}: {}", value.write(surroundings, ": "));
                self.insert_line(mapping, key, &line, place)
            }
            Surroundings::Flow | Surroundings::Json => {
                self.insert_in_brackets(mapping, key, value, surroundings)
            }
        }
    }

    fn insert_line(&self, mapping: NodeId, key: &str, line: &str, place: Where) -> Result<Splice, Blocker> {
        let NodeContent::Mapping(pairs) = &self.document.node(mapping).content else {
            return Err(self.unusual(mapping));
        };
        let Some((first, _)) = pairs.first() else { return Err(self.unusual(mapping)) };
        let first_start = self.pair_start(*first);
        if place == Where::End && self.document.root() == Some(mapping) {
            let Some(indent) = self.indentation(first_start) else { return Err(self.unusual(mapping)) };
            return Ok(self.append_lines(&[format!("{indent}{line}")], false));
        }
        // Behind a scalar or brackets that end their line, the next line starts a pair, or ends the mapping.
        let on_one_line = |(key, value): &&(NodeId, NodeId)| {
            let node = self.document.node(*value);
            let in_brackets = self.text[node.span.start..].starts_with(['{', '[']);
            let is_flat =
                in_brackets || matches!(node.content, NodeContent::Scalar(..) | NodeContent::Alias(_));
            let whole = !node.span.is_empty() && !self.text[node.span.clone()].contains('\n');
            let key_line = self.line_start(self.document.node(*key).span.start);
            is_flat && whole && self.line_start(node.span.start) == key_line && self.ends_line(node.span.end)
        };
        let earlier = |(pair_key, _): &&(NodeId, NodeId)| match &self.document.node(*pair_key).content {
            NodeContent::Scalar(text, _) => place == Where::End || text.as_ref() < key,
            _ => false,
        };
        let column = first_start - self.line_start(first_start);
        let last = pairs.last().filter(|_| place == Where::End);
        let sibling = match last {
            Some(last) => Some(last).filter(on_one_line),
            None => pairs.iter().filter(on_one_line).rfind(earlier).or_else(|| {
                pairs.iter().rfind(on_one_line).filter(|_| self.indentation(first_start).is_none())
            }),
        };
        let indent = " ".repeat(column);
        match sibling {
            Some((_, value)) => {
                let end = self.document.node(*value).span.end;
                Ok(self.lines_at(self.next_line(end), &[format!("{indent}{line}")]))
            }
            None if place == Where::Sorted && self.indentation(first_start).is_some() => {
                Ok(self.lines_at(self.line_start(first_start), &[format!("{indent}{line}")]))
            }
            None => Err(self.unusual(mapping)),
        }
    }

    /// Adds lines at the end of the document.
    pub(super) fn append_lines(&self, lines: &[String], whole: bool) -> Splice {
        let end = self.document.end();
        let splice = self.lines_at(end, lines);
        // A file that had no content gets whole lines.
        match whole && end == self.text.len() && !splice.text.ends_with(b"\n") {
            true => Splice::new(splice.range, [&splice.text[..], self.line_end().as_bytes()].concat()),
            false => splice,
        }
    }

    /// Lines to insert at the start of a line, or at the end of a text whose last line lacks its end; then the new
    /// last line lacks it too.
    pub(super) fn lines_at(&self, at: usize, lines: &[String]) -> Splice {
        let line_end = self.line_end();
        let joined = lines.join(line_end);
        let text = match at == 0 || self.text[..at].ends_with('\n') {
            true => format!("{joined}{line_end}"),
            false => format!("{line_end}{joined}"),
        };
        Splice::new(at..at, text)
    }

    fn insert_in_brackets(
        &self,
        mapping: NodeId,
        key: &str,
        value: Value<'_>,
        surroundings: Surroundings,
    ) -> Result<Splice, Blocker> {
        let node = self.document.node(mapping);
        let NodeContent::Mapping(pairs) = &node.content else { return Err(self.unusual(mapping)) };
        let quote = if surroundings == Surroundings::Json { "\"" } else { "" };
        let pair = |colon: &str| format!("{quote}{key}{quote}{colon}{}", value.write(surroundings, colon));
        let Some((last_key, last_value)) = pairs.last() else {
            let at = node.span.start + 1;
            return Ok(Splice::new(at..at, pair(": ")));
        };
        let (Some(end), Some(colon)) =
            (self.content_end(Some(*last_key), *last_value), self.colon_after(*last_key))
        else {
            return Err(self.unusual(mapping));
        };
        let value_start = self.document.node(*last_value).span.start.max(colon);
        let key_end = self.document.node(*last_key).span.end;
        let colon = blank_of(&self.text[key_end..value_start], ": ");
        // The blanks before the first key, or between the last two pairs.
        let separator = match pairs.len() {
            1 => {
                let inside = &self.text[node.span.start + 1..self.pair_start(*last_key)];
                if inside.contains('\n') { only_blanks(inside, "") } else { " " }
            }
            count => {
                let (before_key, before_value) = pairs[count - 2];
                match self.content_end(Some(before_key), before_value) {
                    Some(before) if before <= self.pair_start(*last_key) => {
                        let between = &self.text[before..self.pair_start(*last_key)];
                        between
                            .trim_start_matches([' ', '\n', '\r', '\t'])
                            .strip_prefix(',')
                            .map_or(" ", |rest| only_blanks(rest, " "))
                    }
                    _ => " ",
                }
            }
        };
        Ok(Splice::new(end..end, format!(",{separator}{}", pair(colon))))
    }

    /// Returns where a pair starts: at its key, or the anchor or tag before it.
    pub(super) fn pair_start(&self, key: NodeId) -> usize {
        self.document.node(key).span.start
    }
}

/// Returns `text` if it is a colon and blanks.
fn blank_of<'text>(text: &'text str, otherwise: &'text str) -> &'text str {
    let fits = text.trim() == ":" && !text.contains(['\n', '\r']);
    if fits { text } else { otherwise }
}

fn only_blanks<'text>(text: &'text str, otherwise: &'text str) -> &'text str {
    if text.trim().is_empty() { text } else { otherwise }
}
