//! The drill: a snapshot of the real etcd, restored by the commands that were printed, and a control plane on it.

use std::{collections::BTreeMap, fs, os::unix::fs::PermissionsExt as _, path::Path, process::Command};

use cluster::{Api, Cluster, Options};
use serde_json::{Value, json};
use support::cluster;

use super::{super::setting::Setting, backup, etcd_flags, items};

#[test]
fn a_cluster_that_is_restored_from_the_snapshot_holds_the_same_objects() {
    let setting = Setting::new("drill");
    setting.deploy_ready("web", 2);
    setting.budget("web", "web", &json!({"maxUnavailable": 1}));
    setting.create(&json!({
        "apiVersion": "v1", "kind": "Secret", "metadata": {"name": "key", "namespace": setting.namespace},
        "stringData": {"password": "correct horse"},
    }));
    let before = objects(cluster().api(), &setting.namespace);
    assert!(before.len() > 6, "{before:?}");

    let flags = etcd_flags(&cluster().etcd());
    let output = backup(&setting.env, flags.iter().map(String::as_str).chain(["-o", "json"])).run().exits(0);
    let folder = setting.env.home().join("backup");
    let export = output.json();
    assert_eq!((export["kind"].as_str(), export["folder"].as_str()), (Some("Export"), folder.to_str()));
    let snapshot = Path::new(export["snapshot"].as_str().expect("a snapshot"));
    assert_eq!(snapshot, folder.join("etcd-snapshot.db"));
    let bytes = fs::metadata(snapshot).expect("a file").len();
    assert_eq!(export["etcd"]["bytes"], bytes);
    let revision = export["etcd"]["revision"].as_i64().expect("a revision");
    let version = export["etcd"]["version"].as_str().expect("a version");
    let said = format!(
        "Snapshot of etcd {version} at revision {revision}: {}, {bytes} bytes, checksum verified. It holds all Secrets: keep it private\n",
        snapshot.display()
    );
    assert_eq!(output.stderr, said);
    // The objects are those of `export`, which leaves Secrets out.
    let written: Vec<_> = export["items"]
        .as_array()
        .expect("items")
        .iter()
        .filter(|item| item["namespace"] == setting.namespace.as_str())
        .map(|item| format!("{}/{}", item["kind"], item["name"]).replace('"', ""))
        .collect();
    assert_eq!(written, ["Deployment/web", "PodDisruptionBudget/web"]);
    // Nobody else can read any of it.
    let mode = |path: &Path| fs::metadata(path).expect("a file").permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    for entry in fs::read_dir(&folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
        assert_ne!(path.extension().and_then(|end| end.to_str()), Some("part"));
    }

    let can_bump = has_address_space();
    // The commands that were printed, as they are, but for where the data goes.
    let data = setting.env.home().join("restored").display().to_string();
    let commands: Vec<_> =
        export["next"].as_array().expect("commands").iter().filter_map(Value::as_str).collect();
    let steps = fs::read_to_string(folder.join("RESTORE.txt")).expect("the steps");
    assert_eq!(commands.len(), 2, "{commands:?}");
    for command in commands {
        assert!(steps.contains(command), "{steps}");
        let command = command.replace("--data-dir=/var/lib/etcd-restored", &format!("--data-dir={data}"));
        let command = if can_bump { command } else { without_bump(&command) };
        let ran = Command::new("/bin/sh")
            .args(["-c", &command])
            .env("PATH", cluster().programs_dir())
            .output()
            .expect("a shell");
        let said = String::from_utf8_lossy(&ran.stderr);
        assert!(ran.status.success(), "{command}\n{said}");
    }

    let options = Options { etcd_data: Some(data.into()), nodes: false, ..Options::default() };
    let restored = Cluster::start(options).expect("a control plane on the snapshot");
    assert_eq!(objects(restored.api(), &setting.namespace), before);
    // Caches of the time before find no revision that they know.
    let new = json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "new", "namespace": setting.namespace}});
    let new = restored.api().create(&new).expect("an object");
    let version: i64 = new["metadata"]["resourceVersion"]
        .as_str()
        .and_then(|version| version.parse().ok())
        .expect("a version");
    let bump = if can_bump { 1_000_000_000 } else { 0 };
    assert!(version > revision + bump, "{version} after {revision}");
    setting.tidy();
}

