//! Questions to the API server that are posted and answered, but stored nowhere.

use super::Client;
use crate::{Error, Result};
use http::{
    Request,
    header::{ACCEPT, CONTENT_TYPE},
};
use serde::de::DeserializeOwned;

/// Posts a review and reads its answer.
///
/// # Errors
/// As [`Client::request`], and an answer that is no such review.
pub async fn ask<T: DeserializeOwned>(client: &Client, path: &str, body: &str) -> Result<T> {
    let request = Request::post(path)
        .header(CONTENT_TYPE, "application/json")
        .header(ACCEPT, "application/json")
        .body(body.as_bytes().to_vec())
        .map_err(|error| Error::new(format!("{path} is not a path that can be asked for: {error}")))?;
    let response = client.request(request).await?;
    serde_json::from_slice(response.body())
        .map_err(|error| Error::new(format!("the server's answer to POST {path} can't be read: {error}")))
}
