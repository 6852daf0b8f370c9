//! Random manifests: what we read has to be what `kubectl create --dry-run=client -o json` prints.
//!
//! `YAML_MANIFEST_CASES` sets how many files run (300, of one to three documents each), `YAML_MANIFEST_SEED` where they
//! start; a failure prints the seed of its file, and the file without the lines that don't matter.

#![expect(clippy::print_stdout, reason = "a test says its seed")]

mod case;
mod known_differences;
mod spelling;

use std::collections::BTreeMap;

use known_differences::Known;
use serde_json::{Number, Value, json};
use shared::dump::Dump;
use support::{TestEnv, cluster, number, seed};

/// What came of a file: its objects, or why it can't be read.
type Outcome = Result<Vec<Value>, String>;

/// So many files go to one kubectl.
const BATCH: usize = 100;

/// Marks the end of a file in kubectl's output.
const MARK: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: end-of-file}\n";

/// What kubectl makes of files, one after the other. A refusal starts with what it complains about.
fn kubectl(env: &TestEnv, files: &[Vec<u8>]) -> Vec<Outcome> {
    let mark = env.file("mark.yaml", MARK);
    let mut arguments: Vec<String> =
        ["create", "--dry-run=client", "--validate=false", "-o", "json"].map(Into::into).into();
    let mut paths = Vec::new();
    for (index, bytes) in files.iter().enumerate() {
        let path = env.file(&format!("files/{index:05}.yaml"), bytes).display().to_string();
        arguments.extend(["-f".to_owned(), path.clone(), "-f".to_owned(), mark.display().to_string()]);
        paths.push(path);
    }
    let output = env.run("kubectl", arguments);
    let mut outcomes = Vec::new();
    let mut objects = Vec::new();
    for object in serde_json::Deserializer::from_str(&output.stdout).into_iter::<Value>() {
        let object = object.unwrap_or_else(|error| panic!("{error} in {output}"));
        match object["metadata"]["name"] == "end-of-file" {
            true => outcomes.push(Ok(std::mem::take(&mut objects))),
            false if is_meant(&object) => objects.push(object),
            false => {}
        }
    }
    assert_eq!(outcomes.len(), files.len(), "{output}");
    for (outcome, path) in outcomes.iter_mut().zip(&paths) {
        if let Some(line) = output.stderr.lines().find(|line| line.contains(path)) {
            *outcome = Err(line.replace(path, "FILE"));
        }
    }
    outcomes
}

fn ours(bytes: &[u8]) -> Outcome {
    let read = Dump::from_bytes("FILE", bytes.to_vec()).and_then(|dump| dump.objects());
    match read {
        Ok(objects) => {
            let objects = objects.into_iter().map(|one| one.object).filter(is_meant);
            Ok(objects.map(in_a_namespace).collect())
        }
        // kubectl creates nothing out of it.
        Err(error) if error.to_string() == "error: FILE is empty" => Ok(Vec::new()),
        Err(error) => Err(error.to_string()),
    }
}

/// Whether an object is one that was meant. What has items that are none, or no kind and version that the server has,
/// kubectl takes for a list or not, and prints or not, without naming the file.
fn is_meant(object: &Value) -> bool {
    const KINDS: [(&str, &str); 3] = [("v1", "ConfigMap"), ("v1", "Pod"), ("apps/v1", "Deployment")];
    let is_kind =
        |(version, kind): &(&str, &str)| object["apiVersion"] == *version && object["kind"] == *kind;
    KINDS.iter().any(is_kind) && object.get("items").is_none()
}

/// kubectl puts objects into the namespace of the context.
fn in_a_namespace(mut object: Value) -> Value {
    if let Some(fields) = object.as_object_mut()
        && let Some(metadata) = fields.entry("metadata").or_insert_with(|| json!({})).as_object_mut()
    {
        metadata.entry("namespace").or_insert_with(|| "default".into());
    }
    object
}

/// Numbers as Go prints them: whole ones without a point. Of doubles so many digits count as serde_json surely reads.
fn normal(value: &Value) -> Value {
    match value {
        Value::Number(number) if number.as_i64().is_none() => {
            let double = number.as_f64().unwrap();
            let whole = (double.fract() == 0.0 && double.abs() < 1e19)
                .then(|| format!("{double}").parse::<i64>().ok())
                .flatten();
            whole.map_or_else(
                || Value::from(format!("double {double:.13e}")),
                |whole| Value::Number(Number::from(whole)),
            )
        }
        Value::Array(items) => items.iter().map(normal).collect(),
        Value::Object(fields) => fields.iter().map(|(key, value)| (key.clone(), normal(value))).collect(),
        other => other.clone(),
    }
}

