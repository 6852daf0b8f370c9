//! Switching contexts and namespaces, and asking for them, in kubeconfigs of many contexts. No server.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use shared::{Error, Result, output::Printer};

use super::{
    binaries,
    demands::{Demand, Demands},
    kubeconfigs::{self, context},
    measure::{Contestant, Measured, measure},
    report,
};

/// The variables that name the peers' programs, where they are not on `PATH`.
const PEERS: [(&str, &str); 2] = [("KUBECTX", "kubectx"), ("KUBENS", "kubens")];

/// What is asked of a switch, as times faster than the peer.
struct Limits {
    contexts: usize,
    kubectl: f64,
    kubectx: f64,
}

const LIMITS: [Limits; 2] = [
    Limits { contexts: 100, kubectl: 40.0, kubectx: 8.0 },
    Limits { contexts: 1000, kubectl: 60.0, kubectx: 15.0 },
];

/// A switch may take so many times what reading, writing, flushing and renaming takes.
const FLOORS: f64 = 2.5;
/// An answer about contexts has to be so many times faster than kubectl's shortest one.
const ASKING: f64 = 10.0;

struct Programs {
    ours: PathBuf,
    floor: PathBuf,
    kubectl: PathBuf,
    /// kubectx and kubens, as far as they are there.
    peers: Vec<Option<PathBuf>>,
}

/// Measures ours beside kubectl, kubectx, kubens and the floor, for each number of contexts.
///
/// # Errors
/// The builds or the runs fail; a switch that did not switch.
pub fn run(sizes: &[usize], runs: usize, printer: &mut Printer) -> Result<()> {
    let folder = binaries::build(&["kubectl-ns_switch", binaries::FLOOR])?;
    let kubectl = cluster::Programs::find_or_build().map_err(|error| Error::new(error.to_string()))?;
    let programs = Programs {
        ours: folder.join("kubectl-ns_switch"),
        floor: folder.join(binaries::FLOOR),
        kubectl: kubectl.path("kubectl"),
        peers: PEERS.iter().map(|(variable, name)| peer(variable, name)).collect(),
    };
    for ((variable, name), found) in PEERS.iter().zip(&programs.peers) {
        if found.is_none() {
            printer
                .warning(format!("{name} is left out: it is not on PATH, and {variable} does not name it"));
        }
    }
    // Beside the binaries: a disk as good as users', where flushing costs what it costs.
    let place = tempfile::tempdir_in(&folder)
        .map_err(|error| Error::new(format!("can't make a folder in {}: {error}", folder.display())))?;
    for &size in sizes {
        let original = place.path().join(format!("config-{size}"));
        let bytes = kubeconfigs::write(&original, size)?;
        let title = |what: &str| format!("{what}, {size} contexts in {} kB", bytes / 1000);
        let mut demands = Demands::default();

        let switches = switch_context(&programs, &original, size, runs)?;
        report::show(&title("Switch the context"), &switches, printer)?;
        demand_switch(&mut demands, &switches, size);
        if let (Some(limits), [ours, _, kubectl, ..]) = (limits(size), &switches[..]) {
            demands.faster(ours, Some(kubectl), limits.kubectl);
        }

        let namespaces = switch_namespace(&programs, &original, runs)?;
        report::show(&title("Switch the namespace"), &namespaces, printer)?;
        demand_switch(&mut demands, &namespaces, size);

        let answers = ask(&programs, &original, runs)?;
        report::show(&title("Ask"), &answers, printer)?;
        for ours in answers.iter().filter(|answer| answer.name.starts_with(OURS)) {
            demands.faster(ours, answers.last(), ASKING);
        }
        demands.show(printer)?;
    }
    Ok(())
}

const OURS: &str = "kubectl-ns_switch";
const FLOOR: &str = "read, write, flush, rename";

/// The context goes back and forth between the first and the last.
fn switch_context(programs: &Programs, original: &Path, size: usize, runs: usize) -> Result<Vec<Measured>> {
    let targets = [context(0), context(size - 1)];
    let with = |words: &[&str]| targets.clone().map(|target| turn(words, &[&target])).to_vec();
    let mut contestants = vec![
        Entry::new("ours", format!("{OURS} use CONTEXT"), &programs.ours, with(&["use"])),
        Entry::new(
            "kubectl",
            "kubectl config use-context",
            &programs.kubectl,
            with(&["config", "use-context"]),
        ),
    ];
    if let Some(kubectx) = &programs.peers[0] {
        contestants.push(Entry::new("kubectx", "kubectx CONTEXT", kubectx, with(&[])));
    }
    let expected = format!("current-context: {}", targets[runs % 2]);
    race(contestants, programs, original, runs, |text| text.lines().any(|line| line == expected))
}

