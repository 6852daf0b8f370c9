//! New entries at the end of lists, in the style of the file.

use serde_json::Value as Json;

use super::{
    Locations,
    lookup::{Found, Path},
};
use crate::kubeconfig::{
    RawEntries, RawEntry,
    edit::{
        blocker::Blocker,
        change::List,
        scalar_text::{self, Surroundings},
        splice::Splice,
    },
};
use crate::{
    output,
    yaml::{NodeContent, NodeId, ScalarStyle},
};

/// Text to insert at one place.
enum Insertion {
    /// Whole lines at the start of a line, or at the end of the text.
    Lines(usize, Vec<String>),
    /// A piece of a line, in the place of some bytes.
    Piece(Splice),
}

impl Locations<'_> {
    /// Adds entries to their lists, which are made where the file has none.
    pub(super) fn add(&self, entries: &RawEntries) -> Result<Vec<Splice>, Blocker> {
        let root = self.document.root().filter(|root| {
            let node = self.document.node(*root);
            !(matches!(node.content, NodeContent::Scalar(..)) && node.span.is_empty())
        });
        let Some(root) = root else {
            let mut lines = vec!["apiVersion: v1".to_owned(), "kind: Config".to_owned()];
            for (list, entries) in List::of_entries(entries) {
                lines.extend(new_list(list, entries)?);
            }
            return Ok(vec![self.append_lines(&lines, true)]);
        };
        if matches!(self.document.node(root).content, NodeContent::Scalar(..)) {
            return Err(self.unusual(root));
        }
        if self.surroundings(root) != Surroundings::Block {
            return self.add_in_brackets(root, entries);
        }
        let (mut insertions, mut missing) = (Vec::new(), Vec::new());
        for (list, entries) in List::of_entries(entries) {
            match self.find(root, list.key())? {
                Found::Nowhere => missing.extend(new_list(list, entries)?),
                Found::Merged => return Err(self.merged(root)),
                Found::Direct { key, value } => insertions.push(self.append(list, key, value, entries)?),
            }
        }
        if !missing.is_empty() {
            insertions.push(Insertion::Lines(self.document.end(), missing));
        }
        Ok(self.splices_of(insertions))
    }

    /// Appends entries to a list.
    fn append(
        &self,
        list: List,
        key: NodeId,
        value: NodeId,
        entries: &[RawEntry],
    ) -> Result<Insertion, Blocker> {
        let node = self.document.node(value);
        let items = match &node.content {
            NodeContent::Sequence(items) => items,
            NodeContent::Alias(target) => return Err(self.shared(*target)),
            // Nothing, or null.
            NodeContent::Scalar(..) => return self.fill(key, value, list, entries),
            NodeContent::Mapping(_) => return Err(self.unusual(value)),
        };
        self.check_own(&Path::root(value))?;
        let Some(last) = items.last() else { return self.fill(key, value, list, entries) };
        if self.text[node.span.start..].starts_with('[') {
            return self.append_in_brackets(list, *last, entries).map(Insertion::Piece);
        }
        let column = self
            .dash_before(*last)
            .filter(|dash| self.indentation(*dash).is_some())
            .map(|dash| dash - self.line_start(dash));
        let (Some(column), Some(end)) = (column, self.line_after(None, *last)) else {
            return Err(self.unusual(*last));
        };
        Ok(Insertion::Lines(end, block_lines(list, entries, column)?))
    }

    /// Puts entries where a list is empty.
    fn fill(
        &self,
        key: NodeId,
        value: NodeId,
        list: List,
        entries: &[RawEntry],
    ) -> Result<Insertion, Blocker> {
        let node = self.document.node(value);
        let Some(colon) = self.colon_after(key) else { return Err(self.unusual(key)) };
        let end = node.span.end.max(colon);
        let start = self.document.node(key).span.start;
        let is_null = node.span.is_empty() || matches!(&self.text[node.span.clone()], "null" | "~");
        let is_empty_list = matches!(&node.content, NodeContent::Sequence(items) if items.is_empty());
        // Comments behind the value would come to stand behind the last line.
        let ends_line = self.text[end..self.next_line(end)].trim().is_empty();
        if !(is_null || is_empty_list) || !ends_line || node.anchored {
            return Err(self.unusual(value));
        }
        let column = start - self.line_start(start);
        let lines = block_lines(list, entries, column)?;
        let line_end = self.line_end();
        Ok(Insertion::Piece(Splice::new(colon..end, format!("{line_end}{}", lines.join(line_end)))))
    }

    fn add_in_brackets(&self, root: NodeId, entries: &RawEntries) -> Result<Vec<Splice>, Blocker> {
        let NodeContent::Mapping(pairs) = &self.document.node(root).content else {
            return Err(self.unusual(root));
        };
        let (mut insertions, mut missing) = (Vec::new(), Vec::new());
        for (list, entries) in List::of_entries(entries) {
            match self.find(root, list.key())? {
                Found::Merged => return Err(self.merged(root)),
                Found::Nowhere => {
                    missing.push(format!("\"{}\": [{}]", list.key(), written_in_brackets(list, entries)));
                }
                Found::Direct { value, .. } => {
                    let node = self.document.node(value);
                    match &node.content {
                        NodeContent::Sequence(items) => {
                            self.check_own(&Path::root(value))?;
                            insertions.push(Insertion::Piece(match items.last() {
                                Some(last) => self.append_in_brackets(list, *last, entries)?,
                                None => {
                                    let written = format!("[{}]", written_in_brackets(list, entries));
                                    Splice::new(node.span.clone(), written)
                                }
                            }));
                        }
                        NodeContent::Scalar(..) if &self.text[node.span.clone()] == "null" => {
                            let written = format!("[{}]", written_in_brackets(list, entries));
                            insertions.push(Insertion::Piece(Splice::new(node.span.clone(), written)));
                        }
                        NodeContent::Alias(target) => return Err(self.shared(*target)),
                        _ => return Err(self.unusual(value)),
                    }
                }
            }
        }
        if !missing.is_empty() {
            let text = missing.join(", ");
            let (at, text) = match pairs.last() {
                None => (Some(self.document.node(root).span.start + 1), text),
                Some((key, value)) => (self.content_end(Some(*key), *value), format!(", {text}")),
            };
            let Some(at) = at else { return Err(self.unusual(root)) };
            insertions.push(Insertion::Piece(Splice::new(at..at, text)));
        }
        Ok(self.splices_of(insertions))
    }

    fn append_in_brackets(&self, list: List, last: NodeId, entries: &[RawEntry]) -> Result<Splice, Blocker> {
        let Some(end) = self.content_end(None, last) else { return Err(self.unusual(last)) };
        Ok(Splice::new(end..end, format!(", {}", written_in_brackets(list, entries))))
    }

    /// Returns the splices; what goes to the same place becomes one, in the order given.
    fn splices_of(&self, insertions: Vec<Insertion>) -> Vec<Splice> {
        let mut lines: Vec<(usize, Vec<String>)> = Vec::new();
        let mut splices = Vec::new();
        for insertion in insertions {
            match insertion {
                Insertion::Piece(splice) => splices.push(splice),
                Insertion::Lines(at, more) => match lines.iter_mut().find(|(place, _)| *place == at) {
                    Some((_, known)) => known.extend(more),
                    None => lines.push((at, more)),
                },
            }
        }
        splices.extend(lines.into_iter().map(|(at, lines)| self.lines_at(at, &lines)));
        splices
    }
}

