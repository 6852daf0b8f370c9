//! A server on plain TCP that answers as told and remembers what it was asked.

use std::{
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

/// What to do with one request.
#[derive(Clone)]
pub enum Reply {
    /// Status line and headers as given (`200 OK\r\nX: y`), then the body with its length.
    Answer(&'static str, &'static str),
    /// A body that claims to be longer than it is.
    CutShort(&'static str),
    /// These bytes and no more.
    Raw(&'static [u8]),
    /// Nothing for this long, then the end.
    Silence(Duration),
    /// The headers at once, then nothing for this long.
    Stall(Duration),
    /// A body in pieces with pauses in between.
    Drip(&'static [&'static str], Duration),
    /// The end of the connection.
    Close,
}

/// The head of a request, as it came.
#[derive(Clone, Debug)]
pub struct Asked {
    pub line: String,
    pub headers: Vec<(String, String)>,
}

impl Asked {
    pub fn header(&self, name: &str) -> Vec<&str> {
        self.headers
            .iter()
            .filter(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
            .collect()
    }
}

pub struct FakeServer {
    pub port: u16,
    asked: Arc<Mutex<Vec<Asked>>>,
}

/// One request of a stream, body skipped; `None` at its end.
pub fn read_request(stream: &mut impl BufRead) -> Option<Asked> {
    let mut line = String::new();
    if stream.read_line(&mut line).ok()? == 0 {
        return None;
    }
    let mut headers = Vec::new();
    loop {
        let mut header = String::new();
        stream.read_line(&mut header).ok()?;
        let Some((name, value)) = header.trim().split_once(": ") else { break };
        headers.push((name.to_owned(), value.to_owned()));
    }
    let asked = Asked { line: line.trim().to_owned(), headers };
    let length = asked.header("content-length").first().map_or(0, |length| length.parse().unwrap());
    stream.read_exact(&mut vec![0; length]).ok()?;
    Some(asked)
}

impl FakeServer {
    /// Answers the n-th request with the n-th reply, and all after the last one with the last one.
    pub fn start(replies: Vec<Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let shared = Arc::clone(&asked);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(|stream| stream.ok()) {
                let (asked, replies) = (Arc::clone(&shared), replies.clone());
                thread::spawn(move || serve(stream, &asked, &replies));
            }
        });
        Self { port, asked }
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

fn serve(mut stream: TcpStream, asked: &Mutex<Vec<Asked>>, replies: &[Reply]) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    while let Some(request) = read_request(&mut reader) {
        let position = {
            let mut asked = asked.lock().unwrap();
            asked.push(request);
            asked.len().min(replies.len()) - 1
        };
        // A client that went away is not this server's business.
        let _ = match &replies[position] {
            Reply::Answer(head, body) => {
                write!(stream, "HTTP/1.1 {head}\r\nContent-Length: {}\r\n\r\n{body}", body.len())
            }
            Reply::CutShort(body) => {
                let _ = write!(
                    stream,
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{body}"
                );
                return;
            }
            Reply::Raw(bytes) => {
                let _ = stream.write_all(bytes);
                return;
            }
            Reply::Silence(pause) => {
                thread::sleep(*pause);
                return;
            }
            Reply::Stall(pause) => {
                let _ = write!(
                    stream,
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{{"
                );
                thread::sleep(*pause);
                return;
            }
            Reply::Drip(pieces, pause) => {
                let length: usize = pieces.iter().map(|piece| piece.len()).sum();
                let _ = write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n");
                for piece in *pieces {
                    thread::sleep(*pause);
                    let _ = stream.write_all(piece.as_bytes());
                }
                Ok(())
            }
            Reply::Close => return,
        };
    }
}
