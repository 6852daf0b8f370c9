//! What servers answer, and what becomes of it.

use std::time::{Duration, Instant};

use http::Request;
use http_body_util::BodyExt as _;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::DeleteOptions;
use serde_json::json;
use shared::cli::{ExitStatus, RequestTimeout};
use shared::output::Capture;

use support::{FaultServer, Reply};

use super::{connect, connect_captured, empty_object, get, kubeconfig, sentence, server};

/// A client of a server, with what it wrote to standard error.
fn client_of(server: &FaultServer) -> (shared::client::Client, Capture) {
    connect_captured(&kubeconfig(&format!("server: '{}'", server.url()), "").flags(), &[]).unwrap()
}

#[tokio::test]
async fn a_path_is_put_behind_the_servers_own() {
    let server = server([Reply::json(200, &json!({"kind": "PodList"}))]);
    let client = kubeconfig(&format!("server: '{}/k8s/clusters/c-1/'", server.url()), "").client();
    assert_eq!(get(&client, "/api/v1/pods?limit=5").await.unwrap(), json!({"kind": "PodList"}));
    let asked = server.requests();
    assert_eq!(asked[0].line, "GET /k8s/clusters/c-1/api/v1/pods?limit=5 HTTP/1.1");
    assert_eq!(asked[0].headers_named("accept"), ["application/json"]);
    assert!(asked[0].headers_named("user-agent")[0].starts_with("shared-"), "{:?}", asked[0]);
    assert_eq!(client.server(), format!("{}/k8s/clusters/c-1", server.url()));
}

#[tokio::test]
async fn impersonation_is_sent_as_headers() {
    let server = server([empty_object()]);
    let file = kubeconfig(&format!("server: '{}'", server.url()), "as: file-user, as-groups: [file]");
    let mut flags = file.flags();
    flags.impersonate_user = Some("jane".into());
    flags.impersonate_uid = Some("7".into());
    flags.impersonate_groups = vec!["a".into(), "b".into()];
    get(&connect(&flags, &[]).unwrap(), "/version").await.unwrap();
    let asked = &server.requests()[0];
    assert_eq!(asked.headers_named("impersonate-user"), ["jane"]);
    assert_eq!(asked.headers_named("impersonate-uid"), ["7"]);
    assert_eq!(asked.headers_named("impersonate-group"), ["a", "b"]);
}

#[tokio::test]
async fn a_busy_server_is_asked_again_and_said_to_be_busy_once() {
    let busy = Reply::empty(429).header("Retry-After", "0");
    let server = server([busy.clone(), busy, empty_object()]);
    let (client, notes) = client_of(&server);
    get(&client, "/api/v1/pods").await.unwrap();
    assert_eq!(server.requests().len(), 3);
    assert_eq!(notes.stderr(), "the server has too many requests (429); asking again in 0 s\n");
}

