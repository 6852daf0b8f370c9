//! Scalars in quotes.

use super::{
    plain::fold,
    scalar_text::ScalarText,
    scanner::Scanner,
    token::{Token, TokenKind},
};
use crate::yaml::{ScalarStyle, YamlError};

impl<'text> Scanner<'text> {
    pub(super) fn quoted_scalar(&mut self, quote: u8) -> Result<Token<'text>, YamlError> {
        let start = self.cursor.mark;
        self.cursor.skip_ascii(1);
        let mut text = ScalarText::new(self.cursor.text, self.cursor.mark.offset);
        let mut more_breaks = String::new();
        loop {
            if self.cursor.at_document_indicator() {
                return Err(self.error("found unexpected document indicator"));
            }
            if self.cursor.at_end() {
                return Err(YamlError::new(start.line + 1, "found unexpected end of stream"));
            }
            // An escaped line break is no break, and what is before the next word is no part of the text.
            let mut is_new_line = self.quoted_word(quote, &mut text)?;
            if self.cursor.byte(0) == quote {
                break;
            }
            let mut leading_break = "";
            let mut blanks = self.cursor.mark.offset..self.cursor.mark.offset;
            loop {
                if self.cursor.is_blank(0) {
                    self.cursor.skip_ascii(1);
                    if !is_new_line {
                        blanks.end = self.cursor.mark.offset;
                    }
                } else if self.cursor.is_break(0) {
                    let separator = self.cursor.take_break();
                    if is_new_line {
                        more_breaks.push_str(separator);
                    } else {
                        leading_break = separator;
                        is_new_line = true;
                    }
                } else {
                    break;
                }
            }
            if is_new_line {
                fold(&mut text, leading_break, &mut more_breaks);
            } else {
                text.add_source(blanks);
            }
        }
        self.cursor.skip_ascii(1);
        let style = if quote == b'"' { ScalarStyle::DoubleQuoted } else { ScalarStyle::SingleQuoted };
        Ok(Token { kind: TokenKind::Scalar(text.finish(), style), start, end: self.cursor.mark })
    }

    /// Reads up to the next blank, line break or quote. Tells whether it ended with a line break that was escaped.
    fn quoted_word(&mut self, quote: u8, text: &mut ScalarText<'text>) -> Result<bool, YamlError> {
        let escapes = quote == b'"';
        loop {
            let start = self.cursor.mark.offset;
            self.cursor.skip_while(|byte| {
                matches!(byte, b'!'..=b'~') && byte != quote && !(escapes && byte == b'\\')
            });
            text.add_source(start..self.cursor.mark.offset);
            match self.cursor.byte(0) {
                b'\'' if !escapes && self.cursor.byte(1) == b'\'' => {
                    text.add("'");
                    self.cursor.skip_ascii(2);
                }
                byte if byte == quote => return Ok(false),
                b'\\' if escapes && self.cursor.is_break(1) => {
                    self.cursor.skip_ascii(1);
                    self.cursor.take_break();
                    return Ok(true);
                }
                b'\\' if escapes => self.escape(text)?,
                _ if self.cursor.is_blank_or_end(0) => return Ok(false),
                _ => {
                    let start = self.cursor.mark.offset;
                    self.cursor.skip();
                    text.add_source(start..self.cursor.mark.offset);
                }
            }
        }
    }

    fn escape(&mut self, text: &mut ScalarText<'text>) -> Result<(), YamlError> {
        let (character, digits) = match self.cursor.byte(1) {
            b'0' => ('\0', 0),
            b'a' => ('\x07', 0),
            b'b' => ('\x08', 0),
            b't' | b'\t' => ('\t', 0),
            b'n' => ('\n', 0),
            b'v' => ('\x0b', 0),
            b'f' => ('\x0c', 0),
            b'r' => ('\r', 0),
            b'e' => ('\x1b', 0),
            byte @ (b' ' | b'"' | b'\'' | b'\\') => (char::from(byte), 0),
            b'N' => ('\u{85}', 0),
            b'_' => ('\u{a0}', 0),
            b'L' => ('\u{2028}', 0),
            b'P' => ('\u{2029}', 0),
            b'x' => ('\0', 2),
            b'u' => ('\0', 4),
            b'U' => ('\0', 8),
            _ => return Err(self.error("found unknown escape character")),
        };
        self.cursor.skip_ascii(2);
        if digits == 0 {
            text.add(character.encode_utf8(&mut [0; 4]));
            return Ok(());
        }
        let start = self.cursor.mark.offset;
        let written = self.cursor.text.as_bytes().get(start..start + digits).unwrap_or_default();
        if written.is_empty() || !written.iter().all(u8::is_ascii_hexdigit) {
            return Err(self.error("did not find expected hexdecimal number"));
        }
        let code = u32::from_str_radix(&self.cursor.text[start..start + digits], 16).ok();
        let Some(character) = code.and_then(char::from_u32) else {
            return Err(self.error("found invalid Unicode character escape code"));
        };
        text.add(character.encode_utf8(&mut [0; 4]));
        self.cursor.skip_ascii(digits);
        Ok(())
    }
}
