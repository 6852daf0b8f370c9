//! A real API server with faults: everything passes through, but for the requests that a test wants answered otherwise.

use super::{Reply, Request, connection::write, lock};
use crate::wire::relay;
use std::io::{BufReader, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

/// How long requests wait for one another.
const LIMIT: Duration = Duration::from_secs(30);

/// Stands before a cluster's API server, as its administrator and without encryption. It stops when dropped.
#[derive(Debug)]
pub struct FaultProxy {
    address: SocketAddr,
    shared: Arc<Shared>,
    kubectl: Child,
}

#[derive(Debug, Default)]
struct Shared {
    faults: Mutex<Vec<Fault>>,
    lost: Mutex<Vec<Lost>>,
    connections: Mutex<Vec<TcpStream>>,
    seen: Mutex<Vec<String>>,
    gatherings: Mutex<Vec<Gathering>>,
    gathered: Condvar,
    is_down: AtomicBool,
    stopped: AtomicBool,
}

/// Replies to requests of a method whose path ends so, one each; once they are used up, the requests pass.
#[derive(Debug)]
struct Fault {
    method: String,
    ending: String,
    replies: std::vec::IntoIter<Reply>,
}

/// Requests of a method whose path ends so, which the server answers and nobody hears.
#[derive(Debug)]
struct Lost {
    method: String,
    ending: String,
    left: usize,
}

/// Requests whose paths end so, none of which is answered before all have arrived.
#[derive(Debug)]
struct Gathering {
    awaited: Vec<String>,
}

impl FaultProxy {
    /// Begins, with `kubectl proxy` behind it.
    ///
    /// # Panics
    ///
    /// When kubectl can't be started or no port can be had.
    pub fn of(cluster: &cluster::Cluster) -> Self {
        let mut kubectl: Command = cluster.kubectl_command();
        kubectl.args(["proxy", "--port=0"]).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut kubectl = kubectl.spawn().expect("kubectl proxy");
        let mut line = String::new();
        let stdout = kubectl.stdout.take().expect("its output");
        std::io::BufRead::read_line(&mut BufReader::new(stdout), &mut line).expect("its first line");
        let port: u16 = line.trim().rsplit(':').next().and_then(|port| port.parse().ok()).expect("its port");
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let address = listener.local_addr().expect("the address of a proxy");
        let shared = Arc::new(Shared::default());
        let accepting = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if accepting.stopped.load(Ordering::SeqCst) {
                    return;
                }
                if accepting.is_down.load(Ordering::SeqCst) {
                    continue;
                }
                if let Ok(known) = stream.try_clone() {
                    lock(&accepting.connections).push(known);
                }
                let shared = Arc::clone(&accepting);
                thread::spawn(move || serve(stream, port, &shared));
            }
        });
        Self { address, shared, kubectl }
    }

    /// `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Answers the next requests of this method whose path ends so with these replies, one each.
    pub fn answer(&self, method: &str, ending: &str, replies: impl IntoIterator<Item = Reply>) {
        let replies: Vec<_> = replies.into_iter().collect();
        let (method, ending) = (method.to_owned(), ending.to_owned());
        lock(&self.shared.faults).push(Fault { method, ending, replies: replies.into_iter() });
    }

    /// Passes on the next `count` requests of this method whose path ends so, and cuts their connections when the server
    /// answers.
    pub fn lose_answers(&self, method: &str, ending: &str, count: usize) {
        let (method, ending) = (method.to_owned(), ending.to_owned());
        lock(&self.shared.lost).push(Lost { method, ending, left: count });
    }

    /// Answers the next requests whose paths end so only once all of them have arrived, which those that wait for the
    /// answer to another never do. What has several of these endings counts for the first that is awaited.
    pub fn gather(&self, endings: &[&str]) {
        let awaited = endings.iter().map(|ending| (*ending).to_owned()).collect();
        lock(&self.shared.gatherings).push(Gathering { awaited });
    }

    /// The paths of all requests, in the order in which they came.
    pub fn seen(&self) -> Vec<String> {
        lock(&self.shared.seen).clone()
    }

    /// How many of the faults have not happened.
    pub fn unused(&self) -> usize {
        let lost: usize = lock(&self.shared.lost).iter().map(|lost| lost.left).sum();
        lock(&self.shared.faults).iter().map(|fault| fault.replies.len()).sum::<usize>() + lost
    }

    /// Breaks all connections, and refuses new ones until it is up again, as a server that restarts does.
    pub fn set_down(&self, is_down: bool) {
        self.shared.is_down.store(is_down, Ordering::SeqCst);
        if is_down {
            self.cut();
        }
    }

    /// Breaks all connections. New ones are welcome.
    pub fn cut(&self) {
        for connection in lock(&self.shared.connections).drain(..) {
            // It may have ended by itself.
            let _ = connection.shutdown(Shutdown::Both);
        }
    }
}

