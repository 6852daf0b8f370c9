//! One object's verdict.

use serde::Serialize;
use shared::{
    admission::{Refusal, RefusedBy, Shortage},
    workload::{PodCounts, Pods},
};

/// Whether the cluster would let an object in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Verdict {
    /// It would, with all it makes.
    Admitted,
    /// It would refuse the object or something it makes.
    Refused,
    /// Not to be known from what could be read.
    Unknown,
}

/// What is said of one object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its file.
    pub file: String,
    /// Which document of the file, from 1.
    pub document: usize,
    /// Its kind.
    pub kind: String,
    /// Its namespace; empty for kinds without one.
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// Whether it would be let in.
    pub verdict: Verdict,
    /// What the server may say; it says one of them.
    pub refusals: Vec<Refusal>,
    /// The pods it would make; `None` for what makes none.
    pub pods: Option<Pods>,
    /// The pods that are there afterwards; `None` where it was not let in.
    pub pod_counts: Option<PodCounts>,
    /// What quotas lack for the rest.
    pub shortages: Vec<Shortage>,
    /// Why the verdict is not certain.
    pub doubt: Option<String>,
    /// What is strange though the verdict stands.
    pub warnings: Vec<String>,
}

impl Row {
    /// Notes why the verdict is not certain. A refusal stands anyway.
    pub fn doubt_because(&mut self, why: Option<String>) {
        let Some(why) = why else { return };
        if self.verdict == Verdict::Admitted {
            self.verdict = Verdict::Unknown;
        }
        self.doubt.get_or_insert(why);
    }

    /// The server's sentences, each once.
    pub fn messages(&self) -> Vec<&str> {
        let mut messages: Vec<&str> = Vec::new();
        for refusal in &self.refusals {
            if !messages.contains(&refusal.message.as_str()) {
                messages.push(&refusal.message);
            }
        }
        messages
    }

    /// Who refuses, each once.
    pub fn by(&self) -> Vec<&RefusedBy> {
        let mut by: Vec<&RefusedBy> = self.refusals.iter().map(|refusal| &refusal.refused_by).collect();
        by.sort();
        by.dedup();
        by
    }
}
