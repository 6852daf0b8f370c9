//! Kubeconfigs that are no files: a pipe (`--kubeconfig <(…)`), standard input, a FIFO, a device.
//!
//! What was read from there is gone from there. So it is read once and kept: whoever reads the same path again in this
//! process gets the same bytes.

use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

/// How long a FIFO is waited for that nobody writes to.
const PATIENCE: Duration = Duration::from_secs(5);

/// No kubeconfig is larger; a device may have no end.
const LARGEST: u64 = 64 << 20;

static READ: Mutex<Vec<(PathBuf, Vec<u8>)>> = Mutex::new(Vec::new());

/// Returns the bytes of a stream that was opened without waiting.
pub(super) fn bytes(path: &Path, file: File) -> io::Result<Vec<u8>> {
    let mut known = READ.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, bytes)) = known.iter().find(|(known, _)| known == path) {
        return Ok(bytes.clone());
    }
    let bytes = read(path, file)?;
    known.push((path.to_path_buf(), bytes.clone()));
    Ok(bytes)
}

fn read(path: &Path, mut file: File) -> io::Result<Vec<u8>> {
    let mut bytes = first_bytes(path, &mut file)?;
    if !bytes.is_empty() {
        wait_for_more(&file)?;
        (&file).take(LARGEST).read_to_end(&mut bytes)?;
    }
    match bytes.len() as u64 >= LARGEST {
        true => Err(io::Error::other("has no end")),
        false => Ok(bytes),
    }
}

/// Reads until the first bytes come, or it is sure that none will.
fn first_bytes(path: &Path, file: &mut File) -> io::Result<Vec<u8>> {
    let mut buffer = vec![0; 4096];
    let end = Instant::now() + PATIENCE;
    // Only what has a name in a folder can still be opened by somebody who writes.
    let may_be_opened = is_fifo(file) && path.canonicalize().is_ok();
    let mut has_writer = false;
    loop {
        match file.read(&mut buffer) {
            Ok(0) if may_be_opened && !has_writer => {
                if Instant::now() > end {
                    return Err(io::Error::other("is a FIFO, and nothing was written to it"));
                }
                thread::sleep(Duration::from_millis(2));
            }
            Ok(count) => {
                buffer.truncate(count);
                return Ok(buffer);
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                // Somebody is about to write: as slowly as they want.
                has_writer = true;
                wait_for_more(file)?;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

#[cfg(unix)]
fn is_fifo(file: &File) -> bool {
    use std::os::unix::fs::FileTypeExt;
    file.metadata().is_ok_and(|metadata| metadata.file_type().is_fifo())
}

#[cfg(not(unix))]
fn is_fifo(_file: &File) -> bool {
    false
}

/// Makes reads wait from now on.
#[cfg(unix)]
fn wait_for_more(file: &File) -> io::Result<()> {
    let flags = rustix::fs::fcntl_getfl(file)?;
    Ok(rustix::fs::fcntl_setfl(file, flags - rustix::fs::OFlags::NONBLOCK)?)
}

#[cfg(not(unix))]
fn wait_for_more(_file: &File) -> io::Result<()> {
    Ok(())
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::io::Write;

    use super::*;
    use crate::kubeconfig::file_bytes::FileBytes;

    #[test]
    fn a_fifo_is_read_once_however_slowly_it_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("fifo");
        rustix::fs::mkfifoat(rustix::fs::CWD, &path, rustix::fs::Mode::RWXU).unwrap();
        let writer = thread::spawn({
            let path = path.clone();
            move || {
                thread::sleep(Duration::from_millis(30));
                let mut file = std::fs::OpenOptions::new().write(true).open(path).unwrap();
                for part in ["one ", "two"] {
                    thread::sleep(Duration::from_millis(30));
                    file.write_all(part.as_bytes()).unwrap();
                }
            }
        });
        assert_eq!(&FileBytes::of(&path).unwrap()[..], b"one two");
        writer.join().unwrap();
        assert_eq!(&FileBytes::of(&path).unwrap()[..], b"one two", "nobody writes a second time");
    }

    #[test]
    fn a_device_without_an_end_is_refused() {
        assert_eq!(FileBytes::of(Path::new("/dev/zero")).unwrap_err().to_string(), "has no end");
        assert_eq!(FileBytes::of(Path::new("/dev/null")).unwrap().len(), 0);
    }
}
