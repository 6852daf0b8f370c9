//! Servers that are not there.

use shared::cli::ConnectionFlags;

use super::{connect_from, kubeconfig, sentence, unheard_port};

#[tokio::test]
async fn nobody_listens() {
    let (_kept, port) = unheard_port();
    let client = kubeconfig(&format!("server: 'https://127.0.0.1:{port}'"), "token: t").client();
    assert_eq!(
        sentence(&client, "/version").await,
        format!(
            "The connection to the server 127.0.0.1:{port} was refused - did you specify the right host or port?"
        )
    );
}

#[tokio::test]
async fn nobody_knows_the_host() {
    let client = kubeconfig("server: 'https://nohost.invalid:6443'", "token: t").client();
    assert_eq!(
        sentence(&client, "/version").await,
        "Unable to connect to the server: dial tcp: lookup nohost.invalid: no such host"
    );
}

#[tokio::test]
async fn nobody_said_where_the_server_is() {
    let environment = [("KUBERNETES_MASTER", "http://127.0.0.1:1")];
    let home = tempfile::tempdir().unwrap();
    let client = connect_from(home.path(), &ConnectionFlags::default(), &environment).unwrap();
    let error = super::get(&client, "/version").await.unwrap_err().to_string();
    assert_eq!(
        error,
        format!(
            "The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?\n\
             hint: no kubeconfig was found (looked for {}/.kube/config): name one with --kubeconfig or KUBECONFIG",
            home.path().display()
        )
    );
}