#[test]
fn a_table_names_the_files_and_the_commands() {
    let setting = Setting::new("tabled");
    setting.create(&json!({
        "apiVersion": "v1", "kind": "Secret", "metadata": {"name": "key", "namespace": setting.namespace},
        "stringData": {"password": "correct horse"},
    }));
    // An endpoint that does not answer is passed over, and said.
    let etcd = cluster().etcd();
    let [free] = cluster::free_ports::<1>().expect("a free port");
    let mut flags = etcd_flags(&etcd);
    flags[1] = format!("https://127.0.0.1:{free},{}", etcd.url);
    let output = backup(&setting.env, flags.iter().map(String::as_str).chain(["--secrets"])).run().exits(0);
    let row = |line: &&str| line.split_whitespace().take(3).eq(["Secret", setting.namespace.as_str(), "key"]);
    assert_eq!(output.stdout.lines().filter(row).count(), 1, "{output}");
    let lines: Vec<_> = output.stderr.lines().collect();
    let refused =
        format!("Warning: can't ask etcd at https://127.0.0.1:{free}: The connection to the server");
    assert!(lines[0].starts_with(&refused), "{output}");
    assert!(lines[1].starts_with("Snapshot of etcd "), "{output}");
    let folder = setting.env.home().join("backup");
    let steps = folder.join("RESTORE.txt");
    assert_eq!(lines[2], format!("To check and restore it (the whole way is in {}):", steps.display()));
    let snapshot = folder.join("etcd-snapshot.db");
    assert_eq!(lines[3], format!("  etcdutl snapshot status {} --write-out=table", snapshot.display()));
    assert!(
        lines[4].starts_with(&format!("  etcdutl snapshot restore {} --name=default ", snapshot.display()))
    );
    assert_eq!(lines.len(), 5, "{output}");
    // What was written is what `restore` reads, whatever else is in the folder.
    let to = folder.display().to_string();
    let restore = setting.run(&["restore", &to, "--dry-run"]).exits(0);
    assert!(
        restore.stderr.contains(&format!("secret/key in namespace {} is there", setting.namespace)),
        "{restore}"
    );
    setting.tidy();
}

/// What a namespace and the cluster hold, by path: the uid, and what somebody wanted.
fn objects(api: &Api, namespace: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let paths = [
        format!("/api/v1/namespaces/{namespace}/pods"),
        format!("/api/v1/namespaces/{namespace}/secrets"),
        format!("/api/v1/namespaces/{namespace}/serviceaccounts"),
        format!("/apis/apps/v1/namespaces/{namespace}/deployments"),
        format!("/apis/apps/v1/namespaces/{namespace}/replicasets"),
        format!("/apis/policy/v1/namespaces/{namespace}/poddisruptionbudgets"),
        "/apis/rbac.authorization.k8s.io/v1/clusterroles".to_owned(),
    ];
    for path in paths {
        for item in items(api, &path) {
            let metadata = &item["metadata"];
            let name = metadata["name"].as_str().expect("a name");
            // Other tests of this cluster make and remove roles for their users at any time.
            if name.starts_with("granted-") {
                continue;
            }
            let wanted =
                json!([metadata["uid"], metadata["labels"], item["spec"], item["data"], item["rules"]]);
            found.insert(format!("{path}/{name}"), wanted.to_string());
        }
    }
    let namespace = api.get(&format!("/api/v1/namespaces/{namespace}")).expect("a namespace");
    found.insert("namespace".to_owned(), namespace["metadata"]["uid"].to_string());
    found
}

/// Whether etcdutl can raise the revision: it maps ten gigabytes for that, most of which it never touches, and which a limit
/// of the address space (`ulimit -v`) refuses.
fn has_address_space() -> bool {
    let limit = rustix::process::getrlimit(rustix::process::Resource::As);
    limit.current.is_none_or(|bytes| bytes > 12 << 30)
}

/// The command for a process whose address space is limited.
fn without_bump(command: &str) -> String {
    let command = command.replace(" --bump-revision=1000000000 --mark-compacted", "");
    command.replace(" --data-dir=", " --initial-memory-map-size=67108864 --data-dir=")
}
