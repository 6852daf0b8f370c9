//! What the server answers.

use serde_json::{Value, json};
use std::time::Duration;

/// One answer, good or bad.
#[derive(Debug, Clone)]
pub struct Reply {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
    pub(super) delay: Duration,
    pub(super) cut_after: Option<usize>,
    pub(super) silent: bool,
    pub(super) hold: Duration,
}

impl Reply {
    /// A JSON body.
    pub fn json(status: u16, body: &Value) -> Self {
        Self::text(status, "application/json", body.to_string())
    }

    /// Any body.
    pub fn text(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: vec![("content-type".into(), content_type.into())],
            body: body.into(),
            delay: Duration::ZERO,
            cut_after: None,
            silent: false,
            hold: Duration::ZERO,
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
        Self { silent: true, ..Self::text(200, "text/plain", "") }
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

    /// Before the connection is dropped by [`Reply::cut_after`] or [`Reply::nothing`], it stays open and silent.
    pub fn hold(mut self, time: Duration) -> Self {
        self.hold = time;
        self
    }

    /// Ends the body early and says so in its length: a whole answer with half its JSON.
    pub fn truncated(mut self, bytes: usize) -> Self {
        self.body.truncate(bytes);
        self
    }

    /// Head and body as they go over the wire.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut head = format!("HTTP/1.1 {} Status\r\n", self.status);
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str(&format!("content-length: {}\r\n\r\n", self.body.len()));
        let sent = self.cut_after.unwrap_or(self.body.len()).min(self.body.len());
        [head.as_bytes(), &self.body[..sent]].concat()
    }

    /// Whether the connection ends with this answer.
    pub(super) fn closes(&self) -> bool {
        self.silent || self.cut_after.is_some()
    }
}
