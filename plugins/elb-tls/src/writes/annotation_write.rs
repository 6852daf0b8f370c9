//! What is written to one Service.

use std::sync::Arc;

use shared::{
    model::{Service, object_path},
    output::ShellCommand,
};

use crate::planning::AnnotationChange;

/// The changes of one Service's annotations.
#[derive(Clone, Debug)]
pub struct AnnotationWrite {
    /// The Service as it was read.
    pub live: Arc<Service>,
    /// What changes; nothing where it is as wanted already.
    pub changes: Vec<AnnotationChange>,
}

impl AnnotationWrite {
    /// Returns the name as `service/web`.
    pub fn object(&self) -> String {
        format!("service/{}", self.live.metadata.name)
    }

    /// Returns its path in the API.
    pub fn path(&self) -> String {
        object_path::<Service>(Some(&self.live.metadata.namespace), &self.live.metadata.name)
    }

    /// Returns the command that puts everything back.
    pub fn way_back(&self) -> ShellCommand {
        let metadata = &self.live.metadata;
        let command = ShellCommand::new(["kubectl", "elb-tls", "annotate"]).name(&metadata.name);
        let command = command.flag_with("-n", &metadata.namespace);
        self.changes.iter().fold(command, |command, change| match &change.before {
            Some(value) => command.flag_with("--set", format!("{}={value}", change.key)),
            None => command.flag_with("--unset", &change.key),
        })
    }
}
