//! An etcd that can't be asked, that is another one, or that breaks off: nothing is kept, and the way on is named.

use std::{fs, path::Path};

use cluster::{Authority, Rule};
use serde_json::{Value, json};
use support::{FaultServer, Output, Reply, TestEnv, cluster};

use super::{super::setting::machine, backup, etcd::Member, etcd_flags, status, uid};

/// Runs a backup that fails, and leaves nothing behind.
fn refused(machine: &TestEnv, flags: &[&str], exit: i32) -> Output {
    let output = backup(machine, flags.iter().copied()).run().exits(exit);
    assert_eq!(output.stdout, "");
    assert!(!machine.home().join("backup").exists(), "{output}");
    output
}

/// The base64 of some bytes.
fn base64(bytes: &[u8]) -> String {
    cluster::base64(bytes)
}

/// An etcd of this cluster, as the gateway shows it, that sends this as its snapshot.
fn fake(snapshot: Reply, database: u64) -> FaultServer {
    let server = FaultServer::http();
    let value = base64(format!("k8s\0{}", uid()).as_bytes());
    server.on("/v3/maintenance/status", [Reply::json(200, &status(database))]);
    server.on("/v3/cluster/member/list", [Reply::json(200, &json!({"members": []}))]);
    server.on("/v3/kv/range", [Reply::json(200, &json!({"kvs": [{"value": value}]}))]);
    server.on("/v3/maintenance/snapshot", [snapshot]);
    server
}

/// One line of a snapshot.
fn line(bytes: &[u8], remaining: usize) -> String {
    let result: Value = json!({"result": {"remaining_bytes": remaining.to_string(), "blob": base64(bytes)}});
    format!("{result}\n")
}

fn stream(lines: &[String]) -> Reply {
    Reply::text(200, "application/json", lines.concat())
}

#[test]
fn no_endpoint_is_a_usage_error_that_says_where_they_stand() {
    let output = refused(&machine(), &[], 2);
    let begin = "error: which etcd is to be saved? name its endpoints with --etcd\nhint: the API server's flag --etcd-servers has them";
    assert!(output.stderr.starts_with(begin), "{output}");
    let output = refused(&machine(), &["--etcd", "https://127.0.0.1:2379", "--etcd-cert", "client.crt"], 2);
    assert!(output.stderr.contains("--etcd-key"), "{output}");
    let output = refused(&machine(), &["--etcd", "ftp://127.0.0.1"], 2);
    assert_eq!(output.stderr, "error: \"ftp://127.0.0.1\" is no address such as https://127.0.0.1:2379\n");
}

#[test]
fn a_folder_with_something_in_it_stays_as_it_is() {
    let machine = machine();
    machine.file("backup/note", "mine");
    let flags = etcd_flags(&cluster().etcd());
    let output = backup(&machine, flags.iter().map(String::as_str)).run().exits(1);
    let to = machine.home().join("backup");
    let expected = format!("error: {} is not empty\nhint: name a new directory with --to\n", to.display());
    assert_eq!((output.stdout, output.stderr), (String::new(), expected));
    assert_eq!(fs::read_dir(&to).expect("a folder").count(), 1);
}

