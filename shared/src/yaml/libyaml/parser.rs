//! From tokens to the nodes of the first document.

use std::collections::HashMap;

use super::{
    cursor::Mark,
    scanner::Scanner,
    token::{Token, TokenKind},
};
use crate::yaml::{Document, Node, NodeContent, NodeId, ScalarStyle, YamlError};

/// As deep as documents may be nested: deep enough for everybody, and no danger to the stack.
const DEEPEST: usize = 500;

/// Parses the first document of a text. What follows it is not read, so it can't be wrong either.
pub(in crate::yaml) fn parse(text: &str) -> Result<Document<'_>, YamlError> {
    parse_with(Scanner::new(text))
}

/// The same, but the last line counts as ended: kubectl's reader of manifests ends every line of a document
/// (`LineReader` in `k8s.io/apimachinery/pkg/util/yaml/decoder.go`), its reader of kubeconfigs does not.
pub(in crate::yaml) fn parse_lines(text: &str) -> Result<Document<'_>, YamlError> {
    let mut scanner = Scanner::new(text);
    scanner.ends_last_line = true;
    parse_with(scanner)
}

fn parse_with(scanner: Scanner<'_>) -> Result<Document<'_>, YamlError> {
    let parser = Parser {
        nodes: Vec::with_capacity(scanner.cursor.text.len() / 48),
        scanner,
        anchors: HashMap::new(),
        handles: Vec::new(),
        depth: 0,
    };
    parser.document()
}

pub(super) struct Parser<'text> {
    pub(super) scanner: Scanner<'text>,
    pub(super) nodes: Vec<Node<'text>>,
    anchors: HashMap<&'text str, NodeId>,
    /// The handles of tags, and what they stand for.
    handles: Vec<(&'text str, String)>,
    depth: usize,
}

/// What stands before a node, and where.
pub(super) struct Properties<'text> {
    anchor: Option<&'text str>,
    tag: Option<Box<str>>,
    /// Where they end; where the node starts if there are none.
    end: Mark,
}

