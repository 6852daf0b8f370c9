//! From a file's bytes to text and back, unchanged.

use std::borrow::Cow;

use super::{YamlError, printable::all_printable};

/// How a file's bytes spell its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8 without a byte order mark.
    Utf8,
    /// UTF-8 after a byte order mark.
    Utf8WithMark,
    /// UTF-16, little end first, after a byte order mark.
    Utf16LittleEndian,
    /// UTF-16, big end first, after a byte order mark.
    Utf16BigEndian,
}

/// The text of a file without its byte order mark. All spans count bytes of this UTF-8 text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceText<'bytes> {
    /// The text.
    pub text: Cow<'bytes, str>,
    /// How the file spelled it.
    pub encoding: Encoding,
}

impl<'bytes> SourceText<'bytes> {
    /// Reads bytes as YAML readers do: the byte order mark decides, UTF-8 without one.
    ///
    /// Control characters that YAML forbids are refused as libyaml's reader refuses them.
    pub fn decode(bytes: &'bytes [u8]) -> Result<Self, YamlError> {
        // Most files are plain ASCII, which is seen many bytes at once.
        if is_plain(bytes)
            && let Ok(text) = std::str::from_utf8(bytes)
        {
            return Ok(Self { text: Cow::Borrowed(text), encoding: Encoding::Utf8 });
        }
        let source = match bytes {
            [0xff, 0xfe, rest @ ..] => Self {
                text: Cow::Owned(decode_utf16(rest, u16::from_le_bytes)?),
                encoding: Encoding::Utf16LittleEndian,
            },
            [0xfe, 0xff, rest @ ..] => Self {
                text: Cow::Owned(decode_utf16(rest, u16::from_be_bytes)?),
                encoding: Encoding::Utf16BigEndian,
            },
            [0xef, 0xbb, 0xbf, rest @ ..] => {
                Self { text: Cow::Borrowed(decode_utf8(rest)?), encoding: Encoding::Utf8WithMark }
            }
            _ => Self { text: Cow::Borrowed(decode_utf8(bytes)?), encoding: Encoding::Utf8 },
        };
        check_characters(&source.text)?;
        Ok(source)
    }

    /// The bytes of a file with `text` in this encoding, byte order mark included.
    pub fn encode(encoding: Encoding, text: &str) -> Vec<u8> {
        match encoding {
            Encoding::Utf8 => text.as_bytes().to_vec(),
            Encoding::Utf8WithMark => [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            Encoding::Utf16LittleEndian => {
                let units = text.encode_utf16().flat_map(u16::to_le_bytes);
                [0xff, 0xfe].into_iter().chain(units).collect()
            }
            Encoding::Utf16BigEndian => {
                let units = text.encode_utf16().flat_map(u16::to_be_bytes);
                [0xfe, 0xff].into_iter().chain(units).collect()
            }
        }
    }
}

/// Refuses control characters that YAML forbids, as libyaml's reader refuses them.
pub(super) fn check_characters(text: &str) -> Result<(), YamlError> {
    if is_plain(text.as_bytes()) {
        return Ok(());
    }
    match text.char_indices().find(|(_, character)| !is_allowed(*character)) {
        Some((at, _)) => {
            Err(YamlError::new(line_of(text.as_bytes(), at), "control characters are not allowed"))
        }
        None => Ok(()),
    }
}

fn decode_utf8(bytes: &[u8]) -> Result<&str, YamlError> {
    std::str::from_utf8(bytes)
        .map_err(|error| YamlError::new(line_of(bytes, error.valid_up_to()), "the text is not valid UTF-8"))
}

fn decode_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, YamlError> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(YamlError::new(0, "incomplete UTF-16 character"));
    }
    char::decode_utf16(pairs.iter().copied().map(unit))
        .collect::<Result<String, _>>()
        .map_err(|_| YamlError::new(0, "the text is not valid UTF-16"))
}

/// The line of a byte offset, counted from 1.
fn line_of(bytes: &[u8], offset: usize) -> usize {
    bytes[..offset].iter().filter(|byte| **byte == b'\n').count() + 1
}

/// Whether all bytes are printable ASCII or line ends.
fn is_plain(bytes: &[u8]) -> bool {
    let mut start = 0;
    let ends = memchr::memchr2_iter(b'\n', b'\r', bytes).chain([bytes.len()]);
    ends.into_iter().all(|end| all_printable(&bytes[std::mem::replace(&mut start, end + 1)..end]))
}

/// The characters of YAML 1.1 as libyaml's reader lets them through (`yaml_parser_update_buffer`).
fn is_allowed(character: char) -> bool {
    matches!(character,
        '\t' | '\n' | '\r' | ' '..='~' | '\u{85}' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}'
        | '\u{10000}'..='\u{10ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_decide_and_survive() {
        let utf16_little: Vec<u8> =
            [0xff, 0xfe].into_iter().chain("a: ü𝄞".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let utf16_big: Vec<u8> =
            [0xfe, 0xff].into_iter().chain("a: ü𝄞".encode_utf16().flat_map(u16::to_be_bytes)).collect();
        for (bytes, encoding) in [
            ("a: ü𝄞".as_bytes(), Encoding::Utf8),
            ("\u{feff}a: ü𝄞".as_bytes(), Encoding::Utf8WithMark),
            (&utf16_little, Encoding::Utf16LittleEndian),
            (&utf16_big, Encoding::Utf16BigEndian),
        ] {
            let source = SourceText::decode(bytes).unwrap();
            assert_eq!((source.text.as_ref(), source.encoding), ("a: ü𝄞", encoding));
            assert_eq!(SourceText::encode(encoding, &source.text), bytes);
        }
    }

    #[test]
    fn plain_is_what_needs_no_second_look() {
        for byte in 0..=u8::MAX {
            let allowed = byte.is_ascii() && is_allowed(char::from(byte)) && byte != b'\t';
            assert_eq!(is_plain(&[b'a', byte]), allowed, "{byte}");
        }
    }

    #[test]
    fn refuses_what_is_not_text() {
        let error = |bytes: &[u8]| SourceText::decode(bytes).unwrap_err().to_string();
        assert_eq!(error(b"a: 1\nb: \xff"), "yaml: line 2: the text is not valid UTF-8");
        assert_eq!(error(b"a: \x00"), "yaml: line 1: control characters are not allowed");
        assert_eq!(error(b"a: \n\n\x7f"), "yaml: line 3: control characters are not allowed");
        assert_eq!(error(b"\xff\xfea"), "yaml: incomplete UTF-16 character");
        assert_eq!(error(b"\xff\xfe\x00\xd8"), "yaml: the text is not valid UTF-16");
    }
}
