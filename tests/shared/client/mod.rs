//! The client against servers that misbehave, against proxies, and against a real control plane beside kubectl.

mod answers;
mod connections;
mod plugins;
mod proxies;
mod real_cluster;
mod real_plugins;
mod tls;
mod typed_objects;

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use shared::{
    Result,
    cli::ConnectionFlags,
    client::{Client, Environment},
    kubeconfig::{self, LoadOptions, kubeconfig_files, load},
    output::{Appearance, Capture, Printer},
};
use support::{FaultServer, Reply};
use tokio::net::TcpSocket;

/// A kubeconfig file in a folder of its own.
struct Written {
    /// Keeps the file in being.
    _folder: tempfile::TempDir,
    path: PathBuf,
}

/// Writes a kubeconfig with one context; `cluster` and `user` are YAML flow content.
fn kubeconfig(cluster: &str, user: &str) -> Written {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config");
    let text = format!(
        "apiVersion: v1\nkind: Config\ncurrent-context: c\ncontexts: [{{name: c, context: {{cluster: k, user: u}}}}]\n\
         clusters: [{{name: k, cluster: {{{cluster}}}}}]\nusers: [{{name: u, user: {{{user}}}}}]\n"
    );
    fs::write(&path, text).unwrap();
    Written { _folder: folder, path }
}

impl Written {
    fn flags(&self) -> ConnectionFlags {
        ConnectionFlags { kubeconfig: Some(self.path.clone()), ..ConnectionFlags::default() }
    }

    fn client(&self) -> Client {
        connect(&self.flags(), &[]).unwrap()
    }
}

/// Connects with exactly these variables set.
fn connect(flags: &ConnectionFlags, variables: &[(&str, &str)]) -> Result<Client> {
    connect_from(tempfile::tempdir().unwrap().path(), flags, variables)
}

/// The same from a home folder.
fn connect_from(home: &Path, flags: &ConnectionFlags, variables: &[(&str, &str)]) -> Result<Client> {
    captured_from(home, flags, variables).map(|(client, _)| client)
}

/// The same as [`connect`], with what the client writes to standard error.
fn connect_captured(flags: &ConnectionFlags, variables: &[(&str, &str)]) -> Result<(Client, Capture)> {
    captured_from(tempfile::tempdir().unwrap().path(), flags, variables)
}

fn captured_from(
    home: &Path,
    flags: &ConnectionFlags,
    variables: &[(&str, &str)],
) -> Result<(Client, Capture)> {
    let files = kubeconfig::Environment {
        kubeconfig: None,
        home: home.to_owned(),
        current_directory: home.to_owned(),
    };
    let kubeconfig =
        load(&kubeconfig_files(flags.kubeconfig.as_deref(), &files), &files, LoadOptions::default())?;
    let (printer, capture) = Printer::captured(Appearance::default());
    let environment = Environment::with_variables(variables.iter().copied());
    Ok((Client::connect_with(flags, &kubeconfig, &environment, printer.stderr_sink())?, capture))
}

async fn get(client: &Client, path: &str) -> Result<serde_json::Value> {
    client.get_json(path).await
}

/// A port on which nobody listens, and nobody else can as long as this is kept.
fn unheard_port() -> (TcpSocket, u16) {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let port = socket.local_addr().unwrap().port();
    (socket, port)
}

/// A server on plain HTTP that answers any path with these replies, one after the other.
fn server(replies: impl IntoIterator<Item = Reply>) -> FaultServer {
    let server = FaultServer::http();
    server.otherwise(replies);
    server
}

/// A server for these names that answers everything with `{}`.
fn good_server(names: &[&str]) -> FaultServer {
    let server = FaultServer::https_for(names);
    server.otherwise([empty_object()]);
    server
}

/// The same for 127.0.0.1, with a certificate that ended with the first of January 2024.
fn expired_server() -> FaultServer {
    let end = SystemTime::UNIX_EPOCH + Duration::from_secs(1_704_153_600);
    let authority = cluster::Authority::new().unwrap();
    let server = FaultServer::https_signed(&authority, &["127.0.0.1"], end);
    server.otherwise([empty_object()]);
    server
}

fn empty_object() -> Reply {
    Reply::json(200, &serde_json::json!({}))
}

/// The settings of a kubeconfig that trust a server, besides its address.
fn trusted(server: &FaultServer) -> String {
    use base64::Engine as _;
    let data = base64::engine::general_purpose::STANDARD.encode(server.ca_pem().unwrap());
    format!("certificate-authority-data: {data}")
}

/// What stderr would show for a GET that fails, without the hint.
async fn sentence(client: &Client, path: &str) -> String {
    let error = get(client, path).await.unwrap_err().to_string();
    error.split("\nhint: ").next().unwrap_or_default().to_owned()
}
