//! The command that resumes a paused Deployment.

use shared::output::ShellCommand;

/// Returns the command that resumes the rollout of a paused Deployment.
pub fn command_to_resume(namespace: &str, name: &str) -> String {
    ShellCommand::new(["kubectl", "rollout", "resume", "deployment"])
        .name(name)
        .flag_with("-n", namespace)
        .to_string()
}
