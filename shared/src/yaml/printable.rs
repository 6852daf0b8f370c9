//! Whether bytes are printable ASCII, eight at a time.
//!
//! By hand, because the binaries that users get are linked for size, and the linker then leaves loops as they are
//! instead of making vector instructions of them: byte by byte this was most of reading a large kubeconfig.

/// One in every byte of a word.
const ONES: u64 = u64::MAX / 255;
const HIGHEST_BITS: u64 = ONES << 7;
const BLANKS: u64 = ONES * b' ' as u64;

/// Bytes looked at without an early end.
const PIECE: usize = 512;

/// Whether every byte is one of ` ` to `~`.
pub(super) fn all_printable(bytes: &[u8]) -> bool {
    let (words, rest) = bytes.as_chunks::<8>();
    words.chunks(PIECE / 8).all(|piece| {
        let odd = |odd, word: &[u8; 8]| odd | unsupported(u64::from_ne_bytes(*word));
        piece.iter().fold(0, odd) & HIGHEST_BITS == 0
    }) && rest.iter().all(|byte| matches!(byte, b' '..=b'~'))
}

/// A word whose highest bits are all clear only if all its bytes are printable: beyond ASCII the bit is set already,
/// 0x7f gets it by adding one, and what is below a blank by borrowing. No byte disturbs the next unless it is odd itself.
fn unsupported(word: u64) -> u64 {
    word | word.wrapping_add(ONES) | word.wrapping_sub(BLANKS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_in_every_place_counts() {
        for byte in 0..=u8::MAX {
            for (length, at) in [(1, 0), (7, 3), (8, 0), (8, 7), (9, 8), (1200, 5), (1200, 1199)] {
                for around in *b" m~" {
                    let mut bytes = vec![around; length];
                    bytes[at] = byte;
                    let expected = (0x20..0x7f).contains(&byte);
                    assert_eq!(all_printable(&bytes), expected, "{byte} at {at} of {length}");
                }
            }
        }
        assert!(all_printable(b""));
    }
}
