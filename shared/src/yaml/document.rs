//! The first YAML document of a text as it is written: a tree of nodes with byte spans.

use std::{borrow::Cow, ops::Range};

use granit_parser::{Event, Parser, ScalarStyle, Span, StructureStyle, Tag};

use super::{YamlError, block, go_strictness};

/// One node of a [`Document`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub(super) usize);

/// A node as it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Node<'text> {
    /// What stands there.
    pub content: NodeContent<'text>,
    /// The bytes of the node, quotes and brackets included, anchor and tag not. A block collection starts at its
    /// first key or dash; an empty node has an empty span.
    pub span: Range<usize>,
    /// The line the node starts on, counted from 1.
    pub line: usize,
    /// The tag in long form (`tag:yaml.org,2002:str`), if one is written.
    pub tag: Option<Box<str>>,
    /// Whether an anchor names this node, so that aliases may repeat it.
    pub anchored: bool,
}

/// What a node is.
#[derive(Clone, Debug, PartialEq)]
pub enum NodeContent<'text> {
    /// A scalar: its text after quoting and folding, and how it is written.
    Scalar(Cow<'text, str>, ScalarStyle),
    /// A sequence.
    Sequence(Vec<NodeId>),
    /// A mapping: keys and values in order, duplicates included.
    Mapping(Vec<(NodeId, NodeId)>),
    /// An alias of an earlier node.
    Alias(NodeId),
}

/// The first document of a text. Later documents don't count: kubectl never reads them.
#[derive(Clone, Debug, PartialEq)]
pub struct Document<'text> {
    nodes: Vec<Node<'text>>,
    root: Option<NodeId>,
    has_more: bool,
    end: usize,
}

impl<'text> Document<'text> {
    /// Parses the first document of `text` (without a byte order mark).
    ///
    /// A text without content (empty, blank, only comments) is a document without a root.
    pub fn parse(text: &'text str) -> Result<Self, YamlError> {
        match block::document::read(text) {
            Some(document) => Ok(document),
            None => Self::parse_in_full(text),
        }
    }

    /// Parses as [`Document::parse`] does, for readers of values: the spans of nodes may end elsewhere.
    pub fn parse_content(text: &'text str) -> Result<Self, YamlError> {
        match block::document::read_content(text) {
            Some(document) => Ok(document),
            None => Self::parse_in_full(text),
        }
    }

    /// The same without the shortcut for texts that can be read line by line.
    pub(crate) fn parse_in_full(text: &'text str) -> Result<Self, YamlError> {
        let mut options = granit_parser::options! { emit_anchor_events: true };
        options.set_emit_comments(false);
        options.flow_nesting_limit = DEEPEST;
        options.block_nesting_limit = DEEPEST;
        Builder::new(text).build(Parser::new_from_str_with_options(text, options))
    }

    /// A document that fills its text, from its nodes.
    pub(super) fn of_nodes(nodes: Vec<Node<'text>>, root: NodeId, end: usize) -> Self {
        Self { nodes, root: Some(root), has_more: false, end }
    }

    /// The top node; none in a text without content.
    pub fn root(&self) -> Option<NodeId> {
        self.root
    }

    /// A node of this document.
    pub fn node(&self, id: NodeId) -> &Node<'text> {
        &self.nodes[id.0]
    }

    /// The nodes, in the order in which they are numbered.
    pub(super) fn into_nodes(self) -> Vec<Node<'text>> {
        self.nodes
    }

    /// Every alias, and the node it repeats.
    pub fn aliases(&self) -> impl Iterator<Item = (NodeId, NodeId)> {
        self.nodes.iter().enumerate().filter_map(|(index, node)| match node.content {
            NodeContent::Alias(target) => Some((NodeId(index), target)),
            _ => None,
        })
    }

    /// Whether another document follows, which kubectl ignores on reading and deletes on writing.
    pub fn has_more_documents(&self) -> bool {
        self.has_more
    }

    /// How often the mapping at the root has a key.
    pub fn times_set(&self, key: &str) -> usize {
        let Some(root) = self.root() else { return 0 };
        let NodeContent::Mapping(pairs) = &self.node(root).content else { return 0 };
        let is_key = |id| matches!(&self.node(id).content, NodeContent::Scalar(text, _) if *text == key);
        pairs.iter().filter(|(id, _)| is_key(*id)).count()
    }

    /// The byte offset where this document ends: its `...`, the next `---`, or the end of the text.
    pub fn end(&self) -> usize {
        self.end
    }
}

/// As deep as documents may be nested: deep enough for everybody, and no danger to the stack.
const DEEPEST: usize = 1000;

/// A collection whose end has not been met yet.
struct Open {
    id: NodeId,
    /// The key that waits for its value, in mappings.
    key: Option<NodeId>,
    in_brackets: bool,
}

struct Builder<'text> {
    text: &'text str,
    nodes: Vec<Node<'text>>,
    open: Vec<Open>,
    /// Node by anchor id; ids count up from 1.
    anchors: Vec<Option<NodeId>>,
    root: Option<NodeId>,
}

impl<'text> Builder<'text> {
    fn new(text: &'text str) -> Self {
        Self {
            text,
            nodes: Vec::with_capacity(text.len() / 48),
            open: Vec::new(),
            anchors: Vec::new(),
            root: None,
        }
    }

