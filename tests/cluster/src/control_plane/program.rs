//! The command line of each program.

use super::files;
use super::options::{HEAP_GROWTH, Options};
use crate::error::{Context, Result};
use crate::programs::Programs;
use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};

/// A command whose output goes to a log in the data folder, and which inherits nothing: no proxy, no kubeconfig.
pub fn command(folder: &Path, name: &str, program: &Path) -> Result<Command> {
    let log = folder.join(log_name(name));
    let context = || format!("cannot write {}", log.display());
    let output = File::create(&log).context(context)?;
    let errors = output.try_clone().context(context)?;
    let mut command = Command::new(program);
    command
        .current_dir(folder)
        .env_clear()
        .env("HOME", folder)
        .env("TMPDIR", folder)
        .env("GOGC", HEAP_GROWTH.to_string())
        .stdin(Stdio::null())
        .stdout(output)
        .stderr(errors);
    Ok(command)
}

/// One of the programs of Kubernetes.
fn server(folder: &Path, name: &str, programs: &Programs, options: &Options) -> Result<Command> {
    let mut command = command(folder, name, &programs.path(name))?;
    command.env("GOGC", options.heap_growth.to_string());
    Ok(command)
}

/// The log of a program.
pub fn log_name(name: &str) -> String {
    format!("{name}.log")
}

/// The data is thrown away, so nothing waits for the disk. Clients need a certificate of ours: should another
/// control plane have taken the port in between, then neither can speak to the other's data.
pub fn etcd(folder: &Path, programs: &Programs, port: u16, peer_port: u16) -> Result<Command> {
    let (client, peer) = (format!("https://127.0.0.1:{port}"), format!("http://127.0.0.1:{peer_port}"));
    let path = |name: &str| folder.join(name);
    let mut command = command(folder, "etcd", &programs.path("etcd"))?;
    command
        .arg("--unsafe-no-fsync")
        // It maps a tenth more than this at once. Its default of ten gigabytes is refused where memory is scarce.
        .arg("--quota-backend-bytes=536870912")
        .arg("--log-level=warn")
        .arg("--data-dir")
        .arg(path("etcd"))
        .args(["--listen-client-urls", &client, "--advertise-client-urls", &client])
        .args(["--listen-peer-urls", &peer, "--initial-advertise-peer-urls", &peer])
        .args(["--initial-cluster", &format!("default={peer}")])
        .arg("--cert-file")
        .arg(path(files::SERVER))
        .arg("--key-file")
        .arg(path(files::SERVER_KEY))
        .arg("--trusted-ca-file")
        .arg(path(files::AUTHORITY))
        .arg("--client-cert-auth");
    Ok(command)
}

/// kube-apiserver on the loopback interface.
pub fn api_server(
    folder: &Path,
    programs: &Programs,
    port: u16,
    etcd_port: u16,
    options: &Options,
) -> Result<Command> {
    let flag = |name: &str, file: &str| format!("--{name}={}", folder.join(file).display());
    let mut command = server(folder, "kube-apiserver", programs, options)?;
    command
        .args([
            format!("--etcd-servers=https://127.0.0.1:{etcd_port}"),
            flag("etcd-cafile", files::AUTHORITY),
            flag("etcd-certfile", files::SERVER),
            flag("etcd-keyfile", files::SERVER_KEY),
            format!("--secure-port={port}"),
            flag("tls-cert-file", files::SERVER),
            flag("tls-private-key-file", files::SERVER_KEY),
            flag("client-ca-file", files::AUTHORITY),
            flag("service-account-key-file", files::SERVICE_ACCOUNTS),
            flag("service-account-signing-key-file", files::SERVICE_ACCOUNTS_KEY),
            flag("cert-dir", "apiserver-certificates"),
        ])
        .args([
            "--bind-address=127.0.0.1",
            // A documentation address: the server only has to believe that it has an address of its own, also
            // on a machine without any network.
            "--advertise-address=192.0.2.1",
            "--endpoint-reconciler-type=none",
            "--service-cluster-ip-range=10.0.0.0/16",
            "--service-account-issuer=https://kubernetes.default.svc",
            "--authorization-mode=Node,RBAC",
            "--allow-privileged=true",
            "--profiling=false",
        ])
        .args(options.audit.then(|| flag("audit-policy-file", files::AUDIT_POLICY)))
        .args(options.audit.then(|| flag("audit-log-path", files::AUDIT_LOG)))
        .args(
            options
                .admission_configuration
                .is_some()
                .then(|| flag("admission-control-config-file", files::ADMISSION)),
        )
        .args(options.emulation_flag())
        .args(&options.api_server_flags);
    Ok(command)
}

/// kube-controller-manager without a port, alone, and not throttled: its default of 20 requests a second makes
/// tests wait.
pub fn controller_manager(folder: &Path, programs: &Programs, options: &Options) -> Result<Command> {
    let flag = |name: &str, file: &str| format!("--{name}={}", folder.join(file).display());
    let mut command = server(folder, "kube-controller-manager", programs, options)?;
    command
        .args([
            flag("kubeconfig", files::CONTROLLER_MANAGER),
            flag("service-account-private-key-file", files::SERVICE_ACCOUNTS_KEY),
            flag("root-ca-file", files::AUTHORITY),
            flag("cluster-signing-cert-file", files::AUTHORITY),
            flag("cluster-signing-key-file", files::AUTHORITY_KEY),
        ])
        .args([
            "--secure-port=0",
            "--leader-elect=false",
            "--use-service-account-credentials",
            "--kube-api-qps=500",
            "--kube-api-burst=1000",
        ])
        .args(
            options
                .quota_sync_period
                .map(|period| format!("--resource-quota-sync-period={}ms", period.as_millis())),
        )
        .args(options.emulation_flag())
        .args(&options.controller_manager_flags);
    Ok(command)
}

/// kube-scheduler without a port, alone.
pub fn scheduler(folder: &Path, programs: &Programs, options: &Options) -> Result<Command> {
    let mut command = server(folder, "kube-scheduler", programs, options)?;
    command
        .arg("--kubeconfig")
        .arg(folder.join(files::SCHEDULER))
        .args(["--secure-port=0", "--leader-elect=false", "--kube-api-qps=500", "--kube-api-burst=1000"])
        .args(options.emulation_flag())
        .args(&options.scheduler_flags);
    Ok(command)
}

/// kwok as the kubelet of every node, behaving as our stages say.
pub fn kwok(folder: &Path, programs: &Programs) -> Result<Command> {
    let mut command = command(folder, "kwok", &programs.extra("kwok")?)?;
    command
        .arg("--kubeconfig")
        .arg(folder.join(files::KUBELETS))
        .arg("--config")
        .arg(folder.join(files::STAGES))
        .args(["--manage-all-nodes", "--node-ip=192.0.2.2", "--cidr=10.64.0.0/10"])
        .args(["--node-lease-duration-seconds=40"]);
    Ok(command)
}
