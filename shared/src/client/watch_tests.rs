//! Watches through every trouble a connection can have.

use std::time::Duration;

use futures::StreamExt;

use support::Reply;

use super::scripted::Scripted;
use super::watch::WatchTiming;
use super::{ListOptions, Scope, WatchEvent};
use crate::model::{Resource, ResourceQuota};

const TIMING: WatchTiming = WatchTiming {
    server_timeout: Duration::from_secs(290),
    idle: Duration::from_secs(2),
    first_pause: Duration::from_millis(20),
    longest_pause: Duration::from_millis(100),
    answer: Duration::from_secs(2),
    is_close: false,
};

const CLOSE: WatchTiming = WatchTiming { is_close: true, ..TIMING };

const ADDED_8: &str = r#"{"type":"ADDED","object":{"metadata":{"name":"b","resourceVersion":"8"}}}
"#;
const MODIFIED_9: &str = r#"{"type":"MODIFIED","object":{"metadata":{"name":"b","resourceVersion":"9"}}}
"#;
const DELETED_12: &str = r#"{"type":"DELETED","object":{"metadata":{"name":"b","resourceVersion":"12"}}}
"#;
const BOOKMARK_11: &str = r#"{"type":"BOOKMARK","object":{"kind":"ResourceQuota","metadata":{"resourceVersion":"11"}}}
"#;
const EXPIRED: &str = r#"{"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired","message":"too old"}}
"#;
const BROKEN: &str = r#"{"type":"ERROR","object":{"kind":"Status","code":500,"reason":"InternalError","message":"oh"}}
"#;

/// The list every watch begins with: one quota, at version 7.
fn list() -> Reply {
    Reply::text(
        200,
        "application/json",
        r#"{"metadata":{"resourceVersion":"7"},"items":[{"metadata":{"name":"a","resourceVersion":"5"}}]}"#,
    )
}

/// The events of a watch that then ends.
fn events(events: &[&str]) -> Reply {
    Reply::text(200, "application/json", events.concat()).without_length()
}

/// The events of a watch on which nothing more comes, and nobody says so.
fn silent(events: &[&str]) -> Reply {
    self::events(events).hold(Duration::from_secs(3600))
}

fn failure() -> Reply {
    Reply::status(500, "InternalError", "oh")
}

/// The first `count` things the watch tells.
async fn told(server: &Scripted, count: usize) -> Vec<String> {
    told_with(server, count, TIMING).await
}

async fn told_with(server: &Scripted, count: usize, timing: WatchTiming) -> Vec<String> {
    let stream = server.client.watch_with_timing::<ResourceQuota>(Scope::All, ListOptions::default(), timing);
    let name = |object: &ResourceQuota| object.metadata().name.clone();
    let told = stream.take(count).map(|event| match event {
        Ok(WatchEvent::Restarted(items)) => {
            format!("restarted {}", items.iter().map(name).collect::<Vec<_>>().join(" "))
        }
        Ok(WatchEvent::Added(object)) => format!("added {}", name(&object)),
        Ok(WatchEvent::Modified(object)) => format!("modified {}", name(&object)),
        Ok(WatchEvent::Deleted(object)) => format!("deleted {}", name(&object)),
        Ok(WatchEvent::Interrupted { error, retry_in }) => format!("{error}, again in {retry_in:?}"),
        Ok(WatchEvent::Reconnected) => "reconnected".to_owned(),
        Err(error) => format!("end: {error}"),
    });
    tokio::time::timeout(Duration::from_secs(120), told.collect()).await.unwrap()
}

/// What was asked: `list`, or the version a watch went on from.
fn asked(server: &Scripted) -> Vec<String> {
    let version = |path: &str| path.split_once("&resourceVersion=").map(|(_, version)| version.to_owned());
    server.asked().iter().map(|path| version(path).unwrap_or_else(|| "list".to_owned())).collect()
}

#[tokio::test]
async fn goes_on_from_the_last_object_or_bookmark() {
    let server = Scripted::new([
        list(),
        events(&[ADDED_8, MODIFIED_9]),
        events(&[BOOKMARK_11]),
        silent(&[DELETED_12]),
    ]);
    assert_eq!(told(&server, 4).await, ["restarted a", "added b", "modified b", "deleted b"]);
    assert_eq!(asked(&server), ["list", "7", "9", "11"]);
    assert_eq!(
        server.asked()[1],
        "/api/v1/resourcequotas?watch=1&allowWatchBookmarks=true&timeoutSeconds=290&resourceVersion=7"
    );
}

