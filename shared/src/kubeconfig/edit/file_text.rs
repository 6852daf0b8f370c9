//! A file's bytes and the text in them.

use crate::kubeconfig::file_bytes::FileBytes;
use crate::yaml::{Encoding, SourceText, YamlError};

use super::splice::{Splice, apply_all};

/// The bytes of a file, and the UTF-8 text all spans count in.
#[derive(Clone, Debug)]
pub(super) struct FileText {
    /// UTF-8: the bytes of the file. UTF-16: its text in UTF-8.
    buffer: FileBytes,
    encoding: Encoding,
}

impl FileText {
    /// Takes the bytes of a file. UTF-8 is not checked here: whoever reads the text does.
    pub fn new(bytes: FileBytes) -> Result<Self, YamlError> {
        let encoding = match &bytes[..] {
            [0xff, 0xfe, ..] => Encoding::Utf16LittleEndian,
            [0xfe, 0xff, ..] => Encoding::Utf16BigEndian,
            [0xef, 0xbb, 0xbf, ..] => Encoding::Utf8WithMark,
            _ => Encoding::Utf8,
        };
        let buffer = match encoding {
            Encoding::Utf8 | Encoding::Utf8WithMark => bytes,
            Encoding::Utf16LittleEndian | Encoding::Utf16BigEndian => {
                SourceText::decode(&bytes)?.text.into_owned().into_bytes().into()
            }
        };
        Ok(Self { buffer, encoding })
    }

    /// The text, without a byte order mark.
    pub fn text(&self) -> &[u8] {
        &self.buffer[self.start()..]
    }

    /// Returns how the file spells its text.
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    fn start(&self) -> usize {
        if self.encoding == Encoding::Utf8WithMark { 3 } else { 0 }
    }

    /// Changes the text in place. The result takes it back: splices of the file's bytes, to be applied in order.
    pub fn apply(&mut self, splices: Vec<Splice>) -> Vec<Splice> {
        match self.encoding {
            Encoding::Utf8 | Encoding::Utf8WithMark => {
                let start = self.start();
                let shifted = splices.into_iter().map(|splice| splice.shifted(start)).collect();
                apply_all(shifted, &mut self.buffer)
            }
            Encoding::Utf16LittleEndian | Encoding::Utf16BigEndian => {
                let old = self.encoded();
                apply_all(splices, &mut self.buffer);
                vec![difference(&self.encoded(), &old)]
            }
        }
    }

    /// Takes a change back.
    pub fn take_back(&mut self, back: &[Splice]) {
        match self.encoding {
            Encoding::Utf8 | Encoding::Utf8WithMark => {
                back.iter().for_each(|splice| drop(splice.apply(&mut self.buffer)));
            }
            Encoding::Utf16LittleEndian | Encoding::Utf16BigEndian => {
                let mut bytes = FileBytes::from(self.encoded());
                back.iter().for_each(|splice| drop(splice.apply(&mut bytes)));
                if let Ok(source) = SourceText::decode(&bytes) {
                    self.buffer = source.text.into_owned().into_bytes().into();
                }
            }
        }
    }

    /// The bytes of the file.
    pub fn into_bytes(self) -> FileBytes {
        match self.encoding {
            Encoding::Utf8 | Encoding::Utf8WithMark => self.buffer,
            Encoding::Utf16LittleEndian | Encoding::Utf16BigEndian => self.encoded().into(),
        }
    }

    fn encoded(&self) -> Vec<u8> {
        SourceText::encode(self.encoding, &String::from_utf8_lossy(&self.buffer))
    }
}

/// The one splice that makes `to` of `from`.
fn difference(from: &[u8], to: &[u8]) -> Splice {
    let prefix = from.iter().zip(to).take_while(|(left, right)| left == right).count();
    let rest = from.len().min(to.len()) - prefix;
    let suffix = from.iter().rev().zip(to.iter().rev()).take(rest).take_while(|(left, right)| left == right);
    let suffix = suffix.count();
    Splice::new(prefix..from.len() - suffix, &to[prefix..to.len() - suffix])
}
