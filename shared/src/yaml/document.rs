//! The first YAML document of a text as it is written: a tree of nodes with byte spans.

use std::{borrow::Cow, ops::Range};

use super::{YamlError, block, libyaml};

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ScalarStyle {
    /// Without quotes.
    Plain,
    /// `'like this'`.
    SingleQuoted,
    /// `"like this"`.
    DoubleQuoted,
    /// Behind `|`.
    Literal,
    /// Behind `>`.
    Folded,
}

/// One node of a [`Document`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub(super) usize);

/// A node as it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Node<'text> {
    /// What stands there.
    pub content: NodeContent<'text>,
    /// The bytes of the node, quotes, brackets and the sign of a text of several lines included, anchor and tag not. A
    /// block collection starts at its first key or dash, and ends where the next thing stands; an empty node has an empty
    /// span.
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

    /// Parses as [`Document::parse`] does, for readers of manifests: the spans of nodes may end elsewhere, and the last
    /// line counts as ended.
    pub fn parse_content(text: &'text str) -> Result<Self, YamlError> {
        match block::document::read_content(text) {
            Some(document) => Ok(document),
            None => Self::parse_content_in_full(text),
        }
    }

    /// The same without the shortcut.
    pub(crate) fn parse_content_in_full(text: &'text str) -> Result<Self, YamlError> {
        libyaml::parse_lines(text)
    }

    /// [`Document::parse`] without the shortcut for texts that can be read line by line.
    pub(crate) fn parse_in_full(text: &'text str) -> Result<Self, YamlError> {
        libyaml::parse(text)
    }

    /// A document that fills its text, from its nodes.
    pub(super) fn of_nodes(nodes: Vec<Node<'text>>, root: NodeId, end: usize) -> Self {
        Self { nodes, root: Some(root), has_more: false, end }
    }

    /// A document from what was parsed.
    pub(super) fn of_parts(
        nodes: Vec<Node<'text>>,
        root: Option<NodeId>,
        has_more: bool,
        end: usize,
    ) -> Self {
        Self { nodes, root, has_more, end }
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
