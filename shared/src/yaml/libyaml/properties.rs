//! Anchors, aliases, tags, and the directives before a document.

use super::{
    cursor::Mark,
    scanner::Scanner,
    token::{Token, TokenKind},
};
use crate::yaml::YamlError;

/// Whether a byte may stand in a tag.
fn is_uri(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_-;/?:@&=+$,.!~*'()[]%".contains(&byte)
}

impl<'text> Scanner<'text> {
    pub(super) fn anchor(&mut self) -> Result<Token<'text>, YamlError> {
        let start = self.cursor.mark;
        let is_alias = self.cursor.byte(0) == b'*';
        self.cursor.skip_ascii(1);
        let name = self.name();
        let ends = self.cursor.is_blank_or_end(0)
            || matches!(self.cursor.byte(0), b'?' | b':' | b',' | b']' | b'}' | b'%' | b'@' | b'`');
        if name.is_empty() || !ends {
            return Err(self.error("did not find expected alphabetic or numeric character"));
        }
        let kind = if is_alias { TokenKind::Alias(name) } else { TokenKind::Anchor(name) };
        Ok(Token { kind, start, end: self.cursor.mark })
    }

    pub(super) fn tag(&mut self) -> Result<Token<'text>, YamlError> {
        let start = self.cursor.mark;
        let (handle, suffix) = if self.cursor.byte(1) == b'<' {
            self.cursor.skip_ascii(2);
            let suffix = self.uri("")?;
            if self.cursor.byte(0) != b'>' {
                return Err(self.error("did not find the expected '>'"));
            }
            self.cursor.skip_ascii(1);
            ("", suffix)
        } else {
            let handle = self.handle(false)?;
            if handle.len() > 1 && handle.ends_with('!') {
                (handle, self.uri("")?)
            } else {
                match self.uri(handle)? {
                    suffix if suffix.is_empty() => ("", "!".to_owned()),
                    suffix => ("!", suffix),
                }
            }
        };
        if !self.cursor.is_blank_or_end(0) {
            return Err(self.error("did not find expected whitespace or line break"));
        }
        Ok(Token { kind: TokenKind::Tag(handle, suffix), start, end: self.cursor.mark })
    }

    pub(super) fn directive(&mut self) -> Result<Token<'text>, YamlError> {
        let start = self.cursor.mark;
        self.cursor.skip_ascii(1);
        let name = self.name();
        if name.is_empty() {
            return Err(self.error("could not find expected directive name"));
        }
        if !self.cursor.is_blank_or_end(0) {
            return Err(self.error("found unexpected non-alphabetical character"));
        }
        let kind = match name {
            "YAML" => self.version()?,
            "TAG" => self.tag_directive()?,
            _ => return Err(self.error("found unknown directive name")),
        };
        let end = self.cursor.mark;
        self.cursor.skip_blanks();
        self.cursor.skip_comment();
        if !self.cursor.is_break_or_end(0) {
            return Err(self.error("did not find expected comment or line break"));
        }
        self.cursor.take_break();
        Ok(Token { kind, start, end })
    }

    fn version(&mut self) -> Result<TokenKind<'text>, YamlError> {
        self.cursor.skip_blanks();
        let major = self.version_number()?;
        if self.cursor.byte(0) != b'.' {
            return Err(self.error("did not find expected digit or '.' character"));
        }
        self.cursor.skip_ascii(1);
        Ok(TokenKind::Version(major, self.version_number()?))
    }

    fn version_number(&mut self) -> Result<u8, YamlError> {
        let start = self.cursor.mark.offset;
        self.cursor.skip_while(|byte| byte.is_ascii_digit());
        match &self.cursor.text[start..self.cursor.mark.offset] {
            "" => Err(self.error("did not find expected version number")),
            digits if digits.len() > 2 => Err(self.error("found extremely long version number")),
            digits => Ok(digits.parse().unwrap_or_default()),
        }
    }

    fn tag_directive(&mut self) -> Result<TokenKind<'text>, YamlError> {
        self.cursor.skip_blanks();
        let handle = self.handle(true)?;
        if !self.cursor.is_blank(0) {
            return Err(self.error("did not find expected whitespace"));
        }
        self.cursor.skip_blanks();
        let prefix = self.uri("")?;
        if !self.cursor.is_blank_or_end(0) {
            return Err(self.error("did not find expected whitespace or line break"));
        }
        Ok(TokenKind::TagDirective(handle, prefix))
    }

    fn name(&mut self) -> &'text str {
        let start = self.cursor.mark.offset;
        while self.cursor.is_word() {
            self.cursor.skip_ascii(1);
        }
        self.since(start)
    }

    /// Reads `!`, `!!`, `!name!`, or what looks like the start of one.
    fn handle(&mut self, in_directive: bool) -> Result<&'text str, YamlError> {
        let Mark { offset: start, .. } = self.cursor.mark;
        if self.cursor.byte(0) != b'!' {
            return Err(self.error("did not find expected '!'"));
        }
        self.cursor.skip_ascii(1);
        let name = self.name();
        if self.cursor.byte(0) == b'!' {
            self.cursor.skip_ascii(1);
        } else if in_directive && !name.is_empty() {
            return Err(self.error("did not find expected '!'"));
        }
        Ok(self.since(start))
    }

    /// Reads the rest of a tag, behind what has been taken for a handle and was none.
    fn uri(&mut self, head: &str) -> Result<String, YamlError> {
        let mut uri = head.get(1..).unwrap_or_default().as_bytes().to_vec();
        let mut is_there = !head.is_empty();
        while is_uri(self.cursor.byte(0)) {
            match self.cursor.byte(0) {
                b'%' => self.escaped_character(&mut uri)?,
                byte => {
                    uri.push(byte);
                    self.cursor.skip_ascii(1);
                }
            }
            is_there = true;
        }
        if !is_there {
            return Err(self.error("did not find expected tag URI"));
        }
        Ok(String::from_utf8_lossy(&uri).into_owned())
    }

    /// Reads the `%` escapes of one character.
    fn escaped_character(&mut self, uri: &mut Vec<u8>) -> Result<(), YamlError> {
        let mut left = None;
        while left != Some(0) {
            let digits = [self.cursor.byte(1), self.cursor.byte(2)].map(|byte| char::from(byte).to_digit(16));
            let (b'%', [Some(high), Some(low)]) = (self.cursor.byte(0), digits) else {
                return Err(self.error("did not find URI escaped octet"));
            };
            let octet = (high << 4 | low) as u8;
            let following = match (left, octet) {
                (None, 0..0x80) => 0,
                (None, 0xc0..0xe0) => 1,
                (None, 0xe0..0xf0) => 2,
                (None, 0xf0..0xf8) => 3,
                (None, _) => return Err(self.error("found an incorrect leading UTF-8 octet")),
                (Some(left), 0x80..0xc0) => left - 1,
                (Some(_), _) => return Err(self.error("found an incorrect trailing UTF-8 octet")),
            };
            left = Some(following);
            uri.push(octet);
            self.cursor.skip_ascii(3);
        }
        Ok(())
    }

    fn since(&self, start: usize) -> &'text str {
        &self.cursor.text[start..self.cursor.mark.offset]
    }
}
