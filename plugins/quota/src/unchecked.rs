//! What an answer does not cover, as text.

use shared::output::Prose;

/// Returns what follows a table where the answer does not cover everything: `check` of these manifests says the same.
pub fn not_checked(unchecked: &[String]) -> Prose {
    let mut prose = Prose::default();
    if !unchecked.is_empty() {
        prose.blank();
        prose.sentence(0, "Not checked:");
    }
    unchecked.iter().for_each(|one| prose.sentence(2, one));
    prose
}
