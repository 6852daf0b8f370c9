//! A request as it arrived.

use std::io::{self, BufRead};

/// No request of ours has a longer head.
const LONGEST_HEAD: usize = 64 * 1024;

/// One request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The first line as it came, `GET /path?query HTTP/1.1`.
    pub line: String,
    /// `GET`, …
    pub method: String,
    /// The path without the query.
    pub path: String,
    /// What stands after `?`, or nothing.
    pub query: String,
    /// All headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Request {
    /// The first header of a name, which is given in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// All headers of a name, which is given in lower case, in the order in which they came.
    pub fn headers_named(&self, name: &str) -> Vec<&str> {
        self.headers.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str()).collect()
    }

    /// The path with its query.
    pub fn target(&self) -> &str {
        self.line.split(' ').nth(1).unwrap_or_default()
    }

    /// Reads the next request of a connection. None when the client closed it; an error of kind
    /// [`io::ErrorKind::InvalidData`] when its first line is not HTTP/1.
    ///
    /// # Errors
    ///
    /// When the connection breaks off, or what comes is not HTTP/1.
    pub fn read(stream: &mut impl BufRead) -> io::Result<Option<Self>> {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            if head.len() > LONGEST_HEAD {
                return Err(io::Error::other("a request without an end of its head"));
            }
            if stream.read_until(b'\n', &mut head)? == 0 {
                return if head.is_empty() { Ok(None) } else { Err(io::ErrorKind::UnexpectedEof.into()) };
            }
            // Whoever speaks something else waits for an answer now, and sends no empty line.
            if first_line(&head).is_none() {
                return Err(io::Error::new(io::ErrorKind::InvalidData, "this is not HTTP/1"));
            }
        }
        let mut headers = [httparse::EMPTY_HEADER; 64];
        let mut parsed = httparse::Request::new(&mut headers);
        parsed.parse(&head).map_err(io::Error::other)?;
        let target = parsed.path.unwrap_or_default();
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let mut request = Self {
            line: first_line(&head).unwrap_or_default().to_owned(),
            method: parsed.method.unwrap_or_default().to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            headers: parsed
                .headers
                .iter()
                .map(|header| (header.name.to_lowercase(), text(header.value)))
                .collect(),
            body: Vec::new(),
        };
        let length = request.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
        request.body = vec![0; length];
        stream.read_exact(&mut request.body)?;
        Ok(Some(request))
    }
}

/// The first line of a head, if it is one of HTTP/1.
fn first_line(head: &[u8]) -> Option<&str> {
    let line = std::str::from_utf8(head).ok()?.split("\r\n").next()?;
    let (_, version) = line.rsplit_once(' ')?;
    version.starts_with("HTTP/1.").then_some(line)
}
