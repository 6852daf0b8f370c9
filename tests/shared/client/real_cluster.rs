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
use support::{FaultServer, Reply, cluster, fresh_namespace};

use super::{connect, expired_server, get, good_server, kubeconfig, sentence, server, trusted};

fn flags(path: impl Into<PathBuf>) -> ConnectionFlags {
    ConnectionFlags { kubeconfig: Some(path.into()), ..ConnectionFlags::default() }
}

fn client(path: impl Into<PathBuf>) -> Client {
    connect(&flags(path), &[]).unwrap()
}

/// What the real kubectl writes to stderr for a GET of `path`.
pub fn kubectl_says(kubeconfig: &Path, path: &str) -> String {
    let home = tempfile::tempdir().unwrap();
    let output = Command::new(cluster().programs_dir().join("kubectl"))
        .args(["get", "--raw", path, "--request-timeout=10s", "--kubeconfig"])
        .arg(kubeconfig)
        .env_clear()
        .env("HOME", home.path())
        .output()
        .unwrap();
    assert!(!output.status.success());
    String::from_utf8(output.stderr).unwrap().trim_end().to_owned()
}

/// The value of `key: VALUE` in a kubeconfig's text.
pub fn value_of(kubeconfig: &Path, key: &str) -> String {
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
    let expired = expired_server();
    let other = good_server(&["kubernetes"]);
    let (late, plain) = (server([Reply::nothing()]), FaultServer::http());
    let text = server([Reply::text(503, "text/plain", "no backend\n")]);
    let invalid = server([Reply::text(422, "text/plain", "no reason\n")]);
    let cases = [
        "server: 'https://127.0.0.1:1'".to_owned(),
        "server: 'http://127.0.0.1:1'".to_owned(),
        format!("server: '{}', {}", other.url(), trusted(&other)),
        format!("server: 'https://localhost:{}', {}", other.port(), trusted(&other)),
        format!("server: '{}', {}", expired.url(), trusted(&expired)),
        format!("server: '{}'", late.url()),
        format!("server: '{}'", text.url()),
        format!("server: '{}'", invalid.url()),
        format!("server: 'https://127.0.0.1:{}'", plain.port()),
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
async fn what_is_invalid_reads_as_kubectls() {
    let namespace = fresh_namespace("invalid");
    let kubeconfig = cluster().kubeconfig_path();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("quota.json");
    let hards = [
        serde_json::json!({"pods": "-1"}),
        serde_json::json!({"pods": "-1", "services": "-2", "nosuch": "1"}),
    ];
    for hard in hards {
        let quota = serde_json::json!({
            "apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": "q"}, "spec": {"hard": hard},
        });
        fs::write(&file, quota.to_string()).unwrap();
        let path = format!("/api/v1/namespaces/{namespace}/resourcequotas");
        let output = cluster().kubectl(&["create", "--raw", &path, "-f", file.to_str().unwrap()]).unwrap();
        let kubectls = String::from_utf8(output.stderr).unwrap();
        let request = Request::post(&path).header("content-type", "application/json");
        let error = client(&kubeconfig)
            .request(request.body(quota.to_string().into_bytes()).unwrap())
            .await
            .unwrap_err();
        assert!(kubectls.starts_with("The ResourceQuota \"q\" is invalid: "), "{kubectls}");
        // A map's keys are validated in any order.
        let lines = |text: &str| {
            let mut lines: Vec<_> = text.trim_end_matches('\n').split('\n').map(str::to_owned).collect();
            lines.sort_unstable();
            lines
        };
        assert_eq!(lines(&error.to_string()), lines(&kubectls));
        let details = error.api_status().unwrap().details.clone().unwrap();
        assert_eq!((details.kind.as_str(), details.name.as_str()), ("ResourceQuota", "q"));
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

#[tokio::test]
async fn a_service_accounts_namespace_is_in_effect() {
    let namespace = fresh_namespace("account");
    let client = client(cluster().service_account(&namespace, "robot").unwrap());
    assert_eq!((client.namespace(), client.context()), (namespace.as_str(), Some("robot")));
}
