//! Where we differ from kubectl, in corners of YAML that no kubeconfig has.

use shared::kubeconfig::yaml::SourceText;

use super::{Outcome, case::Case};

/// Whether a case where one loads and the other refuses is one of these.
pub fn explain(case: &Case, theirs: &Outcome, ours: &Outcome) -> bool {
    let text: String = case
        .files
        .iter()
        .filter_map(|(_, bytes)| SourceText::decode(bytes).ok())
        .map(|source| source.text.into_owned())
        .collect();
    match (theirs, ours) {
        // Malformed `%TAG` directives: we pass over what has no use in a kubeconfig.
        (Err(message), Ok(_)) => text.contains("%TAG") && message.contains("yaml: "),
        // A comment right behind a quote: kubectl takes it, YAML wants a space before. Lines that start with a tab inside
        // of quotes or brackets: kubectl takes them, we only where the brackets hold the whole file.
        (Ok(_), Err(message)) => text.contains("\"#") || text.contains("'#") || message.contains("tab"),
        _ => false,
    }
}
