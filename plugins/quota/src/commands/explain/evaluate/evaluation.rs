//! The result of evaluating one refusal.

use shared::admission::{RefusedBy, Shortage};

use crate::commands::explain::{
    explanation::{Row, State},
    refusal_message::RefusalMessage,
};

/// One refusal, evaluated by the current rules.
#[derive(Clone, Debug)]
pub struct Evaluation {
    /// Whether it would be refused now.
    pub state: State,
    /// What would still be refused, resource by resource.
    pub rows: Vec<Row>,
    /// The shortages behind the rows.
    pub shortages: Vec<Shortage>,
    /// Who refuses it.
    pub by: RefusedBy,
    /// Notes for the user.
    pub notes: Vec<String>,
    /// A command that helps, other than raising a quota.
    pub fix: Option<String>,
}

impl Evaluation {
    /// Returns an evaluation of this state, without rows.
    pub(super) fn new(state: State) -> Self {
        let by = RefusedBy { kind: "Other", name: String::new() };
        Self { state, rows: Vec::new(), shortages: Vec::new(), by, notes: Vec::new(), fix: None }
    }

    /// Adds the note.
    pub(super) fn noted(self, note: impl Into<String>) -> Self {
        Self { notes: vec![note.into()], ..self }
    }

    /// Returns a refusal that stands, without amounts.
    pub(super) fn refused(message: &RefusalMessage, kind: &'static str, name: &str) -> Self {
        let quota = (kind == "ResourceQuota").then_some(name);
        Self {
            rows: vec![Row::bare(&message.text, kind, quota)],
            by: RefusedBy { kind, name: name.to_owned() },
            ..Self::new(State::Refused)
        }
    }
}
