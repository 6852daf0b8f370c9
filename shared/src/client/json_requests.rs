//! Writes as JSON: each is sent once, whatever happens, since the server may have carried it out.

use http::{
    Method, Request,
    header::{ACCEPT, CONTENT_TYPE},
};
use serde::{Serialize, de::DeserializeOwned};

use super::Client;
use crate::{Error, Result};

const JSON: &str = "application/json";

impl Client {
    /// Posts a body, such as an object to create or a review, and reads the answer. The path may carry a query.
    ///
    /// # Errors
    /// What [`Client::request`] reports, the server's refusal among it; and an answer of another form.
    pub async fn post_json<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<T> {
        self.send_json(Method::POST, path, JSON, body).await
    }

    /// Puts an object in the place of another and reads the answer. One that names a `resourceVersion` is refused
    /// (409) where the object was changed since.
    ///
    /// # Errors
    /// As [`Client::post_json`].
    pub async fn put_json<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<T> {
        self.send_json(Method::PUT, path, JSON, body).await
    }

    /// Sends a JSON merge patch (RFC 7386) and reads the answer. Other patches are typed: [`super::Objects::patch`].
    ///
    /// # Errors
    /// As [`Client::post_json`].
    pub async fn patch_json<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<T> {
        self.send_json(Method::PATCH, path, "application/merge-patch+json", body).await
    }

    /// Applies the fields of an object for the field manager that the path's query names, and reads the answer: JSON is YAML,
    /// too. The server refuses with 409 and causes `FieldManagerConflict` where others have other values and the query lacks
    /// `force=true`.
    ///
    /// # Errors
    /// As [`Client::post_json`].
    pub async fn apply_json<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<T> {
        self.send_json(Method::PATCH, path, "application/apply-patch+yaml", body).await
    }

    /// Deletes an object with `DeleteOptions` as the body and reads the answer: the object, or a `Status`.
    ///
    /// # Errors
    /// As [`Client::post_json`].
    pub async fn delete_json<T: DeserializeOwned>(&self, path: &str, options: &impl Serialize) -> Result<T> {
        self.send_json(Method::DELETE, path, JSON, options).await
    }

    async fn send_json<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        content_type: &str,
        body: &impl Serialize,
    ) -> Result<T> {
        let body = serde_json::to_vec(body)
            .map_err(|error| Error::new(format!("the body for {path} can't be written as JSON: {error}")))?;
        let request =
            Request::builder().method(method).uri(path).header(CONTENT_TYPE, content_type).body(body);
        self.receive_json(request.map_err(|error| super::not_a_path(path, &error))?).await
    }

    /// Sends a request and reads the JSON of its answer.
    pub(super) async fn receive_json<T: DeserializeOwned>(&self, mut request: Request<Vec<u8>>) -> Result<T> {
        request.headers_mut().entry(ACCEPT).or_insert(http::HeaderValue::from_static(JSON));
        let path = request.uri().path().to_owned();
        let response = self.request(request).await?;
        serde_json::from_slice(response.body())
            .map_err(|error| self.facts.reporter.not_json(&path, response.headers(), response.body(), &error))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use support::Reply;

    use crate::client::scripted::Scripted;

    #[tokio::test]
    async fn a_write_is_sent_as_json_and_its_answer_is_read() {
        let scripted = Scripted::new([Reply::json(200, &json!({"kind": "Answer"}))]);
        let client = &scripted.client;
        let body = json!({"kind": "Asked"});
        let answers: [Value; 5] = [
            client.post_json("/apis/g/v1/reviews?dryRun=All", &body).await.unwrap(),
            client.put_json("/apis/g/v1/things/a", &body).await.unwrap(),
            client.patch_json("/apis/g/v1/things/a", &body).await.unwrap(),
            client.apply_json("/apis/g/v1/things/a?fieldManager=m", &body).await.unwrap(),
            client.delete_json("/apis/g/v1/things/a", &body).await.unwrap(),
        ];
        assert!(answers.iter().all(|answer| answer["kind"] == "Answer"));
        let requests = scripted.server.requests();
        let seen: Vec<_> = requests
            .iter()
            .map(|request| {
                assert_eq!(serde_json::from_slice::<Value>(&request.body).unwrap(), body);
                assert_eq!(request.header("accept"), Some("application/json"));
                (request.method.as_str(), request.target(), request.header("content-type").unwrap())
            })
            .collect();
        assert_eq!(
            seen,
            [
                ("POST", "/apis/g/v1/reviews?dryRun=All", "application/json"),
                ("PUT", "/apis/g/v1/things/a", "application/json"),
                ("PATCH", "/apis/g/v1/things/a", "application/merge-patch+json"),
                ("PATCH", "/apis/g/v1/things/a?fieldManager=m", "application/apply-patch+yaml"),
                ("DELETE", "/apis/g/v1/things/a", "application/json"),
            ]
        );
    }

    #[tokio::test]
    async fn an_answer_that_is_no_json_is_an_error_without_its_text() {
        let scripted = Scripted::new([Reply::text(200, "application/json", "{\"secret\"")]);
        let error =
            scripted.client.post_json::<Value>("/api/v1/x", &json!({})).await.unwrap_err().to_string();
        assert!(error.contains("can't be read: it ends too early") && !error.contains("secret"), "{error}");
    }
}
