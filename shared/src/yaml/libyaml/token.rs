//! The tokens of a text.

use std::borrow::Cow;

use super::cursor::Mark;
use crate::yaml::ScalarStyle;

/// A token and where it stands.
#[derive(Debug)]
pub(super) struct Token<'text> {
    pub kind: TokenKind<'text>,
    pub start: Mark,
    pub end: Mark,
}

/// What a token is.
#[derive(Debug)]
pub(super) enum TokenKind<'text> {
    /// `%YAML`, with its version.
    Version(u8, u8),
    /// `%TAG`: a handle and what it stands for.
    TagDirective(&'text str, String),
    /// `---`.
    DocumentStart,
    /// `...`.
    DocumentEnd,
    /// The first dash of a list in block style.
    BlockSequenceStart,
    /// The first key of a mapping in block style.
    BlockMappingStart,
    /// The end of either, where the next token stands.
    BlockEnd,
    /// `[`.
    FlowSequenceStart,
    /// `]`.
    FlowSequenceEnd,
    /// `{`.
    FlowMappingStart,
    /// `}`.
    FlowMappingEnd,
    /// `-`.
    BlockEntry,
    /// `,`.
    FlowEntry,
    /// `?`, or the start of a key that turned out to be one by its colon.
    Key,
    /// `:`.
    Value,
    /// `*name`.
    Alias(&'text str),
    /// `&name`.
    Anchor(&'text str),
    /// A tag: its handle, empty for one in full, and the rest.
    Tag(&'text str, String),
    /// A scalar.
    Scalar(Cow<'text, str>, ScalarStyle),
    /// The end of the text.
    StreamEnd,
}
