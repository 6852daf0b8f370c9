//! The bytes of a file, in memory that is ready before they are read.
//!
//! A kubeconfig of many contexts has megabytes. In fresh memory every page of them is a fault of its own, and all faults
//! together take as long as reading and scanning. Memory that is mapped with its pages comes in one call.

use std::{
    fmt,
    fs::{File, Metadata},
    io::{self, Read},
    ops::{Deref, Range},
    path::Path,
};

use memmap2::{MmapMut, MmapOptions};

use super::stream;
use crate::regular_file::{kind, open_without_waiting};

/// From so many bytes on a call of its own for the memory is worth it: the allocator, too, maps blocks of this size.
const WORTH_MAPPING: usize = 128 * 1024;

/// Room left before the bytes, so that an edit in place needs no second copy of them, and as much behind them, so that
/// the end of the file is noticed.
const ROOM: usize = 4096;

/// The bytes of a file, which can be changed. Debugging shows how many there are and none of them: some are secrets.
pub(in crate::kubeconfig) struct FileBytes(Memory);

enum Memory {
    Heap(Vec<u8>),
    /// Some bytes in the middle of a mapping that belongs to no file.
    Mapped(MmapMut, Range<usize>),
}

impl FileBytes {
    /// Reads a whole file.
    pub fn of(path: &Path) -> io::Result<Self> {
        let file = open_without_waiting(path)?;
        let metadata = file.metadata()?;
        Self::of_open(path, file, &metadata)
    }

    /// Reads all of a file that was opened without waiting. What can be read only once is, and kept for the next time.
    pub fn of_open(path: &Path, mut file: File, metadata: &Metadata) -> io::Result<Self> {
        match kind(metadata.file_type()) {
            None => Self::read(&mut file, metadata.len()),
            Some(_) => Ok(stream::bytes(path, file)?.into()),
        }
    }

    /// Reads the rest of a file, of about this length.
    pub fn read(file: &mut File, length: u64) -> io::Result<Self> {
        let capacity = usize::try_from(length).unwrap_or_default().saturating_add(2 * ROOM);
        let mapped = (capacity >= WORTH_MAPPING)
            .then(|| MmapOptions::new().len(capacity).populate().map_anon().ok())
            .flatten();
        let Some(mut map) = mapped else {
            let mut bytes = Vec::with_capacity(capacity);
            file.read_to_end(&mut bytes)?;
            return Ok(bytes.into());
        };
        let mut end = ROOM;
        while end < map.len() {
            match file.read(&mut map[end..]) {
                Ok(0) => return Ok(Self(Memory::Mapped(map, ROOM..end))),
                Ok(count) => end += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        // It has grown since somebody looked.
        let mut bytes = map[ROOM..].to_vec();
        file.read_to_end(&mut bytes)?;
        Ok(bytes.into())
    }

    /// Puts `text` in the place of the bytes of `range`, which are returned.
    pub fn splice(&mut self, range: Range<usize>, text: &[u8]) -> Vec<u8> {
        match &mut self.0 {
            Memory::Heap(bytes) => bytes.splice(range, text.iter().copied()).collect(),
            // For a longer text what is before moves, for a shorter one what is behind: down both times, since musl moves
            // bytes up backwards, which processors are slow at.
            Memory::Mapped(map, bytes) if text.len() <= range.len() + bytes.start => {
                let range = bytes.start + range.start..bytes.start + range.end;
                let old = map[range.clone()].to_vec();
                let start = match text.len().checked_sub(range.len()) {
                    Some(0) => range.start,
                    Some(longer) => {
                        map.copy_within(bytes.start..range.start, bytes.start - longer);
                        bytes.start -= longer;
                        range.start - longer
                    }
                    None => {
                        map.copy_within(range.end..bytes.end, range.start + text.len());
                        bytes.end -= range.len() - text.len();
                        range.start
                    }
                };
                map[start..start + text.len()].copy_from_slice(text);
                old
            }
            Memory::Mapped(map, bytes) => {
                let mut moved = map[bytes.clone()].to_vec();
                let old = moved.splice(range, text.iter().copied()).collect();
                self.0 = Memory::Heap(moved);
                old
            }
        }
    }
}

impl From<Vec<u8>> for FileBytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self(Memory::Heap(bytes))
    }
}

impl Deref for FileBytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match &self.0 {
            Memory::Heap(bytes) => bytes,
            Memory::Mapped(map, bytes) => &map[bytes.clone()],
        }
    }
}

impl Clone for FileBytes {
    fn clone(&self) -> Self {
        self.to_vec().into()
    }
}

impl fmt::Debug for FileBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.len())
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, io::Seek};

    use proptest::prelude::*;

    use super::*;

    fn file(bytes: &[u8]) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), bytes).unwrap();
        file
    }

    fn is_mapped(bytes: &FileBytes) -> bool {
        matches!(bytes.0, Memory::Mapped(..))
    }

    #[test]
    fn large_files_are_mapped_and_all_are_read_whole() {
        const MAPPED_FROM: usize = WORTH_MAPPING - 2 * ROOM;
        for length in [0, 1, ROOM, MAPPED_FROM - 1, MAPPED_FROM, WORTH_MAPPING + 12_345] {
            let expected: Vec<u8> = (0..length).map(|index| (index % 251) as u8).collect();
            let read = FileBytes::of(file(&expected).path()).unwrap();
            assert_eq!(&read[..], expected, "{length}");
            assert_eq!(is_mapped(&read), length >= MAPPED_FROM, "{length}");
        }
    }

    #[test]
    fn a_file_that_grows_or_shrinks_meanwhile_is_read_as_it_is() {
        let expected = vec![7; WORTH_MAPPING * 2];
        let file = file(&expected);
        for told in [
            0,
            WORTH_MAPPING / 2,
            WORTH_MAPPING,
            WORTH_MAPPING * 2 - ROOM,
            WORTH_MAPPING * 2 - 2 * ROOM,
            WORTH_MAPPING * 9,
        ] {
            let mut open = File::open(file.path()).unwrap();
            assert_eq!(&FileBytes::read(&mut open, told as u64).unwrap()[..], expected, "{told}");
            open.rewind().unwrap();
        }
    }

    proptest! {
        #[test]
        fn both_memories_change_alike(
            splices in prop::collection::vec((0.0..1.0f64, 0.0..1.0f64, 0..3 * ROOM), 1..6),
        ) {
            let original: Vec<u8> = (0..WORTH_MAPPING).map(|index| (index % 253) as u8).collect();
            let mut mapped = FileBytes::of(file(&original).path()).unwrap();
            let mut plain = original;
            prop_assert!(is_mapped(&mapped));
            for (from, to, inserted) in splices {
                let (from, to) = (from.min(to), from.max(to));
                let at = |part: f64| (part * plain.len() as f64) as usize;
                let (range, text) = (at(from)..at(to), vec![b'x'; inserted]);
                let old: Vec<u8> = plain.splice(range.clone(), text.iter().copied()).collect();
                prop_assert_eq!(mapped.splice(range, &text), old);
                prop_assert_eq!(&mapped[..], &plain[..]);
            }
        }
    }

    #[test]
    fn debugging_shows_no_byte() {
        assert_eq!(format!("{:?}", FileBytes::from(b"secret".to_vec())), "6 bytes");
    }
}
