//! `kubectl quota rbac`: each command as a user who has the printed role, and nothing else.

mod fixture;
mod least;
mod other_kinds;
mod over_time;
mod secrets;
mod whole_answers;

use std::time::{Duration, Instant};

use cluster::Rule;
use serde_json::Value;
use support::{Output, TestEnv, executable};

use crate::support::{QUOTA, without_progress};
use fixture::cluster;

/// How long answers may differ: what controllers do and what an authorizer learns takes a moment.
const PATIENCE: Duration = Duration::from_secs(120);

/// A command of `rbac`, and command lines of it.
struct Command {
    name: &'static str,
    lines: &'static [&'static str],
}

/// What looks at one namespace.
const IN_NAMESPACE: &[Command] = &[
    Command { name: "usage", lines: &["usage"] },
    Command { name: "who", lines: &["who", "who --unused"] },
    Command { name: "verify", lines: &["verify --all"] },
    Command {
        name: "limits",
        lines: &[
            "limits",
            "limits deployment/web",
            "limits statefulset/db",
            "limits daemonset/agent",
            "limits replicaset/lone",
            "limits replicationcontroller/old",
            "limits job/once",
            "limits cronjob/nightly",
            "limits pod/bare",
        ],
    },
    Command { name: "lint", lines: &["lint --fail-on never"] },
    Command {
        name: "check",
        lines: &["check -f new.yaml", "check -f named.yaml", "check -f many.yaml", "check -f quota.yaml"],
    },
    Command {
        name: "fits",
        lines: &[
            "fits",
            "fits statefulset/db",
            "fits deployment/web",
            "fits deployment/vast",
            "fits replicaset/lone",
            "fits replicationcontroller/old",
            "fits daemonset/agent",
            "fits job/once",
            "fits cronjob/nightly",
            "fits deployment/web --nodes",
        ],
    },
    Command {
        name: "rollout",
        lines: &[
            "rollout",
            "rollout statefulset/db",
            "rollout deployment/web",
            "rollout deployment/vast",
            "rollout daemonset/agent",
        ],
    },
    Command {
        name: "explain",
        lines: &[
            "explain",
            "explain deployment/stuck",
            "explain deployment/vast",
            "explain statefulset/db",
            "explain statefulset/wide",
            "explain daemonset/agent",
            "explain replicaset/lone",
            "explain replicationcontroller/old",
            "explain job/once",
            "explain cronjob/nightly",
            "explain pod/bare",
        ],
    },
    Command { name: "recommend", lines: &["recommend", "recommend --object-counts"] },
    Command {
        name: "create",
        lines: &[
            "create another --hard pods=50 --default-request cpu=100m --dry-run=server",
            "create compute --hard pods=50 --dry-run=server",
            "create defaults --default-request cpu=100m --dry-run=server",
            "create another --hard requests.cpu=1 --dry-run=server",
            "create another --hard none.storageclass.storage.k8s.io/requests.storage=1Gi --dry-run=server",
            "create another --hard pods=1 --scope-selector PriorityClass=usual --dry-run=server",
        ],
    },
    Command {
        name: "what-if",
        lines: &["what-if --quota compute --hard requests.cpu=1", "what-if -f quota.yaml"],
    },
    Command { name: "diff", lines: &["diff old.yaml new-quota.yaml"] },
];

/// What looks at all namespaces; a ClusterRole permits what looks at one, too.
const EVERYWHERE: &[Command] = &[
    Command { name: "usage", lines: &["usage -A", "usage -A --by label:team", "usage -A --by namespace"] },
    Command { name: "who", lines: &["who -A", "who -A --unused"] },
    Command { name: "verify", lines: &["verify -A --all"] },
    Command { name: "limits", lines: &["limits -A"] },
    Command { name: "lint", lines: &["lint -A --fail-on never", "lint --fail-on never -n plain"] },
    Command { name: "check", lines: &[] },
    Command { name: "fits", lines: &["fits -A", "fits -A --nodes"] },
    Command { name: "rollout", lines: &["rollout -A"] },
    Command { name: "explain", lines: &["explain -A"] },
    Command { name: "recommend", lines: &["recommend -A"] },
    Command { name: "create", lines: &[] },
    Command {
        name: "what-if",
        lines: &[
            "what-if -A --quota compute --hard requests.cpu=1",
            "what-if --quota compute --hard pods=1 -n plain",
        ],
    },
];

