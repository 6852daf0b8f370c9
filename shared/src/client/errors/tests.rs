//! Sentences compared with those the real kubectl prints for the same trouble.

use http::{HeaderMap, HeaderValue, StatusCode, header::CONTENT_TYPE};

use super::*;

fn reporter() -> Reporter {
    Reporter {
        host: "cluster.example:6443".into(),
        proxy: None,
        identity: Identity::Anonymous,
        unreachable_hint: None,
    }
}

fn answer(status: u16, kind: &'static str, body: &[u8]) -> Error {
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    let status = StatusCode::from_u16(status).unwrap();
    reporter().answer(Answer { status, headers: &headers, body })
}

#[test]
fn a_refused_connection_names_the_server() {
    let error = reporter().transport(&io::Error::from(io::ErrorKind::ConnectionRefused));
    assert_eq!(
        error.to_string(),
        "The connection to the server cluster.example:6443 was refused - did you specify the right host or port?\n\
         hint: `kubectl config view --minify` shows the server; --context names another"
    );
    assert_eq!(error.status(), ExitStatus::Failure);
}

#[test]
fn a_refused_connection_to_the_proxy_names_the_proxy_in_the_hint() {
    let reporter = Reporter { proxy: Some("proxy:3128".into()), ..reporter() };
    let error = reporter.transport(&io::Error::from(io::ErrorKind::ConnectionRefused));
    assert_eq!(error.hint(), Some("it goes through the proxy proxy:3128"));
}

#[test]
fn a_wrapped_cause_is_found() {
    let inner = rustls::Error::InvalidCertificate(rustls::CertificateError::UnknownIssuer);
    let error = io::Error::other(io::Error::new(io::ErrorKind::InvalidData, inner));
    let error = reporter().transport(&error);
    assert!(
        error.to_string().starts_with(
            "Unable to connect to the server: tls: failed to verify certificate: x509: certificate signed by unknown authority\nhint: "
        ),
        "{error}"
    );
}

#[test]
fn an_error_of_ours_comes_back_as_it_was() {
    let ours = Error::usage("exec: executable x not found").with_hint("install x");
    let error = reporter().transport(&kube::Error::Service(Box::new(ours.clone())));
    assert_eq!((error.to_string(), error.status()), (ours.to_string(), ExitStatus::Usage));
}

#[test]
fn an_unknown_host_reads_as_kubectls() {
    let text = "failed to lookup address information: Name or service not known";
    let error = reporter().transport(&io::Error::other(text)).to_string();
    assert!(
        error
            .starts_with("Unable to connect to the server: dial tcp: lookup cluster.example: no such host\n"),
        "{error}"
    );
}

#[test]
fn the_servers_refusal_is_verbatim() {
    let body = br#"{"kind":"Status","apiVersion":"v1","status":"Failure","message":"pods is forbidden: User \"jane\" cannot list","reason":"Forbidden","details":{"kind":"pods"},"code":403}"#;
    let error = answer(403, "application/json", body);
    assert_eq!(
        error.to_string(),
        "Error from server (Forbidden): pods is forbidden: User \"jane\" cannot list"
    );
    assert_eq!(error.status(), ExitStatus::NotPermitted);
    assert!(error.is_api(403));
}

#[test]
fn a_refusal_in_protobuf_is_read_too() {
    // Fields 3, 4 and 6 of metav1.Status, inside field 2 of runtime.Unknown.
    let status = b"\x1a\x0dquota is gone\x22\x08NotFound\x30\x94\x03";
    let mut body = b"k8s\0\x0a\x04\x0a\x02v1\x12".to_vec();
    body.push(u8::try_from(status.len()).unwrap());
    body.extend_from_slice(status);
    let error = answer(404, "application/vnd.kubernetes.protobuf", &body);
    assert_eq!(error.to_string(), "Error from server (NotFound): quota is gone");
}

