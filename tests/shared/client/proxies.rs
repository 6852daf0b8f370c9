//! Through a proxy, or past it.

use std::{
    io::{self, BufReader, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

use super::{
    authority::Authority,
    connect,
    fake_server::{Asked, read_request},
    get, kubeconfig,
};

/// An HTTP proxy that opens every tunnel to one port, whatever host is asked for.
struct Proxy {
    port: u16,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Proxy {
    fn start(target: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let shared = Arc::clone(&asked);
        thread::spawn(move || {
            for mut stream in listener.incoming().map_while(|stream| stream.ok()) {
                let asked = Arc::clone(&shared);
                thread::spawn(move || {
                    let request = read_request(&mut BufReader::new(&stream)).unwrap();
                    let wants_password = request.line.contains("locked.example");
                    asked.lock().unwrap().push(request);
                    if wants_password {
                        let _ = stream.write_all(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
                        return;
                    }
                    stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").unwrap();
                    let mut server = TcpStream::connect(("127.0.0.1", target)).unwrap();
                    let (mut back, mut forth) = (server.try_clone().unwrap(), stream.try_clone().unwrap());
                    thread::spawn(move || io::copy(&mut back, &mut forth));
                    let _ = io::copy(&mut stream, &mut server);
                });
            }
        });
        Self { port, asked }
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().iter().map(|asked| asked.line.clone()).collect()
    }
}

#[tokio::test]
async fn the_environments_proxy_is_used_for_https() {
    let authority = Authority::new();
    let proxy = Proxy::start(authority.serve(&["cluster.example"], 2999));
    let cluster =
        format!("server: 'https://cluster.example:6443', certificate-authority-data: {}", authority.data());
    let file = kubeconfig(&cluster, "token: t");
    let url = format!("http://jane:pa%40ss@127.0.0.1:{}", proxy.port);
    // An exception for the proxy's own host must change nothing: kube would look there.
    let client = connect(&file.flags(), &[("HTTPS_PROXY", &url), ("NO_PROXY", "127.0.0.1")]).unwrap();
    get(&client, "/version").await.unwrap();
    assert_eq!(proxy.asked(), ["CONNECT cluster.example:6443 HTTP/1.1"]);
    // jane:pa@ss
    assert_eq!(proxy.asked.lock().unwrap()[0].header("proxy-authorization"), ["Basic amFuZTpwYUBzcw=="]);
}

#[tokio::test]
async fn an_exception_for_the_cluster_leads_past_the_proxy() {
    let authority = Authority::new();
    let proxy = Proxy::start(1);
    let file = kubeconfig("server: 'https://nohost.invalid:6443'", "token: t");
    let url = format!("http://127.0.0.1:{}", proxy.port);
    let client = connect(&file.flags(), &[("HTTPS_PROXY", &url), ("NO_PROXY", ".invalid")]).unwrap();
    let error = get(&client, "/version").await.unwrap_err().to_string();
    assert!(error.contains("lookup nohost.invalid: no such host"), "{error}");
    let port = authority.serve(&["127.0.0.1"], 2999);
    let loopback =
        format!("server: 'https://127.0.0.1:{port}', certificate-authority-data: {}", authority.data());
    let file = kubeconfig(&loopback, "token: t");
    get(&connect(&file.flags(), &[("HTTPS_PROXY", &url)]).unwrap(), "/version").await.unwrap();
    assert_eq!(proxy.asked(), [] as [&str; 0]);
}

#[tokio::test]
async fn the_kubeconfigs_proxy_is_used_for_loopback_too() {
    let authority = Authority::new();
    let port = authority.serve(&["127.0.0.1"], 2999);
    let proxy = Proxy::start(port);
    let cluster = format!(
        "server: 'https://127.0.0.1:{port}', proxy-url: 'http://127.0.0.1:{}', certificate-authority-data: {}",
        proxy.port,
        authority.data()
    );
    let file = kubeconfig(&cluster, "token: t");
    get(&connect(&file.flags(), &[("NO_PROXY", "*")]).unwrap(), "/version").await.unwrap();
    assert_eq!(proxy.asked(), [format!("CONNECT 127.0.0.1:{port} HTTP/1.1")]);
}

#[tokio::test]
async fn a_proxy_that_wants_a_password_is_named_without_showing_one() {
    let proxy = Proxy::start(1);
    let file = kubeconfig("server: 'https://locked.example'", "token: t");
    let url = format!("http://jane:hunter2@127.0.0.1:{}", proxy.port);
    let client = connect(&file.flags(), &[("HTTPS_PROXY", &url)]).unwrap();
    let error = get(&client, "/version").await.unwrap_err().to_string();
    assert_eq!(
        error,
        format!(
            "Unable to connect to the server: Proxy Authentication Required\nhint: the proxy 127.0.0.1:{0} wants a user and a password: http://USER:PASSWORD@127.0.0.1:{0}",
            proxy.port
        )
    );
}

#[tokio::test]
async fn a_proxy_that_is_not_there_is_named() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
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
