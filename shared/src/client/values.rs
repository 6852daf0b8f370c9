//! Lists of kinds without a slim struct: whole objects as JSON, or only their metadata.

use std::fmt::Write as _;

use http::{HeaderValue, Method, header::CONTENT_TYPE};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use super::{
    Client, ListOptions,
    list::{Counter, PAGE_SIZE, get_request},
};
use crate::{
    Error, Result,
    model::{ListMeta, ObjectMeta, path_segment},
};

/// Only metadata is asked for, and only metadata leaves the server: the way to look at Secrets without seeing them
/// (<https://kubernetes.io/docs/reference/using-api/api-concepts/#metadata-only-fetches>).
const METADATA_ONLY: &str = "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io";

/// The same of one object.
const METADATA_OF_ONE: &str = "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io";

#[derive(Deserialize)]
#[serde(bound = "T: DeserializeOwned")]
struct Page<T> {
    #[serde(default)]
    metadata: ListMeta,
    /// The server writes `null` for an empty list of some kinds, such as ControllerRevisions.
    items: Option<Vec<T>>,
}

#[derive(Deserialize)]
struct Partial {
    #[serde(default)]
    metadata: ObjectMeta,
}

impl Client {
    /// Lists the objects below a path (`/apis/apps/v1/namespaces/x/deployments`) page by page, as JSON. Items of a
    /// list do not say what they are: `apiVersion` and `kind` are missing.
    ///
    /// # Errors
    /// What [`Client::request`] reports; an answer that is no list.
    pub async fn list_values(&self, path: &str, options: &ListOptions) -> Result<Vec<Value>> {
        self.pages(path, options, "application/json").await
    }

    /// Lists the metadata of the objects below a path, of which the server sends nothing else.
    ///
    /// # Errors
    /// As [`Client::list_values`].
    pub async fn list_metadata(&self, path: &str, options: &ListOptions) -> Result<Vec<ObjectMeta>> {
        let partial: Vec<Partial> = self.pages(path, options, METADATA_ONLY).await?;
        Ok(partial.into_iter().map(|one| one.metadata).collect())
    }

    /// Reads the metadata of an object, of which the server sends nothing else: its kind is [`PARTIAL_OBJECT`](crate::model::kind::PARTIAL_OBJECT).
    ///
    /// # Errors
    /// What [`Client::request`] reports; an answer that is no object.
    pub async fn get_metadata(&self, path: &str) -> Result<Value> {
        self.receive_json(get_request(path, METADATA_OF_ONE)?).await
    }

    /// Sends a JSON merge patch, and reads the metadata of the object alone.
    ///
    /// # Errors
    /// As [`Client::get_metadata`].
    pub async fn patch_and_get_metadata(&self, path: &str, patch: &Value) -> Result<Value> {
        let mut request = get_request(path, METADATA_OF_ONE)?;
        *request.method_mut() = Method::PATCH;
        let kind = HeaderValue::from_static("application/merge-patch+json");
        request.headers_mut().insert(CONTENT_TYPE, kind);
        *request.body_mut() = patch.to_string().into_bytes();
        self.receive_json(request).await
    }

    /// Reads all pages. A list that the server forgot in between (410) is read once more, in one piece.
    async fn pages<T: DeserializeOwned>(
        &self,
        path: &str,
        options: &ListOptions,
        accept: &'static str,
    ) -> Result<Vec<T>> {
        let selected = options.query();
        let plural = path.rsplit('/').next().unwrap_or(path);
        let mut count = Counter::new(self.stderr.progress(format!("listing {plural}")));
        let (mut all, mut limit, mut token) = (Vec::new(), PAGE_SIZE, String::new());
        loop {
            let mut uri = format!("{path}?limit={limit}{selected}");
            if !token.is_empty() {
                // Writing to a String cannot fail.
                let _ = write!(uri, "&continue={}", path_segment(&token));
            }
            let response = match self.request(get_request(&uri, accept)?).await {
                Err(error) if error.is_api(410) && limit > 0 => {
                    (limit, token) = (0, String::new());
                    all.clear();
                    count.restart();
                    continue;
                }
                outcome => outcome?,
            };
            let page: Page<T> = serde_json::from_slice(response.body())
                .map_err(|error| Error::new(format!("{path} was answered with what is no list: {error}")))?;
            let items = page.items.unwrap_or_default();
            count.page(items.len(), &page.metadata);
            all.extend(items);
            token = page.metadata.continue_token;
            if token.is_empty() {
                return Ok(all);
            }
        }
    }
}
