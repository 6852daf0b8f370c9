//! The command that resumes a paused Deployment.

use shared::output::shell_word;

/// Returns the command that resumes the rollout of a paused Deployment.
pub fn command_to_resume(namespace: &str, name: &str) -> String {
    format!("kubectl rollout resume deployment {} -n {}", shell_word(name), shell_word(namespace))
}
