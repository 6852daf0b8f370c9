//! A proxy behind which the API server is far away: bytes arrive later by half a round trip in either direction.

use std::{
    io::{Read, Write},
    net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use shared::{Error, Result};

/// Starts the proxy on a free port, which is returned. It runs until the process ends.
///
/// # Errors
/// No port can be had.
pub fn start(server: SocketAddr, round_trip: Duration) -> Result<u16> {
    let failed = |error: std::io::Error| Error::new(format!("the delaying proxy can't listen: {error}"));
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(failed)?;
    let port = listener.local_addr().map_err(failed)?.port();
    thread::spawn(move || {
        for client in listener.incoming().flatten() {
            thread::spawn(move || connect(client, server, round_trip));
        }
    });
    Ok(port)
}

/// Connects a client with the server. The handshake of TCP, which the loopback interface answers at once, takes a round trip
/// as well.
fn connect(client: TcpStream, server: SocketAddr, round_trip: Duration) -> std::io::Result<()> {
    thread::sleep(round_trip);
    let upstream = TcpStream::connect(server)?;
    for stream in [&client, &upstream] {
        stream.set_nodelay(true)?;
    }
    let (to_server, to_client) = (upstream.try_clone()?, client.try_clone()?);
    thread::spawn(move || carry(client, to_server, round_trip / 2));
    thread::spawn(move || carry(upstream, to_client, round_trip / 2));
    Ok(())
}

/// Carries bytes from one end to the other, each later by the delay.
fn carry(mut from: TcpStream, mut to: TcpStream, delay: Duration) {
    let (sender, receiver) = mpsc::channel::<(Instant, Vec<u8>)>();
    thread::spawn(move || {
        for (arrival, bytes) in receiver {
            thread::sleep(arrival.saturating_duration_since(Instant::now()));
            if to.write_all(&bytes).is_err() {
                return;
            }
        }
        // The other end may be gone already.
        let _ = to.shutdown(Shutdown::Write);
    });
    let mut buffer = vec![0; 1 << 16];
    while let Ok(count @ 1..) = from.read(&mut buffer) {
        let bytes = buffer.get(..count).unwrap_or_default().to_vec();
        if sender.send((Instant::now() + delay, bytes)).is_err() {
            return;
        }
    }
}
