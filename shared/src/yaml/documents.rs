//! The documents of a manifest: cut apart before they are parsed, as `k8s.io/apimachinery` does it (`util/yaml`).

use super::{Document, Value, YamlError, source_text};

/// The text of one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DocumentText<'text> {
    /// Which one it is, counted from 1; empty ones count.
    pub number: usize,
    /// Lines of the whole text before it.
    pub lines_before: usize,
    /// What stands between the separators.
    pub text: &'text str,
}

impl<'text> DocumentText<'text> {
    /// Parses the document and returns its value; null where it has no content. What follows a line `...` is not read, as
    /// kubectl doesn't.
    ///
    /// # Errors
    ///
    /// What kubectl can't read, with the line in the whole text.
    pub fn value(&self) -> Result<Value<'text>, YamlError> {
        source_text::check_characters(self.text)
            .and_then(|()| Document::parse_content(self.text))
            .and_then(|document| Value::resolve(&document))
            .map(|value| value.unwrap_or_else(Value::null))
            .map_err(|error| error.after_lines(self.lines_before))
    }
}

/// Cuts a text at the lines that start with `---`. A text with nothing but comments before its first separator begins
/// with that one.
///
/// # Errors
///
/// Anything but a comment behind `---`: kubectl doesn't take `--- {a: b}`, nor `---x`, wherever it stands.
pub fn documents(text: &str) -> impl Iterator<Item = Result<DocumentText<'_>, YamlError>> {
    let mut rest = Some(0);
    let (mut lines_before, mut number) = (0, 0);
    std::iter::from_fn(move || {
        loop {
            let start = rest?;
            let separator = separator_from(text, start);
            let end = separator.map_or(text.len(), |at| at);
            let piece = &text[start..end];
            let lines = lines_before;
            lines_before += count_lines(piece);
            rest = None;
            if let Some(at) = separator {
                let line_end = memchr::memchr(b'\n', &text.as_bytes()[at..])
                    .map_or(text.len(), |length| at + length + 1);
                let behind = text[at + SEPARATOR.len()..line_end].trim();
                if !behind.is_empty() && !behind.starts_with('#') {
                    let message = format!("`---` is followed by `{behind}`: only a comment may stand there");
                    return Some(Err(YamlError::new(lines_before + 1, message)));
                }
                lines_before += 1;
                rest = Some(line_end);
            }
            let opening = number == 0 && rest.is_some() && is_blank(piece);
            if !opening {
                number += 1;
                return Some(Ok(DocumentText { number, lines_before: lines, text: piece }));
            }
        }
    })
}

/// Returns a text as kubectl's line reader hands it on (`LineReader` of `util/yaml`), which drops one carriage return before
/// each line feed: of two, one stays, and they are one line break to the parser instead of two.
pub fn with_plain_line_ends(text: String) -> String {
    match memchr::memmem::find(text.as_bytes(), b"\r\r\n") {
        Some(_) => text.replace("\r\n", "\n"),
        None => text,
    }
}

const SEPARATOR: &str = "---";

/// Where the next line that starts with `---` begins.
fn separator_from(text: &str, start: usize) -> Option<usize> {
    if text[start..].starts_with(SEPARATOR) {
        return Some(start);
    }
    memchr::memmem::find(&text.as_bytes()[start..], b"\n---").map(|at| start + at + 1)
}

/// Whether nothing but comments stands there.
fn is_blank(text: &str) -> bool {
    text.lines().map(str::trim).all(|line| line.is_empty() || line.starts_with('#'))
}

fn count_lines(text: &str) -> usize {
    memchr::memchr_iter(b'\n', text.as_bytes()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<(usize, usize, &str)> {
        documents(text).map(|one| one.map(|one| (one.number, one.lines_before, one.text)).unwrap()).collect()
    }

    #[test]
    fn separators_cut_and_are_counted() {
        assert_eq!(cut("a: 1\n"), [(1, 0, "a: 1\n")]);
        assert_eq!(cut("---\na: 1\n--- # two\nb: 2"), [(1, 1, "a: 1\n"), (2, 3, "b: 2")]);
        assert_eq!(cut("# head\n\n---\r\na: 1\r\n---\r\n"), [(1, 3, "a: 1\r\n"), (2, 5, "")]);
        assert_eq!(cut("a: 1\n---\n---\nb: 2\n"), [(1, 0, "a: 1\n"), (2, 2, ""), (3, 3, "b: 2\n")]);
        assert_eq!(cut("a: |\n  ---\nb: x ---\n"), [(1, 0, "a: |\n  ---\nb: x ---\n")]);
        assert_eq!(cut(""), [(1, 0, "")]);
    }

    #[test]
    fn one_carriage_return_before_a_line_feed_is_dropped() {
        let read = |text: &str| {
            let text = with_plain_line_ends(text.to_owned());
            documents(&text).next().unwrap().unwrap().value().unwrap().to_json()
        };
        assert_eq!(read("a: b\r\r\n  c\r\n"), serde_json::json!({"a": "b c"}));
        assert_eq!(read("a: b\r\r\r\n  c\r\n"), serde_json::json!({"a": "b\nc"}));
    }

    #[test]
    fn only_a_comment_may_follow_a_separator() {
        let error = |text: &str| documents(text).find_map(Result::err).unwrap().to_string();
        assert_eq!(
            error("a: 1\n--- {b: 2}\n"),
            "yaml: line 2: `---` is followed by `{b: 2}`: only a comment may stand there"
        );
        assert_eq!(error("---x"), "yaml: line 1: `---` is followed by `x`: only a comment may stand there");
    }

    #[test]
    fn the_last_line_counts_as_ended() {
        let value = |text: &str| documents(text).next().unwrap().unwrap().value().unwrap().to_json();
        for header in ["|", ">", "|2", ">2", "|+", "| # why"] {
            let text = format!("a: {header}\n  x");
            assert_eq!(value(&text), serde_json::json!({"a": "x\n"}), "{text}");
            assert_eq!(value(&text), value(&format!("{text}\n")), "{text}");
            let blanks = format!("{text}\n  ");
            assert_eq!(value(&blanks), value(&format!("{blanks}\n")), "{blanks}");
        }
        assert_eq!(value("a: |2-\n  x"), serde_json::json!({"a": "x"}));
        // As kubectl reads a kubeconfig.
        let document = Document::parse("a: |2\n  x").unwrap();
        assert_eq!(Value::resolve(&document).unwrap().unwrap().to_json(), serde_json::json!({"a": "x"}));
    }

    #[test]
    fn lines_are_those_of_the_whole_text() {
        let text = "a: 1\n---\n# two\nb: [1\n";
        let errors: Vec<_> =
            documents(text).filter_map(|one| one.unwrap().value().err()).map(|error| error.line).collect();
        assert_eq!(errors, [4]);
        assert_eq!(
            documents("---\n").next().unwrap().unwrap().value().unwrap().to_json(),
            serde_json::Value::Null
        );
        assert_eq!(
            documents("a: 1\n...\nb: [").next().unwrap().unwrap().value().unwrap().to_json(),
            serde_json::json!({"a": 1})
        );
    }
}