/// The namespace of the current context goes back and forth between two.
fn switch_namespace(programs: &Programs, original: &Path, runs: usize) -> Result<Vec<Measured>> {
    let targets = ["shop", "warehouse"];
    let with = |words: &[&str], prefix: &str| {
        targets.map(|target| turn(words, &[&format!("{prefix}{target}")])).to_vec()
    };
    let mut contestants = vec![
        Entry::new("ours", format!("{OURS} --force NAMESPACE"), &programs.ours, with(&["to", "--force"], "")),
        Entry::new(
            "kubectl",
            "kubectl config set-context --current --namespace",
            &programs.kubectl,
            with(&["config", "set-context", "--current"], "--namespace="),
        ),
    ];
    if let Some(kubens) = &programs.peers[1] {
        contestants.push(Entry::new("kubens", "kubens -f NAMESPACE", kubens, with(&["-f"], "")));
    }
    // kubens indents all anew.
    let expected = format!("namespace: {}", targets[runs % 2]);
    race(contestants, programs, original, runs, |text| text.lines().any(|line| line.trim() == expected))
}

/// A contestant with a copy of the kubeconfig of its own.
struct Entry {
    copy: &'static str,
    name: String,
    program: PathBuf,
    turns: Vec<Vec<String>>,
}

impl Entry {
    fn new(copy: &'static str, name: impl Into<String>, program: &Path, turns: Vec<Vec<String>>) -> Self {
        Self { copy, name: name.into(), program: program.to_owned(), turns }
    }
}

/// Measures them beside the floor, and looks at what they did to their files.
fn race(
    mut entries: Vec<Entry>,
    programs: &Programs,
    original: &Path,
    runs: usize,
    done: impl Fn(&str) -> bool,
) -> Result<Vec<Measured>> {
    entries.insert(1, Entry::new("floor", FLOOR, &programs.floor, Vec::new()));
    let names: Vec<&str> = entries.iter().map(|entry| entry.copy).collect();
    let copies = kubeconfigs::copies(original, &names)?;
    let contestants: Vec<Contestant> = entries
        .iter()
        .zip(&copies)
        .map(|(entry, copy)| Contestant {
            name: entry.name.clone(),
            program: entry.program.clone(),
            turns: match entry.turns.is_empty() {
                true => vec![vec![copy.display().to_string()]],
                false => entry.turns.clone(),
            },
            environment: environment(copy),
        })
        .collect();
    let measured = measure(&contestants, runs)?;
    for (entry, copy) in entries.iter().zip(&copies) {
        let text = fs::read_to_string(copy)
            .map_err(|error| Error::new(format!("can't read {}: {error}", copy.display())))?;
        if entry.name != FLOOR && !done(&text) {
            return Err(Error::new(format!("{} did not switch {}", entry.name, copy.display())));
        }
    }
    Ok(measured)
}

/// Questions that need no server; kubectl's shortest answer is the last.
fn ask(programs: &Programs, original: &Path, runs: usize) -> Result<Vec<Measured>> {
    let contestant = |name: &str, program: &Path, words: &[&str]| Contestant {
        name: format!("{name} {}", words.join(" ")).trim_end().to_owned(),
        program: program.to_owned(),
        turns: vec![turn(words, &[])],
        environment: environment(original),
    };
    let mut contestants = vec![
        contestant(OURS, &programs.ours, &["contexts"]),
        contestant(OURS, &programs.ours, &["-c"]),
        contestant(OURS, &programs.ours, &["contexts", "-c"]),
        contestant(OURS, &programs.ours, &["contexts", "-o", "name"]),
        contestant(OURS, &programs.ours, &["__complete", "use", "context-"]),
    ];
    if let Some(kubectx) = &programs.peers[0] {
        contestants.push(contestant("kubectx", kubectx, &["-c"]));
        contestants.push(contestant("kubectx", kubectx, &[]));
    }
    contestants.push(contestant("kubectl", &programs.kubectl, &["config", "get-contexts"]));
    contestants.push(contestant("kubectl", &programs.kubectl, &["config", "get-contexts", "-o", "name"]));
    contestants.push(contestant("kubectl", &programs.kubectl, &["config", "current-context"]));
    measure(&contestants, runs)
}

fn demand_switch(demands: &mut Demands, measured: &[Measured], size: usize) {
    let [ours, floor, _, rest @ ..] = measured else { return };
    demands.push(Demand::at_most(ours, floor, FLOORS));
    if let Some(limits) = limits(size) {
        demands.faster(ours, rest.first(), limits.kubectx);
    }
}

fn limits(contexts: usize) -> Option<&'static Limits> {
    LIMITS.iter().find(|limits| limits.contexts == contexts)
}

/// No cache, state or setting of one is another's.
fn environment(kubeconfig: &Path) -> Vec<(String, String)> {
    let home = kubeconfig.with_extension("home");
    vec![
        ("KUBECONFIG".to_owned(), kubeconfig.display().to_string()),
        ("HOME".to_owned(), home.display().to_string()),
    ]
}

fn turn(words: &[&str], more: &[&str]) -> Vec<String> {
    words.iter().chain(more).map(|&word| word.to_owned()).collect()
}

/// The program a variable names, or else the one on `PATH`.
fn peer(variable: &str, name: &str) -> Option<PathBuf> {
    let named = env::var_os(variable).map(PathBuf::from);
    let path = env::var_os("PATH").unwrap_or_default();
    let mut candidates = named.into_iter().chain(env::split_paths(&path).map(|folder| folder.join(name)));
    candidates.find(|candidate| candidate.is_file())
}
