//! A wire that can be cut.

use std::io;
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// Passes every connection on to the API server, until it is cut.
pub struct Proxy {
    port: u16,
    connections: Arc<Mutex<Vec<TcpStream>>>,
}

impl Proxy {
    /// Stands before a server, given as `https://127.0.0.1:PORT`.
    pub fn before(server: &str) -> Self {
        let target = server.trim_start_matches("https://").to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let connections = Arc::new(Mutex::new(Vec::new()));
        let made = Arc::clone(&connections);
        thread::spawn(move || {
            for near in listener.incoming() {
                let (near, far) = (near.unwrap(), TcpStream::connect(&target).unwrap());
                made.lock().unwrap().push(near.try_clone().unwrap());
                pump(near.try_clone().unwrap(), far.try_clone().unwrap());
                pump(far, near);
            }
        });
        Self { port, connections }
    }

    pub fn url(&self) -> String {
        format!("https://127.0.0.1:{}", self.port)
    }

    /// Breaks all connections, and says how many there were. New ones are welcome.
    pub fn cut(&self) -> usize {
        let connections: Vec<_> = self.connections.lock().unwrap().drain(..).collect();
        connections.iter().filter(|connection| connection.shutdown(Shutdown::Both).is_ok()).count()
    }
}

fn pump(mut from: TcpStream, mut to: TcpStream) {
    thread::spawn(move || {
        // Either side may end it; the other must notice.
        let _ = io::copy(&mut from, &mut to);
        let _ = to.shutdown(Shutdown::Both);
    });
}
