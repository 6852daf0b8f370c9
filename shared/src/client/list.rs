//! Lists in pages, and single objects.

use std::fmt::Write;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE};

use super::Client;
use crate::model::Namespace;
use crate::model::{
    Encoding, List, ListMeta, Resource, continue_token, decode_list, decode_object, list_path, object_path,
    path_segment,
};
use crate::output::Progress;
use crate::selector::{FieldSelector, LabelSelector};
use crate::{Error, Result};

/// Objects a page, as kubectl's `--chunk-size`.
pub(super) const PAGE_SIZE: usize = 500;

/// Which namespaces a list covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The whole cluster; also for kinds that have no namespace.
    All,
    /// One namespace.
    Namespace(String),
}

impl Scope {
    /// Returns the namespace, if it is one.
    pub fn namespace(&self) -> Option<&str> {
        match self {
            Self::All => None,
            Self::Namespace(namespace) => Some(namespace),
        }
    }
}

/// What of a list is wanted; all of it by default. The server selects.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListOptions {
    /// As kubectl's `-l`.
    pub label_selector: Option<String>,
    /// As kubectl's `--field-selector`.
    pub field_selector: Option<String>,
}

impl ListOptions {
    /// Returns the options as query parameters, each with a leading `&`.
    pub(super) fn query(&self) -> String {
        let mut query = String::new();
        for (key, value) in [("labelSelector", &self.label_selector), ("fieldSelector", &self.field_selector)]
        {
            if let Some(value) = value.as_deref().filter(|value| !value.is_empty()) {
                // Writing to a String cannot fail.
                let _ = write!(query, "&{key}={}", path_segment(value));
            }
        }
        query
    }

    /// Says how selectors are written where the server can't read one.
    fn explain(&self, error: Error) -> Error {
        match (&self.label_selector, &self.field_selector) {
            _ if !error.is_api(400) => error,
            (Some(_), _) => error.with_hint(LabelSelector::SYNTAX),
            (None, Some(_)) => error.with_hint(FieldSelector::SYNTAX),
            (None, None) => error,
        }
    }
}

/// What a list hands to its reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page<K> {
    /// The next objects, in the server's order (by namespace, then name).
    Items(Vec<K>),
    /// The list starts over, since the server no longer had the state it began with (410): forget
    /// everything handed over so far.
    Restart,
}

impl Client {
    /// Lists a kind page by page. Each page goes to `read` and is forgotten here, so a list of any size
    /// takes the memory of two pages, while the server already works on the next.
    ///
    /// The pages show one state of the cluster, the one at the returned `resource_version`. A list that
    /// takes so long that the server forgets that state starts over, first in pages, then as a whole, as
    /// client-go's pager does; `read` is told by [`Page::Restart`].
    ///
    /// # Errors
    ///
    /// What [`Client::request`] reports: a refusal with the server's sentence ([`Error::is_api`] 403 for
    /// a forbidden list, never an empty one). An answer that is no list of this kind.
    pub async fn list<K: Resource>(
        &self,
        scope: &Scope,
        options: &ListOptions,
        mut read: impl FnMut(Page<K>),
    ) -> Result<ListMeta> {
        let query = options.query();
        let mut count = Counter::new(self.stderr.progress(format!("listing {}", K::PLURAL)));
        let mut restarts = 0;
        loop {
            let limit = if restarts < 2 { PAGE_SIZE } else { 0 };
            let read_counted = |page: List<K>| {
                count.page(page.items.len(), &page.metadata);
                read(Page::Items(page.items));
            };
            match self.list_once(scope, &format!("limit={limit}{query}"), read_counted).await {
                Err(error) if error.is_api(410) && limit > 0 => {
                    restarts += 1;
                    count.restart();
                    read(Page::Restart);
                }
                outcome => return outcome.map_err(|error| options.explain(error)),
            }
        }
    }

    /// Reads all pages from the first on, or reports the first failure.
    async fn list_once<K: Resource>(
        &self,
        scope: &Scope,
        query: &str,
        mut read: impl FnMut(List<K>),
    ) -> Result<ListMeta> {
        let path = list_path::<K>(scope.namespace());
        let mut answer = self.get_bytes::<K>(&format!("{path}?{query}")).await?;
        loop {
            let (encoding, bytes) = answer;
            let next_page = |token: &str| {
                let uri = format!("{path}?{query}&continue={}", path_segment(token));
                async move { self.get_bytes::<K>(&uri).await }
            };
            let decode = |bytes: Bytes| {
                decode_list::<K>(encoding, &bytes).map_err(|reason| unreadable(&path, &reason))
            };
            let Some(token) = continue_token(encoding, &bytes) else {
                let page = decode(bytes)?;
                let token = page.metadata.continue_token.clone();
                if token.is_empty() {
                    let metadata = page.metadata.clone();
                    read(page);
                    return Ok(metadata);
                }
                // Only JSON comes here: its token may stand behind the items.
                let (next, ()) = futures::join!(next_page(&token), async {
                    head_start().await;
                    read(page);
                });
                answer = next?;
                continue;
            };
            let (next, page) = futures::join!(next_page(&token), async {
                head_start().await;
                decode(bytes).map(&mut read)
            });
            page?;
            answer = next?;
        }
    }

