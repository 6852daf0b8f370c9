//! The relations between the answers.

use serde_json::{Map, Value, json};
use support::{Random, TestEnv};

use super::{
    answers::{Answer, Answers, answer, text, texts},
    namespace::{Namespace, unit, written},
};

/// What a trial came to.
#[derive(Default)]
pub struct Findings {
    /// Contradictions.
    pub wrong: Vec<String>,
    /// How many comparisons there were.
    pub compared: usize,
    /// How many of them only Unknown saved.
    pub unknown: usize,
    /// How many of them were about something that is refused.
    pub refused: usize,
}

impl Findings {
    /// Notes whether two answers to one question agree.
    fn compare(&mut self, question: &str, (first, ours): (&str, &Answer), (second, other): (&str, &Answer)) {
        self.compared += 1;
        self.refused += usize::from(matches!(ours, Answer::No(_)));
        if matches!(ours, Answer::Unknown(_)) || matches!(other, Answer::Unknown(_)) {
            self.unknown += 1;
        } else if !ours.agrees(other) {
            self.wrong.push(format!("{question}\n  {first}: {ours:?}\n  {second}: {other:?}"));
        }
    }

    /// Notes whether two documents are the same.
    fn same(&mut self, question: &str, first: &Value, second: &Value) {
        self.compared += 1;
        if first != second {
            self.wrong.push(format!("{question}\n  {first}\n  {second}"));
        }
    }
}

/// Returns a workload as a manifest has it.
pub fn manifest(workload: &Value) -> Value {
    let mut manifest = workload.clone();
    manifest.as_object_mut().expect("an object").remove("status");
    let metadata = manifest["metadata"].as_object_mut().expect("metadata");
    metadata.retain(|field, _| matches!(field.as_str(), "name" | "namespace" | "ownerReferences"));
    manifest
}

/// Returns a manifest with another template.
fn restarted(manifest: &Value) -> Value {
    let mut next = manifest.clone();
    next["spec"]["template"]["metadata"]["annotations"] = json!({"version": "2"});
    next
}

fn is(workload: &Value, kinds: &[&str]) -> bool {
    kinds.contains(&text(&workload["kind"]))
}

/// Returns the item of a list that is about a workload.
fn item<'a>(list: &'a Value, workload: &Value) -> Option<&'a Value> {
    let is_it = |one: &&Value| {
        let reference = if one["workload"].is_object() { &one["workload"] } else { *one };
        reference["kind"] == workload["kind"] && reference["name"] == workload["metadata"]["name"]
    };
    let items = if list["items"].is_array() { &list["items"] } else { &list["workloads"] };
    items.as_array()?.iter().find(is_it)
}

/// The answers to what is asked about all workloads at once.
struct Lists {
    rollout: Value,
    fits: Value,
    what_if: Value,
}

impl Lists {
    fn of(answers: &Answers, quota: &str, hard: &Map<String, Value>) -> Self {
        let pairs: Vec<_> = hard.iter().map(|(key, amount)| format!("{key}={}", text(amount))).collect();
        let pairs = pairs.join(",");
        Self {
            rollout: answers.ask(&["rollout"]),
            fits: answers.ask(&["fits"]),
            what_if: answers.ask(&["what-if", "--quota", quota, "--hard", &pairs]),
        }
    }

    /// Compares what `what-if` says of a moment with what the others say then.
    fn compare(&self, moment: &str, others: &Self, subjects: &[Value], findings: &mut Findings) {
        for subject in subjects {
            let name = text(&subject["metadata"]["name"]);
            let about = format!("what-if {moment} of {} {name}", text(&subject["kind"]));
            let Some(foretold) = item(&self.what_if, subject) else { continue };
            let foretold = &foretold[moment];
            if let Some(rollout) = item(&others.rollout, subject) {
                let ours = answer(foretold, name, &Value::Null);
                findings.compare(
                    &about,
                    ("what-if", &ours),
                    ("rollout", &answer(rollout, name, &Value::Null)),
                );
            }
            if let Some(fits) = item(&others.fits, subject) {
                findings.same(&format!("{about}: fits"), &foretold["fits"], &fits["fits"]);
            }
        }
    }
}

