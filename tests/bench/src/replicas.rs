//! The advice of `kubectl quota` by the size of workloads: ten million replicas cost what ten do.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::{Value, json};
use shared::{
    Error, Result,
    output::{Column, Printer, Table, TableOptions},
};

use super::{
    binaries,
    measure::{Contestant, Measured, measure},
};

/// Replicas of the workloads, or parallelism and completions.
const REPLICAS: [u64; 4] = [10, 1_000, 1_000_000, 10_000_000];
/// Nodes of the DaemonSets, each of which stands in the dump.
const NODES: [u64; 3] = [10, 1_000, 10_000];
const KINDS: [&str; 5] = ["Deployment", "ReplicaSet", "StatefulSet", "Job", "Indexed Job"];
const COMMANDS: [&str; 6] = ["check -f", "fits -f", "fits", "rollout", "explain", "what-if"];
/// The pods that a tight quota has admitted.
const ADMITTED: u64 = 5;

/// Measures each command on each kind of workload, under a quota that admits all pods and under one that admits few. Dumps
/// stand for the cluster, whose answers do not depend on replicas.
///
/// # Errors
/// The builds or the runs fail.
pub fn run(runs: usize, printer: &mut Printer) -> Result<()> {
    let program = binaries::build(&["kubectl-quota"])?.join("kubectl-quota");
    let written = |error: std::io::Error| Error::new(format!("a file can't be written: {error}"));
    let folder = tempfile::tempdir().map_err(written)?;
    for is_tight in [false, true] {
        let quota = if is_tight { "few of them" } else { "all" };
        let title = format!("A quota that admits {quota}: by replicas");
        let of_kinds = KINDS.iter().flat_map(|kind| REPLICAS.map(|size| Case { kind, size, is_tight }));
        show(&title, &REPLICAS, &of_kinds.collect::<Vec<_>>(), (folder.path(), &program, runs), printer)?;
        let title = format!("A quota that admits {quota}: by nodes, with the time to read them");
        let of_nodes = NODES.map(|size| Case { kind: "DaemonSet", size, is_tight });
        show(&title, &NODES, &of_nodes, (folder.path(), &program, runs), printer)?;
    }
    Ok(())
}

/// A workload of one size under one quota.
#[derive(Clone, Copy)]
struct Case {
    kind: &'static str,
    size: u64,
    is_tight: bool,
}

impl Case {
    /// Returns the kind as kubectl takes it.
    fn resource(self) -> String {
        self.kind.trim_start_matches("Indexed ").to_lowercase()
    }

    /// Returns whether a command is about such workloads.
    fn is_subject_of(self, command: &str) -> bool {
        let is_replaced = ["Deployment", "StatefulSet", "DaemonSet"].contains(&self.kind);
        (command != "rollout" || is_replaced) && !(command.starts_with("fits") && self.kind == "DaemonSet")
    }

    fn quota(self, used: u64) -> Value {
        let hard = match self.is_tight {
            true => {
                json!({"pods": ADMITTED, "requests.cpu": "2", "persistentvolumeclaims": "7", "requests.storage": "9Gi"})
            }
            false => {
                json!({"pods": "50M", "requests.cpu": "50M", "persistentvolumeclaims": "50M", "requests.storage": "200P"})
            }
        };
        let used = json!({
            "pods": used.to_string(), "requests.cpu": format!("{}m", used * 100),
            "persistentvolumeclaims": "0", "requests.storage": "0",
        });
        let metadata = json!({"name": "compute", "namespace": "team"});
        json!({
            "apiVersion": "v1", "kind": "ResourceQuota", "metadata": metadata,
            "spec": {"hard": hard}, "status": {"hard": hard, "used": used},
        })
    }

