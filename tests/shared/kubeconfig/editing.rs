//! Random kubeconfig files and random edits: what the files mean afterwards has to be what the real `kubectl config`
//! makes them mean, but for the deliberate differences that `shared::kubeconfig::edit` lists.
//!
//! `KUBECONFIG_EDIT_CASES` sets how many cases run (300), `KUBECONFIG_EDIT_SEED` where they start; a failure prints the
//! seed of its case.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::Mutex,
    sync::atomic::{AtomicU64, Ordering},
};

use serde_json::{Value, json};
use shared::kubeconfig::{
    Environment, KubeconfigFiles,
    edit::{Edit, Sources, plan},
    kubeconfig_files,
    write::{WriteOptions, undo},
};
use support::{Random, number, seed};
use tempfile::TempDir;

use super::{case::Case, kubectl::KubectlConfig};

/// How a case ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    /// Both changed the files, to the same meaning.
    Same,
    /// Both refused, and ours left every byte.
    BothRefused,
    /// There was nothing to edit.
    Nothing,
    /// kubectl stumbles over certificates or keys that are no base64.
    OnlyOurs,
    /// The value can't be changed alone.
    Shared,
    /// A difference from the list of deliberate ones: the deleted current context.
    Cleared,
    /// Another one: a file that was named by flag is not there, which `kubectl config` alone takes for an empty one.
    Missing,
}

struct Setting {
    folder: PathBuf,
    list: String,
    flag: Option<String>,
}

impl Setting {
    /// The list without repetitions: over a second spelling of a file kubectl waits for itself.
    fn new(folder: &Path, case: &Case) -> Self {
        let mut seen: Vec<PathBuf> = Vec::new();
        let list: Vec<&str> = case
            .list
            .split(':')
            .filter(|path| match folder.join(path).canonicalize() {
                Ok(real) if !path.is_empty() => {
                    let new = !seen.contains(&real);
                    seen.push(real);
                    new
                }
                _ => !path.is_empty(),
            })
            .collect();
        Self { folder: folder.to_path_buf(), list: list.join(":"), flag: case.flag.clone() }
    }

    fn kubectl(&self, kubectl: &mut KubectlConfig, arguments: &[&str]) -> Result<String, String> {
        kubectl.run(&self.folder, &self.list, self.flag.as_deref(), arguments)
    }

    fn view(&self, kubectl: &mut KubectlConfig) -> Result<Value, String> {
        let text = self.kubectl(kubectl, &["view", "--raw", "-o", "json"])?;
        let neutral = text.replace(self.folder.to_str().unwrap(), "FOLDER");
        serde_json::from_str(&neutral).map_err(|error| error.to_string())
    }

    fn files(&self) -> (KubeconfigFiles, Environment) {
        let environment = Environment {
            kubeconfig: Some((&self.list).into()),
            home: self.folder.clone(),
            current_directory: self.folder.clone(),
        };
        (kubeconfig_files(self.flag.as_ref().map(Path::new), &environment), environment)
    }

    fn bytes(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        for folder in [self.folder.clone(), self.folder.join("sub"), self.folder.join("sub/deeper")] {
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                if entry.file_type().unwrap().is_file() {
                    files.insert(entry.path(), fs::read(entry.path()).unwrap());
                }
            }
        }
        files
    }
}

