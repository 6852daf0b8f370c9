//! What an answer does not cover, as text.

use shared::output::sanitize_line;

/// Returns what follows a table where the answer does not cover everything: `check` of these manifests says the same.
pub fn not_checked(unchecked: &[String]) -> String {
    if unchecked.is_empty() {
        return String::new();
    }
    let lines = unchecked.iter().map(|one| format!("  {}\n", sanitize_line(one)));
    format!("\nNot checked:\n{}", lines.collect::<String>())
}
