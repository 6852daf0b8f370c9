//! Why etcd has given no snapshot, and what to do about it.

use serde_json::Value;
use shared::{
    Error,
    client::other_server::{Failure, Trouble},
    manifest::json::text,
    output::ShellCommand,
};

use super::super::args::EtcdFlags;

/// Where kubeadm keeps etcd's certificates.
const KUBEADM: &str = "/etc/kubernetes/pki/etcd";

/// Who was asked, and how.
pub struct Asked<'a> {
    /// The address with its scheme.
    pub url: String,
    flags: &'a EtcdFlags,
}

impl<'a> Asked<'a> {
    /// An endpoint without a scheme is `https` where there are certificates for it, as etcdctl has it.
    pub fn new(endpoint: &str, flags: &'a EtcdFlags) -> Self {
        let has_certificates = flags.authority.is_some() || flags.certificate.is_some();
        let url = match endpoint.contains("://") {
            true => endpoint.to_owned(),
            false if has_certificates => format!("https://{endpoint}"),
            false => format!("http://{endpoint}"),
        };
        Self { url, flags }
    }

    /// Returns the command that takes a snapshot without the gateway.
    fn etcdctl(&self) -> ShellCommand {
        let mut command = ShellCommand::new(["etcdctl", "snapshot", "save"])
            .name("etcd-snapshot.db")
            .flag(format!("--endpoints={}", self.url));
        let files = [
            ("--cacert", &self.flags.authority),
            ("--cert", &self.flags.certificate),
            ("--key", &self.flags.key),
        ];
        for (flag, file) in files {
            if let Some(file) = file {
                command = command.flag(format!("{flag}={}", file.display()));
            }
        }
        command
    }

    fn with_etcdctl(&self, why: &str) -> String {
        format!("{why}`{}`, and save the objects with `kubectl drain-safe export --to DIR`", self.etcdctl())
    }
}

/// Words a request that got no answer.
pub fn of_failure(failure: &Failure, asked: &Asked<'_>) -> Error {
    let (url, flags) = (&asked.url, asked.flags);
    let is_tls = url.starts_with("https://");
    let plain = url.replacen("https://", "http://", 1);
    let secure = url.replacen("http://", "https://", 1);
    let certificate = || match &flags.certificate {
        None => format!(
            "etcd wants a client certificate: --etcd-cert and --etcd-key, with kubeadm {KUBEADM}/healthcheck-client.crt and {KUBEADM}/healthcheck-client.key"
        ),
        Some(file) => format!(
            "etcd does not accept {}: the CA that its flag --trusted-ca-file names has to have signed it, and it must not have expired",
            file.display()
        ),
    };
    let hint = match failure.trouble {
        Trouble::Unreachable => "the API server's flag --etcd-servers names the endpoints; at 127.0.0.1 etcd is reached on the control-plane node only".to_owned(),
        Trouble::NoTls => format!("it does not speak TLS: try --etcd {plain}"),
        Trouble::Untrusted => match &flags.authority {
            None => format!("name the CA of etcd with --etcd-cacert, with kubeadm {KUBEADM}/ca.crt"),
            Some(file) => format!(
                "{} is not the CA that has signed the certificate of etcd, or that has expired; with kubeadm the CA is {KUBEADM}/ca.crt",
                file.display()
            ),
        },
        Trouble::OtherName => "name the endpoint by one of the names in its certificate".to_owned(),
        Trouble::CertificateRefused => certificate(),
        // Some connections are closed before the alert arrives.
        Trouble::CutShort if is_tls && flags.certificate.is_none() => certificate(),
        Trouble::CutShort if !is_tls => format!("if it speaks TLS, try --etcd {secure}"),
        Trouble::CutShort => "look at the log of etcd, and try again".to_owned(),
    };
    Error::new(format!("can't ask etcd at {url}: {}", failure.sentence)).with_hint(hint)
}

/// Words an answer that is no success.
pub fn of_answer(status: u16, body: &str, asked: &Asked<'_>) -> Error {
    let url = &asked.url;
    let answer: Value = serde_json::from_str(body).unwrap_or_default();
    let said = match text(&answer["message"]) {
        "" => body.trim().lines().next().unwrap_or_default(),
        message => message,
    };
    // An API server answers nobody's questions with its own words.
    if answer["kind"] == "Status" {
        return not_etcd(asked);
    }
    // With etcd's own authentication on, the gateway knows no user: it ignores the name in the certificate.
    let unknown_user =
        ["CommonName of client", "user name is empty", "permission denied", "invalid auth token"];
    if status == 401 || status == 403 || unknown_user.iter().any(|sign| said.contains(sign)) {
        let hint = asked.with_etcdctl(
            "etcd's own authentication is on, and its gateway knows no user: take the snapshot with ",
        );
        return Error::new(format!("etcd at {url} does not permit it: {said}")).with_hint(hint);
    }
    if said.contains("HTTP request to an HTTPS server") {
        let secure = url.replacen("http://", "https://", 1);
        return Error::new(format!("{url} speaks TLS")).with_hint(format!("try --etcd {secure}"));
    }
    Error::new(format!("etcd at {url} answered {status}: {said}"))
        .with_hint("look at the log of etcd, or name another endpoint with --etcd")
}

