//! The controllers as running programs.

use super::controllers::Programs;
use crate::seed::{CLUSTER, PUBLIC_SUBNET, REGION, VPC};
use crate::server::Aws;
use cluster::{Authority, Cluster, Context, Error, Result, Watchdog, free_ports};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

const CLOUD_LOG: &str = "aws-cloud-controller-manager.log";
const BALANCER_LOG: &str = "aws-load-balancer-controller.log";
const YEAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// Both controllers. They end when this is dropped, and with the process that holds it.
#[derive(Debug)]
pub struct Processes {
    folder: PathBuf,
    webhook_port: u16,
    authority: Authority,
    _watchdog: Watchdog,
}

impl Processes {
    /// Starts both controllers.
    pub fn start(cluster: &Cluster, aws: &Aws, programs: &Programs) -> Result<Self> {
        let folder = tempfile::Builder::new()
            .prefix("aws-bed-")
            .tempdir()
            .context(|| "cannot create a folder for the AWS controllers".into())?;
        let mut watchdog = Watchdog::start(folder.path())?;
        // From here on the watchdog removes it.
        let folder = folder.keep();
        let [cloud_port, webhook_port, metrics_port, probe_port] = free_ports()?;
        let cloud = cloud_controller_manager(&folder, cluster, aws, programs, cloud_port)?;
        spawn(&mut watchdog, cloud)?;
        create_definitions(cluster, programs)?;
        let authority = Authority::new()?;
        write_webhook_certificate(&folder, &authority)?;
        let ports = [webhook_port, metrics_port, probe_port];
        let balancer = load_balancer_controller(&folder, cluster, aws, programs, ports)?;
        spawn(&mut watchdog, balancer)?;
        Ok(Self { folder, webhook_port, authority, _watchdog: watchdog })
    }

    /// The folder with the controllers' logs.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The log of aws-cloud-controller-manager.
    pub fn cloud_log(&self) -> PathBuf {
        self.folder.join(CLOUD_LOG)
    }

    /// The log of aws-load-balancer-controller.
    pub fn balancer_log(&self) -> PathBuf {
        self.folder.join(BALANCER_LOG)
    }

    /// The last lines of both logs.
    pub fn ends_of_logs(&self) -> String {
        let end = |path: PathBuf| {
            let log = fs::read_to_string(path).unwrap_or_default();
            let lines: Vec<_> = log.lines().collect();
            lines[lines.len().saturating_sub(15)..].join("\n")
        };
        format!("{}\n\n{}", end(self.cloud_log()), end(self.balancer_log()))
    }

    /// The port of the webhook and the certificate of the authority that signed its own.
    pub fn webhook(&self) -> (u16, &str) {
        (self.webhook_port, &self.authority.identity().certificate)
    }
}

fn spawn(watchdog: &mut Watchdog, mut command: Command) -> Result<()> {
    let program = PathBuf::from(command.get_program());
    watchdog.spawn(&mut command).map(drop).context(|| format!("cannot start {}", program.display()))
}

/// A command whose output goes to a log, and which inherits nothing but the credentials that the simulated AWS takes.
fn command(folder: &Path, log: &str, program: &Path, aws: &Aws) -> Result<Command> {
    let log = folder.join(log);
    let context = || format!("cannot write {}", log.display());
    let output = File::create(&log).context(context)?;
    let errors = output.try_clone().context(context)?;
    let mut command = Command::new(program);
    command
        .current_dir(folder)
        .env_clear()
        .env("HOME", folder)
        .env("TMPDIR", folder)
        .env("AWS_ACCESS_KEY_ID", "test")
        .env("AWS_SECRET_ACCESS_KEY", "test")
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .env("AWS_ENDPOINT_URL", aws.url())
        .stdin(Stdio::null())
        .stdout(output)
        .stderr(errors);
    Ok(command)
}

