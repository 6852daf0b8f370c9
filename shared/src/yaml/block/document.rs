//! A document from lines.

use std::{borrow::Cow, ops::Range};

use crate::yaml::ScalarStyle;

use super::{
    Blocks, Expected,
    graft::{goes_on, graft},
    line::{self, Line, Value},
    line_from,
};
use crate::yaml::{Document, Node, NodeContent, NodeId};

/// The whole first document of `text`, or nothing where the full parser has to read it.
pub(crate) fn read(text: &str) -> Option<Document<'_>> {
    Builder::new(text).read(false)
}

/// The same for readers of values: pairs and items this reader is not sure of are parsed in full, each on its own, and
/// put into the document. Their spans may end elsewhere than in a document parsed as a whole.
pub(crate) fn read_content(text: &str) -> Option<Document<'_>> {
    Builder::new(text).read(true)
}

const ROOT: NodeId = NodeId(0);

pub(super) struct Builder<'text> {
    pub(super) text: &'text str,
    pub(super) nodes: Vec<Node<'text>>,
    blocks: Blocks<NodeId>,
    /// The line, counted from 1.
    pub(super) number: usize,
}

impl<'text> Builder<'text> {
    fn new(text: &'text str) -> Self {
        Self { text, nodes: Vec::with_capacity(text.len() / 64), blocks: Blocks::new(), number: 0 }
    }

    fn read(mut self, with_grafts: bool) -> Option<Document<'text>> {
        let (mut at, mut started) = (0, false);
        while let Some((range, next)) = line_from(self.text.as_bytes(), at) {
            self.number += 1;
            let start = range.start;
            at = next;
            let line = line::read(&self.text.as_bytes()[range.clone()]);
            let line = line.filter(|line| !with_grafts || !self.goes_on(line, next));
            match line {
                None if !with_grafts => return None,
                None => {
                    at = graft(&mut self, range)?;
                    started = true;
                }
                Some(Line::Nothing) => {}
                Some(Line::DocumentStart) if started => return None,
                Some(Line::DocumentStart) => started = true,
                Some(Line::Item { indent, column, value }) => {
                    started = true;
                    let list = self.place(start, indent, true)?;
                    let item = self.value(start, &value, start + column);
                    self.add_item(list, item);
                }
                Some(Line::Pair { indent, dash, column, key, colon_end, value }) => {
                    started = true;
                    let mut mapping = self.place(start, indent, dash)?;
                    if dash {
                        mapping = self.open_item(mapping, start, column)?;
                    }
                    let key_start = start + column;
                    let key = self.add(self.scalar(key_start..key_start + key.len(), ScalarStyle::Plain));
                    let id = self.value(start, &value, start + colon_end);
                    if value == Value::Nothing {
                        let expected = Expected { indent: column, mapping: Some(id), sequence: Some(id) };
                        self.blocks.expect(expected);
                    }
                    self.add_pair(mapping, key, id);
                }
            }
        }
        self.finish()
    }

    /// Whether a line is the first of a plain text of several.
    fn goes_on(&self, line: &Line<'_>, next: usize) -> bool {
        let (indent, value) = match line {
            Line::Pair { column, value, .. } => (*column, value),
            Line::Item { indent, value, .. } => (*indent, value),
            _ => return false,
        };
        matches!(value, Value::Scalar(_, ScalarStyle::Plain)) && goes_on(self.text, next, indent)
    }

    /// The block of a line; the node of a block that starts with it becomes what it turns out to be.
    pub(super) fn place(&mut self, start: usize, indent: usize, dash: bool) -> Option<NodeId> {
        let nodes = &mut self.nodes;
        // The full parser notices that a block has ended where the next thing stands.
        let place = self.blocks.place(indent, dash, ROOT, |id| nodes[id.0].span.end = start + indent)?;
        if place.opens {
            let at = start + indent;
            let content =
                if dash { NodeContent::Sequence(Vec::new()) } else { NodeContent::Mapping(Vec::new()) };
            let opened = node(content, at..at, self.number);
            match self.nodes.get_mut(place.role.0) {
                Some(announced) => *announced = opened,
                None => self.nodes.push(opened),
            }
        }
        Some(place.role)
    }

    /// The mapping that starts behind a dash.
    pub(super) fn open_item(&mut self, list: NodeId, start: usize, column: usize) -> Option<NodeId> {
        let at = start + column;
        let item = self.add(node(NodeContent::Mapping(Vec::new()), at..at, self.number));
        self.add_item(list, item);
        self.blocks.open_item(column, item)?;
        Some(item)
    }

    pub(super) fn add_item(&mut self, list: NodeId, item: NodeId) {
        if let NodeContent::Sequence(items) = &mut self.nodes[list.0].content {
            items.push(item);
        }
    }

    pub(super) fn add_pair(&mut self, mapping: NodeId, key: NodeId, value: NodeId) {
        if let NodeContent::Mapping(pairs) = &mut self.nodes[mapping.0].content {
            pairs.push((key, value));
        }
    }

    /// The node of a value. Where nothing stands it is null at `nothing_at`, until a block turns out to follow.
    fn value(&mut self, start: usize, value: &Value, nothing_at: usize) -> NodeId {
        let node = match value {
            Value::Nothing => {
                let null = NodeContent::Scalar(Cow::Borrowed(""), ScalarStyle::Plain);
                node(null, nothing_at..nothing_at, self.number)
            }
            Value::Scalar(range, style) => self.scalar(start + range.start..start + range.end, *style),
            Value::EmptyMapping(at) => {
                node(NodeContent::Mapping(Vec::new()), start + at..start + at + 2, self.number)
            }
            Value::EmptySequence(at) => {
                node(NodeContent::Sequence(Vec::new()), start + at..start + at + 2, self.number)
            }
        };
        self.add(node)
    }

    fn scalar(&self, span: Range<usize>, style: ScalarStyle) -> Node<'text> {
        let written = &self.text[span.clone()];
        let text = match style {
            ScalarStyle::Plain => written,
            _ => &written[1..written.len() - 1],
        };
        node(NodeContent::Scalar(Cow::Borrowed(text), style), span, self.number)
    }

    fn add(&mut self, node: Node<'text>) -> NodeId {
        self.nodes.push(node);
        NodeId(self.nodes.len() - 1)
    }

    fn finish(self) -> Option<Document<'text>> {
        let Self { text, mut nodes, blocks, .. } = self;
        if blocks.is_empty() {
            return None;
        }
        blocks.into_open().for_each(|id| nodes[id.0].span.end = text.len());
        Some(Document::of_nodes(nodes, ROOT, text.len()))
    }
}

fn node(content: NodeContent<'_>, span: Range<usize>, line: usize) -> Node<'_> {
    Node { content, span, line, tag: None, anchored: false }
}
