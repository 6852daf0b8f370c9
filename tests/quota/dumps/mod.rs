//! `--from` of every command: dumps that are cut, of something else, or odd. Each ends in an error with the next command to
//! try, or says what is odd; nothing is passed over in silence.

mod odd_amounts;
mod other_shapes;
mod shapes;
mod unread_files;
mod whole_pods;

use serde_json::{Value, json};
use support::{Output, TestEnv};

use crate::{
    objects::{cpu, deployment, limit_range, list, pod, quota, template},
    support::{QUOTA, without_cluster},
};

/// Command lines that read a dump; `DUMP` is its file.
const LINES: &[&str] = &[
    "usage --from DUMP",
    "usage --by namespace --from DUMP",
    "who --from DUMP",
    "verify --all --from DUMP",
    "limits -A --from DUMP",
    "limits deployment/web -n shop --from DUMP",
    "lint -A --from DUMP",
    "check -f pod.yaml --from DUMP",
    "fits deployment/web -n shop --from DUMP",
    "fits -A --from DUMP",
    "rollout deployment/web -n shop --from DUMP",
    "rollout -A --from DUMP",
    "explain -n shop --from DUMP",
    "explain -A --from DUMP",
    "explain deployment/web -n shop --from DUMP",
    "recommend -A --from DUMP",
    "what-if -n shop --hard pods=1 --from DUMP",
    "diff DUMP good.json",
    "diff good.json DUMP",
];

/// Objects as a cluster has them.
struct Shop {
    quota: Value,
    range: Value,
    deployment: Value,
    pod: Value,
}

impl Shop {
    fn new() -> Self {
        let mut own = quota("shop", "q", &json!({"pods": "5", "requests.cpu": "1"}));
        own["status"] = json!({"hard": own["spec"]["hard"], "used": {"pods": "1", "requests.cpu": "100m"}});
        let item =
            json!({"type": "Container", "default": {"cpu": "200m"}, "defaultRequest": {"cpu": "100m"}});
        let mut web = deployment("shop", "web", 1, template("web", &cpu("100m")));
        web["status"] = json!({"replicas": 1});
        let mut running = pod("shop", "web-1", &cpu("100m"));
        running["metadata"]["labels"] = json!({"app": "web"});
        Self { quota: own, range: limit_range("shop", "l", &item), deployment: web, pod: running }
    }

    fn objects(&self) -> Vec<Value> {
        [&self.quota, &self.range, &self.deployment, &self.pod].map(Value::clone).to_vec()
    }
}

fn run(line: &str, content: impl AsRef<[u8]>) -> Output {
    let env: TestEnv = without_cluster();
    env.file("dump", content);
    env.file("good.json", list(&Shop::new().objects()).to_string());
    env.file("pod.yaml", pod("shop", "new", &cpu("100m")).to_string());
    let line = line.replace("DUMP", "dump");
    env.run(QUOTA, line.split(' '))
}

/// Asserts an error that names the file and a way on.
fn assert_refused(line: &str, content: &str, sentence: &str) {
    let output = run(line, content).exits(1);
    assert_eq!(output.stdout, "", "{output}");
    assert!(output.stderr.starts_with("error: ") && output.stderr.contains(sentence), "{output}");
    let hint = output.stderr.lines().find(|line| line.starts_with("hint: ")).unwrap_or_default();
    assert!(hint.contains("kubectl get ") || hint.contains("make it again"), "{output}");
}

#[test]
fn what_is_cut_off_or_no_dump_is_refused_by_every_command() {
    let whole = list(&Shop::new().objects());
    let json = whole.to_string();
    let yaml = serde_yaml::to_string(&whole).expect("YAML");
    // In the middle of a key of a map in braces: in block style a shorter file may be whole.
    let flow = format!("apiVersion: v1\nkind: List\nitems:\n- {}\n- {{kind: Pod, metad", whole["items"][0]);
    let cases = [
        (&json[..json.len() * 2 / 3], "ends in the middle of document 1"),
        (flow.as_str(), "dump, document 1: "),
        ("apiVersion: v1\nkind: Config\nclusters: []\nusers: []\ncontexts: []\n", "1 Config"),
        ("replicaCount: 3\nimage:\n  repository: nginx\n", "no Kubernetes object"),
        ("<!DOCTYPE html>\n<html><body><h1>502 Bad Gateway</h1></body></html>\n", "no Kubernetes object"),
        ("", "dump is empty"),
        ("\n\n", "dump is empty"),
    ];
    assert!(run("usage --from DUMP", &yaml).success().stdout.contains("requests.cpu"));
    for (content, sentence) in cases {
        for line in LINES {
            assert_refused(line, content, sentence);
        }
    }
}