/// Asks everything about a namespace, and compares.
pub fn compare(random: &mut Random, env: &TestEnv, namespace: &Namespace) -> Findings {
    let mut findings = Findings::default();
    let answers = Answers::of(env, namespace);
    let quota = random.pick(&namespace.quotas);
    let present = quota["status"]["hard"].as_object().expect("limits").clone();
    let lists = Lists::of(&answers, text(&quota["metadata"]["name"]), &present);
    lists.compare("before", &lists, &namespace.subjects, &mut findings);
    lists.compare("after", &lists, &namespace.subjects, &mut findings);
    for (index, subject) in namespace.subjects.iter().enumerate() {
        about(&answers, &lists, (namespace, subject), index == 0, &mut findings, env);
    }
    lowered(random, env, namespace, &quota, &mut findings);
    findings
}

/// Compares `what-if` under lower limits with the others under these.
fn lowered(
    random: &mut Random,
    env: &TestEnv,
    namespace: &Namespace,
    quota: &Value,
    findings: &mut Findings,
) {
    let name = text(&quota["metadata"]["name"]);
    let mut hard = Map::new();
    for (key, amount) in quota["status"]["hard"].as_object().expect("limits") {
        if random.percent(60) {
            let milli =
                shared::quantity::Quantity::parse(text(amount)).ok().and_then(|one| one.milli_value_ceil());
            let lower =
                milli.expect("an amount") - unit(key) * i64::try_from(1 + random.below(2)).expect("few");
            hard.insert(key.clone(), Value::from(written(key, lower.max(0))));
        }
    }
    if hard.is_empty() {
        return;
    }
    let pairs: Vec<_> = hard.iter().map(|(key, amount)| format!("{key}={}", text(amount))).collect();
    let what_if = Answers::of(env, namespace).ask(&["what-if", "--quota", name, "--hard", &pairs.join(",")]);
    let answers = Answers::of(env, &namespace.with_hard(name, &hard));
    let others = Lists { rollout: answers.ask(&["rollout"]), fits: answers.ask(&["fits"]), what_if };
    others.compare("after", &others, &namespace.subjects, findings);
}

/// Returns whether the controller of a workload has yet to see its last change.
fn lacks_observed(workload: &Value) -> bool {
    workload["status"]["observedGeneration"] != workload["metadata"]["generation"]
}

