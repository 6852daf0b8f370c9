//! Where we refuse, with the line, what kubectl reads, and what only a slip of the hand makes a list.

use super::Outcome;

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Known {
    /// A comment right behind a quote or bracket: YAML wants a space before.
    CommentWithoutSpace,
    /// A lone `-` between brackets, which kubectl takes for text.
    DashBetweenBrackets,
    /// Quoted text that goes on at the margin, inside of something indented.
    QuoteAtMargin,
    /// Lines that start with a tab inside of quotes or brackets.
    Tab,
    /// A tab behind the colon of a key that has a line of its own (`? a`), or below an object in brackets: we read what
    /// kubectl refuses.
    TabBetweenTokens,
    /// Items in an object that is of no kind of list: kubectl takes it for a list.
    ListWithoutKind,
    /// A comma right behind a tag, which belongs to the tag for kubectl.
    CommaBehindTag,
    /// A line end that only YAML 1.1 knows.
    LineSeparator,
    /// A document that ends before it has begun, with `...`.
    EndAlone,
    /// A key or number JSON does not have, in a value that a later one of the same key replaces.
    Replaced,
    /// Blank lines in front of a block of text that are indented more than the text.
    BlockIndentation,
}

/// Which of these a file is, where kubectl reads it and we refuse it.
pub fn explain(bytes: &[u8], theirs: &Outcome, ours: &Outcome) -> Option<Known> {
    let text = String::from_utf8_lossy(bytes);
    if theirs.is_ok() && ours.is_ok() && text.split("\n---").any(is_list_without_kind) {
        return Some(Known::ListWithoutKind);
    }
    if theirs.as_ref().is_err_and(|error| error.contains("cannot start any token")) && text.contains('\t') {
        return Some(Known::TabBetweenTokens);
    }
    let (Ok(_), Err(message)) = (theirs, ours) else { return None };
    assert!(message.contains("line "), "no line: {message}");
    // The sentence is about JSON where a file begins like JSON.
    if message.contains("key must be a string") && text.contains("!!str,") {
        Some(Known::CommaBehindTag)
    } else if message.contains("tab") {
        Some(Known::Tab)
    } else if message.contains("cannot start with '-' followed by") {
        Some(Known::DashBetweenBrackets)
    } else if message.contains("invalid indentation in multiline quoted scalar") {
        Some(Known::QuoteAtMargin)
    } else if message.contains("did not find expected whitespace") {
        Some(Known::CommaBehindTag)
    } else if message.contains("can only be written as an escape") || text.contains(['\u{85}', '\u{2028}']) {
        Some(Known::LineSeparator)
    } else if message.contains("did not find expected node content") && text.contains("...") {
        Some(Known::EndAlone)
    } else if message.contains("a mapping's key can't be")
        || message.contains("is a number JSON does not have")
    {
        Some(Known::Replaced)
    } else if message.contains("wrongly indented line in block scalar") {
        Some(Known::BlockIndentation)
    } else if message.contains("comments must be separated") || text.contains("\"#") || text.contains("'#") {
        Some(Known::CommentWithoutSpace)
    } else {
        None
    }
}

fn is_list_without_kind(document: &str) -> bool {
    let kind = document.lines().rfind(|line| line.starts_with("kind: "));
    document.lines().any(|line| line.starts_with("items:"))
        && !kind.is_some_and(|line| line.trim_end().ends_with("List"))
}
