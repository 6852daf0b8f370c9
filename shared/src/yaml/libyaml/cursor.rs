//! A place in a text, counted in bytes, characters, lines and columns.

/// A place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Mark {
    /// In bytes.
    pub offset: usize,
    /// In characters.
    pub index: usize,
    /// Counted from 0.
    pub line: usize,
    /// In characters, counted from 0.
    pub column: usize,
}

/// A text and the place up to which it has been read.
pub(super) struct Cursor<'text> {
    pub text: &'text str,
    pub mark: Mark,
}

impl<'text> Cursor<'text> {
    pub fn new(text: &'text str) -> Self {
        Self { text, mark: Mark::default() }
    }

    /// Returns a byte ahead; 0 at the end of the text and behind it.
    pub fn byte(&self, ahead: usize) -> u8 {
        self.text.as_bytes().get(self.mark.offset + ahead).copied().unwrap_or(0)
    }

    /// Tells whether the text ends here.
    pub fn at_end(&self) -> bool {
        self.byte(0) == 0
    }

    /// Returns how many bytes the line break ahead has, a carriage return and a line feed counting as two of them; 0
    /// where none is. YAML 1.1 also breaks lines at NEL and at the separators of lines and paragraphs.
    pub fn break_width(&self, ahead: usize) -> usize {
        match self.byte(ahead) {
            b'\r' | b'\n' => 1,
            0xc2 if self.byte(ahead + 1) == 0x85 => 2,
            0xe2 if self.byte(ahead + 1) == 0x80 && matches!(self.byte(ahead + 2), 0xa8 | 0xa9) => 3,
            _ => 0,
        }
    }

    pub fn is_break(&self, ahead: usize) -> bool {
        self.break_width(ahead) > 0
    }

    /// Tells whether a space or a tab is ahead.
    pub fn is_blank(&self, ahead: usize) -> bool {
        matches!(self.byte(ahead), b' ' | b'\t')
    }

    pub fn is_break_or_end(&self, ahead: usize) -> bool {
        self.byte(ahead) == 0 || self.is_break(ahead)
    }

    pub fn is_blank_or_end(&self, ahead: usize) -> bool {
        self.is_blank(ahead) || self.is_break_or_end(ahead)
    }

    /// Tells whether a character of a name is ahead: an ASCII letter or digit, `_` or `-`.
    pub fn is_word(&self) -> bool {
        let byte = self.byte(0);
        byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
    }

    /// Tells whether a line starts here with `---` or `...`, and a blank or nothing behind it.
    pub fn at_document_indicator(&self) -> bool {
        let rest = &self.text.as_bytes()[self.mark.offset.min(self.text.len())..];
        self.mark.column == 0
            && (rest.starts_with(b"---") || rest.starts_with(b"..."))
            && self.is_blank_or_end(3)
    }

    /// Goes behind a character.
    pub fn skip(&mut self) {
        self.mark.offset += match self.byte(0) {
            0..0x80 => 1,
            0x80..0xe0 => 2,
            0xe0..0xf0 => 3,
            _ => 4,
        };
        self.mark.index += 1;
        self.mark.column += 1;
    }

    /// Goes behind so many characters of ASCII, none of them a line break.
    pub fn skip_ascii(&mut self, count: usize) {
        self.mark.offset += count;
        self.mark.index += count;
        self.mark.column += count;
    }

    /// Goes behind the characters of ASCII that `belongs` accepts, which must not accept line breaks.
    pub fn skip_while(&mut self, belongs: impl Fn(u8) -> bool) {
        let rest = &self.text.as_bytes()[self.mark.offset.min(self.text.len())..];
        let count = rest.iter().position(|byte| !belongs(*byte)).unwrap_or(rest.len());
        self.skip_ascii(count);
    }

    pub fn skip_blanks(&mut self) {
        self.skip_while(|byte| matches!(byte, b' ' | b'\t'));
    }

    /// Goes to the end of the line if a comment starts here.
    pub fn skip_comment(&mut self) {
        if self.byte(0) == b'#' {
            self.skip_rest_of_line();
        }
    }

    /// Goes to the next line break, or the end.
    pub fn skip_rest_of_line(&mut self) {
        loop {
            self.skip_while(|byte| matches!(byte, b'\t' | b' '..=b'~'));
            if self.is_break_or_end(0) {
                return;
            }
            self.skip();
        }
    }

    /// Goes behind a line break, if one is here, and returns what it means in a text: a line feed, but for the separators
    /// that stay what they are.
    pub fn take_break(&mut self) -> &'text str {
        let width = self.break_width(0);
        let separator = match width {
            0 => return "",
            3 => &self.text[self.mark.offset..self.mark.offset + 3],
            _ => "\n",
        };
        let is_pair = self.byte(0) == b'\r' && self.byte(1) == b'\n';
        self.mark.offset += width + usize::from(is_pair);
        self.mark.index += 1 + usize::from(is_pair);
        self.mark.line += 1;
        self.mark.column = 0;
        separator
    }
}
