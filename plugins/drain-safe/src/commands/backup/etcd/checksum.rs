//! The checksum that etcd sends behind the database.

use ring::digest::{Context, SHA256, SHA256_OUTPUT_LEN};

/// What keeps a snapshot from being complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// It ended too early.
    CutShort {
        /// So many bytes came.
        bytes: u64,
        /// So many were announced.
        of: u64,
    },
    /// The bytes are not those that etcd has sent.
    Damaged,
}

/// Sums up what comes. The last bytes are held back, since they may be the checksum itself.
pub struct Checksum {
    context: Context,
    held: Vec<u8>,
    bytes: u64,
}

impl Checksum {
    /// Begins with nothing.
    pub fn new() -> Self {
        Self { context: Context::new(&SHA256), held: Vec::new(), bytes: 0 }
    }

    /// Adds what came.
    pub fn push(&mut self, bytes: &[u8]) {
        self.bytes += bytes.len() as u64;
        self.held.extend_from_slice(bytes);
        let certain = self.held.len().saturating_sub(SHA256_OUTPUT_LEN);
        self.context.update(&self.held[..certain]);
        self.held.drain(..certain);
    }

    /// Returns how many bytes came.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Returns the checksum in hexadecimal, where everything came: the `announced` size of the database, and its checksum.
    ///
    /// # Errors
    /// What is wrong with the snapshot.
    pub fn verify(self, announced: u64) -> Result<String, Flaw> {
        let of = announced.saturating_add(SHA256_OUTPUT_LEN as u64);
        if self.bytes < of || announced == 0 {
            return Err(Flaw::CutShort { bytes: self.bytes, of });
        }
        let digest = self.context.finish();
        if self.bytes != of || digest.as_ref() != self.held {
            return Err(Flaw::Damaged);
        }
        Ok(digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

#[cfg(test)]
mod tests {
    use ring::digest::digest;

    use super::*;

    fn verified(pieces: &[&[u8]], announced: u64) -> Result<String, Flaw> {
        let mut checksum = Checksum::new();
        pieces.iter().for_each(|piece| checksum.push(piece));
        checksum.verify(announced)
    }

    #[test]
    fn the_last_bytes_are_the_checksum_of_those_before() {
        let database = [7; 1000];
        let sum = digest(&SHA256, &database);
        let expected: String = sum.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(verified(&[&database, sum.as_ref()], 1000), Ok(expected.clone()));
        // However it is cut into pieces.
        let whole = [database.as_slice(), sum.as_ref()].concat();
        let single: Vec<_> = whole.chunks(1).collect();
        assert_eq!(verified(&single, 1000), Ok(expected));
    }

    #[test]
    fn what_is_missing_or_changed_is_noticed() {
        let database = [7; 1000];
        let sum = digest(&SHA256, &database);
        let cut = |bytes| Err(Flaw::CutShort { bytes, of: 1032 });
        assert_eq!(verified(&[], 1000), cut(0));
        assert_eq!(verified(&[&database], 1000), cut(1000));
        assert_eq!(verified(&[&database[..500]], 1000), cut(500));
        assert_eq!(verified(&[&database[1..], &[8], sum.as_ref()], 1000), Err(Flaw::Damaged));
        assert_eq!(verified(&[&database, sum.as_ref(), &[0]], 1000), Err(Flaw::Damaged));
        assert_eq!(verified(&[], 0), Err(Flaw::CutShort { bytes: 0, of: 32 }));
    }
}
