//! One connection, request after request.

use super::{Request, Shared};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::io::{self, BufReader, Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::thread;

/// Serves until either side closes. A client that breaks off is part of many tests, so errors end the connection and
/// nothing else.
pub(super) fn serve(stream: TcpStream, encryption: Option<Arc<ServerConfig>>, shared: &Shared) {
    let _ = stream.set_nodelay(true);
    let _ = match encryption {
        None => answer_all(stream, shared),
        Some(config) => ServerConnection::new(config)
            .map_err(io::Error::other)
            .and_then(|connection| answer_all(StreamOwned::new(connection, stream), shared)),
    };
}

fn answer_all(stream: impl Read + Write, shared: &Shared) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    while let Some(request) = Request::read(&mut stream)? {
        let reply = shared.reply_to(request);
        thread::sleep(reply.delay);
        if !reply.silent {
            stream.get_mut().write_all(&reply.to_bytes())?;
            stream.get_mut().flush()?;
        }
        if reply.closes() {
            thread::sleep(reply.hold);
            // Dropped without a goodbye, in TLS too: that is what a broken network looks like.
            return Ok(());
        }
    }
    Ok(())
}