/// How a file ended where nothing is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    /// Both read the same objects.
    Read,
    /// Both refused.
    Refused,
    /// kubectl could read it, and refused what is in it: no kind, one that no server has, metadata that are none.
    NoObject,
    /// A difference that is known.
    Known(Known),
}

/// How a file ended; none where there is a difference.
fn compare(bytes: &[u8], theirs: &Outcome, ours: &Outcome) -> Option<End> {
    match (theirs, ours) {
        (Ok(theirs), Ok(ours)) if theirs.iter().map(normal).eq(ours.iter().map(normal)) => Some(End::Read),
        (Err(message), Err(_)) if message.contains("error parsing FILE") => Some(End::Refused),
        (Err(message), _) if !message.contains("error parsing FILE") => Some(End::NoObject),
        _ => known_differences::explain(bytes, theirs, ours).map(End::Known),
    }
}

/// Takes lines away as long as the difference stays.
fn shrunk(env: &TestEnv, mut file: Vec<u8>) -> Vec<u8> {
    for _ in 0..40 {
        let lines: Vec<&[u8]> = file.split_inclusive(|byte| *byte == b'\n').collect();
        let without = |index: usize| [&lines[..index], &lines[index + 1..]].concat().concat();
        let candidates: Vec<Vec<u8>> = (0..lines.len()).map(without).collect();
        let outcomes = kubectl(env, &candidates);
        let differs = |(candidate, theirs): &(&Vec<u8>, &Outcome)| {
            compare(candidate, theirs, &ours(candidate)).is_none()
        };
        let Some((smaller, _)) = candidates.iter().zip(&outcomes).find(differs) else { break };
        file = smaller.clone();
    }
    file
}

fn show(outcome: &Outcome) -> String {
    match outcome {
        Ok(objects) => Value::from(objects.clone()).to_string(),
        Err(message) => message.clone(),
    }
}

#[test]
fn manifests_are_read_as_kubectl_reads_them() {
    let files = number("YAML_MANIFEST_CASES").unwrap_or(300);
    let start = seed("YAML_MANIFEST_SEED");
    println!("{files} files from YAML_MANIFEST_SEED={start}");
    let env = TestEnv::on(cluster());
    let (mut ends, mut documents, mut differing) = (BTreeMap::<End, usize>::new(), 0, Vec::new());
    let seeds: Vec<u64> = (start..start + files).collect();
    for seeds in seeds.chunks(BATCH) {
        let cases: Vec<Vec<u8>> = seeds.iter().map(|seed| case::generate(*seed)).collect();
        for ((seed, bytes), theirs) in seeds.iter().zip(&cases).zip(kubectl(&env, &cases)) {
            let ours = ours(bytes);
            documents += theirs.as_ref().map_or(1, Vec::len);
            match compare(bytes, &theirs, &ours) {
                Some(end) => *ends.entry(end).or_default() += 1,
                None => differing.push((*seed, bytes.clone())),
            }
        }
    }
    println!("{ends:?} with {documents} objects, {} differ", differing.len());
    let shown = number("YAML_MANIFEST_SHOWN").unwrap_or(3) as usize;
    let reports: String =
        differing.iter().take(shown).map(|(seed, bytes)| report(&env, *seed, bytes)).collect();
    assert!(differing.is_empty(), "{} of {files} differ, the first:\n{reports}", differing.len());
    let read = ends.get(&End::Read).copied().unwrap_or_default();
    assert!(read * 3 > files as usize, "only {read} of {files} files could be read: too little was compared");
}

fn report(env: &TestEnv, seed: u64, bytes: &[u8]) -> String {
    let file = shrunk(env, bytes.to_vec());
    let theirs = kubectl(env, std::slice::from_ref(&file)).remove(0);
    let text = String::from_utf8_lossy(&file);
    format!("--- seed {seed}\n{text}\n{text:?}\nkubectl: {}\nours: {}\n", show(&theirs), show(&ours(&file)))
}