#[test]
fn a_compressed_dump_is_named_as_such_by_every_command() {
    for (start, program) in [
        (&b"\x1f\x8b\x08\0rest"[..], "gzip"),
        (b"\x28\xb5\x2f\xfdrest", "zstd"),
        (b"BZh91AY", "bzip2"),
        (b"\xfd7zXZ\0\0", "xz"),
    ] {
        for line in LINES {
            let output = run(line, start).exits(1);
            let words = format!(
                "error: dump is compressed ({program})\nhint: give what `{program} -dc` makes of it, as a file or as - for standard input\n"
            );
            assert_eq!((output.stdout.as_str(), output.stderr.as_str()), ("", words.as_str()), "{line}");
        }
    }
}

#[test]
fn two_objects_of_one_name_are_told_and_the_last_one_counts() {
    let shop = Shop::new();
    let mut other = shop.quota.clone();
    other["spec"]["hard"]["pods"] = json!("9");
    other["status"]["hard"]["pods"] = json!("9");
    let all = [shop.objects(), vec![other], shop.objects()[1..].to_vec()].concat();
    let dump = list(&all).to_string();
    for line in LINES {
        let output = run(line, &dump);
        // `limits` reads LimitRanges and one workload only.
        let odd = if line.starts_with("limits") { "LimitRange shop/l" } else { "ResourceQuota shop/q" };
        let remark = format!("the dump holds {odd} more than once: the last one is used\n");
        assert!(output.stderr.contains(&remark), "{output}");
        assert!(!output.stdout.contains("\"limited: pods=5\""), "{output}");
    }
    let usage = run("usage --from DUMP", &dump).success().stdout;
    assert_eq!(usage.lines().filter(|line| line.contains(" pods ")).count(), 1, "{usage}");
    assert!(usage.contains("   9      8   "), "{usage}");
    // The same object, seen twice, is nothing to tell: a must-gather has many.
    let mut seen = shop.objects();
    seen.iter_mut().for_each(|object| object["metadata"]["uid"] = json!(format!("{}", object["kind"])));
    let twice = list(&[seen.clone(), seen].concat()).to_string();
    for line in LINES {
        let output = run(line, &twice);
        assert!(!output.stderr.contains("more than once"), "{output}");
    }
}

#[test]
fn a_list_of_lists_is_taken_apart() {
    let shop = Shop::new();
    let mut deployments = list(std::slice::from_ref(&shop.deployment));
    deployments["kind"] = json!("DeploymentList");
    deployments["apiVersion"] = json!("apps/v1");
    let nested = list(&[
        list(&[shop.quota.clone(), shop.range.clone()]),
        deployments,
        list(std::slice::from_ref(&shop.pod)),
    ]);
    let flat = list(&shop.objects()).to_string();
    for line in LINES.iter().filter(|line| !line.starts_with("diff")) {
        let (found, wanted) = (run(line, nested.to_string()), run(line, &flat));
        let parts = |output: &Output| {
            let lines = output.stdout.lines().filter(|line| !line.contains("kubectl-quota/retry="));
            (lines.map(str::to_owned).collect::<Vec<_>>(), output.stderr.clone(), output.status)
        };
        assert_eq!(parts(&found), parts(&wanted), "{line}");
    }
    assert_eq!(run("diff DUMP good.json", nested.to_string()).success().stderr, "Nothing changed\n");
}

