//! `quota check` of a folder of manifests, beside the server's dry run of the same.

use std::{env, fs, path::Path};

use cluster::{Cluster, Options};
use serde_json::{Value, json};
use shared::{Error, Result, output::Printer};

use super::{
    binaries,
    measure::{Contestant, measure},
    report,
};

const NAMESPACE: &str = "team";

/// Measures ours with and without a cluster, kubectl's dry run, and kuota-calc where `KUOTA_CALC` names it.
///
/// # Errors
/// The cluster, the builds or the runs fail.
pub fn run(manifests: usize, runs: usize, printer: &mut Printer) -> Result<()> {
    let folder = binaries::build(&["kubectl-quota"])?;
    let said = |error: cluster::Error| Error::new(error.to_string());
    let cluster = Cluster::start(Options { nodes: false, ..Options::default() }).map_err(said)?;
    let api = cluster.api();
    let rules = rules();
    for rule in &rules {
        api.create(rule).map_err(said)?;
    }
    let quota = format!("/api/v1/namespaces/{NAMESPACE}/resourcequotas/compute");
    api.wait_for(&quota, "the quota's status", |quota| quota["status"]["used"].is_object()).map_err(said)?;
    let mut dump = rules;
    dump.push(api.get(&quota).map_err(said)?);
    let place = cluster.data_dir();
    let files = place.join("manifests");
    let written = |error: std::io::Error| Error::new(format!("the manifests can't be written: {error}"));
    fs::create_dir_all(&files).map_err(written)?;
    let mut documents = String::new();
    for number in 0..manifests {
        let text = manifest(number).to_string();
        fs::write(files.join(format!("{number:05}.json")), &text).map_err(written)?;
        documents.push_str(&format!("---\n{text}\n"));
    }
    let (dump_file, stream) = (place.join("dump.json"), place.join("manifests.yaml"));
    let list = json!({"apiVersion": "v1", "kind": "List", "items": dump}).to_string();
    fs::write(&dump_file, list).map_err(written)?;
    fs::write(&stream, documents).map_err(written)?;

    let environment = vec![
        ("KUBECONFIG".to_owned(), cluster.kubeconfig_path().display().to_string()),
        ("HOME".to_owned(), place.display().to_string()),
    ];
    let contestant = |name: &str, program: &Path, arguments: &[&str]| Contestant {
        name: name.to_owned(),
        program: program.to_owned(),
        turns: vec![arguments.iter().map(|&argument| argument.to_owned()).collect()],
        environment: environment.clone(),
    };
    let (ours, kubectl) = (folder.join("kubectl-quota"), cluster.programs_dir().join("kubectl"));
    let (files, dump_file) = (files.display().to_string(), dump_file.display().to_string());
    let mut contestants = vec![
        contestant(
            "kubectl-quota check -f DIR --from DUMP",
            &ours,
            &["check", "-f", &files, "--from", &dump_file],
        ),
        contestant("kubectl-quota check -f DIR", &ours, &["check", "-f", &files]),
        contestant("kubectl-quota check -f DIR --server", &ours, &["check", "-f", &files, "--server"]),
        contestant(
            "kubectl apply --dry-run=server -f DIR",
            &kubectl,
            &["apply", "--dry-run=server", "-f", &files],
        ),
    ];
    if let Ok(program) = env::var("KUOTA_CALC") {
        let line = format!("{program} < {}", stream.display());
        contestants.push(contestant("kuota-calc < FILE (sums only)", Path::new("/bin/sh"), &["-c", &line]));
    }
    report::show(&format!("{manifests} manifests"), &measure(&contestants, runs)?, printer)
}

/// A namespace with a quota that lets everything in, and defaults.
fn rules() -> Vec<Value> {
    let metadata = |name: &str| json!({"name": name, "namespace": NAMESPACE});
    vec![
        json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NAMESPACE}}),
        json!({
            "apiVersion": "v1", "kind": "ResourceQuota", "metadata": metadata("compute"),
            "spec": {"hard": {
                "requests.cpu": "10k", "limits.memory": "100Ti", "pods": "100k", "services": "10k",
                "count/deployments.apps": "10k", "count/configmaps": "10k",
            }},
        }),
        json!({
            "apiVersion": "v1", "kind": "LimitRange", "metadata": metadata("defaults"),
            "spec": {"limits": [{"type": "Container", "default": {"memory": "512Mi"}, "defaultRequest": {"cpu": "100m", "memory": "256Mi"}}]},
        }),
    ]
}

/// Of four manifests, two are Deployments of three pods, one is a Service, one a ConfigMap.
fn manifest(number: usize) -> Value {
    let name = format!("app-{number:05}");
    let labels = json!({"app": name});
    let metadata = json!({"name": name, "namespace": NAMESPACE, "labels": labels});
    match number % 4 {
        0 | 1 => json!({
            "apiVersion": "apps/v1", "kind": "Deployment", "metadata": metadata,
            "spec": {
                "replicas": 3, "selector": {"matchLabels": labels},
                "strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0}},
                "template": {"metadata": {"labels": labels}, "spec": {"containers": [
                    {"name": "app", "image": "registry.example.com/app:1", "ports": [{"containerPort": 8080}],
                     "resources": {"requests": {"cpu": "250m", "memory": "256Mi"}, "limits": {"memory": "512Mi"}}},
                    {"name": "log", "image": "registry.example.com/log:1"},
                ]}},
            },
        }),
        2 => json!({
            "apiVersion": "v1", "kind": "Service", "metadata": metadata,
            "spec": {"selector": labels, "ports": [{"name": "http", "port": 80, "targetPort": 8080}]},
        }),
        _ => {
            json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "data": {"level": "info"}})
        }
    }
}
