//! Lists and mappings, in block style and between brackets.

use super::{
    cursor::Mark,
    parser::{Parser, unexpected},
    token::TokenKind,
};
use crate::yaml::{NodeContent, NodeId, YamlError};

impl Parser<'_> {
    pub(super) fn block_sequence(&mut self, id: NodeId) -> Result<NodeId, YamlError> {
        self.scanner.take()?;
        loop {
            let token = self.scanner.peek()?;
            let (start, end) = (token.start, token.end);
            match token.kind {
                TokenKind::BlockEntry => {
                    self.scanner.take()?;
                    let is_empty =
                        matches!(self.scanner.peek()?.kind, TokenKind::BlockEntry | TokenKind::BlockEnd);
                    let item = if is_empty { self.nothing(end) } else { self.node(true, false)? };
                    self.add_item(id, item);
                }
                TokenKind::BlockEnd => {
                    self.scanner.take()?;
                    return Ok(self.end_at(id, start));
                }
                _ => return Err(unexpected(token, "did not find expected '-' indicator")),
            }
        }
    }

    /// Reads a list that is no deeper than its key.
    pub(super) fn indentless_sequence(&mut self, id: NodeId) -> Result<NodeId, YamlError> {
        loop {
            let token = self.scanner.peek()?;
            let (start, end) = (token.start, token.end);
            if !matches!(token.kind, TokenKind::BlockEntry) {
                return Ok(self.end_at(id, start));
            }
            self.scanner.take()?;
            let is_empty = matches!(
                self.scanner.peek()?.kind,
                TokenKind::BlockEntry | TokenKind::Key | TokenKind::Value | TokenKind::BlockEnd
            );
            let item = if is_empty { self.nothing(end) } else { self.node(true, false)? };
            self.add_item(id, item);
        }
    }

    pub(super) fn block_mapping(&mut self, id: NodeId) -> Result<NodeId, YamlError> {
        self.scanner.take()?;
        loop {
            let token = self.scanner.peek()?;
            let start = token.start;
            match token.kind {
                TokenKind::Key => {
                    let key = self.block_part()?;
                    let next = self.scanner.peek()?;
                    let value = match next.kind {
                        TokenKind::Value => self.block_part()?,
                        _ => {
                            let at = next.start;
                            self.nothing(at)
                        }
                    };
                    self.add_pair(id, key, value);
                }
                TokenKind::BlockEnd => {
                    self.scanner.take()?;
                    return Ok(self.end_at(id, start));
                }
                _ => return Err(unexpected(token, "did not find expected key")),
            }
        }
    }

    /// Reads what stands behind the mark of a key or of a value.
    fn block_part(&mut self) -> Result<NodeId, YamlError> {
        let mark = self.scanner.take()?.end;
        match self.scanner.peek()?.kind {
            TokenKind::Key | TokenKind::Value | TokenKind::BlockEnd => Ok(self.nothing(mark)),
            _ => self.node(true, true),
        }
    }

    pub(super) fn flow_sequence(&mut self, id: NodeId) -> Result<NodeId, YamlError> {
        self.scanner.take()?;
        let mut is_first = true;
        loop {
            self.separator(id, &TokenKind::FlowSequenceEnd, is_first, "did not find expected ',' or ']'")?;
            is_first = false;
            match self.scanner.peek()?.kind {
                TokenKind::FlowSequenceEnd => {
                    let end = self.scanner.take()?.end;
                    return Ok(self.end_at(id, end));
                }
                TokenKind::Key => {
                    let start = self.scanner.take()?.start;
                    let pair = self.add(NodeContent::Mapping(Vec::new()), start, start, None);
                    self.lone_pair(pair)?;
                    self.add_item(id, pair);
                }
                _ => {
                    let item = self.node(false, false)?;
                    self.add_item(id, item);
                }
            }
        }
    }

    /// Reads a mapping of one pair without brackets of its own, `[key: value]`.
    fn lone_pair(&mut self, id: NodeId) -> Result<(), YamlError> {
        let next = self.scanner.peek()?;
        let end = next.end;
        let key = match next.kind {
            TokenKind::Value | TokenKind::FlowEntry | TokenKind::FlowSequenceEnd => {
                // The library goes behind this token, too.
                self.scanner.take()?;
                self.nothing(end)
            }
            _ => self.node(false, false)?,
        };
        let value = self.flow_value(&TokenKind::FlowSequenceEnd)?;
        self.add_pair(id, key, value);
        let end = self.scanner.peek()?.start;
        self.end_at(id, end);
        Ok(())
    }

    pub(super) fn flow_mapping(&mut self, id: NodeId) -> Result<NodeId, YamlError> {
        self.scanner.take()?;
        let mut is_first = true;
        loop {
            self.separator(id, &TokenKind::FlowMappingEnd, is_first, "did not find expected ',' or '}'")?;
            is_first = false;
            match self.scanner.peek()?.kind {
                TokenKind::FlowMappingEnd => {
                    let end = self.scanner.take()?.end;
                    return Ok(self.end_at(id, end));
                }
                TokenKind::Key => {
                    self.scanner.take()?;
                    let next = self.scanner.peek()?;
                    let start = next.start;
                    let key = match next.kind {
                        TokenKind::Value | TokenKind::FlowEntry | TokenKind::FlowMappingEnd => {
                            self.nothing(start)
                        }
                        _ => self.node(false, false)?,
                    };
                    let value = self.flow_value(&TokenKind::FlowMappingEnd)?;
                    self.add_pair(id, key, value);
                }
                _ => {
                    let key = self.node(false, false)?;
                    let at = self.scanner.peek()?.start;
                    let value = self.nothing(at);
                    self.add_pair(id, key, value);
                }
            }
        }
    }

    /// Takes the comma between two items, if the brackets don't end here. Brackets that never end are reported where they
    /// begin.
    fn separator(
        &mut self,
        id: NodeId,
        end: &TokenKind<'_>,
        is_first: bool,
        message: &str,
    ) -> Result<(), YamlError> {
        let token = self.scanner.peek()?;
        if is_same(&token.kind, &TokenKind::StreamEnd) {
            return Err(YamlError::new(self.nodes[id.0].line, message));
        }
        if is_first || is_same(&token.kind, end) {
            return Ok(());
        }
        if !is_same(&token.kind, &TokenKind::FlowEntry) {
            return Err(unexpected(token, message));
        }
        self.scanner.take().map(drop)
    }

    /// Reads the colon and the value of a pair between brackets, either of which may be missing.
    fn flow_value(&mut self, end: &TokenKind<'_>) -> Result<NodeId, YamlError> {
        if is_same(&self.scanner.peek()?.kind, &TokenKind::Value) {
            self.scanner.take()?;
            let next = &self.scanner.peek()?.kind;
            if !is_same(next, &TokenKind::FlowEntry) && !is_same(next, end) {
                return self.node(false, false);
            }
        }
        let at = self.scanner.peek()?.start;
        Ok(self.nothing(at))
    }

    fn add_item(&mut self, list: NodeId, item: NodeId) {
        if let NodeContent::Sequence(items) = &mut self.nodes[list.0].content {
            items.push(item);
        }
    }

    fn add_pair(&mut self, mapping: NodeId, key: NodeId, value: NodeId) {
        if let NodeContent::Mapping(pairs) = &mut self.nodes[mapping.0].content {
            pairs.push((key, value));
        }
    }

    fn end_at(&mut self, id: NodeId, end: Mark) -> NodeId {
        self.nodes[id.0].span.end = end.offset;
        id
    }
}

fn is_same(left: &TokenKind<'_>, right: &TokenKind<'_>) -> bool {
    std::mem::discriminant(left) == std::mem::discriminant(right)
}
