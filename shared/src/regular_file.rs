//! Opening a file by its name without waiting for anybody.
//!
//! Opening a FIFO waits until another process opens its other end, which may be never. So whatever has a name that
//! anybody may have taken (a lock, a record, a setting) is opened here.

use std::{
    fs::{File, FileType, OpenOptions},
    io::{self, Read},
    path::Path,
};

/// Opens a regular file for reading.
///
/// # Errors
/// The file can't be opened, or is not a regular one.
pub fn open_regular(path: &Path) -> io::Result<File> {
    let file = open_without_waiting(path)?;
    match kind(file.metadata()?.file_type()) {
        None => Ok(file),
        Some(kind) => Err(not_regular(kind)),
    }
}

/// Reads all of a regular file, or of a device (`/dev/null` where there is to be nothing).
///
/// # Errors
/// The file can't be read, or is a FIFO or a socket.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut file = open_without_waiting(path)?;
    match kind(file.metadata()?.file_type()) {
        Some(kind @ ("a FIFO" | "a socket")) => Err(not_regular(kind)),
        _ => {
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes)?;
            Ok(bytes)
        }
    }
}

/// Reads all text of a regular file, or of a device.
///
/// # Errors
/// As [`read()`], or the file is not UTF-8.
pub fn read_text(path: &Path) -> io::Result<String> {
    let bytes = read(path)?;
    String::from_utf8(bytes).map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "is not UTF-8"))
}

/// Opens a file to be written by its owner alone, and makes it where it is missing. A FIFO that nobody reads is an
/// error at once.
///
/// # Errors
/// The file can't be opened or made.
pub fn open_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600).custom_flags(NO_WAITING);
    }
    options.open(path)
}

/// The flag that keeps opening from waiting.
#[cfg(unix)]
const NO_WAITING: i32 = rustix::fs::OFlags::NONBLOCK.bits().cast_signed();

/// Opens whatever is there for reading, at once.
pub(crate) fn open_without_waiting(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, NO_WAITING);
    options.open(path).map_err(|error| {
        // Sockets can't be opened at all, which the system words as a missing device.
        let metadata = std::fs::metadata(path).ok();
        match metadata.and_then(|metadata| kind(metadata.file_type())) {
            Some(kind @ "a socket") => not_regular(kind),
            _ => error,
        }
    })
}

/// Returns what a file is that is neither a regular one nor a folder, in words.
#[cfg(unix)]
pub(crate) fn kind(file: FileType) -> Option<&'static str> {
    use std::os::unix::fs::FileTypeExt;
    match file {
        _ if file.is_fifo() => Some("a FIFO"),
        _ if file.is_socket() => Some("a socket"),
        _ if file.is_char_device() => Some("a character device"),
        _ if file.is_block_device() => Some("a block device"),
        _ => None,
    }
}

#[cfg(not(unix))]
pub(crate) fn kind(_file: FileType) -> Option<&'static str> {
    None
}

fn not_regular(kind: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, format!("is {kind}, not a regular file"))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_a_file_is_opened_and_nobody_waits() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        std::fs::write(path("file"), "text").unwrap();
        rustix::fs::mkfifoat(rustix::fs::CWD, path("fifo"), rustix::fs::Mode::RWXU).unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(path("socket")).unwrap();
        assert!(open_regular(&path("file")).is_ok());
        assert_eq!(read_text(&path("file")).unwrap(), "text");
        let said = |error: io::Error| error.to_string();
        for (name, words) in
            [("fifo", "is a FIFO, not a regular file"), ("socket", "is a socket, not a regular file")]
        {
            assert_eq!(said(open_regular(&path(name)).unwrap_err()), words);
            assert_eq!(said(read_text(&path(name)).unwrap_err()), words);
        }
        let null = Path::new("/dev/null");
        assert_eq!(said(open_regular(null).unwrap_err()), "is a character device, not a regular file");
        assert_eq!(read_text(null).unwrap(), "", "nothing, on purpose");
        assert_eq!(open_regular(&path("missing")).unwrap_err().kind(), io::ErrorKind::NotFound);
    }
}