    fn workload(self) -> Value {
        let labels = json!({"app": "app"});
        let container = json!({"name": "app", "image": "app", "resources": {"requests": {"cpu": "100m", "memory": "64Mi"}}});
        let mut template = json!({"metadata": {"labels": labels}, "spec": {"containers": [container]}});
        let mut object = json!({
            "apiVersion": "apps/v1", "kind": self.kind, "metadata": {"name": "app", "namespace": "team", "uid": "u"},
            "spec": {"replicas": self.size, "selector": {"matchLabels": labels}, "template": template},
        });
        match self.kind {
            "StatefulSet" => {
                object["spec"]["serviceName"] = json!("app");
                let claim =
                    json!({"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}});
                object["spec"]["volumeClaimTemplates"] =
                    json!([{"metadata": {"name": "data"}, "spec": claim}]);
            }
            "DaemonSet" => {
                object["spec"] = json!({"selector": {"matchLabels": labels}, "template": template})
            }
            "Job" | "Indexed Job" => {
                template["spec"]["restartPolicy"] = json!("Never");
                object["apiVersion"] = json!("batch/v1");
                object["kind"] = json!("Job");
                object["spec"] =
                    json!({"completions": self.size, "parallelism": self.size, "template": template});
                if self.kind == "Indexed Job" {
                    object["spec"]["completionMode"] = json!("Indexed");
                    // The server takes no more at once with that many completions.
                    object["spec"]["parallelism"] = json!(self.size.min(10_000));
                }
            }
            _ => {}
        }
        object
    }

    /// Returns the workload as it is once its controller has done what the quota allows.
    fn present(self) -> Value {
        let there = if self.is_tight { ADMITTED.min(self.size) } else { self.size };
        let mut object = self.workload();
        object["metadata"]["generation"] = json!(1);
        object["status"] = match self.kind {
            "Job" | "Indexed Job" => json!({"active": there}),
            "DaemonSet" => json!({
                "observedGeneration": 1, "desiredNumberScheduled": self.size, "currentNumberScheduled": there,
                "updatedNumberScheduled": there, "numberReady": there,
            }),
            _ => json!({
                "observedGeneration": 1, "replicas": there, "readyReplicas": there, "availableReplicas": there,
                "updatedReplicas": there, "currentReplicas": there, "currentRevision": "r", "updateRevision": "r",
            }),
        };
        object
    }

    /// Writes the manifest, a dump without the workload and one with it, and returns the arguments of a command.
    fn arguments(self, command: &str, folder: &Path) -> Result<String> {
        let name = format!("{}-{}-{}", self.kind.replace(' ', ""), self.size, self.is_tight);
        let file = |what: &str, content: &Value| -> Result<PathBuf> {
            let path = folder.join(format!("{name}-{what}.json"));
            fs::write(&path, content.to_string())
                .map_err(|error| Error::new(format!("{} can't be written: {error}", path.display())))?;
            Ok(path)
        };
        let nodes = if self.kind == "DaemonSet" { self.size } else { 0 };
        let nodes = (0..nodes).map(|number| {
            json!({"apiVersion": "v1", "kind": "Node", "metadata": {"name": format!("n{number}")}, "spec": {}, "status": {}})
        });
        let namespace = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "team"}});
        let dump = |objects: Vec<Value>| {
            let items: Vec<_> = objects.into_iter().chain([namespace.clone()]).chain(nodes.clone()).collect();
            json!({"apiVersion": "v1", "kind": "List", "items": items})
        };
        if command.ends_with("-f") {
            let manifest = file("work", &self.workload())?;
            let before = file("before", &dump(vec![self.quota(0)]))?;
            return Ok(format!("{command} {} -n team --from {}", manifest.display(), before.display()));
        }
        let present = self.present();
        let there = if self.is_tight { ADMITTED.min(self.size) } else { self.size };
        let after = file("after", &dump(vec![self.quota(there), present]))?;
        let about = match command {
            "what-if" => "--quota compute --hard pods=7".to_owned(),
            _ => format!("{}/app", self.resource()),
        };
        Ok(format!("{command} {about} -n team --from {}", after.display()))
    }
}

/// Prints one row for each kind and command, with a column for each size; RATIO is the time of the last over the first's.
fn show(
    title: &str,
    sizes: &[u64],
    cases: &[Case],
    (folder, program, runs): (&Path, &Path, usize),
    printer: &mut Printer,
) -> Result<()> {
    let columns = ["KIND".to_owned(), "COMMAND".to_owned()].into_iter();
    let columns = columns.chain(sizes.iter().map(ToString::to_string)).chain(["RATIO".to_owned()]);
    let mut table = Table::new(columns.map(Column::new));
    for of_kind in cases.chunks(sizes.len()) {
        for command in COMMANDS {
            let cases = || of_kind.iter().filter(|case| case.is_subject_of(command));
            let contestants = cases().map(|case| contestant(*case, command, folder, program));
            let measured = measure(&contestants.collect::<Result<Vec<_>>>()?, runs)?;
            let Some(kind) = cases().next().map(|case| case.kind) else { continue };
            let wall = |one: &Measured| one.median(|run| run.wall).unwrap_or_default().as_secs_f64() * 1e3;
            let [first, .., last] = measured.as_slice() else { continue };
            let ratio = format!("{:.2}", wall(last) / wall(first));
            let walls = measured.iter().map(|one| format!("{:.1} ms", wall(one)));
            let cells = [kind.to_owned(), command.to_owned()].into_iter().chain(walls);
            table.push(cells.chain([ratio]).map(Into::into));
        }
    }
    printer.data(&format!("\n{title}\n"))?;
    printer.table(&table, TableOptions::default())?;
    printer.flush()
}

fn contestant(case: Case, command: &str, folder: &Path, program: &Path) -> Result<Contestant> {
    let arguments = case.arguments(command, folder)?;
    let program = program.display();
    // That something is refused, or that a dump does not tell everything, is an answer.
    let line =
        format!("'{program}' {arguments}; status=$?; test $status -eq 0 -o $status -eq 3 -o $status -eq 4");
    Ok(Contestant {
        name: format!("{} {command}", case.kind),
        program: Path::new("/bin/sh").to_owned(),
        turns: vec![vec!["-c".to_owned(), line]],
        environment: vec![("HOME".to_owned(), folder.display().to_string())],
    })
}
