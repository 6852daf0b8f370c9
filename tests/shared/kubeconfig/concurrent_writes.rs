//! Many hands on one file, and hands that are killed.
//!
//! `KUBECONFIG_HANDS_SECONDS` sets how long the hands work (2), `KUBECONFIG_KILLS` how many are killed (30).

use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::MetadataExt,
    path::Path,
    process::{Child, Command, Stdio},
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use shared::kubeconfig::{
    Environment,
    edit::{Edit, Sources, plan},
    kubeconfig_files,
    write::WriteOptions,
};

use support::{Random, executable, number, seed};

/// Contexts that ours switch to and change.
const CONTEXTS: usize = 100;

/// Contexts whose namespaces kubectl alone changes.
const OF_KUBECTL: usize = 10;

/// A place for what a writer counted.
struct ResultFile(tempfile::TempDir);

impl ResultFile {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn read(&self) -> String {
        fs::read_to_string(self.0.path().join("result")).unwrap_or_default()
    }
}

/// A kubeconfig of 100 contexts, 600 kB.
fn kubeconfig() -> String {
    let data = "QUJD".repeat(1400);
    let mut text = String::from(
        "# mine\napiVersion: v1\nclusters:\n- cluster:\n    server: https://c\n  name: c\ncontexts:\n",
    );
    for index in 0..CONTEXTS {
        text.push_str(&format!(
            "- context:\n    cluster: c\n    namespace: shop\n    user: u{index}\n  name: ctx-{index}\n"
        ));
    }
    for index in 0..OF_KUBECTL {
        text.push_str(&format!(
            "- context:\n    cluster: c\n    namespace: shop\n    user: u{index}\n  name: of-kubectl-{index}\n"
        ));
    }
    text.push_str("current-context: ctx-0\nkind: Config\npreferences: {}\nusers:\n");
    for index in 0..CONTEXTS {
        text.push_str(&format!("- name: u{index}\n  user:\n    client-key-data: {data}\n"));
    }
    text
}

/// Starts a writer of ours that does nothing but switch: for some seconds, and until there is a file `enough`.
fn start(file: &Path, seconds: u64, enough: &Path, result: &ResultFile) -> Child {
    Command::new(executable("shared-test-program"))
        .arg("switching")
        .arg(result.0.path().join("result"))
        .arg(file)
        .arg(seconds.to_string())
        .arg(enough)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Whether the bytes are a whole kubeconfig of ours: every line there, only the values that are switched different.
fn is_whole(text: &str, original: &str) -> bool {
    let masked = |text: &str| -> Vec<String> {
        text.lines()
            .map(|line| match line.trim_start().split_once(": ") {
                Some((key @ ("current-context" | "namespace"), _)) => key.to_string(),
                _ => line.to_string(),
            })
            .collect()
    };
    text.ends_with('\n') && masked(text) == masked(original)
}

/// Lets `ours` writers of ours and `kubectls` of kubectl work on a file while a reader reads; the counts of our writes, of
/// kubectl's that succeeded, and of reads that met no whole file. Whatever kubectl wrote with success has to be there in
/// the end.
fn work(ours: usize, kubectls: usize) -> (usize, usize, usize) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config");
    let original = kubeconfig();
    fs::write(&file, &original).unwrap();
    let seconds = number("KUBECONFIG_HANDS_SECONDS").unwrap_or(2);
    let program = cluster::Programs::find_or_build().unwrap().path("kubectl");
    let elsewhere = tempfile::tempdir().unwrap();
    let enough = elsewhere.path().join("enough");
    if kubectls == 0 {
        fs::write(&enough, "").unwrap();
    }
    let stop = AtomicBool::new(false);
    let (torn, by_kubectl) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let namespaces = Mutex::new(BTreeMap::new());
    let writes = thread::scope(|scope| {
        scope.spawn(|| {
            while !stop.load(Ordering::Relaxed) {
                let text = fs::read_to_string(&file).unwrap_or_default();
                let whole = if kubectls == 0 { is_whole(&text, &original) } else { text.ends_with('\n') };
                if !whole {
                    torn.fetch_add(1, Ordering::Relaxed);
                }
            }
        });
        for number in 0..kubectls {
            let (program, file, stop, by_kubectl, enough) = (&program, &file, &stop, &by_kubectl, &enough);
            let namespaces = &namespaces;
            scope.spawn(move || {
                let mut random = Random::new(number as u64);
                for round in 0.. {
                    if stop.load(Ordering::Relaxed) {
                        break;
                    }
                    let (context, namespace) = (random.below(OF_KUBECTL), format!("round-{round}"));
                    let mut command = Command::new(program);
                    command.args(["config", "set-context", &format!("of-kubectl-{context}")]);
                    command.arg(format!("--namespace={namespace}")).env("KUBECONFIG", file);
                    // It gives up at once where it meets a lock. One that got through is what ours wait for.
                    if command.output().unwrap().status.success() {
                        namespaces.lock().unwrap().insert(context, namespace);
                        by_kubectl.fetch_add(1, Ordering::Relaxed);
                        fs::write(enough, "").unwrap();
                    } else {
                        // It may have failed before it wrote or after.
                        namespaces.lock().unwrap().remove(&context);
                    }
                }
            });
        }
        let results: Vec<ResultFile> = (0..ours).map(|_| ResultFile::new()).collect();
        let children: Vec<Child> =
            results.iter().map(|result| start(&file, seconds, &enough, result)).collect();
        for mut child in children {
            child.wait().unwrap();
        }
        stop.store(true, Ordering::Relaxed);
        let mut writes = 0;
        for result in &results {
            let text = result.read();
            let counts = text.strip_prefix('(').and_then(|text| text.split_once(", "));
            let (done, failures) =
                counts.unwrap_or_else(|| panic!("a writer ended without a result: {text}"));
            assert_eq!(failures, "{})", "a write of ours failed");
            writes += done.parse::<usize>().unwrap();
        }
        writes
    });
    assert_eq!(names(folder.path()), ["config"], "nothing is left behind");
    let left = fs::read_to_string(&file).unwrap();
    assert_eq!(left.matches("name: ctx-").count(), CONTEXTS, "no context is lost");
    for (context, namespace) in namespaces.into_inner().unwrap() {
        let entry = format!("namespace: {namespace}\n    user: u{context}\n  name: of-kubectl-{context}\n");
        assert!(left.contains(&entry), "{namespace} of of-kubectl-{context} is lost");
    }
    println!(
        "{ours} of ours wrote {writes} times, {kubectls} kubectl {by_kubectl:?} times, {torn:?} torn reads"
    );
    (writes, by_kubectl.into_inner(), torn.into_inner())
}

