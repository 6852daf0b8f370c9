//! A small client of the API server: JSON in, JSON out, no retries, no caches. Tests set up with it what the code
//! under test then reads through its own client.

mod path;
mod wait;

pub use path::{collection, object};
pub use wait::{LIMIT, is_true};

use crate::certificates::Identity;
use crate::error::{Context, Error, Result};
use serde_json::Value;
use std::time::Duration;
use ureq::http::{Request, Response};
use ureq::tls::{Certificate, ClientCert, PrivateKey, RootCerts, TlsConfig};
use ureq::{Agent, Body};

/// No answer takes longer on a healthy server; a watch has a limit of its own.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

/// Speaks to the API server as one user.
#[derive(Debug, Clone)]
pub struct Api {
    agent: Agent,
    server: String,
}

/// What the server said, whatever it said.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body; null when it is not JSON.
    pub body: Value,
}

impl Api {
    /// Speaks to `server` as the owner of `identity`, trusting only `authority` (PEM).
    pub(crate) fn new(server: &str, authority: &str, identity: &Identity) -> Result<Self> {
        let unreadable = || "cannot read a certificate".to_owned();
        let root = Certificate::from_pem(authority.as_bytes()).context(unreadable)?;
        let certificate = Certificate::from_pem(identity.certificate.as_bytes()).context(unreadable)?;
        let key = PrivateKey::from_pem(identity.key.as_bytes()).context(unreadable)?;
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::new_with_certs(&[root]))
            .client_cert(Some(ClientCert::new_with_certs(&[certificate], key)))
            .build();
        let agent = Agent::config_builder()
            .tls_config(tls)
            .http_status_as_error(false)
            .proxy(None)
            .max_redirects(0)
            .user_agent("cluster")
            .build()
            .new_agent();
        Ok(Self { agent, server: server.to_owned() })
    }

    /// Any request. `content_type` matters for PATCH only, and is JSON otherwise.
    pub fn request(
        &self,
        method: &str,
        path: &str,
        content_type: Option<&str>,
        body: Option<&Value>,
    ) -> Result<Answer> {
        let mut response = self.send(method, path, content_type, body, REQUEST_TIMEOUT)?;
        let text = response
            .body_mut()
            .with_config()
            .limit(1 << 30)
            .read_to_vec()
            .context(|| format!("the answer to {method} {path} broke off"))?;
        Ok(Answer {
            status: response.status().as_u16(),
            body: serde_json::from_slice(&text).unwrap_or(Value::Null),
        })
    }

    fn send(
        &self,
        method: &str,
        path: &str,
        content_type: Option<&str>,
        body: Option<&Value>,
        timeout: Duration,
    ) -> Result<Response<Body>> {
        let failed = || format!("{method} {path} failed");
        let request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.server))
            .header("accept", "application/json");
        let sent = match body {
            Some(body) => {
                let content_type = content_type.unwrap_or("application/json");
                let request =
                    request.header("content-type", content_type).body(body.to_string()).context(failed)?;
                let request = self.agent.configure_request(request).timeout_global(Some(timeout)).build();
                self.agent.run(request)
            }
            None => {
                let request = request.body(()).context(failed)?;
                let request = self.agent.configure_request(request).timeout_global(Some(timeout)).build();
                self.agent.run(request)
            }
        };
        sent.context(failed)
    }

    /// GET; an error unless the status is 2xx.
    pub fn get(&self, path: &str) -> Result<Value> {
        self.expect_success("GET", path, None, None)
    }

    /// POSTs an object to the collection that its `apiVersion`, `kind` and namespace name.
    pub fn create(&self, object: &Value) -> Result<Value> {
        self.expect_success("POST", &collection(object)?, None, Some(object))
    }

    /// POSTs each object in turn.
    pub fn create_all(&self, objects: &[Value]) -> Result<()> {
        objects.iter().try_for_each(|object| self.create(object).map(drop))
    }

    /// PATCHes by JSON merge patch (RFC 7386). `path` may end in `/status` or another subresource.
    pub fn merge_patch(&self, path: &str, patch: &Value) -> Result<Value> {
        self.expect_success("PATCH", path, Some("application/merge-patch+json"), Some(patch))
    }

    /// DELETEs what `path` names. It may still be there afterwards, see [`Api::wait_until_gone`].
    pub fn delete(&self, path: &str) -> Result<Value> {
        self.expect_success("DELETE", path, None, None)
    }

    fn expect_success(
        &self,
        method: &str,
        path: &str,
        content_type: Option<&str>,
        body: Option<&Value>,
    ) -> Result<Value> {
        let answer = self.request(method, path, content_type, body)?;
        if (200..300).contains(&answer.status) {
            return Ok(answer.body);
        }
        let message = answer.body["message"].as_str().unwrap_or("no message");
        Err(Error::new(format!("{method} {path} was answered with {}: {message}", answer.status)))
    }
}