/// Returns a list with its key.
fn new_list(list: List, entries: &[RawEntry]) -> Result<Vec<String>, Blocker> {
    let mut lines = vec![format!("{}:", list.key())];
    lines.extend(block_lines(list, entries, 0)?);
    Ok(lines)
}

/// Returns entries as lines, as kubectl writes them, with their dashes in this column.
fn block_lines(list: List, entries: &[RawEntry], column: usize) -> Result<Vec<String>, Blocker> {
    let items: Vec<Json> = entries.iter().map(|entry| entry.to_json(list.entry())).collect();
    let text = output::yaml(&items).map_err(|_| Blocker::Unusual { line: 1 })?;
    let indent = " ".repeat(column);
    Ok(text.lines().map(|line| format!("{indent}{line}")).collect())
}

fn written_in_brackets(list: List, entries: &[RawEntry]) -> String {
    let written = entries.iter().map(|entry| flow(&entry.to_json(list.entry())));
    written.collect::<Vec<_>>().join(", ")
}

/// Writes a value as JSON that every reader of YAML reads alike.
fn flow(value: &Json) -> String {
    let quoted = |text: &str| scalar_text::write(text, ScalarStyle::DoubleQuoted, Surroundings::Json);
    match value {
        Json::String(text) => quoted(text),
        Json::Array(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Json::Object(fields) => {
            let pairs = fields.iter().map(|(key, value)| format!("{}: {}", quoted(key), flow(value)));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}
