//! What was made: a line for each object, or a document. Keys are added to, never renamed.

use schemars::JsonSchema;
use serde::Serialize;
use shared::output::Envelope;

use super::plan::{Action, Step};
use crate::{api_version::API_VERSION, users::UserAccess};

/// What became of all objects.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Each object, in the order of writing.
    pub objects: Vec<Outcome>,
    /// Commands that go on from here.
    pub next: Vec<String>,
    /// The credentials that were issued.
    pub user: Option<UserAccess>,
}

/// What became of one object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    api_version: String,
    kind: String,
    namespace: Option<String>,
    name: String,
    action: Action,
    message: Option<String>,
}

#[derive(Serialize, JsonSchema)]
pub struct Content<'a> {
    namespace: &'a str,
    objects: &'a [Outcome],
    next: &'a [String],
    user: Option<&'a UserAccess>,
}

impl Outcome {
    /// Returns what became of a step.
    pub fn of(step: &Step, action: Action, message: Option<String>) -> Self {
        let manifest = &step.manifest;
        Self {
            api_version: manifest.kind.api_version(),
            kind: manifest.kind.kind.clone(),
            namespace: Some(manifest.namespace.clone()).filter(|namespace| !namespace.is_empty()),
            name: manifest.name.clone(),
            action,
            message,
        }
    }
}

impl Report {
    /// Returns the document.
    pub fn document<'a>(&'a self, namespace: &'a str) -> impl Serialize + 'a {
        let content =
            Content { namespace, objects: &self.objects, next: &self.next, user: self.user.as_ref() };
        Envelope::new(API_VERSION, "TeamNamespace", content)
    }

    /// Returns whether anything was written.
    pub fn has_written(&self) -> bool {
        self.objects.iter().any(|outcome| matches!(outcome.action, Action::Created | Action::Updated))
    }

    /// Returns the objects that were not tried.
    pub fn not_tried(&self) -> impl Iterator<Item = String> {
        let rest = self.objects.iter().filter(|outcome| outcome.action == Action::NotTried);
        rest.map(|outcome| format!("{}/{}", outcome.kind.to_lowercase(), outcome.name))
    }
}

impl Action {
    /// Returns the word for a line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Unchanged => "unchanged",
            Self::Failed => "failed",
            Self::NotTried => "not tried",
        }
    }
}
