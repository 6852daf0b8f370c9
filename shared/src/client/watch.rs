//! A watch that goes on whatever happens to its connection.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::Duration;

use futures::StreamExt;
use futures::stream::{self, BoxStream};
use serde::Deserialize;
use tokio::time::{Instant, sleep, timeout};

use super::list::get_request;
use super::watch_lines::Lines;
use super::{Client, ListOptions, Scope};
use crate::error::ApiStatus;
use crate::model::{ObjectMeta, Resource, list_path, path_segment};
use crate::{Error, Result};

/// What a watch tells.
#[derive(Clone, Debug)]
pub enum WatchEvent<K> {
    /// All objects there are: at the beginning, and again whenever the server could not say what had
    /// changed since. Whatever was known before is void.
    Restarted(Vec<K>),
    /// A new object, or one that now matches the selectors.
    Added(K),
    /// The new state of an object.
    Modified(K),
    /// The last state of an object that is gone, or no longer matches the selectors.
    Deleted(K),
    /// The server can't be reached or can't answer; what was told so far may be out of date. The watch
    /// tries again by itself and loses nothing.
    Interrupted {
        /// What went wrong.
        error: Error,
        /// When it tries again.
        retry_in: Duration,
    },
    /// A lost connection was replaced, and nothing is missing. Only [`Client::watch_closely`] says so, and a list says it
    /// as well as this.
    Reconnected,
}

/// How patient a watch is.
#[derive(Clone, Copy, Debug)]
pub(super) struct WatchTiming {
    /// How long the server keeps a watch open; then it closes it and the watch goes on with another.
    pub server_timeout: Duration,
    /// How long a connection may be silent before it counts as dead. The server sends a bookmark each
    /// minute (`defaultBookmarkFrequency` of apiserver's cacher), so silence for longer means that the
    /// network has swallowed the connection. Should a server send none, a new connection costs little.
    pub idle: Duration,
    /// The pause after the first failure; it doubles with every further one.
    pub first_pause: Duration,
    /// The longest pause.
    pub longest_pause: Duration,
    /// How long the server may take to accept a watch.
    pub answer: Duration,
    /// Whether nothing but a refusal ends it, the first list included, and replaced connections are told.
    pub is_close: bool,
}

impl WatchTiming {
    const DEFAULT: Self = Self {
        server_timeout: Duration::from_secs(290),
        idle: Duration::from_secs(90),
        first_pause: Duration::from_secs(1),
        longest_pause: Duration::from_secs(30),
        answer: Duration::from_secs(90),
        is_close: false,
    };

    /// For what acts on every change: an API server that restarts is back within seconds, and each of them counts.
    const CLOSE: Self = Self {
        first_pause: Duration::from_millis(50),
        longest_pause: Duration::from_secs(1),
        answer: Duration::from_secs(10),
        is_close: true,
        ..Self::DEFAULT
    };
}

impl Client {
    /// Watches a kind: a list first ([`WatchEvent::Restarted`]), then every change from there on.
    ///
    /// A connection that ends, by the server's will or the network's, is replaced by another that goes on
    /// from the last object or bookmark seen, so no change is lost and none told twice. When the server
    /// has forgotten that state (410), it lists again. Waiting for the next event may be given up and
    /// taken up again (`tokio::select!`): the stream keeps what is under way.
    ///
    /// # Errors
    ///
    /// The stream ends after an `Err`: the first list failed, or the server refused for good (400, 401,
    /// 403, 404, 405, 422), or sent an object that is none of this kind. Everything else is told as
    /// [`WatchEvent::Interrupted`] and tried again.
    pub fn watch<K: Resource>(
        &self,
        scope: Scope,
        options: ListOptions,
    ) -> BoxStream<'_, Result<WatchEvent<K>>> {
        self.watch_with_timing(scope, options, WatchTiming::DEFAULT)
    }

    /// Watches as [`Client::watch`] does, for what acts on every change: a lost connection is replaced at once, then after
    /// pauses of 50 ms up to a second, each up to half shorter at random, so that many watches of a server that restarts
    /// do not come back in one moment. [`WatchEvent::Reconnected`] says that it is there again. A first list that fails
    /// is tried again, too.
    ///
    /// # Errors
    ///
    /// The stream ends after an `Err`: the server refused for good, or sent an object that is none of this kind.
    pub fn watch_closely<K: Resource>(
        &self,
        scope: Scope,
        options: ListOptions,
    ) -> BoxStream<'_, Result<WatchEvent<K>>> {
        self.watch_with_timing(scope, options, WatchTiming::CLOSE)
    }

    pub(super) fn watch_with_timing<K: Resource>(
        &self,
        scope: Scope,
        options: ListOptions,
        timing: WatchTiming,
    ) -> BoxStream<'_, Result<WatchEvent<K>>> {
        let watch = Watch {
            client: self,
            scope,
            options,
            timing,
            version: None,
            connection: None,
            pause: Duration::ZERO,
            failures: 0,
            listed: false,
            is_lost: false,
            ended: false,
        };
        stream::unfold(watch, |mut watch| async move { Some((watch.next::<K>().await?, watch)) }).boxed()
    }
}

