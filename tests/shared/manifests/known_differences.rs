//! Where we refuse, with the line, what kubectl reads.

use super::Outcome;

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Known {
    /// A comment right behind a quote: YAML wants a space before.
    CommentBehindQuote,
    /// A lone `-` between brackets, which kubectl takes for text.
    DashBetweenBrackets,
    /// Quoted text that goes on at the margin, inside of something indented.
    QuoteAtMargin,
    /// Lines that start with a tab inside of quotes or brackets.
    Tab,
    /// A comma right behind a tag, which belongs to the tag for kubectl.
    CommaBehindTag,
    /// A line end that only YAML 1.1 knows.
    LineSeparator,
    /// A key or number JSON does not have, in a value that a later one of the same key replaces.
    Replaced,
    /// Blank lines in front of a block of text that are indented more than the text.
    BlockIndentation,
}

/// Which of these a file is, where kubectl reads it and we refuse it.
pub fn explain(bytes: &[u8], theirs: &Outcome, ours: &Outcome) -> Option<Known> {
    let (Ok(_), Err(message)) = (theirs, ours) else { return None };
    let text = String::from_utf8_lossy(bytes);
    assert!(message.contains("line "), "no line: {message}");
    if message.contains("tab") {
        Some(Known::Tab)
    } else if message.contains("cannot start with '-' followed by") {
        Some(Known::DashBetweenBrackets)
    } else if message.contains("invalid indentation in multiline quoted scalar") {
        Some(Known::QuoteAtMargin)
    } else if message.contains("did not find expected whitespace behind a tag") {
        Some(Known::CommaBehindTag)
    } else if message.contains("can only be written as an escape") {
        Some(Known::LineSeparator)
    } else if message.contains("a mapping's key can't be")
        || message.contains("is a number JSON does not have")
    {
        Some(Known::Replaced)
    } else if message.contains("wrongly indented line in block scalar") {
        Some(Known::BlockIndentation)
    } else if text.contains("\"#") || text.contains("'#") {
        Some(Known::CommentBehindQuote)
    } else {
        None
    }
}
