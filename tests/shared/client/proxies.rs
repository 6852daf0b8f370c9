//! Through a proxy, or past it.

use std::{
    io::{Read as _, Write as _},
    net::TcpListener,
    thread,
};

use support::{FaultServer, Reply};

use super::{connect, get, good_server, kubeconfig, server, trusted, unheard_port};

/// An HTTP proxy that opens every tunnel to one port, whatever host is asked for.
fn proxy_to(port: u16) -> FaultServer {
    server([Reply::tunnel(port)])
}

fn asked(proxy: &FaultServer) -> Vec<String> {
    proxy.requests().into_iter().map(|request| request.line).collect()
}

#[tokio::test]
async fn the_environments_proxy_is_used_for_https() {
    let server = good_server(&["cluster.example"]);
    let proxy = proxy_to(server.port());
    let cluster = format!("server: 'https://cluster.example:6443', {}", trusted(&server));
    let file = kubeconfig(&cluster, "token: t");
    let url = format!("http://jane:pa%40ss@127.0.0.1:{}", proxy.port());
    // An exception for the proxy's own host must change nothing: kube would look there.
    let client = connect(&file.flags(), &[("HTTPS_PROXY", &url), ("NO_PROXY", "127.0.0.1")]).unwrap();
    get(&client, "/version").await.unwrap();
    assert_eq!(asked(&proxy), ["CONNECT cluster.example:6443 HTTP/1.1"]);
    // jane:pa@ss
    assert_eq!(proxy.requests()[0].headers_named("proxy-authorization"), ["Basic amFuZTpwYUBzcw=="]);
}

#[tokio::test]
async fn an_exception_for_the_cluster_leads_past_the_proxy() {
    let proxy = proxy_to(1);
    let file = kubeconfig("server: 'https://nohost.invalid:6443'", "token: t");
    let url = format!("http://127.0.0.1:{}", proxy.port());
    let client = connect(&file.flags(), &[("HTTPS_PROXY", &url), ("NO_PROXY", ".invalid")]).unwrap();
    let error = get(&client, "/version").await.unwrap_err().to_string();
    assert!(error.contains("lookup nohost.invalid: no such host"), "{error}");
    let server = good_server(&["127.0.0.1"]);
    let file = kubeconfig(&format!("server: '{}', {}", server.url(), trusted(&server)), "token: t");
    get(&connect(&file.flags(), &[("HTTPS_PROXY", &url)]).unwrap(), "/version").await.unwrap();
    assert_eq!(asked(&proxy), [] as [&str; 0]);
}

#[tokio::test]
async fn the_kubeconfigs_proxy_is_used_for_loopback_too() {
    let server = good_server(&["127.0.0.1"]);
    let proxy = proxy_to(server.port());
    let cluster = format!("server: '{}', proxy-url: '{}', {}", server.url(), proxy.url(), trusted(&server));
    let file = kubeconfig(&cluster, "token: t");
    get(&connect(&file.flags(), &[("NO_PROXY", "*")]).unwrap(), "/version").await.unwrap();
    assert_eq!(asked(&proxy), [format!("CONNECT 127.0.0.1:{} HTTP/1.1", server.port())]);
}

#[tokio::test]
async fn a_proxy_that_wants_a_password_is_named_without_showing_one() {
    let proxy = server([Reply::empty(407)]);
    let file = kubeconfig("server: 'https://locked.example'", "token: t");
    let url = format!("http://jane:hunter2@127.0.0.1:{}", proxy.port());
    let client = connect(&file.flags(), &[("HTTPS_PROXY", &url)]).unwrap();
    let error = get(&client, "/version").await.unwrap_err().to_string();
    assert_eq!(
        error,
        format!(
            "Unable to connect to the server: Proxy Authentication Required\nhint: the proxy 127.0.0.1:{0} wants a user and a password: http://USER:PASSWORD@127.0.0.1:{0}",
            proxy.port()
        )
    );
}

#[tokio::test]
async fn a_proxy_that_is_not_there_is_named() {
    let (_kept, port) = unheard_port();
    let file = kubeconfig("server: 'https://cluster.example:6443'", "token: t");
    let client = connect(&file.flags(), &[("HTTPS_PROXY", &format!("http://127.0.0.1:{port}"))]).unwrap();
    let error = get(&client, "/version").await.unwrap_err().to_string();
    assert_eq!(
        error,
        format!(
            "The connection to the server cluster.example:6443 was refused - did you specify the right host or port?\nhint: it goes through the proxy 127.0.0.1:{port}"
        )
    );
}

/// A SOCKS proxy that gives these answers, one to each message of one client. Returns its port.
fn socks_proxy(answers: &'static [&'static [u8]]) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        let (mut client, _) = listener.accept().unwrap();
        for answer in answers {
            assert!(client.read(&mut [0; 512]).unwrap() > 0);
            client.write_all(answer).unwrap();
        }
        // Until the client has read all.
        while client.read(&mut [0; 512]).is_ok_and(|read| read > 0) {}
    });
    port
}

async fn through_socks(port: u16) -> String {
    let cluster = format!(
        "server: 'https://cluster.example:6443', proxy-url: 'socks5://jane:hunter2@127.0.0.1:{port}'"
    );
    let file = kubeconfig(&cluster, "token: t");
    get(&file.client(), "/version").await.unwrap_err().to_string()
}

#[tokio::test]
async fn a_socks_proxy_that_is_not_there_is_named() {
    let (_kept, port) = unheard_port();
    assert_eq!(
        through_socks(port).await,
        format!(
            "The connection to the server cluster.example:6443 was refused - did you specify the right host or port?\nhint: it goes through the proxy 127.0.0.1:{port}"
        )
    );
}

#[tokio::test]
async fn a_socks_proxy_that_does_not_connect_is_named_with_its_reason() {
    const HOST_UNREACHABLE: &[u8] = &[5, 4, 0, 1, 0, 0, 0, 0, 0, 0];
    let port = socks_proxy(&[&[5, 2], &[1, 0], HOST_UNREACHABLE]);
    assert_eq!(
        through_socks(port).await,
        format!(
            "Unable to connect to the server: the SOCKS proxy 127.0.0.1:{port} did not connect to cluster.example:6443: host unreachable"
        )
    );
}

#[tokio::test]
async fn a_socks_proxy_that_refuses_the_password_is_named_without_showing_one() {
    let port = socks_proxy(&[&[5, 2], &[1, 1]]);
    assert_eq!(
        through_socks(port).await,
        format!(
            "Unable to connect to the server: the SOCKS proxy 127.0.0.1:{port} did not connect to cluster.example:6443: credentials not accepted\nhint: check the user and the password: socks5://USER:PASSWORD@127.0.0.1:{port}"
        )
    );
}
