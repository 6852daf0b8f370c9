//! A real API server, and the real kubectl beside us: the same trouble must read the same.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use cluster::Expiry;
use http::{Request, header::ACCEPT};
use shared::{
    cli::{ConnectionFlags, ExitStatus},
    client::Client,
};
use support::{cluster, fresh_namespace};

use super::{
    authority::Authority,
    connect,
    fake_server::{FakeServer, Reply},
    get, kubeconfig, plugins, sentence,
};

fn flags(path: impl Into<PathBuf>) -> ConnectionFlags {
    ConnectionFlags { kubeconfig: Some(path.into()), ..ConnectionFlags::default() }
}

fn client(path: impl Into<PathBuf>) -> Client {
    connect(&flags(path), &[]).unwrap()
}

/// What the real kubectl writes to stderr for a GET of `path`.
fn kubectl_says(kubeconfig: &Path, path: &str) -> String {
    let output = Command::new(cluster().programs_dir().join("kubectl"))
        .args(["get", "--raw", path, "--request-timeout=10s", "--kubeconfig"])
        .arg(kubeconfig)
        .env_clear()
        .env("HOME", "/nonexistent")
        .output()
        .unwrap();
    assert!(!output.status.success());
    String::from_utf8(output.stderr).unwrap().trim_end().to_owned()
}

/// The value of `key: VALUE` in a kubeconfig's text.
fn value_of(kubeconfig: &Path, key: &str) -> String {
    let text = fs::read_to_string(kubeconfig).unwrap();
    let line = text.lines().find_map(|line| line.trim().strip_prefix(key)).unwrap();
    line.trim_start_matches(':').trim().trim_matches('"').to_owned()
}

#[tokio::test]
async fn reads_what_is_there() {
    let namespace = fresh_namespace("read");
    let seen =
        get(&client(cluster().kubeconfig_path()), &format!("/api/v1/namespaces/{namespace}")).await.unwrap();
    assert_eq!(seen["metadata"]["name"], namespace);
}

#[tokio::test]
async fn the_same_trouble_reads_as_kubectls() {
    let stranger = cluster().user("stranger", &[]).unwrap();
    let cases = [
        (cluster().wrong_authority().unwrap(), "/api/v1/pods"),
        (cluster().rejected_token().unwrap(), "/api/v1/pods"),
        (cluster().user_until("late", &["system:masters"], Expiry::Expired).unwrap(), "/api/v1/pods"),
        (stranger.clone(), "/api/v1/namespaces/default/pods"),
        (stranger, "/api/v1/nodes/n1"),
        (cluster().kubeconfig_path(), "/api/v1/namespaces/missing"),
        (cluster().kubeconfig_path(), "/apis/nosuch.example/v1/things"),
        (cluster().kubeconfig_path(), "/api/v1/pods?limit=minus"),
    ];
    for (kubeconfig, path) in cases {
        // Of an authority with the right name and the wrong key Go also tells the signature's fault.
        let kubectls = kubectl_says(&kubeconfig, path);
        let kubectls = kubectls.split(" (possibly because of").next().unwrap();
        assert_eq!(sentence(&client(&kubeconfig), path).await, kubectls, "{path}");
    }
}

#[tokio::test]
async fn trouble_on_the_way_reads_as_kubectls() {
    let authority = Authority::new();
    let data = authority.data();
    let expired = authority.serve(&["127.0.0.1"], 2024);
    let other = authority.serve(&["kubernetes"], 2999);
    let late = FakeServer::start(vec![Reply::Close]);
    let text = FakeServer::start(vec![Reply::Answer(
        "503 Service Unavailable\r\nContent-Type: text/plain",
        "no backend\n",
    )]);
    let cases = [
        "server: 'https://127.0.0.1:1'".to_owned(),
        "server: 'http://127.0.0.1:1'".to_owned(),
        format!("server: 'https://127.0.0.1:{other}', certificate-authority-data: {data}"),
        format!("server: 'https://localhost:{other}', certificate-authority-data: {data}"),
        format!("server: 'https://127.0.0.1:{expired}', certificate-authority-data: {data}"),
        format!("server: 'http://127.0.0.1:{}'", late.port),
        format!("server: 'http://127.0.0.1:{}'", text.port),
        format!("server: 'https://127.0.0.1:{}'", super::tls::plain_http()),
        cluster().server_url().replacen("https", "server: 'http", 1) + "'",
        "server: 'https://x', certificate-authority: /nonexistent/ca".to_owned(),
        "server: 'https://x', certificate-authority-data: YQ==".to_owned(),
    ];
    // The moment of an expired certificate's check differs by seconds.
    let timeless = |text: String| match text.split_once("current time ") {
        Some((head, tail)) => format!("{head}current time{}", tail.split_once('Z').unwrap().1),
        None => text,
    };
    for cluster in cases {
        let file = kubeconfig(&cluster, "token: t");
        let ours = match connect(&file.flags(), &[]) {
            Ok(client) => sentence(&client, "/version").await,
            Err(error) => error.to_string().split("\nhint: ").next().unwrap().to_owned(),
        };
        assert_eq!(timeless(ours), timeless(kubectl_says(&file.path, "/version")), "{cluster}");
    }
}

