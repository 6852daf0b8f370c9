//! Where we differ from kubectl, in corners of YAML that no kubeconfig has.

use shared::yaml::SourceText;

use super::{Outcome, case::Case};

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Known {
    /// Malformed `%TAG` directives: we pass over what has no use in a kubeconfig.
    TagDirective,
    /// A comment right behind a quote: kubectl takes it, YAML wants a space before.
    CommentBehindQuote,
    /// A lone `-` between brackets: kubectl takes it for text.
    DashBetweenBrackets,
    /// Quoted text that goes on at the margin, inside of something indented: kubectl takes it.
    QuoteAtMargin,
    /// Lines that start with a tab inside of quotes or brackets: kubectl takes them, we only where the brackets hold
    /// the whole file.
    Tab,
    /// A line end that only YAML 1.1 knows.
    LineSeparator,
}

/// Which of these a case is, where one loads and the other refuses.
pub fn explain(case: &Case, theirs: &Outcome, ours: &Outcome) -> Option<Known> {
    let text: String = case
        .files
        .iter()
        .filter_map(|(_, bytes)| SourceText::decode(bytes).ok())
        .map(|source| source.text.into_owned())
        .collect();
    match (theirs, ours) {
        (Err(message), Ok(_)) if text.contains("%TAG") && message.contains("yaml: ") => {
            Some(Known::TagDirective)
        }
        (Ok(_), Err(message)) if message.contains("tab") => Some(Known::Tab),
        (Ok(_), Err(message)) if message.contains("can only be written as an escape") => {
            Some(Known::LineSeparator)
        }
        (Ok(_), Err(message)) if message.contains("cannot start with '-' followed by") => {
            Some(Known::DashBetweenBrackets)
        }
        (Ok(_), Err(message)) if message.contains("invalid indentation in multiline quoted scalar") => {
            Some(Known::QuoteAtMargin)
        }
        (Ok(_), Err(_)) if text.contains("\"#") || text.contains("'#") => Some(Known::CommentBehindQuote),
        _ => None,
    }
}