/// An edit, and how kubectl is told to make it.
fn operation(random: &mut Random, sources: Option<&Sources>) -> Option<(Edit, Vec<String>)> {
    let mut names: Vec<String> =
        sources.into_iter().flat_map(Sources::contexts).map(|context| context.name.to_string()).collect();
    names.retain(|name| !name.is_empty());
    if names.is_empty() || random.percent(3) {
        names.push("nobody".into());
    }
    let name = random.pick(&names);
    let value = (random.pick(&[
        "shop",
        "kube-system",
        "no",
        "on",
        "007",
        "1e3",
        "0x1f",
        "y",
        "null",
        "a-b",
        "true",
        "12",
        "x y",
        "ü",
        "it's",
        "q\"",
        "a: b",
        "#",
        "~",
        "-",
        "line\nend",
        "2024-01-01",
    ]))
    .to_string();
    let words = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<String>>();
    Some(match random.below(12) {
        0..4 => (Edit::SetCurrentContext(name.clone()), words(&["use-context", "--", &name])),
        4..7 => {
            let flag = format!("--namespace={value}");
            let current = sources.and_then(Sources::current_context).map(str::to_string);
            let current = current.filter(|current| names.contains(current));
            match current {
                Some(context) if random.percent(60) => (
                    Edit::SetNamespace { context, namespace: value },
                    words(&["set-context", "--current", &flag]),
                ),
                // kubectl would make a context that does not exist.
                _ if name == "nobody" => return None,
                _ => (
                    Edit::SetNamespace { context: name.clone(), namespace: value },
                    words(&["set-context", &flag, "--", &name]),
                ),
            }
        }
        7 if name == "nobody" => return None,
        7 => (
            Edit::UnsetNamespace { context: name.clone() },
            words(&["set-context", "--namespace=", "--", &name]),
        ),
        8 => (Edit::UnsetCurrentContext, words(&["unset", "current-context"])),
        9..11 => {
            // The same name is refused by kubectl and nothing to do for us.
            let to = if value == name { "other".to_string() } else { value };
            (
                Edit::RenameContext { from: name.clone(), to: to.clone() },
                words(&["rename-context", "--", &name, &to]),
            )
        }
        _ => (Edit::DeleteContexts(vec![name.clone()]), words(&["delete-context", "--", &name])),
    })
}

fn setting(case_seed: u64, folder: &Path) -> Setting {
    let folder = folder.canonicalize().unwrap();
    Setting::new(&folder, &Case::generate(case_seed, &folder))
}

/// Most random files can't be read or have no contexts: of a few, the first that can be edited, else the last.
fn promising(seed: u64) -> (u64, TempDir, Setting) {
    let mut attempt = 0;
    loop {
        let case_seed = seed + attempt * 1_000_000_007;
        let folder = tempfile::tempdir().unwrap();
        let setting = setting(case_seed, folder.path());
        let (files, environment) = setting.files();
        let sources = Sources::read(&files, &environment);
        let editable =
            sources.is_ok_and(|sources| sources.contexts().any(|context| !context.name.is_empty()));
        if editable || attempt == 5 {
            return (case_seed, folder, setting);
        }
        attempt += 1;
    }
}

fn compare(process: &mut KubectlConfig, seed: u64) -> Result<End, String> {
    let (case_seed, folder, ours) = promising(seed);
    let their_folder = tempfile::tempdir().unwrap();
    let theirs = setting(case_seed, their_folder.path());
    let (files, environment) = ours.files();
    let sources = Sources::read(&files, &environment);
    let mut random = Random::new(!seed);
    let Some((edit, arguments)) = operation(&mut random, sources.as_ref().ok()) else {
        return Ok(End::Nothing);
    };
    let before = ours.bytes();
    let report = |what: &str, detail: &dyn std::fmt::Display| {
        let mut report =
            format!("seed {seed}: {what}\n{edit:?}\nKUBECONFIG={} {:?}\n{detail}\n", ours.list, ours.flag);
        for (path, bytes) in &before {
            report.push_str(&format!("--- {}\n{}\n", path.display(), String::from_utf8_lossy(bytes)));
        }
        for (path, bytes) in ours.bytes().iter().filter(|(path, bytes)| before.get(*path) != Some(*bytes)) {
            report.push_str(&format!("--- after: {}\n{}\n", path.display(), String::from_utf8_lossy(bytes)));
        }
        report
    };

    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let kubectl = theirs.kubectl(process, &arguments);
    let planned = sources.and_then(|sources| plan(sources, std::slice::from_ref(&edit)));
    let written = planned.and_then(|plan| plan.execute(&WriteOptions::default()));
    let after = ours.bytes();
    let written = match written {
        Err(error) => {
            if after != before {
                return Err(report("a refused edit changed something", &error));
            }
            let shared = error.to_string().contains(" alone: ");
            return match kubectl {
                Err(_) => Ok(End::BothRefused),
                Ok(_) if shared => Ok(End::Shared),
                Ok(_)
                    if ours.flag.as_deref() == Some("missing")
                        && error.to_string().contains("stat missing:") =>
                {
                    Ok(End::Missing)
                }
                Ok(_) => Err(report("only ours refused", &error)),
            };
        }
        Ok(written) => written,
    };
    let changed: Vec<&PathBuf> = after
        .iter()
        .filter(|(path, bytes)| before.get(*path) != Some(*bytes))
        .map(|(path, _)| path)
        .collect();
    if after.len() != before.len() || changed.len() != written.files().count() {
        return Err(report("other files than said", &format!("{changed:?}")));
    }
    let end = match kubectl {
        Ok(_) => {
            compare_views(process, &theirs, &ours, &edit).map_err(|detail| report("views differ", &detail))?
        }
        // kubectl reads more of the files than the edit needs; the view says whether that is why.
        Err(message) => match theirs.view(process) {
            Err(_) => End::OnlyOurs,
            Ok(_) => return Err(report("only kubectl refused", &message)),
        },
    };
    undo(written.undo(), &WriteOptions::default()).map_err(|error| report("not undone", &error))?;
    let undone = ours.bytes() == before;
    drop((folder, their_folder));
    match undone {
        true => Ok(end),
        false => Err(report("undone to something else", &"")),
    }
}

