//! Takes a JSON object apart into the elements of its field `items` and the rest, without keeping either in memory longer
//! than needed. Whether they are JSON is for a parser to say.

use std::io::BufRead;

/// An element of `items`.
pub(super) struct Item<'a> {
    /// Where it starts in the file.
    pub start: u64,
    pub text: &'a [u8],
}

/// Why a text was not taken apart.
#[derive(Debug)]
pub(super) struct NotSplit;

impl<E: std::error::Error> From<E> for NotSplit {
    fn from(_: E) -> Self {
        Self
    }
}

/// No dump has so much beside its items.
const LARGEST_FRAME: usize = 1 << 20;

/// Hands over every element, and returns the object with an empty list in their place; `None` if there is no such field.
pub(super) fn split(
    mut text: impl BufRead,
    mut take: impl FnMut(Item<'_>) -> Result<(), NotSplit>,
) -> Result<Option<Vec<u8>>, NotSplit> {
    let mut splitter = Splitter::default();
    loop {
        let chunk = text.fill_buf()?;
        if chunk.is_empty() {
            return splitter.end();
        }
        let length = chunk.len();
        splitter.feed(chunk, &mut take)?;
        text.consume(length);
    }
}

#[derive(Default)]
struct Splitter {
    position: u64,
    depth: usize,
    in_text: bool,
    escaped: bool,
    /// Everything but the elements.
    frame: Vec<u8>,
    /// Where the last text of the frame starts, which may be a key.
    key: usize,
    /// The element that is being read.
    item: Vec<u8>,
    in_items: bool,
    found: bool,
    /// Whether a comma asks for another element.
    asked: bool,
    ended: bool,
}

/// The depth of what stands in the list: in an object, in a list.
const IN_LIST: usize = 2;

impl Splitter {
    fn feed(
        &mut self,
        chunk: &[u8],
        take: &mut impl FnMut(Item<'_>) -> Result<(), NotSplit>,
    ) -> Result<(), NotSplit> {
        let mut rest = chunk;
        while let Some((byte, after)) = rest.split_first() {
            // The greater part of a dump is inside of elements, where few signs matter.
            if self.in_items && !self.escaped && (self.in_text || self.depth > IN_LIST) {
                let matters = |sign: &u8| matches!(sign, b'"' | b'{' | b'}' | b'[' | b']');
                let plain = match self.in_text {
                    true => memchr::memchr2(b'"', b'\\', rest),
                    false => rest.iter().position(matters),
                };
                let plain = plain.unwrap_or(rest.len());
                if plain > 0 {
                    self.item.extend_from_slice(&rest[..plain]);
                    self.position += plain as u64;
                    rest = &rest[plain..];
                    continue;
                }
            }
            self.byte(*byte, take)?;
            self.position += 1;
            rest = after;
        }
        Ok(())
    }

    fn byte(
        &mut self,
        byte: u8,
        take: &mut impl FnMut(Item<'_>) -> Result<(), NotSplit>,
    ) -> Result<(), NotSplit> {
        let between = self.in_items && self.depth == IN_LIST && !self.in_text;
        if between && matches!(byte, b',' | b']') {
            self.end_item(byte, take)?;
        }
        let is_blank = byte.is_ascii_whitespace();
        if self.ended && !is_blank {
            return Err(NotSplit);
        }
        let starts_text = byte == b'"' && !self.in_text;
        if self.in_items
            && !(between && (byte == b',' || is_blank && self.item.is_empty()))
            && !(between && byte == b']')
        {
            self.item.push(byte);
        } else if !self.in_items || between && byte == b']' {
            if starts_text {
                self.key = self.frame.len();
            }
            self.frame.push(byte);
            if self.frame.len() > LARGEST_FRAME {
                return Err(NotSplit);
            }
        }
        match byte {
            _ if self.escaped => self.escaped = false,
            b'\\' if self.in_text => self.escaped = true,
            b'"' => self.in_text = !self.in_text,
            _ if self.in_text => {}
            b'{' | b'[' => {
                self.depth += 1;
                if byte == b'[' && self.depth == IN_LIST && !self.in_items && self.is_items() {
                    // A second field of this name would hide the first.
                    if self.found {
                        return Err(NotSplit);
                    }
                    (self.in_items, self.found) = (true, true);
                }
            }
            b'}' | b']' => {
                self.depth = self.depth.checked_sub(1).ok_or(NotSplit)?;
                if self.depth < IN_LIST {
                    self.in_items = false;
                }
                self.ended = self.depth == 0;
            }
            _ if self.depth == 0 && !is_blank => return Err(NotSplit),
            _ => {}
        }
        Ok(())
    }

    /// Returns whether the frame ends with `"items": [`.
    fn is_items(&self) -> bool {
        let tail = self.frame.get(self.key..).and_then(|tail| tail.strip_prefix(br#""items""#));
        tail.is_some_and(|tail| {
            let mut signs = tail.iter().filter(|sign| !sign.is_ascii_whitespace());
            signs.next() == Some(&b':') && signs.next() == Some(&b'[') && signs.next().is_none()
        })
    }

    fn end_item(
        &mut self,
        byte: u8,
        take: &mut impl FnMut(Item<'_>) -> Result<(), NotSplit>,
    ) -> Result<(), NotSplit> {
        let is_empty = self.item.is_empty();
        if is_empty && (byte == b',' || self.asked) {
            return Err(NotSplit);
        }
        if !is_empty {
            let start = self.position - self.item.len() as u64;
            take(Item { start, text: &self.item })?;
            self.item.clear();
        }
        self.asked = byte == b',';
        Ok(())
    }

    fn end(self) -> Result<Option<Vec<u8>>, NotSplit> {
        if !self.ended {
            return Err(NotSplit);
        }
        Ok(self.found.then_some(self.frame))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the frame and the elements, read in pieces of this size.
    fn split_in(text: &str, piece: usize) -> Option<(String, Vec<String>)> {
        let mut items = Vec::new();
        let reader = std::io::BufReader::with_capacity(piece, text.as_bytes());
        let take = |item: Item<'_>| {
            let start = usize::try_from(item.start).unwrap();
            assert_eq!(&text.as_bytes()[start..start + item.text.len()], item.text, "{text}");
            items.push(String::from_utf8(item.text.to_vec()).unwrap());
            Ok(())
        };
        let frame = split(reader, take).ok()??;
        Some((String::from_utf8(frame).unwrap(), items))
    }

    #[test]
    fn elements_come_out_whole_wherever_the_text_is_cut() {
        let text = r#" {"kind": "List", "x": ["items", [1]], "items" : [ {"a": "]},\"[{", "items": [1, 2]} , 7,
            "text, with ] and \\" ], "z": {"items": [3]}} "#;
        let frame = r#" {"kind": "List", "x": ["items", [1]], "items" : [], "z": {"items": [3]}} "#;
        for piece in 1..text.len() + 2 {
            let (found, items) = split_in(text, piece).unwrap();
            assert_eq!(found, frame);
            let trimmed: Vec<_> = items.iter().map(|item| item.trim()).collect();
            let whole = r#"{"a": "]},\"[{", "items": [1, 2]}"#;
            assert_eq!(trimmed, [whole, "7", r#""text, with ] and \\""#]);
        }
        assert_eq!(split_in(r#"{"items":[]}"#, 3).unwrap(), (r#"{"items":[]}"#.into(), vec![]));
    }

    #[test]
    fn anything_else_is_left_alone() {
        let others = [
            "",
            "[1]",
            "7",
            "{",
            r#"{"items": [1"#,
            r#"{"items": [1,]}"#,
            r#"{"items": [,1]}"#,
            r#"{"items": [1,,2]}"#,
            r#"{"items": 7}"#,
            r#"{"a": {"items": [1]}}"#,
            r#"{"items": [1]} {}"#,
            "{\"items\": [1]}\n---\na: 1",
            r#"{"items": [1], "items": [2]}"#,
            r#"{"items": [1]}}"#,
            r#"{"x": "items", [1]}"#,
        ];
        for text in others {
            assert_eq!(split_in(text, 4), None, "{text}");
        }
    }
}