#[test]
fn amounts_of_quotas_that_are_none_or_odd() {
    // A text that is no quantity is refused by all that read quotas, and the place is named.
    let reads_quotas = |line: &&&str| !line.starts_with("limits -A");
    for (field, path) in [("spec.hard", "/spec/hard"), ("status.used", "/status/used")] {
        for text in ["", "1.2.3"] {
            let mut shop = Shop::new();
            shop.quota.pointer_mut(path).expect("amounts")["requests.cpu"] = json!(text);
            let dump = list(&shop.objects()).to_string();
            for line in LINES.iter().filter(reads_quotas) {
                assert_refused(
                    line,
                    &dump,
                    &format!("resourcequota shop/q: {field}[requests.cpu] is `{text}`: "),
                );
            }
        }
    }
    // What no API server stores, or cannot be read in a table, is remarked upon.
    for (text, why) in [
        ("-5", "which no API server stores: amounts are not negative"),
        ("10000000000000000000000", "which is too large to be printed: an API server prints 10"),
    ] {
        let mut shop = Shop::new();
        shop.quota["spec"]["hard"]["requests.cpu"] = json!(text);
        shop.quota["status"]["hard"]["requests.cpu"] = json!(text);
        let dump = list(&shop.objects()).to_string();
        for line in LINES.iter().filter(|line| !line.starts_with("limits")) {
            let output = run(line, &dump);
            let remark = format!("resourcequota shop/q: spec.hard[requests.cpu] is {text}, {why}\n");
            assert!(output.stderr.contains(&remark), "{output}");
        }
    }
    // An API server stores this one, as it is shown.
    let mut shop = Shop::new();
    shop.quota["spec"]["hard"]["requests.cpu"] = json!("1e400");
    shop.quota["status"]["hard"]["requests.cpu"] = json!("1e400");
    let dump = list(&shop.objects()).to_string();
    let row = &run("usage -o json --from DUMP", &dump).success().json()["items"][1];
    assert_eq!(row["hard"]["quantity"], "10e399");
    assert_eq!(row["hard"]["decimal"].as_str().map(str::len), Some(401));
    for line in LINES {
        let output = run(line, &dump);
        assert!(!output.stderr.contains("error: "), "{output}");
    }
}

#[test]
fn amounts_of_workloads_and_limit_ranges_that_are_none() {
    for text in ["", "1.2.3"] {
        let mut shop = Shop::new();
        shop.range["spec"]["limits"][0]["default"]["cpu"] = json!(text);
        let dump = list(&shop.objects()).to_string();
        let reads_ranges =
            |line: &&&str| !["usage", "who", "verify", "diff"].iter().any(|word| line.starts_with(word));
        for line in LINES.iter().filter(reads_ranges) {
            assert_refused(line, &dump, &format!("limitrange shop/l: `{text}` is not a quantity: "));
        }
        let mut shop = Shop::new();
        let requests = json!({"requests": {"cpu": text}});
        shop.pod["spec"]["containers"][0]["resources"] = requests.clone();
        shop.deployment["spec"]["template"]["spec"]["containers"][0]["resources"] = requests;
        let dump = list(&shop.objects()).to_string();
        let place = "pod shop/web-1: spec.containers[app].resources.requests[cpu] is";
        for line in ["who --from DUMP", "verify --from DUMP", "recommend -A --from DUMP"] {
            assert_refused(line, &dump, &format!("error: {place} `{text}`: quantities must match"));
        }
        for line in
            ["fits deployment/web -n shop --from DUMP", "lint -A --from DUMP", "rollout -A --from DUMP"]
        {
            let output = run(line, &dump);
            let said = format!("{}{}", output.stdout, output.stderr);
            assert!(said.contains("quantities must match"), "{output}");
        }
    }
    for (amount, words) in [("-5", "must be greater than or equal to 0"), ("1e400", "exceeded quota: q")] {
        let mut shop = Shop::new();
        shop.deployment["spec"]["template"]["spec"]["containers"][0]["resources"] =
            json!({"requests": {"cpu": amount}, "limits": {"cpu": amount}});
        let dump = list(&shop.objects()).to_string();
        for line in [
            "fits deployment/web -n shop --from DUMP",
            "lint -A --from DUMP",
            "rollout deployment/web -n shop --from DUMP",
        ] {
            let output = run(line, &dump);
            assert!(output.stdout.contains(words), "{output}");
        }
    }
}
