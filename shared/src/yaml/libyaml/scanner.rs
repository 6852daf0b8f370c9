//! From characters to tokens: indentation, and keys that are known for keys only when their colon comes.

use std::collections::VecDeque;

use super::{
    cursor::{Cursor, Mark},
    token::{Token, TokenKind},
};
use crate::yaml::{ScalarStyle, YamlError};

/// Reads tokens when they are asked for.
pub(super) struct Scanner<'text> {
    pub cursor: Cursor<'text>,
    /// Tokens that were read and not yet taken.
    tokens: VecDeque<Token<'text>>,
    /// How many tokens were taken.
    taken: usize,
    /// Whether the first of the tokens will stay the first.
    is_ready: bool,
    /// What may turn out to be a key: one for the block around, and one for each bracket that is open.
    keys: Vec<SimpleKey>,
    pub key_allowed: bool,
    /// The column of the innermost block; -1 outside of all.
    pub indent: isize,
    indents: Vec<isize>,
    /// Whether the last line counts as ended, whatever it ends with.
    pub ends_last_line: bool,
}

/// What may turn out to be a key.
#[derive(Clone, Copy, Default)]
struct SimpleKey {
    is_possible: bool,
    /// Whether nothing but a key may stand there.
    is_required: bool,
    /// The number of its first token.
    token: usize,
    mark: Mark,
}

/// A key has to end within so many characters.
const LONGEST_KEY: usize = 1024;

impl<'text> Scanner<'text> {
    pub fn new(text: &'text str) -> Self {
        Self {
            cursor: Cursor::new(text),
            tokens: VecDeque::new(),
            taken: 0,
            is_ready: false,
            keys: vec![SimpleKey::default()],
            key_allowed: true,
            indent: -1,
            indents: Vec::new(),
            ends_last_line: false,
        }
    }

