//! How `env` and `down` speak to the process that holds the cluster: over a socket in a folder of the user.
//!
//! A socket, because it cannot be stale: it answers exactly while that process lives, whereas the number in a pid
//! file may belong to somebody else by now.

use cluster::{CACHE_FOLDER, Context, Error, Result, cache_root};
use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::PathBuf;
use std::{env, fs};

/// Tells where the cluster is.
pub const STATUS: &str = "status";
/// Ends it.
pub const STOP: &str = "stop";
/// The longest path of a socket that every Unix takes.
const LONGEST: usize = 100;

/// The folder with the socket, the lock and the log: below `XDG_RUNTIME_DIR`, else below the cache.
pub fn folder() -> Result<PathBuf> {
    let runtime = env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|path| path.is_absolute());
    let folder = runtime.map_or_else(cache_root, Ok)?.join(CACHE_FOLDER);
    fs::create_dir_all(&folder).context(|| format!("cannot create {}", folder.display()))?;
    Ok(folder)
}

/// The log of the process that holds the cluster.
pub fn log() -> Result<PathBuf> {
    Ok(folder()?.join("up.log"))
}

fn socket() -> Result<PathBuf> {
    let path = folder()?.join("control.socket");
    if path.as_os_str().len() > LONGEST {
        return Err(Error::new(format!(
            "{} is too long for a socket: set XDG_RUNTIME_DIR to a shorter folder",
            path.display()
        )));
    }
    Ok(path)
}

/// Takes the socket. The caller holds the lock, so a socket that is there was left behind.
pub fn listen() -> Result<UnixListener> {
    let path = socket()?;
    if path.exists() {
        fs::remove_file(&path).context(|| format!("cannot remove {}", path.display()))?;
    }
    UnixListener::bind(&path).context(|| format!("cannot listen on {}", path.display()))
}

/// Asks the running cluster; None when none runs.
pub fn ask(request: &str) -> Result<Option<Value>> {
    let Ok(mut stream) = UnixStream::connect(socket()?) else { return Ok(None) };
    let broken = || "the process that holds the control plane does not answer".to_owned();
    writeln!(stream, "{request}").context(broken)?;
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line).context(broken)?;
    serde_json::from_str(&line).context(broken).map(Some)
}

/// Reads a request; None when it broke off.
pub fn receive(stream: &UnixStream) -> Option<String> {
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line).ok()?;
    Some(line.trim().to_owned())
}

/// Answers a request. Whoever does not wait for the answer does not want it.
pub fn answer(mut stream: &UnixStream, body: &Value) {
    let _ = writeln!(stream, "{body}");
}

/// The error of commands that need a running cluster.
pub fn nothing_runs() -> Error {
    Error::new("no control plane is running: start one with `cargo cluster up`")
}
