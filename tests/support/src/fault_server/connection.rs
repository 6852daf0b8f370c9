//! One connection, request after request.

use super::{Reply, Request, Shared};
use crate::wire::relay;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::io::{self, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::sync::Arc;
use std::thread;

/// What Go's `net/http` answers to what is not HTTP, such as a TLS greeting.
const NOT_HTTP: &str = "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n400 Bad Request";

/// Serves until either side closes. A client that breaks off is part of many tests, so errors end the connection and
/// nothing else.
pub(super) fn serve(stream: TcpStream, encryption: Option<Arc<ServerConfig>>, shared: &Shared) {
    let _ = stream.set_nodelay(true);
    let _ = match encryption {
        None => stream.try_clone().and_then(|plain| {
            if let Some(port) = answer_all(plain, shared)? {
                relay(stream, TcpStream::connect((Ipv4Addr::LOCALHOST, port))?);
            }
            Ok(())
        }),
        Some(config) => ServerConnection::new(config)
            .map_err(io::Error::other)
            .and_then(|connection| answer_all(StreamOwned::new(connection, stream), shared))
            .map(drop),
    };
}

/// Answers until a reply or the client ends it. The result is the port to which a tunnel was promised.
fn answer_all(stream: impl Read + Write, shared: &Shared) -> io::Result<Option<u16>> {
    let mut stream = BufReader::new(stream);
    loop {
        let request = match Request::read(&mut stream) {
            Ok(Some(request)) => request,
            Ok(None) => return Ok(None),
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                write(stream.get_mut(), &Reply::raw(NOT_HTTP))?;
                return Ok(None);
            }
            Err(error) => return Err(error),
        };
        let reply = shared.reply_to(request);
        thread::sleep(reply.delay);
        write(stream.get_mut(), &reply)?;
        if reply.tunnel.is_some() {
            return Ok(reply.tunnel);
        }
        if reply.closes() {
            thread::sleep(reply.hold);
            // Dropped without a goodbye, in TLS too: that is what a broken network looks like.
            return Ok(None);
        }
    }
}

pub(super) fn write(stream: &mut impl Write, reply: &Reply) -> io::Result<()> {
    let (first, later, pause) = reply.parts();
    stream.write_all(&first)?;
    stream.flush()?;
    for part in later {
        thread::sleep(pause);
        stream.write_all(part)?;
        stream.flush()?;
    }
    Ok(())
}
