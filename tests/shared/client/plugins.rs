//! Credential plugins, run by a client that talks to a server.

use std::{fs, path::Path, time::Duration};

use shared::cli::RequestTimeout;

use support::{FaultServer, Reply};

use super::{Written, connect, empty_object, get, good_server, kubeconfig, trusted};

const V1: &str = "client.authentication.k8s.io/v1";

/// A user whose plugin notes each run in the file `runs` of `folder`, and prints the file `answer`.
pub fn plugin_user(folder: &Path, answer: &str) -> String {
    fs::write(folder.join("answer"), answer).unwrap();
    let script = folder.join("plugin.sh");
    fs::write(&script, format!("echo run >> {0}/runs\ncat {0}/answer\n", folder.display())).unwrap();
    format!(
        "exec: {{apiVersion: {V1}, command: /bin/sh, args: ['{}'], interactiveMode: Never}}",
        script.display()
    )
}

pub fn token_answer(token: &str) -> String {
    format!("apiVersion: {V1}\nkind: ExecCredential\nstatus:\n  token: {token}\n")
}

pub fn runs(folder: &Path) -> usize {
    fs::read_to_string(folder.join("runs")).unwrap_or_default().lines().count()
}

/// A server, and a kubeconfig for it whose plugin lives in `folder`.
fn served(folder: &Path) -> (FaultServer, Written) {
    let server = good_server(&["127.0.0.1"]);
    let cluster = format!("server: '{}', {}", server.url(), trusted(&server));
    let file = kubeconfig(&cluster, &plugin_user(folder, &token_answer("first")));
    (server, file)
}

#[tokio::test]
async fn a_plugin_runs_once_for_many_requests_and_not_before() {
    let folder = tempfile::tempdir().unwrap();
    let (server, file) = served(folder.path());
    let client = file.client();
    assert_eq!(runs(folder.path()), 0);
    for answer in futures::future::join_all((0..8).map(|_| get(&client, "/version"))).await {
        answer.unwrap();
    }
    get(&client.clone(), "/version").await.unwrap();
    assert_eq!(runs(folder.path()), 1);
    let tokens: Vec<_> =
        server.requests().iter().map(|request| request.header("authorization").map(str::to_owned)).collect();
    assert_eq!(tokens, vec![Some("Bearer first".to_owned()); 9]);
}

#[tokio::test]
async fn a_plugin_that_kuberc_forbids_does_not_run() {
    let folder = tempfile::tempdir().unwrap();
    let kuberc = folder.path().join("kuberc");
    fs::write(
        &kuberc,
        "apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\ncredentialPluginPolicy: DenyAll\n",
    )
    .unwrap();
    let (_server, file) = served(folder.path());
    let client = connect(&file.flags(), &[("KUBERC", kuberc.to_str().unwrap())]).unwrap();
    assert_eq!(
        get(&client, "/version").await.unwrap_err().to_string(),
        "Unable to connect to the server: getting credentials: plugin \"/bin/sh\" not allowed: policy set to \"DenyAll\""
    );
    assert_eq!(runs(folder.path()), 0);
}

#[tokio::test]
async fn a_plugin_that_prints_nonsense_is_not_quoted() {
    let folder = tempfile::tempdir().unwrap();
    let (_server, file) = served(folder.path());
    fs::write(folder.path().join("answer"), "token=hunter2").unwrap();
    let error = get(&file.client(), "/version").await.unwrap_err().to_string();
    assert_eq!(
        error,
        "Unable to connect to the server: getting credentials: decoding stdout: the plugin did not print an ExecCredential in JSON or YAML"
    );
}

#[tokio::test]
async fn a_plugin_may_take_longer_than_a_request() {
    let folder = tempfile::tempdir().unwrap();
    let (_server, file) = served(folder.path());
    let script = folder.path().join("plugin.sh");
    let slow = format!("sleep 3\n{}", fs::read_to_string(&script).unwrap());
    fs::write(&script, slow).unwrap();
    let mut flags = file.flags();
    flags.request_timeout = Some(RequestTimeout(Some(Duration::from_millis(2_900))));
    get(&connect(&flags, &[]).unwrap(), "/version").await.unwrap();
    assert_eq!(runs(folder.path()), 1);
}

#[tokio::test]
async fn a_credential_that_was_good_and_is_refused_is_renewed_and_the_request_sent_again() {
    let folder = tempfile::tempdir().unwrap();
    let (server, file) = served(folder.path());
    let refusal = Reply::status(401, "Unauthorized", "Unauthorized");
    server.otherwise([empty_object(), refusal.clone(), empty_object(), refusal]);
    let client = file.client();
    get(&client, "/a").await.unwrap();
    fs::write(folder.path().join("answer"), token_answer("second")).unwrap();
    get(&client, "/b").await.unwrap();
    let requests = server.requests();
    let sent: Vec<_> =
        requests.iter().map(|request| (request.target(), request.header("authorization").unwrap())).collect();
    assert_eq!(sent, [("/a", "Bearer first"), ("/b", "Bearer first"), ("/b", "Bearer second")]);
    assert_eq!(runs(folder.path()), 2);
}
