//! Base64 as Go's `base64.StdEncoding` reads it: padded, line breaks anywhere, and bits left over in the last character
//! don't matter.
//!
//! A kubeconfig of many contexts is mostly base64, so the common case, no line break and no bit left over, goes through
//! vector instructions; what that refuses is read again by the slower decoder, which decides.

use std::borrow::Cow;

use base64::{
    Engine, alphabet,
    engine::{GeneralPurpose, GeneralPurposeConfig},
};

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true),
);

/// Returns the text that stands for bytes, on one line.
pub fn encode(bytes: &[u8]) -> String {
    base64_simd::STANDARD.encode_to_string(bytes)
}

/// The bytes a text stands for; nothing if it is no base64.
pub fn decode(text: &[u8]) -> Option<Vec<u8>> {
    let line = one_line(text);
    let decoded = base64_simd::STANDARD.decode_to_vec(&line);
    decoded.ok().or_else(|| LENIENT.decode(&line).ok())
}

/// Whether [`decode`] would answer, without the bytes.
pub fn is_valid(text: &[u8]) -> bool {
    let line = one_line(text);
    base64_simd::STANDARD.check(&line).is_ok() || LENIENT.decode(&line).is_ok()
}

/// Returns where Go stops in a text that is no base64: at the first character that can't be there, or at the start of the last
/// four that are not complete (`CorruptInputError` in `encoding/base64`).
pub fn error_offset(text: &str) -> usize {
    let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    let inner = text.bytes().enumerate().filter(|(_, byte)| !matches!(byte, b'\r' | b'\n'));
    let mut quantum = (0, 0);
    for (index, byte) in inner {
        if !is_inner(byte) {
            return index;
        }
        quantum = match quantum {
            (0 | 4, _) => (1, index),
            (count, start) => (count + 1, start),
        };
    }
    quantum.1
}

fn one_line(text: &[u8]) -> Cow<'_, [u8]> {
    let mut breaks = memchr::memchr2_iter(b'\r', b'\n', text).peekable();
    if breaks.peek().is_none() {
        return Cow::Borrowed(text);
    }
    let mut line = Vec::with_capacity(text.len());
    let mut start = 0;
    for at in breaks {
        line.extend_from_slice(&text[start..at]);
        start = at + 1;
    }
    line.extend_from_slice(&text[start..]);
    Cow::Owned(line)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_go_accepts_is_accepted_and_nothing_else() {
        for (text, bytes) in [
            ("", &b""[..]),
            ("aGk=", b"hi"),
            ("aG\r\nk\n=\n", b"hi"),
            ("\n", b""),
            // Bits left over.
            ("aGl=", b"hi"),
            ("aH==", b"h"),
        ] {
            assert_eq!(decode(text.as_bytes()).as_deref(), Some(bytes), "{text:?}");
            assert!(is_valid(text.as_bytes()), "{text:?}");
        }
        for text in ["aGk", "aG k=", "aGk==", "=", "a", "a===", "aGk=aGk=", "_-==", "aGk=\t", "ä"] {
            assert_eq!(decode(text.as_bytes()), None, "{text:?}");
            assert!(!is_valid(text.as_bytes()), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn both_decoders_agree(
            bytes in prop::collection::vec(any::<u8>(), 0..200),
            broken in prop::option::of((any::<prop::sample::Index>(), any::<u8>())),
            breaks in prop::collection::vec(any::<prop::sample::Index>(), 0..4),
        ) {
            let mut text = LENIENT.encode(&bytes).into_bytes();
            if let (Some((at, byte)), false) = (broken, text.is_empty()) {
                let at = at.index(text.len());
                text[at] = byte;
            }
            for at in breaks {
                text.insert(at.index(text.len() + 1), b'\n');
            }
            let plain: Vec<u8> = text.iter().copied().filter(|byte| !b"\r\n".contains(byte)).collect();
            let expected = LENIENT.decode(plain).ok();
            prop_assert_eq!(is_valid(&text), expected.is_some());
            prop_assert_eq!(decode(&text), expected);
        }
    }
}