#[tokio::test]
async fn a_server_that_stays_busy_is_asked_three_times() {
    let server = server([Reply::empty(503).header("Retry-After", "0")]);
    let (client, _) = client_of(&server);
    let error = get(&client, "/api/v1/pods").await.unwrap_err();
    assert!(error.is_api(503));
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn a_write_is_sent_once_whatever_happens() {
    for reply in [Reply::empty(429).header("Retry-After", "0"), Reply::empty(503), Reply::nothing()] {
        let server = server([reply]);
        let (client, notes) = client_of(&server);
        let eviction = Request::post("/api/v1/namespaces/n/pods/p/eviction").body(b"{}".to_vec()).unwrap();
        client.request(eviction).await.unwrap_err();
        assert_eq!(server.requests().len(), 1);
        assert!(notes.stderr().is_empty());
    }
}

#[tokio::test]
async fn a_lost_connection_is_tried_again() {
    let server = server([Reply::nothing(), empty_object()]);
    let (client, notes) = client_of(&server);
    get(&client, "/version").await.unwrap();
    assert_eq!(notes.stderr(), "the connection was lost; asking again in 0.25 s\n");
}

#[tokio::test]
async fn a_slow_server_meets_the_request_timeout() {
    let cases = [
        (
            Reply::nothing().hold(Duration::from_secs(60)),
            "Unable to connect to the server: net/http: request canceled (Client.Timeout exceeded while awaiting headers)",
        ),
        (
            empty_object().cut_after(1).hold(Duration::from_secs(60)),
            "Unable to connect to the server: context deadline exceeded (Client.Timeout or context cancellation while reading body)",
        ),
        // Bytes that come one by one don't prolong the whole.
        (
            Reply::text(200, "application/json", "{        }").in_pieces_of(1, Duration::from_millis(700)),
            "Unable to connect to the server: context deadline exceeded (Client.Timeout or context cancellation while reading body)",
        ),
    ];
    let meets = async |(reply, expected): (Reply, &str)| {
        let server = server([reply]);
        let file = kubeconfig(&format!("server: '{}'", server.url()), "");
        let mut flags = file.flags();
        // Enough for a busy machine to send the head of the answer.
        flags.request_timeout = Some(RequestTimeout(Some(Duration::from_secs(3))));
        let client = connect(&flags, &[]).unwrap();
        let start = Instant::now();
        let error = get(&client, "/api/v1/pods").await.unwrap_err();
        assert!(start.elapsed() < Duration::from_secs(50), "{:?}", start.elapsed());
        assert_eq!(
            error.to_string(),
            format!("{expected}\nhint: the request was given 3s by --request-timeout; 0 waits for ever")
        );
        assert_eq!(error.status(), ExitStatus::Failure);
    };
    futures::future::join_all(cases.into_iter().map(meets)).await;
}

#[tokio::test]
async fn a_slow_answer_in_pieces_is_read_to_its_end() {
    let slow =
        Reply::text(200, "application/json", r#"{"a":[1,2]}"#).in_pieces_of(2, Duration::from_millis(50));
    let server = server([slow]);
    assert_eq!(get(&client_of(&server).0, "/x").await.unwrap(), json!({"a": [1, 2]}));
}

#[tokio::test]
async fn an_opened_answer_is_not_bound_by_the_timeout() {
    let server = server([
        Reply::text(200, "application/json", "one\ntwo\n").in_pieces_of(4, Duration::from_millis(1_100))
    ]);
    let file = kubeconfig(&format!("server: '{}'", server.url()), "");
    let mut flags = file.flags();
    flags.request_timeout = Some(RequestTimeout(Some(Duration::from_secs(2))));
    let client = connect(&flags, &[]).unwrap();
    let response = client.open(Request::get("/watch").body(Vec::new()).unwrap()).await.unwrap();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    assert_eq!(&body[..], b"one\ntwo\n");
    assert_eq!(server.requests()[0].headers_named("accept-encoding"), ["identity"]);
}

#[tokio::test]
async fn what_is_not_json_is_told_without_being_shown() {
    let cut = r#"{"kind":"SecretList","items":[{"data":{"password":"hunter2"#;
    let cases = [
        (
            Reply::text(200, "application/json", format!("{cut}\"}}}}]}}")).cut_after(cut.len()),
            "error: unexpected error when reading response body. Please retry. Original error: unexpected EOF".to_owned(),
        ),
        (Reply::text(200, "application/json", cut), "it ends too early (line 1, column 58, 58 bytes in all)".to_owned()),
        (
            Reply::text(200, "text/html", "<html>hunter2</html>"),
            "answered /api/v1/secrets with a web page instead of JSON".to_owned(),
        ),
        (
            Reply::text(502, "text/html", "<html>hunter2</html>"),
            "Error from server (InternalError): an error on the server (\"a web page, 502 Bad Gateway\") has prevented the request from succeeding".to_owned(),
        ),
        (
            Reply::empty(302).header("Location", "https://login.example/?token=hunter2"),
            "Error from server: the server responded with the status code 302 but did not return more information".to_owned(),
        ),
    ];
    for (reply, expected) in cases {
        let server = server([reply]);
        let error = get(&client_of(&server).0, "/api/v1/secrets").await.unwrap_err().to_string();
        assert!(error.contains(&expected), "{error}");
        assert!(!error.contains("hunter2"), "{error}");
    }
}

#[tokio::test]
async fn what_is_not_http_is_told() {
    let server = server([Reply::raw("SSH-2.0-OpenSSH_9.2\r\n")]);
    assert_eq!(
        sentence(&client_of(&server).0, "/version").await,
        "Unable to connect to the server: net/http: HTTP/1.x transport connection broken: malformed HTTP response"
    );
}

#[tokio::test]
async fn the_servers_warnings_are_passed_on() {
    let server = server([empty_object().header("Warning", "299 - \"policy/v1beta1 is deprecated\"")]);
    let (client, notes) = client_of(&server);
    get(&client, "/x").await.unwrap();
    assert_eq!(notes.stderr(), "Warning: policy/v1beta1 is deprecated\n");
}

#[tokio::test]
async fn typed_calls_go_the_same_way() {
    let server = server([Reply::status(403, "Forbidden", "pods \"p\" is forbidden: no")]);
    let (client, _) = client_of(&server);
    let pods = client.objects::<k8s_openapi::api::core::v1::Pod>("n");
    let error = pods.delete("p", &DeleteOptions::default()).await.unwrap_err();
    assert_eq!(error.to_string(), "Error from server (Forbidden): pods \"p\" is forbidden: no");
    assert_eq!((error.status(), error.is_api(403)), (ExitStatus::NotPermitted, true));
}