#[test]
fn what_is_invalid_is_told_cause_by_cause() {
    let said = |details: &str| {
        let body = format!(r#"{{"kind":"Status","message":"whole","reason":"Invalid","code":422{details}}}"#);
        answer(422, "application/json", body.as_bytes())
    };
    let cause = |field: &str, message: &str| {
        format!(r#"{{"reason":"FieldValueInvalid","field":"{field}","message":"{message}"}}"#)
    };
    let (first, second) = (cause("spec.a", "no"), cause("spec.b", "never"));
    let cases = [
        (String::new(), "The request is invalid: whole"),
        (r#","details":null"#.to_owned(), "The request is invalid: whole"),
        (r#","details":{}"#.to_owned(), "The request is invalid: whole"),
        (r#","details":{"name":"p","kind":"Pod"}"#.to_owned(), "The Pod \"p\" is invalid"),
        (format!(r#","details":{{"causes":[{first}]}}"#), "The request is invalid: spec.a: no"),
        (
            format!(r#","details":{{"name":"p","kind":"Pod","causes":[{first},{first}]}}"#),
            "The Pod \"p\" is invalid: spec.a: no",
        ),
        (
            format!(r#","details":{{"name":"p","kind":"Pod","causes":[{first},{second},{first}]}}"#),
            "The Pod \"p\" is invalid: \n* spec.a: no\n* spec.b: never",
        ),
    ];
    for (details, expected) in cases {
        assert_eq!(said(&details).to_string(), expected, "{details}");
    }
    let error = said(&format!(r#","details":{{"name":"p","causes":[{first}]}}"#));
    let details = error.api_status().unwrap().details.as_ref().unwrap();
    assert_eq!(details.causes[0].reason, "FieldValueInvalid");
    assert_eq!((error.status(), error.is_api(422)), (ExitStatus::Failure, true));
}

#[test]
fn not_logged_in_says_why() {
    let body = br#"{"kind":"Status","message":"Unauthorized","reason":"Unauthorized","code":401}"#;
    let error = answer(401, "application/json", body).to_string();
    assert!(
        error.starts_with("error: You must be logged in to the server (Unauthorized)\nhint: the kubeconfig's user has no credentials"),
        "{error}"
    );
}

#[test]
fn answers_without_a_status_read_as_client_gos() {
    let cases = [
        (
            404,
            "404 page not found",
            "Error from server (NotFound): the server could not find the requested resource",
        ),
        (
            502,
            "bad gateway",
            "Error from server (InternalError): an error on the server (\"bad gateway\") has prevented the request from succeeding",
        ),
        (
            503,
            "",
            "Error from server (ServiceUnavailable): the server is currently unable to handle the request",
        ),
        (422, "no such thing", "The request is invalid: : no such thing"),
        (
            418,
            "",
            "Error from server: the server responded with the status code 418 but did not return more information",
        ),
    ];
    for (status, text, expected) in cases {
        assert_eq!(answer(status, "text/plain; charset=utf-8", text.as_bytes()).to_string(), expected);
    }
}

#[test]
fn a_web_page_is_named_and_never_shown() {
    let error = answer(502, "text/html", b"<html><body>session=secret</body></html>").to_string();
    assert_eq!(
        error,
        "Error from server (InternalError): an error on the server (\"a web page, 502 Bad Gateway\") has prevented the request from succeeding\n\
         hint: a web page is no answer of an API server: a proxy or a login page stands before cluster.example:6443"
    );
}

#[test]
fn unreadable_json_is_never_shown() {
    let body = br#"{"items": ["hunter2"]}"#;
    let wrong = serde_json::from_slice::<Vec<u32>>(body).unwrap_err();
    let cut = serde_json::from_slice::<serde_json::Value>(&body[..15]).unwrap_err();
    let say = |error| reporter().not_json("/api/v1/pods", &HeaderMap::new(), body, error).to_string();
    assert_eq!(
        say(&wrong),
        "error: the answer of cluster.example:6443 to /api/v1/pods can't be read: it has not the expected form (line 1, column 0, 22 bytes in all)"
    );
    assert!(say(&cut).contains("it ends too early (line 1, column 15"), "{}", say(&cut));
}

#[test]
fn a_body_cut_short_reads_as_client_gos() {
    let error = reporter().body(&io::Error::from(io::ErrorKind::UnexpectedEof)).to_string();
    assert_eq!(
        error,
        "error: unexpected error when reading response body. Please retry. Original error: unexpected EOF"
    );
}

#[test]
fn addresses_lose_user_and_password() {
    assert_eq!(host_of(&"http://jane:secret@proxy.corp:3128".parse().unwrap()), "proxy.corp:3128");
    assert_eq!(host_of(&"https://cluster.example/k8s/clusters/c-1".parse().unwrap()), "cluster.example");
    assert_eq!(host_alone("[::1]:6443"), "[::1]");
}