/// Words an etcd without its gateway.
pub fn switched_off(version: &str, asked: &Asked<'_>) -> Error {
    Error::new(format!("etcd {version} at {} does not serve its gRPC gateway, which the snapshot needs", asked.url)).with_hint(
        asked.with_etcdctl(
            "start it without --enable-grpc-gateway=false, or name its address for clients if this is the one for peers; or take the snapshot with ",
        ),
    )
}

/// Words an address that is not etcd's.
pub fn not_etcd(asked: &Asked<'_>) -> Error {
    Error::new(format!("{} does not answer as etcd does", asked.url)).with_hint(
        "name etcd's address for clients, such as https://127.0.0.1:2379: the API server's flag --etcd-servers has it",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endpoint_without_a_scheme_is_secure_where_there_are_certificates() {
        let plain = EtcdFlags::default();
        let secure = EtcdFlags { authority: Some("ca.crt".into()), ..EtcdFlags::default() };
        assert_eq!(Asked::new("127.0.0.1:2379", &plain).url, "http://127.0.0.1:2379");
        assert_eq!(Asked::new("127.0.0.1:2379", &secure).url, "https://127.0.0.1:2379");
        assert_eq!(Asked::new("http://etcd:2379", &secure).url, "http://etcd:2379");
    }

    #[test]
    fn what_etcd_refuses_is_told_with_a_way_round() {
        let flags = EtcdFlags {
            authority: Some("ca.crt".into()),
            certificate: Some("a b.crt".into()),
            key: Some("key".into()),
            ..EtcdFlags::default()
        };
        let asked = Asked::new("https://etcd:2379", &flags);
        let error = of_answer(400, "CommonName of client sending a request against gateway will be ignored and not used as expected\n", &asked).to_string();
        assert_eq!(
            error,
            "error: etcd at https://etcd:2379 does not permit it: CommonName of client sending a request against gateway will be ignored and not used as expected\n\
             hint: etcd's own authentication is on, and its gateway knows no user: take the snapshot with `etcdctl snapshot save etcd-snapshot.db --endpoints=https://etcd:2379 --cacert=ca.crt '--cert=a b.crt' --key=key`, and save the objects with `kubectl drain-safe export --to DIR`"
        );
        let error = of_answer(503, r#"{"code":14,"message":"etcdserver: no leader"}"#, &asked);
        assert_eq!(error.sentence(), "etcd at https://etcd:2379 answered 503: etcdserver: no leader");
        assert!(error.hint().is_some());
    }

    #[test]
    fn each_trouble_has_a_hint_that_names_the_flag() {
        let none = EtcdFlags::default();
        let all = EtcdFlags {
            authority: Some("ca.crt".into()),
            certificate: Some("client.crt".into()),
            ..EtcdFlags::default()
        };
        let hint = |trouble, url: &str, flags: &EtcdFlags| {
            let failure = Failure { trouble, sentence: "no".to_owned() };
            let error = of_failure(&failure, &Asked::new(url, flags));
            error.hint().unwrap_or_default().to_owned()
        };
        for (trouble, url, flags, expected) in [
            (Trouble::Unreachable, "https://e", &none, "--etcd-servers"),
            (Trouble::NoTls, "https://e", &none, "--etcd http://e"),
            (Trouble::Untrusted, "https://e", &none, "--etcd-cacert"),
            (Trouble::Untrusted, "https://e", &all, "ca.crt is not the CA"),
            (Trouble::OtherName, "https://e", &all, "names in its certificate"),
            (Trouble::CertificateRefused, "https://e", &none, "--etcd-cert and --etcd-key"),
            (Trouble::CertificateRefused, "https://e", &all, "does not accept client.crt"),
            (Trouble::CutShort, "https://e", &none, "--etcd-cert and --etcd-key"),
            (Trouble::CutShort, "http://e", &none, "--etcd https://e"),
            (Trouble::CutShort, "https://e", &all, "log of etcd"),
        ] {
            let found = hint(trouble, url, flags);
            assert!(found.contains(expected), "{trouble:?}: {found}");
        }
    }
}