    /// Lists a kind into one vector; for lists that are needed whole.
    ///
    /// # Errors
    ///
    /// As [`Client::list`].
    pub async fn list_all<K: Resource>(&self, scope: &Scope, options: &ListOptions) -> Result<Vec<K>> {
        let (items, _) = self.list_with_meta(scope, options).await?;
        Ok(items)
    }

    /// As [`Client::list_all`]; each object is changed before the next page is read, so that what is not needed of it takes
    /// no memory.
    ///
    /// # Errors
    ///
    /// As [`Client::list`].
    pub async fn list_changed<K: Resource>(
        &self,
        scope: &Scope,
        options: &ListOptions,
        change: impl Fn(&mut K),
    ) -> Result<Vec<K>> {
        let mut all = Vec::new();
        let read = |page| match page {
            Page::Items(mut items) => {
                items.iter_mut().for_each(&change);
                all.append(&mut items);
            }
            Page::Restart => all.clear(),
        };
        self.list(scope, options, read).await?;
        Ok(all)
    }

    /// Reads as [`Client::list_all`] does, and returns what the list says of itself.
    pub(super) async fn list_with_meta<K: Resource>(
        &self,
        scope: &Scope,
        options: &ListOptions,
    ) -> Result<(Vec<K>, ListMeta)> {
        let mut all = Vec::new();
        let metadata = self
            .list(scope, options, |page| match page {
                Page::Items(items) => all.extend(items),
                Page::Restart => all.clear(),
            })
            .await?;
        Ok((all, metadata))
    }

    /// Reads one object; `namespace` is ignored for kinds that have none.
    ///
    /// # Errors
    ///
    /// What [`Client::request`] reports, 404 ([`Error::is_api`]) where there is no such object.
    pub async fn get<K: Resource>(&self, namespace: &str, name: &str) -> Result<K> {
        if name.is_empty() {
            // Without a name the path would be that of the list.
            return Err(Error::usage(format!("the name of a {} is missing", K::KIND)));
        }
        let path = object_path::<K>(Some(namespace), name);
        let (encoding, bytes) = self.get_bytes::<K>(&path).await?;
        decode_object(encoding, &bytes).map_err(|reason| unreadable(&path, &reason))
    }

    /// Checks that a namespace is there in which nothing was found. One that may not be read is assumed to be.
    ///
    /// # Errors
    ///
    /// The server's NotFound.
    pub async fn require_namespace(&self, name: &str) -> Result<()> {
        match self.get::<Namespace>("", name).await {
            Err(error) if error.is_api(404) => Err(error),
            _ => Ok(()),
        }
    }

    async fn get_bytes<K: Resource>(&self, uri: &str) -> Result<(Encoding, Bytes)> {
        let response = self.request(get_request(uri, Encoding::accept::<K>())?).await?;
        let content_type = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        Ok((Encoding::from_content_type(content_type), response.into_body()))
    }
}

/// Builds a GET without a body.
pub(super) fn get_request(uri: &str, accept: &'static str) -> Result<http::Request<Vec<u8>>> {
    http::Request::get(uri)
        .header(ACCEPT, accept)
        .body(Vec::new())
        .map_err(|error| Error::new(format!("{uri} is not a path that can be asked for: {error}")))
}

/// Counts the objects of a list as they come.
pub(super) struct Counter {
    progress: Progress,
    done: u64,
}

impl Counter {
    pub fn new(progress: Progress) -> Self {
        Self { progress, done: 0 }
    }

    /// Adds a page, whose metadata may tell how many objects remain.
    pub fn page(&mut self, items: usize, metadata: &ListMeta) {
        self.done += items as u64;
        let remaining = match metadata.continue_token.is_empty() {
            true => Some(0),
            false => metadata.remaining_item_count.and_then(|count| u64::try_from(count).ok()),
        };
        self.progress.update(self.done, remaining.map(|count| self.done + count));
    }

    /// Begins anew.
    pub fn restart(&mut self) {
        self.done = 0;
        self.progress.update(0, None);
    }
}

/// Lets the request that was just begun reach the socket before this thread is busy decoding.
async fn head_start() {
    for _ in 0..HEAD_START_TURNS {
        tokio::task::yield_now().await;
    }
}

/// A request passes the layers of the client, the task of the connection and the socket, each of which takes a
/// turn: three were enough when this was written. Turns that are not needed cost microseconds.
const HEAD_START_TURNS: usize = 16;

fn unreadable(path: &str, reason: &str) -> Error {
    Error::new(format!("the server's answer to GET {path} can't be read: {reason}")).with_hint(
        "is the server (or a proxy in between) a Kubernetes API server? Compare `kubectl get --raw` of that path",
    )
}
