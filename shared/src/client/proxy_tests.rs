//! The published vectors of `golang.org/x/net/http/httpproxy` (`proxy_test.go`), re-expressed, except those on
//! internationalised names: a URL here is ASCII.

use super::*;

/// The vectors' `NO_PROXY`.
const EXCEPTIONS: &str = "foobar.com, .barbaz.net, *.wildcard.io, 192.168.1.1, 192.168.1.2:81, 192.168.1.3:80, 10.0.0.0/30, 2001:db8::52:0:1, [2001:db8::52:0:2]:443, [2001:db8::52:0:3]:80, 2002:db8:a::45/64";

const HOSTS: [(&str, bool); 27] = [
    ("localhost", false),
    ("127.0.0.1", false),
    ("127.0.0.2", false),
    ("[::1]", false),
    ("[::2]", true),
    ("192.168.1.1", false),
    ("192.168.1.2", true),
    ("192.168.1.3", false),
    ("192.168.1.4", true),
    ("10.0.0.2", false),
    ("[2001:db8::52:0:1]", false),
    ("[2001:db8::52:0:2]", true),
    ("[2001:db8::52:0:3]", false),
    ("[2002:db8:a::123]", false),
    ("[fe80::424b:c8be:1643:a1b6]", true),
    ("barbaz.net", true),
    ("www.barbaz.net", false),
    ("foobar.com", false),
    ("www.foobar.com", false),
    ("foofoobar.com", true),
    ("baz.com", true),
    ("localhost.net", true),
    ("local.localhost", true),
    ("barbarbaz.net", true),
    ("wildcard.io", true),
    ("nested.wildcard.io", false),
    ("awildcard.io", true),
];

fn environment(http: &str, https: &str, exceptions: &str) -> ProxyEnvironment {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    ProxyEnvironment { http: some(http), https: some(https), exceptions: exceptions.to_owned(), cgi: false }
}

fn chosen(environment: &ProxyEnvironment, server: &str) -> String {
    let server = server.parse().unwrap();
    match environment.proxy_for(&server).unwrap() {
        None => "none".to_owned(),
        Some(proxy) => proxy.to_string().trim_end_matches('/').to_owned(),
    }
}

#[test]
fn exempts_the_hosts_that_go_exempts() {
    let with_exceptions = environment("", "", EXCEPTIONS);
    let without_exceptions = environment("", "", "*");
    for (host, expected) in HOSTS {
        assert_eq!(with_exceptions.applies_to(host, 80), expected, "{host}");
        assert!(!without_exceptions.applies_to(host, 80), "{host} with NO_PROXY=*");
    }
}

#[test]
fn a_malformed_exception_exempts_nothing() {
    assert!(environment("", "", ":1").applies_to("example.com", 80));
    assert!(environment("", "", "10.0.0.0/33, ,").applies_to("10.0.0.1", 80));
}

#[test]
fn chooses_the_proxy_that_go_chooses() {
    let cases = [
        ("127.0.0.1:8080", "", "", "http://example.com", "http://127.0.0.1:8080"),
        ("cache.corp.example.com:1234", "", "", "http://example.com", "http://cache.corp.example.com:1234"),
        ("cache.corp.example.com", "", "", "http://example.com", "http://cache.corp.example.com"),
        ("localhost", "", "", "http://example.com", "http://localhost"),
        ("https://cache.corp.example.com", "", "", "http://example.com", "https://cache.corp.example.com"),
        ("http://127.0.0.1:8080", "", "", "http://example.com", "http://127.0.0.1:8080"),
        ("https://127.0.0.1:8080", "", "", "http://example.com", "https://127.0.0.1:8080"),
        ("socks5://127.0.0.1", "", "", "http://example.com", "socks5://127.0.0.1"),
        ("foo://host", "", "", "http://example.com", "foo://host"),
        ("http.proxy.tld", "secure.proxy.tld", "", "http://insecure.tld/", "http://http.proxy.tld"),
        ("http.proxy.tld", "secure.proxy.tld", "", "https://secure.tld/", "http://secure.proxy.tld"),
        ("http.proxy.tld", "https://secure.proxy.tld", "", "https://secure.tld/", "https://secure.proxy.tld"),
        ("http.proxy.tld", "", "", "https://secure.tld/", "none"),
        ("http.proxy.tld", "", "", "ftp://insecure.tld/", "none"),
        ("", "", "", "http://example.com", "none"),
        ("proxy", "", "example.com", "http://example.com/", "none"),
        ("proxy", "", ".example.com", "http://example.com/", "http://proxy"),
        ("proxy", "", "ample.com", "http://example.com/", "http://proxy"),
        ("proxy", "", "example.com", "http://foo.example.com/", "none"),
        ("proxy", "", ".foo.com", "http://example.com/", "http://proxy"),
    ];
    for (http, https, exceptions, server, expected) in cases {
        assert_eq!(
            chosen(&environment(http, https, exceptions), server),
            expected,
            "{http} {https} {server}"
        );
    }
}

#[test]
fn a_server_on_plain_http_never_meets_the_proxy_for_https() {
    assert_eq!(chosen(&environment("", "secure.proxy.tld", ""), "http://cluster.example"), "none");
}

#[test]
fn the_port_of_an_exception_is_compared_with_the_clusters() {
    let proxied = environment("", "proxy:3128", "cluster.example:6443,10.1.2.3:443");
    assert_eq!(chosen(&proxied, "https://cluster.example:6443"), "none");
    assert_eq!(chosen(&proxied, "https://cluster.example"), "http://proxy:3128");
    assert_eq!(chosen(&proxied, "https://10.1.2.3"), "none");
    assert_eq!(chosen(&proxied, "https://10.1.2.3:6443"), "http://proxy:3128");
}

#[test]
fn an_exception_for_the_proxys_own_host_changes_nothing() {
    let proxied = environment("", "http://proxy.corp:3128", "proxy.corp");
    assert_eq!(chosen(&proxied, "https://cluster.example"), "http://proxy.corp:3128");
}

#[test]
fn a_cgi_program_refuses_the_variable_a_client_can_set() {
    let cgi =
        ProxyEnvironment { cgi: true, ..environment("http://10.1.2.3:8080", "https://secure.proxy.tld", "") };
    assert!(cgi.proxy_for(&"http://example.com".parse().unwrap()).unwrap_err().contains("CGI"));
    assert_eq!(chosen(&cgi, "https://secure.tld/"), "https://secure.proxy.tld");
}

#[test]
fn reads_the_variables_in_upper_case_first() {
    let variables = ClientEnvironment::with_variables([
        ("HTTP_PROXY", "upper"),
        ("http_proxy", "lower"),
        ("https_proxy", "secure"),
        ("NO_PROXY", ""),
        ("no_proxy", "exempt"),
    ]);
    assert_eq!(ProxyEnvironment::of(&variables), environment("upper", "secure", "exempt"));
}