/// Compares what is said of one workload.
fn about(
    answers: &Answers,
    lists: &Lists,
    (namespace, subject): (&Namespace, &Value),
    in_depth: bool,
    findings: &mut Findings,
    env: &TestEnv,
) {
    let (kind, name) = (text(&subject["kind"]), text(&subject["metadata"]["name"]));
    let same = manifest(subject);
    let (explained, explanation) = answers.explain(subject);
    let (unchanged, fix) = answers.check(&same);
    let missing = explanation["missing"].as_array().cloned().unwrap_or_default();
    let lacks_claims_only =
        !missing.is_empty() && missing.iter().all(|one| text(&one["kind"]).ends_with("Claim"));
    // Of a CronJob with a Job, `explain` tells of what that lacks, and `check` of the next one.
    let is_of_job = kind == "CronJob" && missing.iter().any(|one| one["maker"]["kind"] == "Job");
    let rollout = item(&lists.rollout, subject);
    let is_under_way = rollout.is_some_and(|one| one["underWay"] == true);
    let in_any_order = |answer: &Answer| match is_under_way || lacks_observed(subject) {
        true => answer.whatever_was_used(),
        false => answer.clone(),
    };
    if !(missing.is_empty() || lacks_claims_only || is_of_job) {
        findings.compare(
            &format!("what {kind} {name} lacks: {}", explanation["summary"]),
            ("explain", &in_any_order(&explained)),
            ("check", &in_any_order(&unchanged)),
        );
    }
    // Of one that is paused, `check` says what happens before it is resumed, and `rollout` what happens then.
    let rollout = rollout.filter(|one| one["paused"] != true);
    let restarted = restarted(&same);
    let (changed, _) = match is(subject, &["Deployment", "StatefulSet", "DaemonSet"]) {
        true => answers.check(&restarted),
        false => (Answer::Unknown(String::new()), Vec::new()),
    };
    if let Some(rollout) = rollout {
        let rollout = answer(rollout, name, &Value::Null);
        let (question, other) = match is_under_way {
            true => ("the rest of a rollout", &unchanged),
            false => ("a restart", &changed),
        };
        findings.compare(&format!("{question} of {kind} {name}"), ("rollout", &rollout), ("check", other));
        let (of_manifest, _) = answers.rollout_of(&restarted);
        findings.compare(
            &format!("a changed template of {kind} {name}"),
            ("rollout -f", &of_manifest),
            ("check", &changed),
        );
    }
    // In the middle of an update the next pods are not the only ones to come.
    let status = &subject["status"];
    let is_being_replaced = kind == "StatefulSet"
        && (status["updatedReplicas"] != status["replicas"]
            || status["observedGeneration"] != subject["metadata"]["generation"]);
    if let Some(fits) = item(&lists.fits, subject).filter(|_| in_depth && !is_under_way && !is_being_replaced)
    {
        scaled(answers, (namespace, subject), fits, findings);
    }
    if let (Answer::No(_), true) = (&unchanged, in_depth && !is_of_job) {
        let mut fixes = vec![("check", fix.join(" && "))];
        fixes.extend(texts(&explanation["fix"]).into_iter().map(|fix| ("explain", fix)));
        for (command, fix) in fixes {
            let Some(mended) = super::fixes::applied(namespace, &fix) else { continue };
            let answers = Answers::of(env, &mended);
            let question = format!("{kind} {name} after the fix of {command}: {fix}");
            let subject =
                mended.subjects.iter().find(|one| one["metadata"]["name"] == *name).unwrap_or(subject);
            let yes = ("the fix", &Answer::Yes);
            findings.compare(&question, yes, ("check", &answers.check(&manifest(subject)).0));
            findings.compare(&question, yes, ("explain", &answers.explain(subject).0));
        }
        Answers::of(env, namespace);
    }
    if let (Some(rollout), true) = (rollout.filter(|one| one["verdict"] == "Deadlocks"), in_depth) {
        for fix in texts(&rollout["fix"]) {
            let Some(mended) = super::fixes::applied(namespace, &fix) else { continue };
            let answers = Answers::of(env, &mended);
            let question = format!("the rollout of {kind} {name} after the fix of rollout: {fix}");
            let subject =
                mended.subjects.iter().find(|one| one["metadata"]["name"] == *name).unwrap_or(subject);
            let again = answers.ask(&["rollout"]);
            let again = item(&again, subject).cloned().unwrap_or_default();
            let yes = ("the fix", &Answer::Yes);
            findings.compare(&question, yes, ("rollout", &answer(&again, name, &Value::Null)));
            let next = if is_under_way { manifest(subject) } else { self::restarted(&manifest(subject)) };
            findings.compare(&question, yes, ("check", &answers.check(&next).0));
        }
        Answers::of(env, namespace);
    }
}

/// Compares `fits` with `check` of so many replicas, and of one more.
fn scaled(
    answers: &Answers,
    (namespace, subject): (&Namespace, &Value),
    fits: &Value,
    findings: &mut Findings,
) {
    let name = text(&subject["metadata"]["name"]);
    let minima = namespace.objects.iter().filter(|one| {
        one["kind"] == "HorizontalPodAutoscaler" && one["spec"]["scaleTargetRef"]["name"] == *name
    });
    let min = minima.filter_map(|one| one["spec"]["minReplicas"].as_u64()).max().unwrap_or(0);
    let present = fits["replicas"].as_u64().expect("a number");
    let with = |replicas: u64| {
        let mut scaled = manifest(subject);
        scaled["spec"]["replicas"] = json!(replicas);
        answers.check(&scaled).0
    };
    let question = |replicas: u64| {
        format!(
            "{} {name} with {replicas} replicas beside {present}: fits {}",
            text(&subject["kind"]),
            fits["fits"]
        )
    };
    let Some(more) = fits["fits"].as_u64() else {
        let many = present + 500;
        findings.compare(&question(many), ("fits", &Answer::Yes), ("check", &with(many)));
        return;
    };
    let most = present + more;
    // An autoscaler asks for more at once, unless there are to be none.
    if most > 0 && most >= min {
        findings.compare(&question(most), ("fits", &Answer::Yes), ("check", &with(most)));
    }
    let name_of = |message: String| crate::support::with_made_up_names(&message, name);
    let refusal = Answer::No(texts(&fits["messages"]).into_iter().map(name_of).collect());
    if most + 1 >= min {
        findings.compare(&question(most + 1), ("fits", &refusal), ("check", &with(most + 1)));
    }
}