impl<'text> Parser<'text> {
    fn document(mut self) -> Result<Document<'text>, YamlError> {
        let root = match self.scanner.peek()?.kind {
            TokenKind::StreamEnd => None,
            TokenKind::Version(..) | TokenKind::TagDirective(..) | TokenKind::DocumentStart => {
                self.directives()?;
                let start = self.scanner.peek()?;
                if !matches!(start.kind, TokenKind::DocumentStart) {
                    return Err(unexpected(start, "did not find expected <document start>"));
                }
                self.scanner.take()?;
                Some(self.content()?)
            }
            _ => {
                self.directives()?;
                Some(self.node(true, false)?)
            }
        };
        let end = self.scanner.peek()?.start.offset;
        let has_more = root.is_some() && self.has_more();
        Ok(Document::of_parts(self.nodes, root, has_more, end))
    }

    /// Reads the content behind `---`, of which there may be none.
    fn content(&mut self) -> Result<NodeId, YamlError> {
        let next = self.scanner.peek()?;
        let start = next.start;
        match next.kind {
            TokenKind::Version(..)
            | TokenKind::TagDirective(..)
            | TokenKind::DocumentStart
            | TokenKind::DocumentEnd
            | TokenKind::StreamEnd => Ok(self.nothing(start)),
            _ => self.node(true, false),
        }
    }

    /// Tells whether anything follows the document, be it a mistake.
    fn has_more(&mut self) -> bool {
        loop {
            match self.scanner.peek() {
                Ok(Token { kind: TokenKind::StreamEnd, .. }) => return false,
                Ok(Token { kind: TokenKind::DocumentEnd, .. }) => {}
                _ => return true,
            }
            if self.scanner.take().is_err() {
                return true;
            }
        }
    }

    fn directives(&mut self) -> Result<(), YamlError> {
        let mut has_version = false;
        loop {
            let token = self.scanner.peek()?;
            let message = match &token.kind {
                TokenKind::Version(..) if has_version => "found duplicate %YAML directive",
                TokenKind::Version(1, 1) => {
                    has_version = true;
                    ""
                }
                TokenKind::Version(..) => "found incompatible YAML document",
                TokenKind::TagDirective(handle, _)
                    if self.handles.iter().any(|(known, _)| known == handle) =>
                {
                    "found duplicate %TAG directive"
                }
                TokenKind::TagDirective(handle, prefix) => {
                    self.handles.push((*handle, prefix.clone()));
                    ""
                }
                _ => break,
            };
            if !message.is_empty() {
                return Err(unexpected(token, message));
            }
            self.scanner.take()?;
        }
        for (handle, prefix) in [("!", "!"), ("!!", "tag:yaml.org,2002:")] {
            if !self.handles.iter().any(|(known, _)| *known == handle) {
                self.handles.push((handle, prefix.to_owned()));
            }
        }
        Ok(())
    }

    pub(super) fn node(&mut self, in_block: bool, may_be_indentless: bool) -> Result<NodeId, YamlError> {
        if let TokenKind::Alias(name) = self.scanner.peek()?.kind {
            let token = self.scanner.take()?;
            let Some(target) = self.anchors.get(name) else {
                return Err(unexpected(&token, &format!("unknown anchor '{name}' referenced")));
            };
            let content = NodeContent::Alias(*target);
            return Ok(self.add(content, token.start, token.end, None));
        }
        if self.depth == DEEPEST {
            let message = format!("nested deeper than {DEEPEST} levels");
            return Err(unexpected(self.scanner.peek()?, &message));
        }
        self.depth += 1;
        let properties = self.properties()?;
        let node = self.node_content(in_block, may_be_indentless, properties);
        self.depth -= 1;
        node
    }

    fn node_content(
        &mut self,
        in_block: bool,
        may_be_indentless: bool,
        properties: Properties<'text>,
    ) -> Result<NodeId, YamlError> {
        let next = self.scanner.peek()?;
        let start = next.start;
        let sequence = NodeContent::Sequence(Vec::new());
        let mapping = NodeContent::Mapping(Vec::new());
        match next.kind {
            TokenKind::BlockEntry if may_be_indentless => {
                let id = self.add(sequence, start, start, Some(properties));
                self.indentless_sequence(id)
            }
            TokenKind::Scalar(..) => {
                let token = self.scanner.take()?;
                let TokenKind::Scalar(text, style) = token.kind else {
                    return Err(unexpected(&token, NO_CONTENT));
                };
                Ok(self.add(NodeContent::Scalar(text, style), start, token.end, Some(properties)))
            }
            TokenKind::FlowSequenceStart => {
                let id = self.add(sequence, start, start, Some(properties));
                self.flow_sequence(id)
            }
            TokenKind::FlowMappingStart => {
                let id = self.add(mapping, start, start, Some(properties));
                self.flow_mapping(id)
            }
            TokenKind::BlockSequenceStart if in_block => {
                let id = self.add(sequence, start, start, Some(properties));
                self.block_sequence(id)
            }
            TokenKind::BlockMappingStart if in_block => {
                let id = self.add(mapping, start, start, Some(properties));
                self.block_mapping(id)
            }
            _ if properties.anchor.is_some() || properties.tag.is_some() => {
                let nothing = NodeContent::Scalar("".into(), ScalarStyle::Plain);
                let end = properties.end;
                Ok(self.add(nothing, end, end, Some(properties)))
            }
            _ => Err(unexpected(next, NO_CONTENT)),
        }
    }

    /// Reads an anchor and a tag, in either order.
    fn properties(&mut self) -> Result<Properties<'text>, YamlError> {
        let mut properties = Properties { anchor: None, tag: None, end: self.scanner.peek()?.start };
        loop {
            let token = self.scanner.peek()?;
            properties.end = match &token.kind {
                TokenKind::Anchor(name) if properties.anchor.is_none() => {
                    properties.anchor = Some(name);
                    token.end
                }
                TokenKind::Tag(handle, suffix) if properties.tag.is_none() => {
                    let prefix = match self.handles.iter().find(|(known, _)| known == handle) {
                        _ if handle.is_empty() => "",
                        Some((_, prefix)) => prefix,
                        None => return Err(unexpected(token, "found undefined tag handle")),
                    };
                    properties.tag = Some(format!("{prefix}{suffix}").into());
                    token.end
                }
                _ => return Ok(properties),
            };
            self.scanner.take()?;
        }
    }

    /// Adds nothing, where something might stand.
    pub(super) fn nothing(&mut self, at: Mark) -> NodeId {
        self.add(NodeContent::Scalar("".into(), ScalarStyle::Plain), at, at, None)
    }

    pub(super) fn add(
        &mut self,
        content: NodeContent<'text>,
        start: Mark,
        end: Mark,
        properties: Option<Properties<'text>>,
    ) -> NodeId {
        let id = NodeId(self.nodes.len());
        let (anchor, tag) = properties.map_or((None, None), |properties| (properties.anchor, properties.tag));
        if let Some(name) = anchor {
            self.anchors.insert(name, id);
        }
        self.nodes.push(Node {
            content,
            span: start.offset..end.offset,
            line: start.line + 1,
            tag,
            anchored: anchor.is_some(),
        });
        id
    }
}

pub(super) const NO_CONTENT: &str = "did not find expected node content";

pub(super) fn unexpected(token: &Token<'_>, message: &str) -> YamlError {
    YamlError::new(token.start.line + 1, message)
}
