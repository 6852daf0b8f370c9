//! The database, from etcd to a file.

use std::{io, path::Path};

use shared::{Error, Result, output::Progress};

use super::{
    checksum::{Checksum, Flaw},
    gateway::{Gateway, Status},
    part_file::PartFile,
    pieces::{NoPiece, Piece, Pieces},
    refusal::{not_etcd, of_failure},
};

/// Copies the database to a file, piece by piece, and returns its size and the checksum that was verified. The file gets
/// its name only when everything came.
///
/// # Errors
/// A disk without room, a stream that breaks off, and a checksum that does not match.
pub async fn copy(
    gateway: &Gateway<'_>,
    status: &Status,
    path: &Path,
    progress: &Progress,
) -> Result<(u64, String)> {
    let unwritten = |error: io::Error| Error::new(format!("can't write {}: {error}", path.display()));
    require_room(path, status.bytes)?;
    let mut reply = gateway.snapshot().await?;
    let mut copy =
        Copy { file: PartFile::create(path).map_err(unwritten)?, checksum: Checksum::new(), announced: 0 };
    let mut pieces = Pieces::default();
    let no_piece = |why| match why {
        NoPiece::Failed(why) => Error::new(format!("etcd at {} stopped sending: {why}", gateway.url()))
            .with_hint("nothing was kept: try again, or name another endpoint with --etcd"),
        NoPiece::Strange => not_etcd(gateway.asked()),
    };
    loop {
        let came = match reply.next().await {
            Ok(came) => came,
            // How much came says more than how the connection ended.
            Err(_) if copy.announced > 0 => break,
            Err(failure) => return Err(of_failure(&failure, gateway.asked())),
        };
        let Some(came) = came else {
            // Half a line is a stream that was cut, too.
            match pieces.last() {
                Ok(Some(piece)) => copy.add(&piece).map_err(unwritten)?,
                Err(why) if copy.announced == 0 => return Err(no_piece(why)),
                Ok(None) | Err(_) => {}
            }
            break;
        };
        pieces.push(&came);
        while let Some(piece) = pieces.next().map_err(no_piece)? {
            copy.add(&piece).map_err(unwritten)?;
            progress.update(copy.checksum.bytes() >> 20, Some(copy.announced >> 20));
        }
    }
    let Copy { file, checksum, announced } = copy;
    let bytes = checksum.bytes();
    let sha256 = checksum.verify(announced).map_err(|flaw| refused(flaw, gateway.url()))?;
    file.complete(path).map_err(unwritten)?;
    Ok((bytes, sha256))
}

struct Copy {
    file: PartFile,
    checksum: Checksum,
    /// The size of the database.
    announced: u64,
}

impl Copy {
    fn add(&mut self, piece: &Piece) -> io::Result<()> {
        if self.checksum.bytes() == 0 {
            self.announced = piece.remaining.saturating_add(piece.bytes.len() as u64);
        }
        self.file.write(&piece.bytes)?;
        self.checksum.push(&piece.bytes);
        Ok(())
    }
}

fn refused(flaw: Flaw, url: &str) -> Error {
    let why = match flaw {
        Flaw::CutShort { bytes, of } => {
            format!("the snapshot of {url} broke off after {bytes} of {of} bytes")
        }
        Flaw::Damaged => format!("the snapshot of {url} does not match the checksum that etcd sent with it"),
    };
    Error::new(why).with_hint("nothing was kept: try again, or name another endpoint with --etcd")
}

/// Refuses to begin where the disk has no room for the database.
fn require_room(path: &Path, bytes: u64) -> Result<()> {
    match path.parent().and_then(free_space) {
        Some(free) if free < bytes => {
            let mib = |bytes: u64| bytes.div_ceil(1 << 20);
            Err(Error::new(format!(
                "the database of etcd has {} MiB, and there are {} MiB left where {} is to be",
                mib(bytes),
                free >> 20,
                path.display()
            ))
            .with_hint("name a directory on another disk with --to"))
        }
        _ => Ok(()),
    }
}

/// Returns how many bytes are left on the disk of a folder, where the system tells.
#[cfg(unix)]
fn free_space(folder: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(folder).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize))
}

#[cfg(not(unix))]
fn free_space(_: &Path) -> Option<u64> {
    None
}
