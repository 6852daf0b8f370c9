//! Listing the namespaces of a cluster that has many.

use std::{env, path::Path};

use cluster::{Api, Cluster, Options};
use serde_json::json;
use shared::{Error, Result, output::Printer};

use super::{
    binaries,
    demands::{Demand, Demands},
    fill::in_parallel,
    measure::{Contestant, measure},
    report,
};

/// A list may take so many times what the same list takes raw, unparsed.
const FLOORS: f64 = 2.0;

/// Measures ours, kubectl's and the floors on the same cluster.
///
/// # Errors
/// The cluster, the builds or the runs fail.
pub fn run(namespaces: usize, runs: usize, printer: &mut Printer) -> Result<()> {
    let folder = binaries::build(&["kubectl-ns_switch"])?;
    let said = |error: cluster::Error| Error::new(error.to_string());
    let cluster = Cluster::start(Options { nodes: false, ..Options::default() }).map_err(said)?;
    printer.note(format!("making {namespaces} namespaces"));
    in_parallel(cluster.api(), namespaces, |api: &Api, number| {
        let name = format!("team-{number:05}");
        api.create(&json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}})).map(drop)
    })
    .map_err(said)?;

    let environment = vec![
        ("KUBECONFIG".to_owned(), cluster.kubeconfig_path().display().to_string()),
        ("HOME".to_owned(), cluster.data_dir().display().to_string()),
    ];
    let contestant = |name: &str, program: &Path, arguments: &[&str]| Contestant {
        name: name.to_owned(),
        program: program.to_owned(),
        turns: vec![arguments.iter().map(|&argument| argument.to_owned()).collect()],
        environment: environment.clone(),
    };
    let ours = folder.join("kubectl-ns_switch");
    let kubectl = cluster.programs_dir().join("kubectl");
    let myself = env::current_exe().map_err(|error| Error::new(format!("can't find myself: {error}")))?;
    let path = "/api/v1/namespaces";
    let contestants = [
        contestant("kubectl-ns_switch list", &ours, &["list"]),
        contestant("raw JSON in one piece, unparsed", &myself, &["floor", path, "--whole"]),
        contestant("kubectl-ns_switch list -o name", &ours, &["list", "-o", "name"]),
        contestant("kubectl-ns_switch, completing", &ours, &["__complete", "to", "team-"]),
        contestant("raw paged JSON, unparsed", &myself, &["floor", path]),
        contestant("kubectl get --raw", &kubectl, &["get", "--raw", path]),
        contestant("kubectl get namespaces", &kubectl, &["get", "namespaces"]),
    ];
    let measured = measure(&contestants, runs)?;
    report::show(&format!("{namespaces} namespaces"), &measured, printer)?;
    let mut demands = Demands::default();
    let [list, floor, names, completed, ..] = &measured[..] else { return Ok(()) };
    for ours in [list, names, completed] {
        demands.push(Demand::at_most(ours, floor, FLOORS));
    }
    demands.show(printer)
}