#[tokio::test]
async fn an_expired_client_certificate_is_told_with_its_date() {
    let path = cluster().user_until("expired", &["system:masters"], Expiry::Expired).unwrap();
    let error = get(&client(path), "/api/v1/pods").await.unwrap_err();
    assert_eq!(error.status(), ExitStatus::NotPermitted);
    let hint = error.hint().unwrap();
    let date = hint
        .strip_prefix("your client certificate expired on ")
        .unwrap()
        .strip_suffix(": have a new one issued");
    let ended: jiff::Timestamp = date.unwrap().parse().unwrap();
    let ago = jiff::Timestamp::now().duration_since(ended).as_secs();
    assert!((3500..4000).contains(&ago), "{hint}");
}

#[tokio::test]
async fn a_refusal_in_protobuf_reads_the_same() {
    let client = client(cluster().user("protobuf", &[]).unwrap());
    let request = Request::get("/api/v1/pods").header(ACCEPT, "application/vnd.kubernetes.protobuf");
    let error = client.request(request.body(Vec::new()).unwrap()).await.unwrap_err();
    assert_eq!(error.to_string(), get(&client, "/api/v1/pods").await.unwrap_err().to_string());
    assert_eq!(
        error.to_string(),
        "Error from server (Forbidden): pods is forbidden: User \"protobuf\" cannot list resource \"pods\" in API group \"\" at the cluster scope"
    );
}

#[tokio::test]
async fn impersonation_is_obeyed() {
    let mut flags = flags(cluster().kubeconfig_path());
    flags.impersonate_user = Some("jane".into());
    flags.impersonate_groups = vec!["developers".into()];
    let client = connect(&flags, &[]).unwrap();
    let review = serde_json::json!({"apiVersion": "authentication.k8s.io/v1", "kind": "SelfSubjectReview"});
    let request = Request::post("/apis/authentication.k8s.io/v1/selfsubjectreviews")
        .header("content-type", "application/json")
        .body(review.to_string().into_bytes());
    let answer = client.request(request.unwrap()).await.unwrap();
    let seen: serde_json::Value = serde_json::from_slice(answer.body()).unwrap();
    assert_eq!(seen["status"]["userInfo"]["username"], "jane");
    assert_eq!(
        seen["status"]["userInfo"]["groups"],
        serde_json::json!(["developers", "system:authenticated"])
    );
}

#[tokio::test]
async fn nobody_is_told_that_he_is_nobody() {
    let data = value_of(&cluster().kubeconfig_path(), "certificate-authority-data");
    let server = cluster().server_url();
    let file = kubeconfig(&format!("server: '{server}', certificate-authority-data: {data}"), "");
    let error = get(&file.client(), "/api/v1/pods").await.unwrap_err();
    assert_eq!(error.status(), ExitStatus::NotPermitted);
    assert!(error.hint().unwrap().starts_with("the kubeconfig's user has no credentials"), "{error}");
}

/// A kubeconfig for the control plane with this user.
fn file_for(user: &str) -> super::Written {
    let data = value_of(&cluster().kubeconfig_path(), "certificate-authority-data");
    kubeconfig(&format!("server: '{}', certificate-authority-data: {data}", cluster().server_url()), user)
}

#[tokio::test]
async fn a_plugins_token_is_used_and_a_refused_one_is_not_asked_for_twice() {
    let namespace = fresh_namespace("plugin");
    let token = value_of(&cluster().service_account(&namespace, "robot").unwrap(), "token");
    let path = format!("/api/v1/namespaces/{namespace}/serviceaccounts/robot");
    let folder = tempfile::tempdir().unwrap();
    let file = file_for(&plugins::plugin_user(folder.path(), &plugins::token_answer(&token)));
    let error = get(&file.client(), &path).await.unwrap_err().to_string();
    assert!(
        error.contains(&format!("User \"system:serviceaccount:{namespace}:robot\" cannot get")),
        "{error}"
    );
    assert_eq!(plugins::runs(folder.path()), 1);

    let folder = tempfile::tempdir().unwrap();
    let file = file_for(&plugins::plugin_user(folder.path(), &plugins::token_answer("wrong")));
    let error = get(&file.client(), &path).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "error: You must be logged in to the server (Unauthorized)\nhint: the server does not accept what the credential plugin /bin/sh answered: log in with it again"
    );
    assert_eq!(plugins::runs(folder.path()), 1);
}