    /// Returns the next token, which stays the next one.
    pub fn peek(&mut self) -> Result<&Token<'text>, YamlError> {
        while !self.is_ready {
            self.is_ready = !self.tokens.is_empty() && !self.may_become_key()?;
            if !self.is_ready {
                self.fetch()?;
            }
        }
        // The end of the text is never taken.
        self.tokens.front().ok_or_else(|| self.error("unknown problem parsing YAML content"))
    }

    /// Takes the next token.
    pub fn take(&mut self) -> Result<Token<'text>, YamlError> {
        self.peek()?;
        self.is_ready = false;
        self.taken += 1;
        self.tokens.pop_front().ok_or_else(|| self.error("unknown problem parsing YAML content"))
    }

    pub fn error(&self, message: &str) -> YamlError {
        YamlError::new(self.cursor.mark.line + 1, message)
    }

    /// Tells whether brackets are open.
    pub fn in_flow(&self) -> bool {
        self.keys.len() > 1
    }

    fn may_become_key(&mut self) -> Result<bool, YamlError> {
        let first = self.taken;
        match self.keys.iter().position(|key| key.is_possible && key.token == first) {
            Some(level) => self.is_valid(level),
            None => Ok(false),
        }
    }

    /// Tells whether something may still be a key: it stands on one line, and is not too long.
    fn is_valid(&mut self, level: usize) -> Result<bool, YamlError> {
        let (key, now) = (self.keys[level], self.cursor.mark);
        if !key.is_possible {
            return Ok(false);
        }
        if key.mark.line < now.line || key.mark.index + LONGEST_KEY < now.index {
            if key.is_required {
                return Err(self.error("could not find expected ':'"));
            }
            self.keys[level].is_possible = false;
            return Ok(false);
        }
        Ok(true)
    }

    /// Remembers that a key may start here.
    fn save_key(&mut self) -> Result<(), YamlError> {
        if self.key_allowed {
            let is_required = !self.in_flow() && self.indent == self.cursor.mark.column as isize;
            let token = self.taken + self.tokens.len();
            self.remove_key()?;
            *self.key() = SimpleKey { is_possible: true, is_required, token, mark: self.cursor.mark };
        }
        Ok(())
    }

    /// Forgets what might have been a key at this level.
    fn remove_key(&mut self) -> Result<(), YamlError> {
        let key = *self.key();
        if key.is_possible && key.is_required {
            return Err(self.error("could not find expected ':'"));
        }
        self.key().is_possible = false;
        Ok(())
    }

    fn key(&mut self) -> &mut SimpleKey {
        let level = self.keys.len() - 1;
        &mut self.keys[level]
    }

    /// Opens a block if this column is deeper than that around; its token goes before the one of this number, or last.
    fn roll_indent(&mut self, mark: Mark, before: Option<usize>, kind: TokenKind<'text>) {
        let column = mark.column as isize;
        if self.in_flow() || self.indent >= column {
            return;
        }
        self.indents.push(self.indent);
        self.indent = column;
        let token = Token { kind, start: mark, end: mark };
        match before {
            Some(number) => self.tokens.insert(number - self.taken, token),
            None => self.tokens.push_back(token),
        }
    }

    /// Closes the blocks that are deeper than this column.
    fn unroll_indent(&mut self, column: isize) {
        while !self.in_flow() && self.indent > column {
            let mark = self.cursor.mark;
            self.tokens.push_back(Token { kind: TokenKind::BlockEnd, start: mark, end: mark });
            self.indent = self.indents.pop().unwrap_or(-1);
        }
    }

    /// Reads one more token, or the two that a colon stands for.
    fn fetch(&mut self) -> Result<(), YamlError> {
        self.go_to_next_token()?;
        self.unroll_indent(self.cursor.mark.column as isize);
        let byte = self.cursor.byte(0);
        let in_flow = self.in_flow();
        if self.cursor.at_end() {
            // What might be a key has ended: the end is a line of its own.
            if self.cursor.mark.column != 0 {
                self.cursor.mark.column = 0;
                self.cursor.mark.line += 1;
            }
            self.unroll_indent(-1);
            self.remove_key()?;
            self.key_allowed = false;
            return self.push(TokenKind::StreamEnd, 0);
        }
        if self.cursor.mark.column == 0 && byte == b'%' {
            self.unroll_indent(-1);
            self.remove_key()?;
            self.key_allowed = false;
            let token = self.directive()?;
            self.tokens.push_back(token);
            return Ok(());
        }
        if self.cursor.at_document_indicator() {
            self.unroll_indent(-1);
            self.remove_key()?;
            self.key_allowed = false;
            let kind = if byte == b'-' { TokenKind::DocumentStart } else { TokenKind::DocumentEnd };
            return self.push(kind, 3);
        }
        let is_alone = self.cursor.is_blank_or_end(1);
        match byte {
            b'[' => self.open(TokenKind::FlowSequenceStart),
            b'{' => self.open(TokenKind::FlowMappingStart),
            b']' => self.close(TokenKind::FlowSequenceEnd),
            b'}' => self.close(TokenKind::FlowMappingEnd),
            b',' => {
                self.remove_key()?;
                self.key_allowed = true;
                self.push(TokenKind::FlowEntry, 1)
            }
            b'-' if is_alone => self.block_entry(),
            b'?' if in_flow || is_alone => self.explicit_key(),
            b':' if in_flow || is_alone => self.value(),
            b'*' | b'&' => self.content(|scanner| scanner.anchor()),
            b'!' => self.content(|scanner| scanner.tag()),
            b'|' | b'>' if !in_flow => {
                self.remove_key()?;
                self.key_allowed = true;
                let style = if byte == b'|' { ScalarStyle::Literal } else { ScalarStyle::Folded };
                let token = self.block_scalar(style)?;
                self.tokens.push_back(token);
                Ok(())
            }
            b'\'' | b'"' => self.content(|scanner| scanner.quoted_scalar(byte)),
            b'\t' | b'#' | b'|' | b'>' | b'%' | b'@' | b'`' => {
                Err(self.error("found character that cannot start any token"))
            }
            _ => self.content(|scanner| scanner.plain_scalar()),
        }
    }

    /// Passes over blanks, comments and line breaks. Tabs don't count where a key or an entry may start.
    fn go_to_next_token(&mut self) -> Result<(), YamlError> {
        loop {
            if self.cursor.mark.column == 0
                && self.cursor.text[self.cursor.mark.offset..].starts_with('\u{feff}')
            {
                return Err(self.error("a line starts with a byte order mark"));
            }
            match self.in_flow() || !self.key_allowed {
                true => self.cursor.skip_blanks(),
                false => self.cursor.skip_while(|byte| byte == b' '),
            }
            self.cursor.skip_comment();
            if !self.cursor.is_break(0) {
                return Ok(());
            }
            self.cursor.take_break();
            if !self.in_flow() {
                self.key_allowed = true;
            }
        }
    }

    /// Adds a token of so many characters of ASCII.
    fn push(&mut self, kind: TokenKind<'text>, width: usize) -> Result<(), YamlError> {
        let start = self.cursor.mark;
        self.cursor.skip_ascii(width);
        self.tokens.push_back(Token { kind, start, end: self.cursor.mark });
        Ok(())
    }

    /// Adds a token that may be a key, or be the first of one.
    fn content(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<Token<'text>, YamlError>,
    ) -> Result<(), YamlError> {
        self.save_key()?;
        self.key_allowed = false;
        let token = read(self)?;
        self.tokens.push_back(token);
        Ok(())
    }

    fn open(&mut self, kind: TokenKind<'text>) -> Result<(), YamlError> {
        self.save_key()?;
        self.keys.push(SimpleKey::default());
        self.key_allowed = true;
        self.push(kind, 1)
    }

    fn close(&mut self, kind: TokenKind<'text>) -> Result<(), YamlError> {
        self.remove_key()?;
        if self.in_flow() {
            self.keys.pop();
        }
        self.key_allowed = false;
        self.push(kind, 1)
    }

    fn block_entry(&mut self) -> Result<(), YamlError> {
        // Between brackets the parser refuses it.
        if !self.in_flow() {
            if !self.key_allowed {
                return Err(self.error("block sequence entries are not allowed in this context"));
            }
            self.roll_indent(self.cursor.mark, None, TokenKind::BlockSequenceStart);
        }
        self.remove_key()?;
        self.key_allowed = true;
        self.push(TokenKind::BlockEntry, 1)
    }

    fn explicit_key(&mut self) -> Result<(), YamlError> {
        if !self.in_flow() {
            if !self.key_allowed {
                return Err(self.error("mapping keys are not allowed in this context"));
            }
            self.roll_indent(self.cursor.mark, None, TokenKind::BlockMappingStart);
        }
        self.remove_key()?;
        self.key_allowed = !self.in_flow();
        self.push(TokenKind::Key, 1)
    }

    /// Reads a colon, which makes what stands before it a key.
    fn value(&mut self) -> Result<(), YamlError> {
        let level = self.keys.len() - 1;
        if self.is_valid(level)? {
            let SimpleKey { token, mark, .. } = self.keys[level];
            self.tokens.insert(token - self.taken, Token { kind: TokenKind::Key, start: mark, end: mark });
            self.roll_indent(mark, Some(token), TokenKind::BlockMappingStart);
            self.keys[level].is_possible = false;
            self.key_allowed = false;
        } else {
            if !self.in_flow() {
                if !self.key_allowed {
                    return Err(self.error("mapping values are not allowed in this context"));
                }
                self.roll_indent(self.cursor.mark, None, TokenKind::BlockMappingStart);
            }
            self.key_allowed = !self.in_flow();
        }
        self.push(TokenKind::Value, 1)
    }
}