/// VPC, subnet and cluster id keep it from asking the metadata service; the zone tells it the region. One worker: two
/// that open the same port of the nodes' security group at once make each other fail, as on AWS.
fn cloud_controller_manager(
    folder: &Path,
    cluster: &Cluster,
    aws: &Aws,
    programs: &Programs,
    port: u16,
) -> Result<Command> {
    let config = folder.join("cloud.conf");
    let text = format!(
        "[Global]\nZone = {REGION}a\nVPC = {VPC}\nSubnetID = {PUBLIC_SUBNET}\nKubernetesClusterID = {CLUSTER}\n"
    );
    fs::write(&config, text).context(|| format!("cannot write {}", config.display()))?;
    let mut command = command(folder, CLOUD_LOG, &programs.cloud_controller_manager, aws)?;
    command
        .arg("--cloud-config")
        .arg(config)
        .arg("--kubeconfig")
        .arg(cluster.kubeconfig_path())
        .args([
            "--cloud-provider=aws",
            "--controllers=service,-cloud-node,-cloud-node-lifecycle,-node-route-controller,-route",
            "--leader-elect=false",
            "--configure-cloud-routes=false",
            "--bind-address=127.0.0.1",
            "--authentication-skip-lookup",
            "--webhook-secure-port=0",
            "--concurrent-service-syncs=1",
            "--kube-api-qps=500",
            "--kube-api-burst=1000",
            // Tells in its log when a sync begins and ends.
            "--v=4",
        ])
        .arg(format!("--secure-port={port}"));
    Ok(command)
}

/// Without limits of its own on how often it asks AWS, and with its events in its log.
fn load_balancer_controller(
    folder: &Path,
    cluster: &Cluster,
    aws: &Aws,
    programs: &Programs,
    [webhook_port, metrics_port, probe_port]: [u16; 3],
) -> Result<Command> {
    let services = ["EC2", "Elastic Load Balancing v2", "ACM", "STS"];
    let endpoints = services.map(|service| format!("{service}={}", aws.url())).join(",");
    let mut command = command(folder, BALANCER_LOG, &programs.load_balancer_controller, aws)?;
    command
        .arg("--kubeconfig")
        .arg(cluster.kubeconfig_path())
        .arg("--webhook-cert-dir")
        .arg(folder)
        .args([
            format!("--cluster-name={CLUSTER}"),
            format!("--aws-region={REGION}"),
            format!("--aws-vpc-id={VPC}"),
            format!("--aws-api-endpoints={endpoints}"),
            format!("--webhook-bind-port={webhook_port}"),
            format!("--metrics-bind-addr=127.0.0.1:{metrics_port}"),
            format!("--health-probe-bind-addr=127.0.0.1:{probe_port}"),
        ])
        .args([
            "--aws-api-throttle=Elastic Load Balancing v2:.*=10000:10000",
            "--enable-leader-election=false",
            "--enable-shield=false",
            "--enable-waf=false",
            "--enable-wafv2=false",
            "--feature-gates=NLBGatewayAPI=false,ALBGatewayAPI=false",
            "--log-level=debug",
        ]);
    Ok(command)
}

/// The controller needs its custom resources before it starts.
fn create_definitions(cluster: &Cluster, programs: &Programs) -> Result<()> {
    let file = programs.definitions.to_string_lossy();
    let output = cluster.kubectl(&["apply", "--server-side", "-f", &file])?;
    if !output.status.success() {
        let reason = String::from_utf8_lossy(&output.stderr);
        return Err(Error::new(format!(
            "cannot create the custom resources of the controller: {}",
            reason.trim()
        )));
    }
    let path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/targetgroupbindings.elbv2.k8s.aws";
    cluster
        .api()
        .wait_for(path, "the API of target group bindings", |definition| {
            cluster::api::is_true(definition, "Established")
        })
        .map(drop)
}

fn write_webhook_certificate(folder: &Path, authority: &Authority) -> Result<()> {
    let identity = authority.server(&["127.0.0.1"], SystemTime::now() + YEAR)?;
    for (name, text) in [("tls.crt", &identity.certificate), ("tls.key", &identity.key)] {
        let path = folder.join(name);
        fs::write(&path, text).context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}
