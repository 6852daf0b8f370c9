//! Takes off what terminals, YAML, logs and mails put around the lines of a message, and joins what they broke apart.

use std::borrow::Cow;

/// Frames of boxes and tables, and marks of quotations.
const FRAMES: [char; 6] = ['│', '┃', '║', '|', '>', '┆'];

/// The starts of parts of a refusal that follow a comma and a blank; a comma before anything else has no blank after it.
const PARTS: [&str; 8] =
    ["requested: ", "used: ", "limited: ", "resources: ", "but ", "minimum ", "maximum ", "retry"];

/// Returns a text with plain quotation marks instead of escaped and typographic ones.
pub(super) fn plain_quotes(text: &str) -> Cow<'_, str> {
    if !text.contains(['\\', '“', '”']) && !text.contains("&quot;") {
        return Cow::Borrowed(text);
    }
    // A log line inside a log line has its quotes escaped twice.
    let mut plain = text.to_owned();
    for escaped in ["\\\\\\\"", "\\\"", "\\u0022", "&quot;", "&#34;", "“", "”"] {
        plain = plain.replace(escaped, "\"");
    }
    Cow::Owned(plain)
}

/// Returns the lines of a text without frames and line numbers.
pub(super) fn lines(text: &str) -> Vec<&str> {
    let lines: Vec<&str> = text.lines().map(without_frame).collect();
    let numbers: Vec<_> =
        lines.iter().filter(|line| !line.is_empty()).map(|line| line_number(line)).collect();
    let is_numbered = numbers.len() > 1
        && numbers.windows(2).all(|pair| matches!(pair, [Some((one, _)), Some((next, _))] if next > one));
    match is_numbered {
        true => lines.iter().map(|line| line_number(line).map_or(*line, |(_, rest)| rest)).collect(),
        false => lines,
    }
}

fn without_frame(line: &str) -> &str {
    line.trim_start_matches(|character: char| FRAMES.contains(&character) || character.is_whitespace())
        .trim_end_matches(|character: char| {
            (FRAMES.contains(&character) && character != '>') || character.is_whitespace()
        })
}

/// Splits `12: text`, `12 text` and `12) text`.
fn line_number(line: &str) -> Option<(u64, &str)> {
    let end = line.find(|character: char| !character.is_ascii_digit())?;
    let (number, rest) = line.split_at(end);
    let rest = rest.strip_prefix([':', '.', ')']).unwrap_or(rest);
    let number = number.parse().ok()?;
    rest.starts_with(char::is_whitespace).then(|| (number, rest.trim_start_matches(FRAMES).trim_start()))
}

/// Lines that were broken at blanks, joined again.
pub(super) struct Joined {
    /// The text.
    pub(super) text: String,
    /// Where each of the lines starts in it.
    starts: Vec<usize>,
}

impl Joined {
    /// Joins lines: a comma inside a list has no blank after it, and YAML breaks quoted text with backslashes.
    pub(super) fn new(lines: &[&str]) -> Self {
        let (mut text, mut starts) = (String::new(), Vec::new());
        for line in lines {
            let mut line = *line;
            if let Some(broken) = text.strip_suffix('\\') {
                text.truncate(broken.len());
                line = line.strip_prefix('\\').unwrap_or(line);
            } else if !text.is_empty() {
                let is_part = PARTS.iter().any(|part| line.starts_with(part) || line == part.trim_end())
                    || line.contains(" max limit to");
                if !text.ends_with(',') || is_part {
                    text.push(' ');
                }
            }
            starts.push(text.len());
            text.push_str(line);
        }
        Self { text, starts }
    }

    /// Returns the line that a position is in, and the position in that line.
    pub(super) fn locate(&self, position: usize) -> (usize, usize) {
        let line = self.starts.iter().rposition(|start| *start <= position).unwrap_or(0);
        (line, position - self.starts.get(line).copied().unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::{Joined, lines, plain_quotes};

    #[test]
    fn frames_and_numbers_are_taken_off() {
        assert_eq!(lines("│ a b │\n│ c   │"), ["a b", "c"]);
        assert_eq!(lines("> a\n> b"), ["a", "b"]);
        assert_eq!(lines("  7  a\n  8  b"), ["a", "b"]);
        assert_eq!(lines("7: a\n8: b"), ["a", "b"]);
        // A wrapped amount is not a line number.
        assert_eq!(lines("maximum is\n1, but\n2 is"), ["maximum is", "1, but", "2 is"]);
        assert_eq!(plain_quotes(r#"a \"b\" \\\"c\\\" “d”"#), r#"a "b" "c" "d""#);
    }

    #[test]
    fn broken_lines_are_joined_as_they_were() {
        let joined = |lines: &[&str]| Joined::new(lines).text;
        assert_eq!(joined(&["exceeded", "quota: q"]), "exceeded quota: q");
        assert_eq!(joined(&["pods=1,", "cpu=2,", "used: pods=1"]), "pods=1,cpu=2, used: pods=1");
        assert_eq!(joined(&["exceeded\\", "\\ quota: q"]), "exceeded quota: q");
        assert_eq!(Joined::new(&["ab", "cd"]).locate(4), (1, 1));
    }
}