#[test]
fn twenty_of_ours_never_fail_and_never_tear() {
    let (writes, _, torn) = work(20, 0);
    assert!(writes >= 20, "every writer got its turn: {writes}");
    assert_eq!(torn, 0);
}

#[test]
fn ours_never_fail_beside_kubectl() {
    // The torn reads here are kubectl's: it empties the file before it writes. One that reads what another one is writing
    // deletes what it does not see (`ModifyConfig` in client-go's `tools/clientcmd/config.go`), so there is one only.
    let (writes, by_kubectl, _) = work(16, 1);
    assert!(writes >= 16 && by_kubectl > 0, "ours {writes}, kubectl {by_kubectl}");
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// One switch without lock_timeout: a lock that it may not remove at once and unasked would be an error.
fn switch_at_once(file: &Path, context: &str) {
    let folder = file.parent().unwrap().to_path_buf();
    let environment =
        Environment { kubeconfig: Some(file.into()), home: folder.clone(), current_directory: folder };
    let options = WriteOptions { lock_timeout: Duration::ZERO, ..WriteOptions::default() };
    let sources = Sources::read(&kubeconfig_files(None, &environment), &environment).unwrap();
    plan(sources, &[Edit::SetCurrentContext(context.into())]).unwrap().execute(&options).unwrap();
}

#[test]
fn killed_at_any_moment_the_file_is_old_or_new() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config");
    let original = kubeconfig();
    fs::write(&file, &original).unwrap();
    let kills = number("KUBECONFIG_KILLS").unwrap_or(30);
    let seed = seed("KUBECONFIG_EDIT_SEED");
    println!("{kills} kills, KUBECONFIG_EDIT_SEED={seed}");
    let mut random = Random::new(seed);
    let mut temporary = 0;
    for kill in 0..kills {
        let before = fs::read(&file).unwrap();
        let result = ResultFile::new();
        let mut child = start(&file, 60, Path::new("/nowhere"), &result);
        // It starts within this time, and then does nothing but switch.
        let patience = Instant::now() + Duration::from_secs(60);
        while fs::read(&file).unwrap() == before {
            assert!(Instant::now() < patience, "nothing was ever written");
            thread::sleep(Duration::from_millis(1));
        }
        thread::sleep(Duration::from_micros(random.below(20_000) as u64));
        child.kill().unwrap();
        child.wait().unwrap();
        let text = fs::read_to_string(&file).unwrap();
        assert!(is_whole(&text, &original), "kill {kill} of seed {seed} left a torn file");
        for name in names(folder.path()).iter().filter(|name| *name != "config") {
            assert!(name.ends_with(".kubeconfig-new"), "kill {kill} of seed {seed} left {name}");
            temporary += 1;
        }
        // Where nothing changes nothing is written, and nothing cleared up.
        let other = if text.contains("\ncurrent-context: ctx-0\n") { "ctx-1" } else { "ctx-0" };
        switch_at_once(&file, other);
        assert_eq!(names(folder.path()), ["config"], "kill {kill} of seed {seed}");
        assert_eq!(fs::metadata(&file).unwrap().nlink(), 1);
    }
    println!("{kills} kills left no lock and {temporary} temporary files");
}