/// Returns the command lines of a command that a role permits: with a ClusterRole those of all namespaces, too.
fn lines(command: &Command, is_everywhere: bool) -> Vec<String> {
    let of_one = IN_NAMESPACE.iter().find(|one| one.name == command.name);
    let of_one =
        of_one.into_iter().flat_map(|one| one.lines).map(|line| format!("{line} -n {}", fixture::NAMESPACE));
    let of_all = command.lines.iter().filter(|_| is_everywhere).map(|line| (*line).to_owned());
    of_one.chain(of_all).collect()
}

/// Returns a permission as a test names it: `list deployments.apps`.
fn permissions(role: &Value) -> Vec<(String, String, String)> {
    let texts = |value: &Value| -> Vec<String> {
        let texts = value.as_array().into_iter().flatten();
        texts.filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let mut all = Vec::new();
    for rule in role["rules"].as_array().into_iter().flatten() {
        for group in texts(&rule["apiGroups"]) {
            for resource in texts(&rule["resources"]) {
                for verb in texts(&rule["verbs"]) {
                    all.push((group.clone(), resource.clone(), verb));
                }
            }
        }
    }
    all
}

/// Returns the printed role of a command.
fn role(env: &TestEnv, command: &str, namespace: Option<&str>) -> Value {
    let place = match namespace {
        Some(namespace) => vec!["-n", namespace],
        None => vec!["-A"],
    };
    let printed = env.run("kubectl", [vec!["quota", "rbac", command], place].concat()).success().stdout;
    let role: Value = serde_yaml::from_str(&printed).expect("a role");
    assert_eq!(role["kind"], if namespace.is_some() { "Role" } else { "ClusterRole" });
    role
}

/// Returns a user who may do exactly this.
fn user_with(name: &str, namespace: Option<&str>, permissions: &[(String, String, String)]) -> TestEnv {
    let rules: Vec<Rule> = permissions
        .iter()
        .map(|(group, resource, verb)| Rule::of(group, &[resource.as_str()], &[verb.as_str()]))
        .collect();
    if !rules.is_empty() {
        cluster().grant(name, namespace, &rules).expect("a grant");
    }
    let kubeconfig = cluster().user(name, &[]).expect("a user");
    fixture::files(TestEnv::on(cluster()).program(executable(QUOTA)).kubeconfig(kubeconfig))
}

/// Runs a command line.
fn run(env: &TestEnv, line: &str) -> Output {
    env.run(QUOTA, line.split(' '))
}

/// Returns a text as it can be compared: how long ago something was changes from run to run, and so does who asks.
fn stable(text: &str) -> String {
    let is_about_time = |line: &str| {
        ["retries within", "tried again within", "gave up after", "kubectl-quota/retry="]
            .iter()
            .any(|words| line.contains(words))
    };
    let without_user = |line: &str| match line.split_once("User \"") {
        Some((before, after)) => {
            format!("{before}User{}", after.split_once('"').map_or("", |(_, rest)| rest))
        }
        None => line.to_owned(),
    };
    let text = without_progress(text);
    let lines = text.lines().filter(|line| !is_about_time(line)).map(without_user);
    let lines = lines.map(|line| {
        let words = line.split_whitespace().map(|word| if is_age(word) { "some-time" } else { word });
        words.collect::<Vec<_>>().join(" ")
    });
    without_ages(&lines.collect::<Vec<_>>().join("\n"))
}

/// Returns whether a word is an age of a table, such as `2m32s`; `100m` is an amount.
fn is_age(word: &str) -> bool {
    let of_age = |letter: char| letter.is_ascii_digit() || "smhd".contains(letter);
    let units = word.chars().filter(char::is_ascii_lowercase).count();
    word.starts_with(|first: char| first.is_ascii_digit())
        && word.chars().all(of_age)
        && (units > 1 || word.ends_with('s'))
}

/// Replaces ages, such as `1m5s ago`.
fn without_ages(text: &str) -> String {
    const AGO: &str = " ago";
    let of_age = |letter: char| letter.is_ascii_digit() || "smhdy".contains(letter);
    let mut parts = text.split(AGO).peekable();
    let mut stable = String::new();
    while let Some(part) = parts.next() {
        match parts.peek() {
            Some(_) => stable.extend([part.trim_end_matches(of_age), "some time", AGO]),
            None => stable.push_str(part),
        }
    }
    stable
}

/// Asks until two answers are as wanted, and returns whether they ever were, with the last ones.
fn until(
    wanted: impl Fn(&Output, &Output) -> bool,
    ask: impl Fn() -> (Output, Output),
) -> (bool, Output, Output) {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let (one, other) = ask();
        let is_so = wanted(&one, &other);
        if is_so || Instant::now() > deadline {
            return (is_so, one, other);
        }
    }
}
