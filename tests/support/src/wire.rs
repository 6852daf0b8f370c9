//! A wire that can be cut.

use std::io;
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

/// Stands before a server and passes every connection on to it, until it is cut. For servers that are fine, behind a
/// network that is not.
#[derive(Debug)]
pub struct Wire {
    scheme: String,
    address: SocketAddr,
    connections: Arc<Mutex<Vec<TcpStream>>>,
}

impl Wire {
    /// A wire to a server that is given as `https://127.0.0.1:PORT`.
    ///
    /// # Panics
    ///
    /// When that is no such address or no port can be had.
    pub fn to(server: &str) -> Self {
        let (scheme, target) = server.split_once("://").expect("a scheme before the address of a server");
        let target: SocketAddr = target.parse().expect("an address and a port of a server");
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let address = listener.local_addr().expect("the address of a wire");
        let connections = Arc::new(Mutex::new(Vec::new()));
        let made = Arc::clone(&connections);
        thread::spawn(move || {
            for near in listener.incoming().flatten() {
                // A server that is not there is like a wire that is cut.
                let Ok(far) = TcpStream::connect(target) else { continue };
                if let Ok(near) = near.try_clone() {
                    lock(&made).push(near);
                }
                thread::spawn(move || relay(near, far));
            }
        });
        Self { scheme: scheme.to_owned(), address, connections }
    }

    /// This end of the wire, with the scheme of the server's address.
    pub fn url(&self) -> String {
        format!("{}://{}", self.scheme, self.address)
    }

    /// Breaks all connections, and says how many there were. New ones are welcome.
    pub fn cut(&self) -> usize {
        let connections: Vec<_> = lock(&self.connections).drain(..).collect();
        connections.iter().filter(|connection| connection.shutdown(Shutdown::Both).is_ok()).count()
    }
}

/// Passes on what comes from either side until both have ended, and the end too. Trouble on one side is an end.
pub(crate) fn relay(near: TcpStream, far: TcpStream) {
    let (Ok(from_near), Ok(to_near)) = (near.try_clone(), near.try_clone()) else { return };
    let Ok(to_far) = far.try_clone() else { return };
    let back = thread::spawn(move || pump(far, to_near));
    pump(from_near, to_far);
    // It panics never; what it could not pass on has nobody left to miss it.
    let _ = back.join();
}

fn pump(mut from: TcpStream, mut to: TcpStream) {
    let _ = io::copy(&mut from, &mut to);
    let _ = to.shutdown(Shutdown::Write);
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FaultServer, Reply};
    use std::io::{Read, Write};

    #[test]
    fn a_cut_ends_what_is_connected_and_nothing_else() {
        let server = FaultServer::http();
        server.otherwise([Reply::text(200, "text/plain", "there")]);
        let wire = Wire::to(&server.url());
        let connect = || TcpStream::connect(wire.address).unwrap();
        let ask = |stream: &mut TcpStream| {
            stream.write_all(b"GET / HTTP/1.1\r\n\r\n").unwrap();
            let mut status = [0; 12];
            stream.read_exact(&mut status).map(|()| status)
        };
        let mut stream = connect();
        assert_eq!(&ask(&mut stream).unwrap(), b"HTTP/1.1 200");
        assert_eq!(wire.cut(), 1);
        assert!(
            stream.read_to_end(&mut Vec::new()).is_ok_and(|rest| rest > 0),
            "the rest of the answer, then the end"
        );
        assert_eq!(wire.cut(), 0);
        assert_eq!(&ask(&mut connect()).unwrap(), b"HTTP/1.1 200");
        assert_eq!(server.connections(), 2);
        assert!(wire.url().starts_with("http://127.0.0.1:"));
    }
}