#[tokio::test]
async fn a_line_that_was_cut_off_is_told_by_the_next_connection() {
    let server = Scripted::new([
        list(),
        events(&[ADDED_8, &MODIFIED_9[..30]]),
        silent(&[MODIFIED_9, "\n", DELETED_12]),
    ]);
    assert_eq!(told(&server, 4).await, ["restarted a", "added b", "modified b", "deleted b"]);
    assert_eq!(asked(&server), ["list", "7", "8"]);
}

#[tokio::test]
async fn lists_again_when_the_server_has_forgotten() {
    let server = Scripted::new([
        list(),
        silent(&[ADDED_8, EXPIRED]),
        list(),
        Reply::status(410, "Gone", "too old resource version: 7 (100)"),
        list(),
        silent(&[DELETED_12]),
    ]);
    let told = told(&server, 5).await;
    assert_eq!(told, ["restarted a", "added b", "restarted a", "restarted a", "deleted b"]);
    assert_eq!(asked(&server), ["list", "7", "list", "7", "list", "7"]);
}

#[tokio::test]
async fn a_silent_connection_is_replaced() {
    let server = Scripted::new([list(), silent(&[ADDED_8]), silent(&[MODIFIED_9])]);
    assert_eq!(told(&server, 3).await, ["restarted a", "added b", "modified b"]);
    assert_eq!(asked(&server), ["list", "7", "8"]);
}

#[tokio::test]
async fn trouble_that_may_pass_is_told_and_tried_again() {
    let server = Scripted::new([
        list(),
        failure(),
        failure(),
        silent(&[ADDED_8, BROKEN]),
        list(),
        silent(&[DELETED_12]),
    ]);
    let trouble = "Error from server (InternalError): oh, again in";
    assert_eq!(
        told(&server, 7).await,
        [
            "restarted a",
            &format!("{trouble} 20ms"),
            &format!("{trouble} 40ms"),
            "added b",
            &format!("{trouble} 40ms"),
            "restarted a",
            "deleted b"
        ]
    );
    assert_eq!(asked(&server), ["list", "7", "7", "7", "list", "7"]);
}

#[tokio::test]
async fn a_server_that_closes_at_once_is_not_stormed() {
    let server = Scripted::new([list(), events(&[])]);
    let closed = "error: the server closes every watch at once, again in";
    assert_eq!(
        told(&server, 5).await,
        [
            "restarted a".to_owned(),
            format!("{closed} 20ms"),
            format!("{closed} 40ms"),
            format!("{closed} 80ms"),
            format!("{closed} 100ms")
        ]
    );
}

#[tokio::test]
async fn ends_when_there_is_no_use_in_trying() {
    let server = Scripted::new([list(), Reply::status(403, "Forbidden", "no")]);
    assert_eq!(told(&server, 9).await.len(), 2);
    let unreadable = Scripted::new([list(), silent(&["{\"type\":\"ADDED\",\"object\":7}\n"])]);
    let told = told(&unreadable, 9).await;
    assert_eq!(told.len(), 2);
    assert!(told[1].starts_with("end: error: the server sent a change that can't be read: "), "{told:?}");
}

#[tokio::test]
async fn a_first_list_that_fails_is_the_end() {
    let server = Scripted::new([failure()]);
    assert_eq!(told(&server, 9).await, ["end: Error from server (InternalError): oh"]);
}

#[tokio::test]
async fn a_close_watch_says_when_a_lost_connection_is_replaced() {
    let server =
        Scripted::new([list(), events(&[ADDED_8]), events(&[MODIFIED_9]), failure(), silent(&[DELETED_12])]);
    let told = told_with(&server, 7, CLOSE).await;
    assert_eq!(told[..4], ["restarted a", "added b", "reconnected", "modified b"]);
    let pause = told[4].strip_prefix("Error from server (InternalError): oh, again in ").unwrap();
    let pause: f64 = pause.strip_suffix("ms").unwrap().parse().unwrap();
    assert!((10.0..=20.0).contains(&pause), "up to half shorter than 20 ms: {pause}");
    assert_eq!(told[5..7], ["reconnected", "deleted b"]);
    assert_eq!(asked(&server)[..5], ["list", "7", "8", "9", "9"]);
}

#[tokio::test]
async fn a_close_watch_tries_its_first_list_again() {
    let server = Scripted::new([failure(), failure(), list(), silent(&[ADDED_8])]);
    let told = told_with(&server, 4, CLOSE).await;
    assert!(told[0].contains("oh, again in ") && told[1].contains("oh, again in "), "{told:?}");
    assert_eq!(told[2..], ["restarted a", "added b"]);
    let refused = Scripted::new([Reply::status(403, "Forbidden", "no")]);
    assert_eq!(told_with(&refused, 9, CLOSE).await, ["end: Error from server (Forbidden): no"]);
}
