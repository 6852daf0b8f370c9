//! Values the line reader is not sure of, parsed in full on their own.

use std::ops::Range;

use super::{document::Builder, line, line_from};
use crate::yaml::{Document, Node, NodeContent, NodeId};

/// Reads the pair or item that starts with a line, and all lines below it that are indented more. Returns where the next
/// line starts, or nothing where the whole text has to be parsed: the part alone is no YAML, refers to an anchor outside
/// of it, or is more than one pair or item.
pub(super) fn graft(builder: &mut Builder<'_>, range: Range<usize>) -> Option<usize> {
    let text = builder.text;
    let line = &text.as_bytes()[range.clone()];
    let indent = indentation(line);
    let (dash, column) = match &line[indent..] {
        // The full parser takes the same lines for comments; that their characters are allowed is known.
        [b'#', ..] if !has_other_breaks(&text[range.clone()]) => {
            return line_from(text.as_bytes(), range.start).map(|(_, next)| next);
        }
        [b'-', b' ', rest @ ..] => (true, indent + 2 + indentation(rest)),
        // A key and its value on lines of their own.
        [b'?' | b':', ..] => return None,
        _ => (false, indent),
    };
    // Behind a dash, more pairs of the same mapping may follow; one whose key is not simple is left to the parser whole.
    let is_pair = !dash || line::key_length(&line[column..]).is_some();
    let (end, lines) = extent(text, range.start, if is_pair { column } else { indent })?;
    let written = &text[range.start..end];
    if has_other_breaks(written) {
        return None;
    }
    let part = Document::parse_content_in_full(written).ok().filter(|part| !part.has_more_documents())?;
    let root = part.root()?;
    let content = match dash {
        true => only_item(&part, written, root)?,
        false => root,
    };
    let pair = match is_pair {
        true => Some(only_pair(&part, written, content)?),
        false => None,
    };
    let block = builder.place(range.start, indent, dash)?;
    let mapping = match dash && is_pair {
        true => builder.open_item(block, range.start, column)?,
        false => block,
    };
    let first = builder.nodes.len();
    let lines_before = builder.number - 1;
    builder
        .nodes
        .extend(part.into_nodes().into_iter().map(|node| moved(node, first, range.start, lines_before)));
    match pair {
        Some((key, value)) => builder.add_pair(mapping, NodeId(first + key.0), NodeId(first + value.0)),
        None => builder.add_item(block, NodeId(first + content.0)),
    }
    builder.number += lines - 1;
    Some(end)
}

/// Whether the plain text on a line goes on below it: the line at `next` is indented by more than `indent`.
pub(super) fn goes_on(text: &str, mut next: usize, indent: usize) -> bool {
    while let Some((range, after)) = line_from(text.as_bytes(), next) {
        let line = &text.as_bytes()[range];
        let found = indentation(line);
        if found < line.len() {
            return found > indent;
        }
        next = after;
    }
    false
}

fn indentation(line: &[u8]) -> usize {
    line.iter().take_while(|byte| **byte == b' ').count()
}

/// Where the lines end that belong to the one at `start`: the blank ones, and those indented by more than `indent`. Also
/// how many there are. Lines with a tab first are nobody's.
fn extent(text: &str, start: usize, indent: usize) -> Option<(usize, usize)> {
    let (_, mut end) = line_from(text.as_bytes(), start)?;
    let mut lines = 1;
    while let Some((range, next)) = line_from(text.as_bytes(), end) {
        let line = &text.as_bytes()[range];
        let found = indentation(line);
        match line.get(found) {
            Some(b'\t' | b'\r') => return None,
            Some(_) if found <= indent => break,
            _ => {}
        }
        end = next;
        lines += 1;
    }
    Some((end, lines))
}

/// Whether a line ends at a carriage return alone, or at one of the other line ends of YAML 1.1, so that lines are not what
/// they seem.
fn has_other_breaks(text: &str) -> bool {
    memchr::memchr_iter(b'\r', text.as_bytes()).any(|at| text.as_bytes().get(at + 1) != Some(&b'\n'))
        || (!text.is_ascii() && text.contains(['\u{85}', '\u{2028}', '\u{2029}']))
}

fn only_item(part: &Document<'_>, written: &str, list: NodeId) -> Option<NodeId> {
    match &part.node(list).content {
        NodeContent::Sequence(items) if items.len() == 1 && is_block(part, written, list) => Some(items[0]),
        _ => None,
    }
}

fn only_pair(part: &Document<'_>, written: &str, mapping: NodeId) -> Option<(NodeId, NodeId)> {
    match &part.node(mapping).content {
        NodeContent::Mapping(pairs) if pairs.len() == 1 && is_block(part, written, mapping) => Some(pairs[0]),
        _ => None,
    }
}

/// Whether a collection is written without brackets, anchor and tag.
fn is_block(part: &Document<'_>, written: &str, id: NodeId) -> bool {
    let node = part.node(id);
    node.tag.is_none() && !node.anchored && !written[node.span.start..].starts_with(['{', '['])
}

/// A node of the part as one of the whole.
fn moved(mut node: Node<'_>, first: usize, start: usize, lines_before: usize) -> Node<'_> {
    let shift = |id: &mut NodeId| id.0 += first;
    match &mut node.content {
        NodeContent::Scalar(..) => {}
        NodeContent::Sequence(items) => items.iter_mut().for_each(shift),
        NodeContent::Mapping(pairs) => pairs.iter_mut().for_each(|(key, value)| {
            shift(key);
            shift(value);
        }),
        NodeContent::Alias(target) => shift(target),
    }
    node.span = node.span.start + start..node.span.end + start;
    node.line += lines_before;
    node
}