/// Where a watch stands.
struct Watch<'a> {
    client: &'a Client,
    scope: Scope,
    options: ListOptions,
    timing: WatchTiming,
    /// The state told so far; `None` before a list.
    version: Option<String>,
    connection: Option<Connection>,
    /// How long to wait before the next attempt.
    pause: Duration,
    /// Attempts in a row that told nothing.
    failures: u32,
    /// Whether a list has succeeded yet.
    listed: bool,
    /// Whether a connection was lost that nothing has replaced yet.
    is_lost: bool,
    ended: bool,
}

struct Connection {
    lines: Lines,
    opened: Instant,
    /// Whether the server has said anything on it.
    spoke: bool,
}

/// Why a step came to nothing.
enum Failure {
    /// No use in trying again.
    Final(Error),
    /// Might go better next time.
    Passing(Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error.api_status().map(|status| status.code) {
            Some(400 | 401 | 403 | 404 | 405 | 422) => Self::Final(error),
            _ => Self::Passing(error),
        }
    }
}

impl Watch<'_> {
    async fn next<K: Resource>(&mut self) -> Option<Result<WatchEvent<K>>> {
        if self.ended {
            return None;
        }
        loop {
            sleep(std::mem::take(&mut self.pause)).await;
            match self.step().await {
                Ok(Some(event)) => return Some(Ok(event)),
                Ok(None) => {}
                Err(Failure::Passing(error)) if self.listed || self.timing.is_close => {
                    self.connection = None;
                    self.is_lost = true;
                    self.pause_longer();
                    return Some(Ok(WatchEvent::Interrupted { error, retry_in: self.pause }));
                }
                Err(Failure::Passing(error) | Failure::Final(error)) => {
                    self.ended = true;
                    return Some(Err(error));
                }
            }
        }
    }

    /// Makes one list, one connection or one event; `None` for what the caller needn't know.
    async fn step<K: Resource>(&mut self) -> Result<Option<WatchEvent<K>>, Failure> {
        let Some(version) = &self.version else {
            let (items, metadata) = self.client.list_with_meta(&self.scope, &self.options).await?;
            self.version = Some(metadata.resource_version);
            self.listed = true;
            self.is_lost = false;
            return Ok(Some(WatchEvent::Restarted(items)));
        };
        let Some(connection) = &mut self.connection else {
            let request = get_request(&self.uri::<K>(version), "application/json")?;
            match timeout(self.timing.answer, self.client.open(request)).await {
                Ok(Err(error)) if error.is_api(410) => self.forget(),
                Ok(response) => {
                    let lines = Lines::new(response?.into_body());
                    self.connection = Some(Connection { lines, opened: Instant::now(), spoke: false });
                    if std::mem::take(&mut self.is_lost) && self.timing.is_close {
                        return Ok(Some(WatchEvent::Reconnected));
                    }
                }
                Err(_) => {
                    let error =
                        format!("the server did not answer within {} s", self.timing.answer.as_secs());
                    return Err(Failure::Passing(Error::new(error)));
                }
            }
            return Ok(None);
        };
        match timeout(self.timing.idle, connection.lines.next()).await {
            Ok(Some(line)) => {
                connection.spoke = true;
                self.event(&line)
            }
            // Silence, a broken connection, or the end of the server's patience: go on with another. One
            // that ends at once without a word must not be replaced at once for ever.
            Ok(None) if !connection.spoke && connection.opened.elapsed() < self.timing.first_pause => {
                Err(Failure::Passing(Error::new("the server closes every watch at once")))
            }
            Ok(None) | Err(_) => {
                self.is_lost = connection.opened.elapsed() < self.timing.server_timeout;
                self.connection = None;
                self.failures = 0;
                Ok(None)
            }
        }
    }

    /// Returns the path of the changes after a state.
    fn uri<K: Resource>(&self, version: &str) -> String {
        format!(
            "{}?watch=1&allowWatchBookmarks=true&timeoutSeconds={}&resourceVersion={}{}",
            list_path::<K>(self.scope.namespace()),
            self.timing.server_timeout.as_secs(),
            path_segment(version),
            self.options.query(),
        )
    }

    /// Reads one line of the stream.
    fn event<K: Resource>(&mut self, line: &[u8]) -> Result<Option<WatchEvent<K>>, Failure> {
        let Header { kind } = parse(line)?;
        let tell = match kind.as_str() {
            "ADDED" => WatchEvent::Added,
            "MODIFIED" => WatchEvent::Modified,
            "DELETED" => WatchEvent::Deleted,
            "BOOKMARK" => {
                let Event { object: Bookmark { metadata } } = parse(line)?;
                self.proceed(&metadata);
                return Ok(None);
            }
            "ERROR" => {
                let Event { object: status } = parse::<Event<ApiStatus>>(line)?;
                let expired = status.code == 410;
                // Whatever the server could not tell is in the list. client-go does the same.
                self.forget();
                return if expired { Ok(None) } else { Err(Failure::Passing(Error::api(status))) };
            }
            // An event type of a later server. The next list has what it said.
            _ => return Ok(None),
        };
        let Event { object } = parse::<Event<K>>(line)?;
        self.proceed(object.metadata());
        Ok(Some(tell(object)))
    }

    /// Remembers that everything up to this object is told.
    fn proceed(&mut self, metadata: &ObjectMeta) {
        self.failures = 0;
        if !metadata.resource_version.is_empty() {
            self.version = Some(metadata.resource_version.clone());
        }
    }

    /// Makes the next step a list. A server that forgets again and again gets a pause in between.
    fn forget(&mut self) {
        self.version = None;
        self.connection = None;
        if self.failures > 0 {
            self.pause_longer();
        } else {
            self.failures = 1;
        }
    }

    fn pause_longer(&mut self) {
        let doubled = self.timing.first_pause.saturating_mul(2u32.saturating_pow(self.failures));
        self.pause = doubled.min(self.timing.longest_pause);
        if self.timing.is_close {
            self.pause -= self.pause.mul_f64(random_half());
        }
        self.failures = self.failures.saturating_add(1);
    }
}

/// Returns a random number below a half.
fn random_half() -> f64 {
    // Each state of a hasher has other random keys, which is all the randomness that a pause needs.
    let random = RandomState::new().build_hasher().finish();
    f64::from(u32::try_from(random >> 32).unwrap_or_default()) / f64::from(u32::MAX) / 2.0
}

#[derive(Deserialize)]
struct Header {
    #[serde(rename = "type")]
    kind: String,
}

#[derive(Deserialize)]
struct Event<T> {
    object: T,
}

#[derive(Deserialize)]
struct Bookmark {
    metadata: ObjectMeta,
}

fn parse<'a, T: Deserialize<'a>>(line: &'a [u8]) -> Result<T, Failure> {
    serde_json::from_slice(line).map_err(|error| {
        Failure::Final(Error::new(format!("the server sent a change that can't be read: {error}")))
    })
}