fn compare_views(
    process: &mut KubectlConfig,
    theirs: &Setting,
    ours: &Setting,
    edit: &Edit,
) -> Result<End, String> {
    let (mut theirs, mut ours) = (theirs.view(process)?, ours.view(process)?);
    let mut end = End::Same;
    if let Edit::DeleteContexts(names) = edit
        && names.iter().any(|name| theirs["current-context"] == json!(name))
        && theirs["contexts"]
            .as_array()
            .is_none_or(|left| left.iter().all(|left| left["name"] != json!(names[0])))
    {
        if ours["current-context"] == json!(names[0]) {
            return Err("the deleted context is still the current one".into());
        }
        theirs["current-context"] = Value::Null;
        ours["current-context"] = Value::Null;
        end = End::Cleared;
    }
    for view in [&mut theirs, &mut ours] {
        for list in ["contexts", "clusters", "users"] {
            if let Some(entries) = view[list].as_array_mut() {
                entries.sort_by_key(|entry| entry["name"].to_string());
            }
            if view[list].as_array().is_none_or(Vec::is_empty) {
                view[list] = Value::Null;
            }
        }
    }
    match theirs == ours {
        true => Ok(end),
        false => Err(format!("kubectl: {theirs}\nours:    {ours}")),
    }
}

#[test]
fn edits_mean_what_kubectls_mean() {
    let cases = number("KUBECONFIG_EDIT_CASES").unwrap_or(300);
    let start = seed("KUBECONFIG_EDIT_SEED");
    println!("{cases} cases from KUBECONFIG_EDIT_SEED={start}");

    let next = AtomicU64::new(0);
    let (ends, reports) = (Mutex::new(BTreeMap::<End, u64>::new()), Mutex::new(Vec::new()));
    let work = || {
        let mut kubectl = KubectlConfig::start();
        while let Some(index) = Some(next.fetch_add(1, Ordering::Relaxed)).filter(|index| *index < cases) {
            match compare(&mut kubectl, start + index) {
                Ok(end) => *ends.lock().unwrap().entry(end).or_default() += 1,
                Err(report) => reports.lock().unwrap().push(report),
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(work);
        }
    });
    let (ends, reports) = (ends.into_inner().unwrap(), reports.into_inner().unwrap());
    println!("{ends:?}, {} differ", reports.len());
    assert!(
        reports.is_empty(),
        "{} of {cases} differ, the first:\n{}",
        reports.len(),
        reports.iter().take(20).cloned().collect::<String>()
    );
    let same = ends.get(&End::Same).copied().unwrap_or_default();
    assert!(
        cases < 30 || same * 4 > cases,
        "only {same} of {cases} cases changed anything: nothing was compared"
    );
}
