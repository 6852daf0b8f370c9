//! Commands against a server that is 200 ms away: how many round trips' time they take, the connection's included.

use std::{fs, path::Path, time::Duration};

use cluster::{Cluster, Options};
use serde_json::{Value, json};
use shared::{
    Error, Result,
    output::{Column, Printer, Table, TableOptions},
};

use super::{
    binaries, distant,
    measure::{Contestant, measure},
};

const NAMESPACE: &str = "far";
const ROUND_TRIP: Duration = Duration::from_millis(200);

/// Measures `check`, `fits`, `rollout`, `explain` and `what-if`, each of which has something to say of a quota that is full.
///
/// # Errors
/// The cluster, the builds or the runs fail.
pub fn run(runs: usize, printer: &mut Printer) -> Result<()> {
    let folder = binaries::build(&["kubectl-quota"])?;
    let said = |error: cluster::Error| Error::new(error.to_string());
    let cluster = Cluster::start(Options { nodes: false, ..Options::default() }).map_err(said)?;
    let api = cluster.api();
    for object in [
        json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NAMESPACE}}),
        json!({
            "apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": "compute", "namespace": NAMESPACE},
            "spec": {"hard": {"pods": "3", "requests.cpu": "2"}},
        }),
    ] {
        api.create(&object).map_err(said)?;
    }
    let quota = format!("/api/v1/namespaces/{NAMESPACE}/resourcequotas/compute");
    api.wait_for(&quota, "the quota's status", |quota| quota["status"]["used"].is_object()).map_err(said)?;
    api.create(&deployment()).map_err(said)?;
    let web = format!("/apis/apps/v1/namespaces/{NAMESPACE}/deployments/web");
    api.wait_for(&web, "three pods", |web| web["status"]["replicas"] == 3).map_err(said)?;

    let place = cluster.data_dir();
    let written = |error: std::io::Error| Error::new(format!("a file can't be written: {error}"));
    let manifest = place.join("web.json");
    fs::write(&manifest, deployment().to_string()).map_err(written)?;
    let near = fs::read_to_string(cluster.kubeconfig_path()).map_err(written)?;
    let port = port_of(&near).ok_or_else(|| Error::new("the kubeconfig names no port"))?;
    let far = distant::start(([127, 0, 0, 1], port).into(), ROUND_TRIP)?;
    let kubeconfig = place.join("far.kubeconfig");
    fs::write(&kubeconfig, near.replace(&format!("127.0.0.1:{port}"), &format!("127.0.0.1:{far}")))
        .map_err(written)?;

    let ours = folder.join("kubectl-quota").display().to_string();
    let manifest = manifest.display().to_string();
    let contestants: Vec<_> = [
        format!("check -f {manifest}"),
        "fits deployment/web".to_owned(),
        format!("fits -f {manifest}"),
        "rollout deployment/web".to_owned(),
        "explain deployment/web".to_owned(),
        "explain".to_owned(),
        "what-if --hard pods=9".to_owned(),
        "usage".to_owned(),
    ]
    .iter()
    .map(|command| Contestant {
        name: format!("kubectl-quota {}", command.replace(&manifest, "FILE")),
        program: Path::new("/bin/sh").to_owned(),
        // That something is refused is an answer.
        turns: vec![vec![
            "-c".to_owned(),
            format!("'{ours}' {command} -n {NAMESPACE}; status=$?; test $status -eq 0 -o $status -eq 3"),
        ]],
        environment: vec![
            ("KUBECONFIG".to_owned(), kubeconfig.display().to_string()),
            ("HOME".to_owned(), place.display().to_string()),
        ],
    })
    .collect();
    let mut table = Table::new(["COMMAND", "WALL", "ROUND TRIPS"].map(Column::new));
    for measured in measure(&contestants, runs)? {
        let wall = measured.median(|run| run.wall).unwrap_or_default();
        let trips = wall.as_secs_f64() / ROUND_TRIP.as_secs_f64();
        table.push([
            measured.name.into(),
            format!("{:.0} ms", wall.as_secs_f64() * 1e3).into(),
            format!("{trips:.1}").into(),
        ]);
    }
    printer.data(&format!(
        "\nA server {} ms away (two round trips set up the connection)\n",
        ROUND_TRIP.as_millis()
    ))?;
    printer.table(&table, TableOptions::default())
}

/// A Deployment of five pods, two of which a quota refuses.
fn deployment() -> Value {
    let labels = json!({"app": "web"});
    json!({
        "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web", "namespace": NAMESPACE},
        "spec": {
            "replicas": 5, "selector": {"matchLabels": labels},
            "template": {"metadata": {"labels": labels}, "spec": {"containers": [
                {"name": "app", "image": "app", "resources": {"requests": {"cpu": "100m"}}},
            ]}},
        },
    })
}

/// The port of the server that a kubeconfig names.
fn port_of(kubeconfig: &str) -> Option<u16> {
    let (_, rest) = kubeconfig.split_once("127.0.0.1:")?;
    let end = rest.find(|character: char| !character.is_ascii_digit()).unwrap_or(rest.len());
    rest.get(..end)?.parse().ok()
}