    fn build(
        mut self,
        events: impl Iterator<Item = Result<(Event<'text>, Span), granit_parser::ScanError>>,
    ) -> Result<Document<'text>, YamlError> {
        let (mut start, mut end) = (self.text.len(), self.text.len());
        let (mut has_more, mut ended) = (false, false);
        for next in events {
            let (event, span) = match next {
                Ok(next) => next,
                // What follows the first document is never read, so it can't be wrong either.
                Err(_) if ended => {
                    has_more = true;
                    break;
                }
                Err(error) => return Err(YamlError::new(error.marker().line(), error.info())),
            };
            match event {
                Event::DocumentStart(..) if ended => {
                    has_more = true;
                    break;
                }
                Event::DocumentStart(_, Some(version)) if (version.major, version.minor) != (1, 1) => {
                    return Err(YamlError::new(span.start.line(), "found incompatible YAML document"));
                }
                Event::DocumentStart(..) => start = byte_offset(&span.start),
                Event::DocumentEnd => {
                    ended = true;
                    end = byte_offset(&span.start);
                }
                Event::Scalar(value, style, anchor, tag) => {
                    go_strictness::check_scalar(self.text, &span, style, self.in_brackets())?;
                    if tag.is_some() && self.in_brackets() {
                        go_strictness::check_tag(self.text, &span)?;
                    }
                    if self.awaits_key() && self.in_brackets() {
                        go_strictness::check_key(self.text, &span)?;
                    }
                    let content = NodeContent::Scalar(value, style);
                    let id = self.add(content, &span, anchor, tag);
                    self.attach(id);
                }
                Event::SequenceStart(style, anchor, tag) => {
                    self.start(NodeContent::Sequence(Vec::new()), style, &span, anchor, tag)
                }
                Event::MappingStart(style, anchor, tag) => {
                    self.start(NodeContent::Mapping(Vec::new()), style, &span, anchor, tag)
                }
                Event::SequenceEnd | Event::MappingEnd => self.finish(&span),
                Event::Alias(anchor) => {
                    go_strictness::check_anchor_name(self.text, &span)?;
                    let target = self.anchors.get(anchor).copied().flatten();
                    let target = target
                        .ok_or_else(|| YamlError::new(span.start.line(), "unknown anchor referenced"))?;
                    let id = self.add(NodeContent::Alias(target), &span, 0, None);
                    self.attach(id);
                }
                Event::Anchor(..) => go_strictness::check_anchor_name(self.text, &span)?,
                _ => {}
            }
        }
        go_strictness::check_start(&self.text[..start])?;
        go_strictness::check_tabs(self.text, end, &self.nodes)?;
        Ok(Document { nodes: self.nodes, root: self.root, has_more, end })
    }

    fn add(
        &mut self,
        content: NodeContent<'text>,
        span: &Span,
        anchor: usize,
        tag: Option<Cow<'text, Tag>>,
    ) -> NodeId {
        let id = NodeId(self.nodes.len());
        if anchor != 0 {
            if self.anchors.len() <= anchor {
                self.anchors.resize(anchor + 1, None);
            }
            self.anchors[anchor] = Some(id);
        }
        self.nodes.push(Node {
            content,
            span: byte_offset(&span.start)..byte_offset(&span.end),
            line: span.start.line(),
            tag: tag.map(|tag| long_tag(&tag)),
            anchored: anchor != 0,
        });
        id
    }

    fn start(
        &mut self,
        content: NodeContent<'text>,
        style: StructureStyle,
        span: &Span,
        anchor: usize,
        tag: Option<Cow<'text, Tag>>,
    ) {
        let in_brackets = style == StructureStyle::Flow || self.in_brackets();
        let id = self.add(content, span, anchor, tag);
        self.open.push(Open { id, key: None, in_brackets });
    }

    /// Whether the next node is a mapping's key.
    fn awaits_key(&self) -> bool {
        let is_mapping = |open: &Open| matches!(self.nodes[open.id.0].content, NodeContent::Mapping(_));
        self.open.last().is_some_and(|open| open.key.is_none() && is_mapping(open))
    }

    fn in_brackets(&self) -> bool {
        self.open.last().is_some_and(|open| open.in_brackets)
    }

    fn finish(&mut self, span: &Span) {
        if let Some(open) = self.open.pop() {
            let node = &mut self.nodes[open.id.0];
            node.span.end = byte_offset(&span.end).max(node.span.start);
            self.attach(open.id);
        }
    }

    /// Hands a finished node to the collection around it.
    fn attach(&mut self, id: NodeId) {
        let Some(parent) = self.open.last_mut() else {
            self.root = Some(id);
            return;
        };
        match &mut self.nodes[parent.id.0].content {
            NodeContent::Sequence(items) => items.push(id),
            NodeContent::Mapping(entries) => match parent.key.take() {
                Some(key) => entries.push((key, id)),
                None => parent.key = Some(id),
            },
            NodeContent::Scalar(..) | NodeContent::Alias(_) => {}
        }
    }
}

fn byte_offset(marker: &granit_parser::Marker) -> usize {
    marker.byte_offset().expect("a parser of a str knows byte offsets")
}

fn long_tag(tag: &Tag) -> Box<str> {
    let (handle, suffix) = tag.parts();
    format!("{handle}{suffix}").into()
}
