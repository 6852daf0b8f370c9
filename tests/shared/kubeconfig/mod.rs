//! Random kubeconfig files: what we load has to be what the real kubectl loads.
//!
//! `KUBECONFIG_DIFFERENTIAL_CASES` sets how many cases run (600), `KUBECONFIG_DIFFERENTIAL_SEED` where they start; a
//! failure prints the seed of its case.

#![expect(clippy::print_stdout, reason = "a test says its seed")]

mod case;
mod concurrent_writes;
mod editing;
mod known_differences;
mod kubectl;
mod rendering;
mod spelling;
mod tree;

use std::{
    collections::BTreeMap,
    path::Path,
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use case::Case;
use known_differences::Known;
use kubectl::KubectlConfig;
use serde_json::Value;
use shared::kubeconfig::{Environment, LoadOptions, kubeconfig_files, load};
use support::{number, seed};

/// What a program made of the files: a view of them, or a refusal.
type Outcome = Result<Value, String>;

fn kubectl(kubectl: &mut KubectlConfig, folder: &Path, case: &Case) -> Outcome {
    let view = ["view", "--raw", "-o", "json"];
    let output = kubectl.run(folder, &case.list, case.flag.as_deref(), &view);
    output.map(|text| serde_json::from_str(&text).unwrap())
}

fn ours(folder: &Path, case: &Case) -> Outcome {
    let environment = Environment {
        kubeconfig: Some((&case.list).into()),
        home: folder.to_path_buf(),
        current_directory: folder.to_path_buf(),
    };
    let files = kubeconfig_files(case.flag.as_ref().map(Path::new), &environment);
    load(&files, &environment, LoadOptions::default())
        .map(|kubeconfig| rendering::render(&kubeconfig))
        .map_err(|error| error.to_string())
}

/// How a case ended where nothing is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    /// Both loaded the same.
    Loaded,
    /// Both refused.
    Refused,
    /// A difference that is known.
    Known(Known),
}

/// How a case ended; a difference fails with everything needed to see it.
fn compare(kubectl: &mut KubectlConfig, seed: u64) -> Result<End, String> {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().canonicalize().unwrap();
    let case = Case::generate(seed, &folder);
    let theirs = self::kubectl(kubectl, &folder, &case).map(rendering::without_empty_lists);
    let ours = ours(&folder, &case).map(rendering::without_empty_lists);
    let same = match (&theirs, &ours) {
        // `kubectl config` takes a missing file named by flag for an empty one; all other commands refuse it.
        (Ok(_), Err(message)) if case.flag.as_deref() == Some("missing") => {
            message.contains("stat missing: no such file")
        }
        (Ok(theirs), Ok(ours)) => theirs == ours,
        (Err(_), Err(_)) => true,
        _ => false,
    };
    if same {
        return Ok(if theirs.is_ok() { End::Loaded } else { End::Refused });
    }
    if let Some(known) = known_differences::explain(&theirs, &ours) {
        return Ok(End::Known(known));
    }
    let mut report = format!("seed {seed}: KUBECONFIG={:?} flag {:?}\n", case.list, case.flag);
    for (path, bytes) in &case.files {
        report.push_str(&format!("--- {}\n{}\n", path.display(), String::from_utf8_lossy(bytes)));
    }
    report.push_str(&format!("kubectl: {}\nours: {}\n", show(&theirs), show(&ours)));
    Err(report)
}

fn show(outcome: &Outcome) -> String {
    match outcome {
        Ok(view) => view.to_string(),
        Err(message) => message.clone(),
    }
}

#[test]
fn loads_what_kubectl_loads() {
    let cases = number("KUBECONFIG_DIFFERENTIAL_CASES").unwrap_or(600);
    let start = seed("KUBECONFIG_DIFFERENTIAL_SEED");
    println!("{cases} cases from KUBECONFIG_DIFFERENTIAL_SEED={start}");

    let (next, ends) = (AtomicU64::new(0), Mutex::new(BTreeMap::<End, usize>::new()));
    let work = || {
        let (mut kubectl, mut reports) = (KubectlConfig::start(), Vec::new());
        while let Some(index) = Some(next.fetch_add(1, Ordering::Relaxed)).filter(|index| *index < cases) {
            match compare(&mut kubectl, start + index) {
                Ok(end) => *ends.lock().unwrap().entry(end).or_default() += 1,
                Err(report) => reports.push(report),
            }
        }
        reports
    };
    let reports: Vec<String> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..2).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    let ends = ends.into_inner().unwrap();
    println!("{ends:?}, {} differ", reports.len());
    let loaded = ends.get(&End::Loaded).copied().unwrap_or_default();
    assert!(
        reports.is_empty(),
        "{} of {cases} differ, the first:\n{}",
        reports.len(),
        reports.iter().take(60).cloned().collect::<String>()
    );
    assert!(
        cases < 30 || loaded * 3 > cases as usize,
        "only {loaded} of {cases} cases were valid: nothing was compared"
    );
}
