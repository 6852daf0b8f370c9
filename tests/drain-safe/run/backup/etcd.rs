//! A member of etcd of a test's own.

use std::{
    fs::File,
    net::{Ipv4Addr, TcpStream},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use support::{TestEnv, cluster};

/// A member without encryption, which ends when this is dropped.
pub struct Member {
    pub url: String,
    pub peer_url: String,
    process: Child,
}

impl Member {
    /// Starts etcd with more flags in a machine's home, and waits until it answers.
    pub fn start(machine: &TestEnv, flags: &[&str]) -> Self {
        let deadline = Instant::now() + Duration::from_secs(120);
        loop {
            let [port, peer_port] = cluster::free_ports::<2>().expect("free ports");
            let url = format!("http://127.0.0.1:{port}");
            let peer_url = format!("http://127.0.0.1:{peer_port}");
            let folder = machine.home().join(format!("etcd-{port}"));
            let log = File::create(machine.home().join("etcd.log")).expect("a log");
            let process = Command::new(cluster().programs_dir().join("etcd"))
                .args(["--unsafe-no-fsync", "--quota-backend-bytes=67108864", "--data-dir"])
                .arg(&folder)
                .args(["--listen-client-urls", &url, "--advertise-client-urls", &url])
                .args(["--listen-peer-urls", &peer_url, "--initial-advertise-peer-urls", &peer_url])
                .args(["--initial-cluster", &format!("default={peer_url}")])
                .args(flags)
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(log)
                .spawn()
                .expect("etcd");
            let mut member = Self { url, peer_url, process };
            // It ends where another program took one of the ports.
            while member.process.try_wait().expect("a process").is_none() {
                if TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok() {
                    return member;
                }
                assert!(Instant::now() < deadline, "etcd does not answer");
                thread::sleep(Duration::from_millis(10));
            }
            assert!(Instant::now() < deadline, "etcd does not start");
        }
    }
}

impl Drop for Member {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}
