//! Answers that are refusals, or not what was asked for.

use http::{HeaderMap, StatusCode, header::CONTENT_TYPE};
use jiff::Timestamp;
use prost::Message;

use super::{Reporter, missing::what_is_there};
use crate::client::retry::retry_after;
use crate::{
    Error,
    error::{ApiStatus, ApiStatusCause, ApiStatusDetails},
};

/// The most of a plain text answer that is shown, as client-go caps it (`maxUnstructuredResponseTextBytes`).
const LONGEST_TEXT: usize = 2048;

/// An answer outside 2xx, read to its end.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Answer<'a> {
    /// The status line's code.
    pub status: StatusCode,
    /// The headers.
    pub headers: &'a HeaderMap,
    /// The body, uncompressed.
    pub body: &'a [u8],
}

impl Reporter {
    /// Returns the failure that an answer outside 2xx stands for, with the server's own sentence where it sent a
    /// `metav1.Status`, else with client-go's for the code (`NewGenericServerResponse`).
    pub fn answer(&self, answer: Answer<'_>) -> Error {
        let page = is_web_page(answer.headers, answer.body);
        let api = read_status(answer.body).unwrap_or_else(|| generic(answer, page));
        let code = if api.code == 0 { answer.status.as_u16() } else { api.code };
        let error = self.refusal(ApiStatus { code, ..api }).with_retry_after(retry_after(answer.headers));
        if error.hint().is_some() {
            return error;
        }
        if page {
            return error.with_hint(format!(
                "a web page is no answer of an API server: a proxy or a login page stands before {}",
                self.host
            ));
        }
        if answer.status.is_redirection() {
            return error
                .with_hint(format!("{} sends elsewhere: is it the address of an API server?", self.host));
        }
        if code == 400 && answer.body.starts_with(b"Client sent an HTTP request to an HTTPS server") {
            return error.with_hint(format!("write https:// before {} in the server's address", self.host));
        }
        error
    }

    /// Words a refusal, with advice where it is about who we are, or about an object that is not there.
    pub fn refusal(&self, api: ApiStatus) -> Error {
        let stranger = api.code == 401 || (api.code == 403 && api.message.contains("\"system:anonymous\""));
        let missing = if api.code == 404 { what_is_there(&api.message) } else { None };
        let error = Error::api(api);
        match missing {
            _ if stranger => error.with_hint(self.identity.advice(Timestamp::now())),
            Some(hint) => error.with_hint(hint),
            None => error,
        }
    }

    /// Words the failure of a 2xx answer that is not the JSON it should be. The body is never shown: it may hold
    /// secrets.
    pub fn not_json(&self, path: &str, headers: &HeaderMap, body: &[u8], error: &serde_json::Error) -> Error {
        if is_web_page(headers, body) {
            return Error::new(format!("{} answered {path} with a web page instead of JSON", self.host))
                .with_hint(format!("a proxy or a login page stands before {}: log in to it", self.host));
        }
        let what = match error.classify() {
            serde_json::error::Category::Eof => "it ends too early",
            serde_json::error::Category::Data => "it has not the expected form",
            serde_json::error::Category::Syntax | serde_json::error::Category::Io => "it is not JSON",
        };
        Error::new(format!(
            "the answer of {} to {path} can't be read: {what} (line {}, column {}, {} bytes in all)",
            self.host,
            error.line(),
            error.column(),
            body.len()
        ))
    }
}

fn is_web_page(headers: &HeaderMap, body: &[u8]) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.starts_with("text/html") || body.trim_ascii_start().starts_with(b"<")
}

