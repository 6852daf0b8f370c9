//! Scalars of several lines behind `|` and `>`.

use super::{
    cursor::Mark,
    scalar_text::ScalarText,
    scanner::Scanner,
    token::{Token, TokenKind},
};
use crate::yaml::{ScalarStyle, YamlError};

/// What becomes of the line breaks at the end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Chomping {
    /// `-`: none stays.
    Strip,
    /// One stays.
    Clip,
    /// `+`: all stay.
    Keep,
}

impl<'text> Scanner<'text> {
    pub(super) fn block_scalar(&mut self, style: ScalarStyle) -> Result<Token<'text>, YamlError> {
        let start = self.cursor.mark;
        self.cursor.skip_ascii(1);
        let (chomping, increment) = self.block_header()?;
        // 0 is not known yet.
        let mut indent = match increment {
            0 => 0,
            more => self.indent.max(0) as usize + more,
        };
        let mut text = ScalarText::new(self.cursor.text, self.cursor.mark.offset);
        let (mut leading_break, mut more_breaks) = ("", String::new());
        let mut end = self.block_breaks(&mut indent, &mut more_breaks)?;
        let mut was_blank = false;
        while self.cursor.mark.column == indent && !self.cursor.at_end() {
            let is_blank = self.cursor.is_blank(0);
            let folds = style == ScalarStyle::Folded && !was_blank && !is_blank && leading_break == "\n";
            match folds {
                true if more_breaks.is_empty() => text.add(" "),
                true => {}
                false => text.add(leading_break),
            }
            text.add(&more_breaks);
            more_breaks.clear();
            was_blank = is_blank;
            let line = self.cursor.mark.offset;
            self.cursor.skip_rest_of_line();
            text.add_source(line..self.cursor.mark.offset);
            leading_break = self.cursor.take_break();
            if leading_break.is_empty() && self.ends_last_line {
                leading_break = "\n";
            }
            end = self.block_breaks(&mut indent, &mut more_breaks)?;
        }
        if chomping != Chomping::Strip {
            text.add(leading_break);
        }
        if chomping == Chomping::Keep {
            text.add(&more_breaks);
        }
        Ok(Token { kind: TokenKind::Scalar(text.finish(), style), start, end })
    }

    /// Reads the rest of the line of the indicator: what becomes of the last line breaks, and by how much the text is
    /// indented, 0 where that is not written.
    fn block_header(&mut self) -> Result<(Chomping, usize), YamlError> {
        let mut chomping = self.chomping();
        let mut increment = 0;
        if self.cursor.byte(0).is_ascii_digit() {
            if self.cursor.byte(0) == b'0' {
                return Err(self.error("found an indentation indicator equal to 0"));
            }
            increment = usize::from(self.cursor.byte(0) - b'0');
            self.cursor.skip_ascii(1);
            chomping = chomping.or_else(|| self.chomping());
        }
        self.cursor.skip_blanks();
        self.cursor.skip_comment();
        if !self.cursor.is_break_or_end(0) {
            return Err(self.error("did not find expected comment or line break"));
        }
        self.cursor.take_break();
        Ok((chomping.unwrap_or(Chomping::Clip), increment))
    }

    fn chomping(&mut self) -> Option<Chomping> {
        let chomping = match self.cursor.byte(0) {
            b'+' => Chomping::Keep,
            b'-' => Chomping::Strip,
            _ => return None,
        };
        self.cursor.skip_ascii(1);
        Some(chomping)
    }

    /// Goes behind indentation and empty lines, and finds out how far the text is indented where that is not known.
    /// Returns the end of the last empty line.
    fn block_breaks(&mut self, indent: &mut usize, breaks: &mut String) -> Result<Mark, YamlError> {
        let mut end = self.cursor.mark;
        let mut deepest = 0;
        loop {
            let starts_line = self.cursor.mark.column == 0;
            while (*indent == 0 || self.cursor.mark.column < *indent) && self.cursor.byte(0) == b' ' {
                self.cursor.skip_ascii(1);
            }
            deepest = deepest.max(self.cursor.mark.column);
            if (*indent == 0 || self.cursor.mark.column < *indent) && self.cursor.byte(0) == b'\t' {
                return Err(self.error("found a tab character where an indentation space is expected"));
            }
            if !self.cursor.is_break(0) {
                // Blanks alone on the last line.
                let is_unended = starts_line && self.cursor.mark.column > 0 && self.cursor.at_end();
                if self.ends_last_line && is_unended {
                    breaks.push('\n');
                }
                break;
            }
            breaks.push_str(self.cursor.take_break());
            end = self.cursor.mark;
        }
        if *indent == 0 {
            *indent = deepest.max((self.indent + 1).max(1) as usize);
        }
        Ok(end)
    }
}
