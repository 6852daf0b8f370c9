//! What the server answers.

use serde_json::{Value, json};
use std::time::Duration;

/// One answer, good or bad.
#[derive(Debug, Clone)]
pub struct Reply {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
    pub(super) head: Head,
    pub(super) delay: Duration,
    pub(super) cut_after: Option<usize>,
    pub(super) pieces: Option<(usize, Duration)>,
    pub(super) hold: Duration,
    pub(super) tunnel: Option<u16>,
}

/// What stands before the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Head {
    /// Status and headers, which announce the length of the body.
    WithLength,
    /// Status and headers: the end of the connection is the end of the body.
    WithoutLength,
    /// Nothing.
    Missing,
}

impl Reply {
    /// A JSON body.
    pub fn json(status: u16, body: &Value) -> Self {
        Self::text(status, "application/json", body.to_string())
    }

    /// Any body.
    pub fn text(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { body: body.into(), ..Self::empty(status).header("content-type", content_type) }
    }

    /// No body, and no content type.
    pub fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Vec::new(),
            head: Head::WithLength,
            delay: Duration::ZERO,
            cut_after: None,
            pieces: None,
            hold: Duration::ZERO,
            tunnel: None,
        }
    }

    /// A failure as the API server words it: kind `Status`, with a reason and a message.
    pub fn status(status: u16, reason: &str, message: &str) -> Self {
        Self::json(
            status,
            &json!({
                "kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure",
                "message": message, "reason": reason, "code": status,
            }),
        )
    }

    /// What a list gets when its `continue` is too old: 410 Gone, reason Expired.
    pub fn expired() -> Self {
        Self::status(
            410,
            "Expired",
            "The provided continue parameter is too old to display a consistent list result.",
        )
    }

    /// One page of a list. `next` becomes `metadata.continue`; the last page has none.
    pub fn page(kind: &str, items: &[Value], next: Option<&str>) -> Self {
        let mut metadata = json!({"resourceVersion": "1"});
        if let Some(next) = next {
            metadata["continue"] = json!(next);
        }
        Self::json(200, &json!({"kind": kind, "apiVersion": "v1", "metadata": metadata, "items": items}))
    }

    /// The connection is closed without an answer.
    pub fn nothing() -> Self {
        Self::raw("")
    }

    /// These bytes instead of HTTP; then the connection is closed.
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self { head: Head::Missing, body: bytes.into(), ..Self::empty(200) }
    }

    /// The answer of a proxy to CONNECT: 200, and from then on everything is passed on to this port of the loopback
    /// interface, whatever host was asked for. Only without encryption.
    pub fn tunnel(port: u16) -> Self {
        Self { tunnel: Some(port), head: Head::WithoutLength, ..Self::empty(200) }
    }

    /// One more header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Waits before it answers.
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Announces the whole body, sends this many bytes of it, and drops the connection.
    pub fn cut_after(mut self, bytes: usize) -> Self {
        self.cut_after = Some(bytes);
        self
    }

    /// Announces no length: the end of the connection ends the body, as it ends a watch.
    pub fn without_length(mut self) -> Self {
        self.head = Head::WithoutLength;
        self.header("connection", "close")
    }

    /// Sends the body in pieces of this many bytes, with a pause before each.
    pub fn in_pieces_of(mut self, bytes: usize, pause: Duration) -> Self {
        self.pieces = Some((bytes, pause));
        self
    }

    /// Where the connection ends with the answer ([`Reply::nothing`], [`Reply::cut_after`],
    /// [`Reply::without_length`], [`Reply::raw`]), it first stays open and silent for this long.
    pub fn hold(mut self, time: Duration) -> Self {
        self.hold = time;
        self
    }

    /// Ends the body early and says so in its length: a whole answer with half its JSON.
    pub fn truncated(mut self, bytes: usize) -> Self {
        self.body.truncate(bytes);
        self
    }

    /// What goes over the wire, and the pause before each further part.
    pub(super) fn parts(&self) -> (Vec<u8>, impl Iterator<Item = &[u8]>, Duration) {
        let sent = &self.body[..self.cut_after.unwrap_or(self.body.len()).min(self.body.len())];
        let (length, pause) = self.pieces.unwrap_or((1, Duration::ZERO));
        let (with_head, later) = if self.pieces.is_some() { (&sent[..0], sent) } else { (sent, &sent[..0]) };
        ([self.head().as_bytes(), with_head].concat(), later.chunks(length), pause)
    }

    fn head(&self) -> String {
        let mut head = format!("HTTP/1.1 {} Status\r\n", self.status);
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        match self.head {
            Head::WithLength => head + &format!("content-length: {}\r\n\r\n", self.body.len()),
            Head::WithoutLength => head + "\r\n",
            Head::Missing => String::new(),
        }
    }

    /// Whether the connection ends with this answer.
    pub(super) fn closes(&self) -> bool {
        self.head != Head::WithLength || self.cut_after.is_some()
    }
}