fn generic(answer: Answer<'_>, page: bool) -> ApiStatus {
    let code = answer.status.as_u16();
    let text = if page { format!("a web page, {}", answer.status) } else { plain_text(answer) };
    // What the server said, for those codes whose sentence does not quote it.
    let cause = ApiStatusCause {
        reason: "UnexpectedServerResponse".to_owned(),
        message: text.clone(),
        field: String::new(),
    };
    let details = ApiStatusDetails { causes: vec![cause], ..ApiStatusDetails::default() };
    let (reason, message) = match code {
        400 => ("BadRequest", "the server rejected our request for an unknown reason".to_owned()),
        401 => ("Unauthorized", "the server has asked for the client to provide credentials".to_owned()),
        403 => ("Forbidden", text),
        404 => ("NotFound", "the server could not find the requested resource".to_owned()),
        405 => ("MethodNotAllowed", "the server does not allow this method on the requested resource".to_owned()),
        406 if text == "unknown" => (
            "NotAcceptable",
            "the server was unable to respond with a content type that the client supports".to_owned(),
        ),
        406 => ("NotAcceptable", text),
        409 => ("Conflict", "the server reported a conflict".to_owned()),
        415 => ("UnsupportedMediaType", text),
        422 => ("Invalid", "the server rejected our request due to an error in our request".to_owned()),
        429 => (
            "TooManyRequests",
            "the server has received too many requests and has asked us to try again later".to_owned(),
        ),
        503 => ("ServiceUnavailable", "the server is currently unable to handle the request".to_owned()),
        504 => (
            "Timeout",
            "the server was unable to return a response in the time allotted, but may still be processing the request"
                .to_owned(),
        ),
        500.. => (
            "InternalError",
            format!("an error on the server ({text:?}) has prevented the request from succeeding"),
        ),
        _ => (
            "",
            format!("the server responded with the status code {code} but did not return more information"),
        ),
    };
    ApiStatus { code, reason: reason.to_owned(), message, details: Some(details) }
}

/// Returns what a text answer says; anything else is `unknown`, as client-go has it.
fn plain_text(answer: Answer<'_>) -> String {
    let kind = answer.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if kind.is_some_and(|kind| !kind.starts_with("text/")) {
        return "unknown".to_owned();
    }
    let body = &answer.body[..answer.body.len().min(LONGEST_TEXT)];
    String::from_utf8_lossy(body).trim().to_owned()
}

/// Reads a `metav1.Status`, in JSON or in the protobuf envelope that a request for protobuf is refused with.
fn read_status(body: &[u8]) -> Option<ApiStatus> {
    #[derive(serde::Deserialize)]
    struct Kind {
        #[serde(default)]
        kind: String,
    }
    if let Some(envelope) = body.strip_prefix(b"k8s\0") {
        let unknown = Unknown::decode(envelope).ok()?;
        let status = ProtobufStatus::decode(unknown.raw.as_slice()).ok()?;
        let code = u16::try_from(status.code).unwrap_or_default();
        let details = status.details.map(ApiStatusDetails::from);
        return Some(ApiStatus { code, reason: status.reason, message: status.message, details });
    }
    let kind: Kind = serde_json::from_slice(body).ok()?;
    if kind.kind != "Status" { None } else { serde_json::from_slice(body).ok() }
}

/// `runtime.Unknown` (apimachinery's `pkg/runtime/generated.proto`), the envelope of protobuf answers.
#[derive(Clone, PartialEq, Message)]
struct Unknown {
    #[prost(bytes = "vec", tag = "2")]
    raw: Vec<u8>,
}

/// `metav1.Status` (apimachinery's `pkg/apis/meta/v1/generated.proto`), the fields that decide.
#[derive(Clone, PartialEq, Message)]
struct ProtobufStatus {
    #[prost(string, tag = "3")]
    message: String,
    #[prost(string, tag = "4")]
    reason: String,
    #[prost(message, optional, tag = "5")]
    details: Option<ProtobufDetails>,
    #[prost(int32, tag = "6")]
    code: i32,
}

/// `metav1.StatusDetails`, likewise.
#[derive(Clone, PartialEq, Message)]
struct ProtobufDetails {
    #[prost(string, tag = "1")]
    name: String,
    #[prost(string, tag = "3")]
    kind: String,
    #[prost(message, repeated, tag = "4")]
    causes: Vec<ProtobufCause>,
}

/// `metav1.StatusCause`.
#[derive(Clone, PartialEq, Message)]
struct ProtobufCause {
    #[prost(string, tag = "1")]
    reason: String,
    #[prost(string, tag = "2")]
    message: String,
    #[prost(string, tag = "3")]
    field: String,
}

impl From<ProtobufDetails> for ApiStatusDetails {
    fn from(details: ProtobufDetails) -> Self {
        let ProtobufDetails { name, kind, causes } = details;
        let cause = |ProtobufCause { reason, message, field }| ApiStatusCause { reason, message, field };
        Self { name, kind, causes: causes.into_iter().map(cause).collect() }
    }
}