#[test]
fn certificates_that_are_refused_are_told_apart() {
    let etcd = cluster().etcd();
    let machine = machine();
    let stranger = Authority::new().expect("an authority");
    let other = machine.file("other.crt", &stranger.identity().certificate);
    let in_a_year = std::time::SystemTime::now() + std::time::Duration::from_secs(365 * 24 * 60 * 60);
    let client = stranger.client("somebody", &[], in_a_year).expect("a certificate");
    let (client, key) =
        (machine.file("client.crt", &client.certificate), machine.file("client.key", &client.key));
    let text = |path: &Path| path.display().to_string();
    let (url, authority, other) = (etcd.url.as_str(), text(&etcd.authority), text(&other));
    let (client, key) = (text(&client), text(&key));
    let asked = format!("error: can't ask etcd at {url}: ");

    let output = refused(&machine, &["--etcd", url, "--etcd-cacert", &other], 1);
    let expected = format!(
        "{asked}tls: failed to verify certificate: x509: certificate signed by unknown authority\n\
         hint: {other} is not the CA that has signed the certificate of etcd, or that has expired; with kubeadm the CA is /etc/kubernetes/pki/etcd/ca.crt\n"
    );
    assert_eq!(output.stderr, expected);
    let output = refused(&machine, &["--etcd", url, "--etcd-cacert", &authority], 1);
    assert!(output.stderr.starts_with(&asked), "{output}");
    assert!(
        output.stderr.contains("hint: etcd wants a client certificate: --etcd-cert and --etcd-key"),
        "{output}"
    );
    let flags = ["--etcd", url, "--etcd-cacert", &authority, "--etcd-cert", &client, "--etcd-key", &key];
    let output = refused(&machine, &flags, 1);
    assert!(output.stderr.starts_with(&asked), "{output}");
    let plain = url.replace("https:", "http:");
    let output = refused(&machine, &["--etcd", &plain], 1);
    assert!(output.stderr.contains(&format!("--etcd {url}")), "{output}");
    let output =
        refused(&machine, &["--etcd", url, "--etcd-cacert", &client.replace("client.crt", "none")], 1);
    let expected = format!(
        "error: can't read --etcd-cacert {}: No such file or directory (os error 2)\n",
        client.replace("client.crt", "none")
    );
    assert_eq!(output.stderr, expected);
    let output = refused(&machine, &["--etcd", url, "--etcd-cacert", &key], 1);
    assert_eq!(output.stderr, "error: the certificate authority holds no PEM block CERTIFICATE\n");
}

#[test]
fn what_is_no_etcd_is_told() {
    let machine = machine();
    let authority = machine.file("ca.crt", cluster().ca_pem()).display().to_string();
    let url = cluster().server_url();
    let output = refused(&machine, &["--etcd", url, "--etcd-cacert", &authority], 1);
    let expected = format!(
        "error: {url} does not answer as etcd does\n\
         hint: name etcd's address for clients, such as https://127.0.0.1:2379: the API server's flag --etcd-servers has it\n"
    );
    assert_eq!(output.stderr, expected);
    let [free] = cluster::free_ports::<1>().expect("a free port");
    let output = refused(&machine, &["--etcd", &format!("127.0.0.1:{free}")], 1);
    let expected = format!(
        "error: can't ask etcd at http://127.0.0.1:{free}: The connection to the server 127.0.0.1:{free} was refused - did you specify the right host or port?\n\
         hint: the API server's flag --etcd-servers names the endpoints; at 127.0.0.1 etcd is reached on the control-plane node only\n"
    );
    assert_eq!(output.stderr, expected);
}

#[test]
fn an_etcd_without_its_gateway_is_told_with_the_command_that_needs_none() {
    let machine = machine();
    let member = Member::start(&machine, &["--enable-grpc-gateway=false"]);
    let output = refused(&machine, &["--etcd", &member.url], 1);
    let command = format!("`etcdctl snapshot save etcd-snapshot.db --endpoints={}`", member.url);
    assert!(
        output.stderr.contains(" does not serve its gRPC gateway, which the snapshot needs\n"),
        "{output}"
    );
    assert!(output.stderr.contains(&command), "{output}");
    // The address for peers answers like that, too.
    let output = refused(&machine, &["--etcd", &member.peer_url], 1);
    assert!(output.stderr.contains("name its address for clients"), "{output}");
}

