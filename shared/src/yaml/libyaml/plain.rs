//! Scalars without quotes.

use super::{
    cursor::Mark,
    scalar_text::ScalarText,
    scanner::Scanner,
    token::{Token, TokenKind},
};
use crate::yaml::{ScalarStyle, YamlError};

/// Whether a byte can neither end a plain scalar nor be more than a character.
fn is_ordinary(byte: u8) -> bool {
    matches!(byte, b'!'..=b'~') && !matches!(byte, b':' | b',' | b'?' | b'[' | b']' | b'{' | b'}')
}

impl<'text> Scanner<'text> {
    pub(super) fn plain_scalar(&mut self) -> Result<Token<'text>, YamlError> {
        let start = self.cursor.mark;
        let mut end: Mark = start;
        let mut text = ScalarText::new(self.cursor.text, start.offset);
        let least_column = self.indent + 1;
        // The blanks, or the line breaks and what stands before the next word, that wait for one.
        let mut blanks = start.offset..start.offset;
        let (mut leading_break, mut more_breaks) = ("", String::new());
        let mut is_new_line = false;
        while !self.cursor.at_document_indicator() && self.cursor.byte(0) != b'#' {
            let word = self.cursor.mark.offset;
            self.word();
            if self.cursor.mark.offset > word {
                if is_new_line {
                    fold(&mut text, leading_break, &mut more_breaks);
                    is_new_line = false;
                } else {
                    text.add_source(blanks.clone());
                }
                text.add_source(word..self.cursor.mark.offset);
                end = self.cursor.mark;
                blanks = end.offset..end.offset;
            }
            if !self.cursor.is_blank(0) && !self.cursor.is_break(0) {
                break;
            }
            loop {
                if self.cursor.is_blank(0) {
                    let is_indentation = is_new_line && (self.cursor.mark.column as isize) < least_column;
                    if is_indentation && self.cursor.byte(0) == b'\t' {
                        return Err(self.error("found a tab character that violates indentation"));
                    }
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
            if !self.in_flow() && (self.cursor.mark.column as isize) < least_column {
                break;
            }
        }
        if is_new_line {
            self.key_allowed = true;
        }
        Ok(Token { kind: TokenKind::Scalar(text.finish(), ScalarStyle::Plain), start, end })
    }

    /// Goes to the next blank, line break, or indicator that ends a plain scalar.
    fn word(&mut self) {
        loop {
            self.cursor.skip_while(is_ordinary);
            let ends = match self.cursor.byte(0) {
                b':' => self.cursor.is_blank_or_end(1),
                b',' | b'?' | b'[' | b']' | b'{' | b'}' => self.in_flow(),
                _ => self.cursor.is_blank_or_end(0),
            };
            if ends {
                return;
            }
            self.cursor.skip();
        }
    }
}

/// Adds what line breaks mean between two words: a lone one is a space, of several the first goes. Separators of lines
/// and paragraphs stay.
pub(super) fn fold(text: &mut ScalarText<'_>, leading_break: &str, more_breaks: &mut String) {
    if leading_break != "\n" {
        text.add(leading_break);
    } else if more_breaks.is_empty() {
        text.add(" ");
    }
    text.add(more_breaks);
    more_breaks.clear();
}