#[tokio::test]
async fn a_plugins_credential_that_is_revoked_is_renewed_once() {
    let namespace = fresh_namespace("renew");
    let (first, second) = ("first", "second");
    let token_of = |name: &str| value_of(&cluster().service_account(&namespace, name).unwrap(), "token");
    let folder = tempfile::tempdir().unwrap();
    let file = file_for(&plugins::plugin_user(folder.path(), &plugins::token_answer(&token_of(first))));
    let client = file.client();
    let path = format!("/api/v1/namespaces/{namespace}/pods");
    let user = async || get(&client, &path).await.unwrap_err().to_string();
    assert!(user().await.contains(":first\" cannot list"));
    // The token of a service account that is gone is worth nothing.
    fs::write(folder.path().join("answer"), plugins::token_answer(&token_of(second))).unwrap();
    let account = format!("/api/v1/namespaces/{namespace}/serviceaccounts/{first}");
    cluster().api().request("DELETE", &account, None, None).unwrap();
    cluster().api().wait_until_gone(&account).unwrap();
    // The API server believes a token for some seconds more.
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(30);
    while !user().await.contains(":second\" cannot list") {
        assert!(std::time::Instant::now() < deadline, "{}", user().await);
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    }
    assert_eq!(plugins::runs(folder.path()), 2);
}

#[tokio::test]
async fn a_plugins_certificate_is_shown() {
    use base64::Engine as _;
    let path = cluster().user("by-certificate", &[]).unwrap();
    let decoded = |key: &str| {
        let bytes = base64::engine::general_purpose::STANDARD.decode(value_of(&path, key)).unwrap();
        String::from_utf8(bytes).unwrap()
    };
    let answer = serde_json::json!({
        "apiVersion": "client.authentication.k8s.io/v1",
        "kind": "ExecCredential",
        "status": {
            "clientCertificateData": decoded("client-certificate-data"),
            "clientKeyData": decoded("client-key-data"),
            "expirationTimestamp": "2999-01-01T00:00:00Z"
        }
    });
    let folder = tempfile::tempdir().unwrap();
    let file = file_for(&plugins::plugin_user(folder.path(), &answer.to_string()));
    let client = file.client();
    for _ in 0..3 {
        let error = get(&client, "/api/v1/pods").await.unwrap_err().to_string();
        assert!(error.contains("User \"by-certificate\" cannot list"), "{error}");
    }
    assert_eq!(plugins::runs(folder.path()), 1);
}

#[tokio::test]
async fn a_service_accounts_namespace_is_in_effect() {
    let namespace = fresh_namespace("account");
    let client = client(cluster().service_account(&namespace, "robot").unwrap());
    assert_eq!((client.namespace(), client.context()), (namespace.as_str(), Some("robot")));
}

#[tokio::test]
async fn trouble_with_plugins_reads_as_kubectls() {
    let v1 = "client.authentication.k8s.io/v1";
    let head = format!("apiVersion: {v1}\\nkind: ExecCredential\\n");
    let shell = |script: &str| {
        format!("apiVersion: {v1}, interactiveMode: Never, command: /bin/sh, args: [-c, \"{script}\"]")
    };
    let cases = [
        format!("apiVersion: {v1}, interactiveMode: Never, command: no-such-plugin"),
        format!(
            "apiVersion: {v1}, interactiveMode: Never, command: no-such-plugin, installHint: \"get \\e[1mit\\nhere\""
        ),
        format!("apiVersion: {v1}, interactiveMode: Always, command: /bin/sh"),
        format!("apiVersion: {v1}, interactiveMode: Sometimes, command: /bin/sh"),
        format!("apiVersion: {v1}, command: /bin/sh"),
        "apiVersion: client.authentication.k8s.io/v1alpha1, interactiveMode: Never, command: /bin/sh"
            .to_owned(),
        "interactiveMode: Never, command: ''".to_owned(),
        shell("exit 3"),
        shell("kill -9 $$"),
        shell(&format!("printf '{head}'")),
        shell(&format!("printf '{head}status: {{}}'")),
        shell(&format!("printf '{head}status: {{clientKeyData: k}}'")),
        shell(
            "printf 'apiVersion: client.authentication.k8s.io/v1beta1\\nkind: ExecCredential\\nstatus: {token: t}'",
        ),
    ];
    let mut different = Vec::new();
    for exec in cases {
        let file = file_for(&format!("exec: {{{exec}}}"));
        let ours = match connect(&file.flags(), &[]) {
            Ok(client) => sentence(&client, "/version").await,
            Err(error) => error.to_string().split("\nhint: ").next().unwrap().to_owned(),
        };
        let kubectls = kubectl_says(&file.path, "/version");
        if ours != kubectls {
            different.push((exec, ours, kubectls));
        }
    }
    assert!(different.is_empty(), "{different:#?}");
}