#[test]
fn the_etcd_of_another_cluster_is_refused_and_an_empty_one_is_doubted() {
    let machine = machine();
    let other = fake(stream(&[]), 1);
    other.on("/v3/kv/range", [Reply::json(200, &json!({"kvs": [{"value": base64(b"k8s\0another")}]}))]);
    let output = refused(&machine, &["--etcd", &other.url()], 1);
    let expected = format!(
        "error: etcd at {} is that of another cluster than {}\nhint: name this cluster's etcd with --etcd, or the other cluster with --context\n",
        other.url(),
        cluster().server_url()
    );
    assert_eq!(output.stderr, expected);
    let member = Member::start(&machine, &[]);
    let output = backup(&machine, ["--etcd", &member.url, "-o", "json"]).run().exits(0);
    let doubt = format!(
        "Warning: whether etcd at {} is that of this cluster is not known: it has no namespace kube-system under /registry\n",
        member.url
    );
    assert!(output.stderr.starts_with(&doubt), "{output}");
}

#[test]
fn a_stream_that_breaks_off_or_is_changed_is_not_kept() {
    let machine = machine();
    let database = vec![7; 3000];
    let first = line(&database[..2000], 1000);
    let second = line(&database[2000..], 0);
    let wrong = line(&[0; 32], 0);
    let kept = "\nhint: nothing was kept: try again, or name another endpoint with --etcd\n";

    // In the middle of the second line, between lines, and before the checksum.
    let lines = [first.clone(), second.clone()];
    for (reply, bytes) in [
        (stream(&lines).cut_after(first.len() + 20), 2000),
        (stream(&lines).cut_after(first.len()), 2000),
        (stream(&lines[..1]), 2000),
        (stream(&lines), 3000),
    ] {
        let server = fake(reply, 3000);
        let output = refused(&machine, &["--etcd", &server.url()], 1);
        let why =
            format!("error: the snapshot of {} broke off after {bytes} of 3032 bytes{kept}", server.url());
        assert_eq!(output.stderr, why);
    }
    let server = fake(stream(&[first.clone(), second, wrong]), 3000);
    let output = refused(&machine, &["--etcd", &server.url()], 1);
    let why = format!(
        "error: the snapshot of {} does not match the checksum that etcd sent with it{kept}",
        server.url()
    );
    assert_eq!(output.stderr, why);
    let stopped = "{\"error\":{\"code\":14,\"message\":\"etcdserver: server stopped\"}}\n".to_owned();
    let server = fake(stream(&[first, stopped]), 3000);
    let output = refused(&machine, &["--etcd", &server.url()], 1);
    let why = format!("error: etcd at {} stopped sending: etcdserver: server stopped{kept}", server.url());
    assert_eq!(output.stderr, why);
}

#[test]
fn a_database_that_does_not_fit_is_refused_before_it_is_read() {
    let machine = machine();
    let server = fake(stream(&[]), 1 << 60);
    let output = refused(&machine, &["--etcd", &server.url()], 1);
    assert!(
        output.stderr.starts_with("error: the database of etcd has 1099511627776 MiB, and there are "),
        "{output}"
    );
    assert!(output.stderr.ends_with("hint: name a directory on another disk with --to\n"), "{output}");
    assert_eq!(server.count("/v3/maintenance/snapshot"), 0);
}

#[test]
fn lists_that_are_forbidden_leave_the_backup_incomplete() {
    let kubeconfig = cluster().user("partly", &[]).expect("a user");
    cluster().grant("partly", None, &[Rule::of("apps", &["deployments"], &["list"])]).expect("rights");
    let machine = machine().kubeconfig(kubeconfig);
    let flags = etcd_flags(&cluster().etcd());
    let output = backup(&machine, flags.iter().map(String::as_str).chain(["-o", "json"])).run().exits(4);
    let export = output.json();
    assert!(export["snapshot"].is_string());
    let skipped = export["skipped"].as_array().expect("what was skipped");
    assert!(skipped.iter().any(|one| one["resource"] == "pods"), "{export}");
    assert!(!skipped.iter().any(|one| one["resource"] == "deployments.apps"), "{export}");
    assert!(output.stderr.starts_with("Warning: whether etcd at "), "{output}");
    assert!(output.stderr.contains("Warning: can't list pods in all namespaces"), "{output}");
}
