//! Lists against a server that does what a real one does too rarely to wait for.

use std::sync::Mutex;
use std::sync::mpsc;
use std::time::Duration;

use super::fake_server::{FakeServer, Reply};
use super::{ListOptions, Page, Scope};
use crate::cli::ExitStatus;
use crate::model::ResourceQuota;

/// A page of quotas with these names.
fn page(names: &[&str], continue_token: &str) -> Reply {
    let items: Vec<_> =
        names.iter().map(|name| serde_json::json!({"metadata": {"name": name, "namespace": "n"}})).collect();
    let metadata = serde_json::json!({"resourceVersion": "7", "continue": continue_token});
    Reply::json(serde_json::json!({"items": items, "metadata": metadata}).to_string())
}

fn expired() -> Reply {
    Reply::status(410, "Expired", "The provided continue parameter is too old")
}

/// Lists all quotas: what came, page by page.
async fn list(server: &FakeServer) -> crate::Result<Vec<String>> {
    let mut pages = Vec::new();
    let read = |page: Page<ResourceQuota>| match page {
        Page::Items(items) => {
            let names: Vec<_> = items.iter().map(|item| item.metadata.name.as_str()).collect();
            pages.push(names.join(" "));
        }
        Page::Restart => pages.push("restart".to_owned()),
    };
    let metadata = server.client.list(&Scope::All, &ListOptions::default(), read).await?;
    assert_eq!(metadata.resource_version, "7");
    Ok(pages)
}

#[tokio::test]
async fn pages_until_there_are_no_more() {
    let server = FakeServer::start(|number, _| match number {
        0 => page(&["a", "b"], "first/token=="),
        1 => page(&[], "second"),
        _ => page(&["c"], ""),
    });
    let options = ListOptions {
        label_selector: Some("team in (a,b)".to_owned()),
        field_selector: Some("metadata.name!=x".to_owned()),
    };
    let quotas: Vec<ResourceQuota> =
        server.client.list_all(&Scope::Namespace("n".to_owned()), &options).await.unwrap();
    let names: Vec<_> = quotas.iter().map(|quota| quota.metadata.name.as_str()).collect();
    assert_eq!(names, ["a", "b", "c"]);
    let first = "/api/v1/namespaces/n/resourcequotas?limit=500&labelSelector=team%20in%20%28a%2Cb%29\
                 &fieldSelector=metadata.name%21%3Dx";
    assert_eq!(
        server.requests(),
        [
            first.to_owned(),
            format!("{first}&continue=first%2Ftoken%3D%3D"),
            format!("{first}&continue=second")
        ]
    );
}

#[tokio::test]
async fn an_expired_list_starts_over() {
    let server = FakeServer::start(|number, _| match number {
        0 => page(&["a"], "t"),
        1 => expired(),
        2 => page(&["b"], "u"),
        _ => page(&["c"], ""),
    });
    assert_eq!(list(&server).await.unwrap(), ["a", "restart", "b", "c"]);
    let path = "/api/v1/resourcequotas?limit=500";
    assert_eq!(
        server.requests(),
        [path.to_owned(), format!("{path}&continue=t"), path.to_owned(), format!("{path}&continue=u")]
    );
}

#[tokio::test]
async fn a_list_that_expires_again_is_taken_whole() {
    let server = FakeServer::start(|_, path| match path {
        path if path.contains("continue") => expired(),
        path if path.contains("limit=500") => page(&["a"], "t"),
        _ => page(&["a", "b"], ""),
    });
    assert_eq!(list(&server).await.unwrap(), ["a", "restart", "a", "restart", "a b"]);
    assert_eq!(server.requests().last().unwrap(), "/api/v1/resourcequotas?limit=0");
}

#[tokio::test]
async fn a_server_that_is_always_expired_is_not_asked_for_ever() {
    let server = FakeServer::start(|_, _| expired());
    let error = list(&server).await.unwrap_err();
    assert!(error.is_api(410), "{error}");
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn the_next_page_is_asked_for_before_this_one_is_read() {
    let (asked, was_asked) = mpsc::channel();
    let asked = Mutex::new(asked);
    let server = FakeServer::start(move |number, _| {
        asked.lock().unwrap().send(number).unwrap();
        page(&["a"], if number < 3 { "t" } else { "" })
    });
    let mut number = 0;
    let read = |_: Page<ResourceQuota>| {
        // This thread is the whole runtime: while it waits here, nothing can be sent.
        while number < 3 && was_asked.recv_timeout(Duration::from_secs(5)).unwrap() <= number {}
        number += 1;
    };
    server.client.list(&Scope::All, &ListOptions::default(), read).await.unwrap();
    assert_eq!(server.requests().len(), 4);
}

#[tokio::test]
async fn a_forbidden_list_is_never_an_empty_one() {
    let sentence = r#"resourcequotas is forbidden: User "u" cannot list resource "resourcequotas""#;
    let server = FakeServer::start(move |_, _| Reply::status(403, "Forbidden", sentence));
    let error = list(&server).await.unwrap_err();
    assert!(error.is_api(403));
    assert_eq!(error.status(), ExitStatus::NotPermitted);
    assert_eq!(error.api_status().unwrap().message, sentence);
}

#[tokio::test]
async fn an_answer_that_is_no_list_is_an_error() {
    for (content_type, body, reason) in [
        ("text/html", "<html>log in</html>", "expected value at line 1 column 1"),
        ("application/vnd.kubernetes.protobuf", "{}", "it does not start as Kubernetes' protobuf does"),
        ("application/json", r#"{"items": [{}"#, "EOF while parsing a list at line 1 column 13"),
    ] {
        let server = FakeServer::start(move |_, _| Reply { content_type, ..Reply::json(body) });
        let error = list(&server).await.unwrap_err().to_string();
        let sentence = "error: the server's answer to GET /api/v1/resourcequotas can't be read: ";
        assert_eq!(error.lines().next().unwrap(), format!("{sentence}{reason}"));
    }
}

#[tokio::test]
async fn an_object_without_a_name_is_not_asked_for() {
    let server = FakeServer::start(|_, _| page(&[], ""));
    let error = server.client.get::<ResourceQuota>("n", "").await.unwrap_err();
    assert_eq!(error.status(), ExitStatus::Usage);
    assert!(server.requests().is_empty());
}
