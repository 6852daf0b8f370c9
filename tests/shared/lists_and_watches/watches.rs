//! A watch over a wire that breaks.

use std::time::Duration;

use futures::StreamExt;
use futures::stream::BoxStream;
use serde_json::json;
use shared::Result;
use shared::cli::ConnectionFlags;
use shared::client::{ListOptions, Scope, WatchEvent};
use shared::model::LimitRange;
use support::{Wire, cluster, fresh_namespace};

use super::{client, limit_range, path_of};

/// The next thing the watch tells, but for interruptions.
async fn next(watch: &mut BoxStream<'_, Result<WatchEvent<LimitRange>>>) -> String {
    let name = |object: LimitRange| object.metadata.name;
    loop {
        let event = tokio::time::timeout(Duration::from_secs(120), watch.next()).await.unwrap();
        return match event.unwrap().unwrap() {
            WatchEvent::Restarted(items) => format!("restarted with {}", items.len()),
            WatchEvent::Added(object) => format!("added {}", name(object)),
            WatchEvent::Modified(object) => format!("modified {}", name(object)),
            WatchEvent::Deleted(object) => format!("deleted {}", name(object)),
            WatchEvent::Interrupted { .. } | WatchEvent::Reconnected => continue,
        };
    }
}

#[tokio::test]
async fn nothing_is_lost_and_nothing_told_twice() {
    let (namespace, api) = (fresh_namespace("watches"), cluster().api());
    let wire = Wire::to(cluster().server_url());
    let client = client(ConnectionFlags {
        kubeconfig: Some(cluster().kubeconfig_path()),
        server: Some(wire.url()),
        ..ConnectionFlags::default()
    })
    .await;
    let create = |name: &str, third: &str| {
        api.create(&limit_range(&namespace, name, json!({"watched": third}))).unwrap();
    };
    create("before", "yes");

    let options = ListOptions { label_selector: Some("watched=yes".to_owned()), ..ListOptions::default() };
    let mut watch = client.watch::<LimitRange>(Scope::Namespace(namespace.clone()), options);
    assert_eq!(next(&mut watch).await, "restarted with 1");
    create("first", "yes");
    create("unseen", "no");
    assert_eq!(next(&mut watch).await, "added first");

    // What happens while the wire is cut is told by the next connection, without a new list.
    assert!(wire.cut() > 0);
    create("second", "yes");
    let label = |value: &str| json!({"metadata": {"labels": {"watched": value, "more": "1"}}});
    api.merge_patch(&path_of(&namespace, "first"), &label("yes")).unwrap();
    api.delete(&path_of(&namespace, "before")).unwrap();
    assert_eq!(next(&mut watch).await, "added second");
    assert_eq!(next(&mut watch).await, "modified first");
    assert_eq!(next(&mut watch).await, "deleted before");

    // An object that stops matching is gone for this watch, one that begins to match is new.
    assert!(wire.cut() > 0);
    api.merge_patch(&path_of(&namespace, "first"), &label("no")).unwrap();
    api.merge_patch(&path_of(&namespace, "unseen"), &label("yes")).unwrap();
    assert_eq!(next(&mut watch).await, "deleted first");
    assert_eq!(next(&mut watch).await, "added unseen");
}
