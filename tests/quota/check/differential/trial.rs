//! One object under one set of rules, what the server said and what we say.

use serde_json::Value;

use super::{cluster_state::World, predictions};

/// One trial.
#[derive(Clone)]
pub struct Trial {
    /// The namespace of the server it takes place in.
    pub namespace: String,
    /// Its quotas, as the server has them: spec for the scopes, status as written.
    pub quotas: Vec<Value>,
    /// Its LimitRanges, likewise.
    pub limit_ranges: Vec<Value>,
    /// The object that is sent.
    pub object: Value,
    /// What is there under its name.
    pub old: Option<Value>,
    /// Whether the object is sent to the subresource `resize`.
    pub resize: bool,
    /// What the server said.
    pub answer: Option<Answer>,
}

/// What the server said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub admitted: bool,
    pub message: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Admitted,
    Refused,
    Unknown,
}

/// What `check` says.
#[derive(Clone, Debug)]
pub struct Foretold {
    pub verdict: Verdict,
    pub messages: Vec<String>,
}

impl Trial {
    /// What the server says and what we say.
    pub fn answers(&self, world: &World) -> String {
        let foretold = &predictions::all(std::slice::from_ref(self), world)[0];
        format!("the server: {:?}\nwe: {foretold:?}", self.answer.as_ref().expect("an answer"))
    }

    /// Everything that is needed to see for oneself, as YAML.
    pub fn report(&self, world: &World) -> String {
        let yaml = |value: &Value| {
            format!("---\n{}", serde_json::to_string_pretty(value).expect("JSON, which is YAML"))
        };
        let mut text = format!("{}\n# rules\n", self.answers(world));
        for rule in self.quotas.iter().chain(&self.limit_ranges) {
            text.push_str(&yaml(rule));
        }
        if let Some(old) = &self.old {
            text.push_str(&format!("# what is there (resize: {})\n{}", self.resize, yaml(old)));
        }
        text.push_str(&format!("# what is sent\n{}", yaml(&self.object)));
        text
    }
}
