//! What the commands answer about a dump.

use serde_json::{Value, json};
use support::TestEnv;

use super::namespace::{Namespace, TEAM};
use crate::support::{QUOTA, with_made_up_names};

/// A namespace that the commands are asked about.
pub struct Answers<'a> {
    env: &'a TestEnv,
}

/// Whether something is admitted, in the words of any command, and the messages of the first refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    Yes,
    No(Vec<String>),
    Unknown(String),
}

impl Answer {
    /// Returns whether two commands agree: the messages of one refusal may be told one by one.
    pub fn agrees(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::No(ours), Self::No(others)) => {
                ours.iter().any(|message| others.contains(message)) || (ours.is_empty() && others.is_empty())
            }
            (Self::Unknown(_), Self::Unknown(_)) | (Self::Yes, Self::Yes) => true,
            _ => false,
        }
    }
}

impl Answer {
    /// Returns the answer without what was used: of a rollout under way, which of several pods is refused first is for the
    /// queues of the controllers to say.
    pub fn whatever_was_used(&self) -> Self {
        match self {
            Self::No(messages) => {
                let quotas = messages.iter().filter_map(|message| message.split_once(", requested: "));
                Self::No(quotas.map(|(quota, _)| quota.to_owned()).collect())
            }
            other => other.clone(),
        }
    }
}

impl<'a> Answers<'a> {
    /// Writes the dump.
    pub fn of(env: &'a TestEnv, namespace: &Namespace) -> Self {
        env.file("dump.json", namespace.dump());
        Self { env }
    }

    /// Asks about the dump.
    pub fn ask(&self, words: &[&str]) -> Value {
        let all = [words, &["--from", "dump.json", "-n", TEAM, "-o", "json"]].concat();
        let output = self.env.run(QUOTA, &all);
        match output.status {
            Some(0 | 3 | 4) => output.json(),
            _ => json!({"error": output.stderr}),
        }
    }

    /// Returns the answer of `check` to a manifest, and the commands that let it in.
    pub fn check(&self, manifest: &Value) -> (Answer, Vec<String>) {
        self.env.file("work.json", manifest.to_string());
        let report = self.ask(&["check", "-f", "work.json"]);
        let row = &report["objects"][0];
        let name = text(&manifest["metadata"]["name"]);
        (answer(row, name, &row["doubt"]), texts(&report["admitEverything"]))
    }

    /// Returns the answer of `explain`, the document with it.
    pub fn explain(&self, workload: &Value) -> (Answer, Value) {
        let name = text(&workload["metadata"]["name"]);
        let target = format!("{}/{name}", text(&workload["kind"]).to_lowercase());
        let document = self.ask(&["explain", &target]);
        let answer = match text(&document["state"]) {
            "Refused" => {
                let first = document["refusals"].as_array().into_iter().flatten().next();
                Answer::No(first.map(|row| made_up(text(&row["message"]), name)).into_iter().collect())
            }
            "Admissible" | "Complete" => Answer::Yes,
            _ => Answer::Unknown(document.to_string()),
        };
        (answer, document)
    }

    /// Returns the answer of `rollout -f`.
    pub fn rollout_of(&self, manifest: &Value) -> (Answer, Value) {
        self.env.file("work.json", manifest.to_string());
        let document = self.ask(&["rollout", "-f", "work.json"]);
        (answer(&document, text(&manifest["metadata"]["name"]), &document["error"]), document)
    }
}

/// Reads a verdict with its messages.
pub fn answer(document: &Value, name: &str, doubt: &Value) -> Answer {
    let messages = texts(&document["messages"]).iter().map(|message| made_up(message, name)).collect();
    match text(&document["verdict"]) {
        "Admitted" | "Completes" => Answer::Yes,
        "Refused" | "Deadlocks" => Answer::No(messages),
        _ => Answer::Unknown(format!("{messages:?} {doubt}")),
    }
}

/// Writes the names that controllers make up in one way.
fn made_up(message: &str, name: &str) -> String {
    with_made_up_names(message, name)
}

pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

pub fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}
