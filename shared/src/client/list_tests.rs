//! Lists against a server that does what a real one does too rarely to wait for.

use support::Reply;

use super::scripted::Scripted;
use super::{ListOptions, Page, Scope};
use crate::cli::ExitStatus;
use crate::model::ResourceQuota;

/// A page of quotas with these names.
fn page(names: &[&str], continue_token: &str) -> Reply {
    let items: Vec<_> =
        names.iter().map(|name| serde_json::json!({"metadata": {"name": name, "namespace": "n"}})).collect();
    let metadata = serde_json::json!({"resourceVersion": "7", "continue": continue_token});
    Reply::json(200, &serde_json::json!({"items": items, "metadata": metadata}))
}

fn expired() -> Reply {
    Reply::status(410, "Expired", "The provided continue parameter is too old")
}

/// Lists all quotas: what came, page by page.
async fn list(server: &Scripted) -> crate::Result<Vec<String>> {
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
    let server = Scripted::new([page(&["a", "b"], "first/token=="), page(&[], "second"), page(&["c"], "")]);
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
        server.asked(),
        [
            first.to_owned(),
            format!("{first}&continue=first%2Ftoken%3D%3D"),
            format!("{first}&continue=second")
        ]
    );
}

#[tokio::test]
async fn an_expired_list_starts_over() {
    let server = Scripted::new([page(&["a"], "t"), expired(), page(&["b"], "u"), page(&["c"], "")]);
    assert_eq!(list(&server).await.unwrap(), ["a", "restart", "b", "c"]);
    let path = "/api/v1/resourcequotas?limit=500";
    assert_eq!(
        server.asked(),
        [path.to_owned(), format!("{path}&continue=t"), path.to_owned(), format!("{path}&continue=u")]
    );
}

#[tokio::test]
async fn a_list_that_expires_again_is_taken_whole() {
    let server =
        Scripted::new([page(&["a"], "t"), expired(), page(&["a"], "t"), expired(), page(&["a", "b"], "")]);
    assert_eq!(list(&server).await.unwrap(), ["a", "restart", "a", "restart", "a b"]);
    let path = "/api/v1/resourcequotas";
    let (first, next) = (format!("{path}?limit=500"), format!("{path}?limit=500&continue=t"));
    assert_eq!(server.asked(), [&first, &next, &first, &next, &format!("{path}?limit=0")].map(String::clone));
}

#[tokio::test]
async fn a_server_that_is_always_expired_is_not_asked_for_ever() {
    let server = Scripted::new([expired()]);
    let error = list(&server).await.unwrap_err();
    assert!(error.is_api(410), "{error}");
    assert_eq!(server.asked().len(), 3);
}

#[tokio::test]
async fn the_next_page_is_asked_for_before_this_one_is_read() {
    let more = page(&["a"], "t");
    let server = Scripted::new([more.clone(), more.clone(), more, page(&["a"], "")]);
    let mut number = 0;
    let read = |_: Page<ResourceQuota>| {
        // This thread is the whole runtime: while it waits here, nothing can be sent.
        number += 1;
        server.server.wait_for_requests((number + 1).min(4));
    };
    server.client.list(&Scope::All, &ListOptions::default(), read).await.unwrap();
    assert_eq!(server.asked().len(), 4);
}

#[tokio::test]
async fn a_forbidden_list_is_never_an_empty_one() {
    let sentence = r#"resourcequotas is forbidden: User "u" cannot list resource "resourcequotas""#;
    let server = Scripted::new([Reply::status(403, "Forbidden", sentence)]);
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
        let server = Scripted::new([Reply::text(200, content_type, body)]);
        let error = list(&server).await.unwrap_err().to_string();
        let sentence = "error: the server's answer to GET /api/v1/resourcequotas can't be read: ";
        assert_eq!(error.lines().next().unwrap(), format!("{sentence}{reason}"));
    }
}

#[tokio::test]
async fn an_object_without_a_name_is_not_asked_for() {
    let server = Scripted::new([page(&[], "")]);
    let error = server.client.get::<ResourceQuota>("n", "").await.unwrap_err();
    assert_eq!(error.status(), ExitStatus::Usage);
    assert!(server.asked().is_empty());
}