impl Drop for FaultProxy {
    fn drop(&mut self) {
        self.shared.stopped.store(true, Ordering::SeqCst);
        // Wakes the thread that accepts; failing, there is none.
        let _ = TcpStream::connect(self.address);
        let _ = self.kubectl.kill();
        let _ = self.kubectl.wait();
    }
}

/// Answers or passes on one request, and whatever comes back; then the connection ends.
fn serve(near: TcpStream, port: u16, shared: &Shared) {
    let _ = near.set_nodelay(true);
    let Ok(reading) = near.try_clone() else { return };
    let mut reader = BufReader::new(reading);
    while let Ok(Some(request)) = Request::read(&mut reader) {
        lock(&shared.seen).push(request.path.clone());
        if !shared.gathers(&request) {
            let _ = near.shutdown(Shutdown::Both);
            return;
        }
        if let Some(reply) = shared.reply_to(&request) {
            thread::sleep(reply.delay);
            let mut near = &near;
            if write(&mut near, &reply).is_err() || reply.closes() {
                let _ = near.shutdown(Shutdown::Both);
                return;
            }
            continue;
        }
        let Ok(mut far) = TcpStream::connect((Ipv4Addr::LOCALHOST, port)) else { return };
        if far.write_all(&passed_on(&request)).is_ok() {
            if shared.loses(&request) {
                // The first byte of an answer: what was asked for is done.
                let _ = far.read(&mut [0]);
                let _ = near.shutdown(Shutdown::Both);
                return;
            }
            relay(near, far);
        }
        return;
    }
}

/// The request as the server gets it: the answer is to be the last on its connection, so that its end needs no search.
fn passed_on(request: &Request) -> Vec<u8> {
    let mut head = format!("{}\r\n", request.line);
    for (name, value) in request.headers.iter().filter(|(name, _)| name != "connection") {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("connection: close\r\n\r\n");
    [head.into_bytes(), request.body.clone()].concat()
}

impl Shared {
    /// Waits for the requests that are gathered with this one. Whether they came.
    fn gathers(&self, request: &Request) -> bool {
        let mut gatherings = lock(&self.gatherings);
        let awaits = |gathering: &Gathering| {
            gathering.awaited.iter().position(|ending| request.path.ends_with(ending.as_str()))
        };
        let found = gatherings.iter().enumerate().find_map(|(number, one)| Some((number, awaits(one)?)));
        let Some((number, position)) = found else { return true };
        gatherings[number].awaited.remove(position);
        self.gathered.notify_all();
        let waited =
            self.gathered.wait_timeout_while(gatherings, LIMIT, |all| !all[number].awaited.is_empty());
        waited.is_ok_and(|(_, timeout)| !timeout.timed_out())
    }

    fn loses(&self, request: &Request) -> bool {
        let mut lost = lock(&self.lost);
        let matching = |lost: &&mut Lost| {
            lost.left > 0 && lost.method == request.method && request.path.ends_with(&lost.ending)
        };
        lost.iter_mut().find(matching).map(|lost| lost.left -= 1).is_some()
    }

    fn reply_to(&self, request: &Request) -> Option<Reply> {
        let mut faults = lock(&self.faults);
        let matching = faults
            .iter_mut()
            .filter(|fault| fault.method == request.method && request.path.ends_with(&fault.ending));
        matching.filter_map(|fault| fault.replies.next()).next()
    }
}
