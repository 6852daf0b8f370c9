//! An API server that says what a test wants, on a real socket.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use super::{Client, Surroundings};
use crate::cli::ConnectionFlags;
use crate::kubeconfig::Kubeconfig;

/// What to answer.
pub(super) struct Reply {
    pub status: u16,
    pub content_type: &'static str,
    pub body: Vec<u8>,
    pub end: End,
}

/// How an answer ends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// Properly; the connection serves further requests.
    Length,
    /// The connection is closed: the end of a watch.
    Close,
    /// Never: nothing more comes, and nobody says so.
    Silence,
}

impl Reply {
    /// A whole answer.
    pub fn json(body: impl Into<String>) -> Self {
        Self {
            status: 200,
            content_type: "application/json",
            body: body.into().into_bytes(),
            end: End::Length,
        }
    }

    /// A refusal.
    pub fn status(code: u16, reason: &str, message: &str) -> Self {
        let body = serde_json::json!({"kind": "Status", "code": code, "reason": reason, "message": message});
        Self { status: code, ..Self::json(body.to_string()) }
    }

    /// The events of a watch.
    pub fn events(events: &[&str], end: End) -> Self {
        Self { end, ..Self::json(events.concat()) }
    }
}

/// The server, and what it was asked.
pub(super) struct FakeServer {
    pub client: Client,
    requests: Arc<Mutex<Vec<String>>>,
}

impl FakeServer {
    /// Answers each request by its number (from 0) and its path with query.
    pub fn start(answer: impl Fn(usize, &str) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = format!("http://{}", listener.local_addr().unwrap());
        let (answer, requests) = (Arc::new(answer), Arc::new(Mutex::new(Vec::new())));
        let seen = Arc::clone(&requests);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (answer, seen) = (Arc::clone(&answer), Arc::clone(&seen));
                thread::spawn(move || serve(&stream.unwrap(), &*answer, &seen));
            }
        });
        let flags = ConnectionFlags { server: Some(server), ..ConnectionFlags::default() };
        let client =
            Client::connect_with(&flags, &Kubeconfig::default(), &Surroundings::with_variables([])).unwrap();
        Self { client, requests }
    }

    /// The paths asked for so far.
    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

fn serve(stream: &TcpStream, answer: &dyn Fn(usize, &str) -> Reply, seen: &Mutex<Vec<String>>) {
    let (mut reader, mut writer) = (BufReader::new(stream), stream);
    loop {
        let mut head = Vec::new();
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line).unwrap_or(0) == 0 {
                return;
            }
            if line.trim().is_empty() {
                break;
            }
            head.push(line);
        }
        let path = head[0].split(' ').nth(1).unwrap().to_owned();
        let number = {
            let mut seen = seen.lock().unwrap();
            seen.push(path.clone());
            seen.len() - 1
        };
        let reply = answer(number, &path);
        let length = match reply.end {
            End::Length => format!("content-length: {}\r\n", reply.body.len()),
            End::Close | End::Silence => "connection: close\r\n".to_owned(),
        };
        let head =
            format!("HTTP/1.1 {} x\r\ncontent-type: {}\r\n{length}\r\n", reply.status, reply.content_type);
        if writer.write_all(head.as_bytes()).and_then(|()| writer.write_all(&reply.body)).is_err() {
            return;
        }
        match reply.end {
            End::Length => {}
            End::Close => return,
            End::Silence => thread::sleep(Duration::from_secs(3600)),
        }
    }
}
