//! Text around tables: sentences, which a narrow terminal gets folded, and commands, which stay whole to be copied.

use super::{Appearance, Printer, Style, sanitize_line};
use crate::Result;

/// The width below which folding helps nobody.
const LEAST_WIDTH: usize = 20;

/// Lines of text, each a sentence or a command. They are sanitized where they are written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prose {
    lines: Vec<Line>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    indent: usize,
    text: String,
    style: Style,
    is_whole: bool,
}

impl Prose {
    /// Adds an empty line.
    pub fn blank(&mut self) {
        self.command(0, "");
    }

    /// Adds a sentence after so many blanks.
    pub fn sentence(&mut self, indent: usize, text: &str) {
        self.styled(indent, text, Style::Plain);
    }

    /// Adds a sentence in a style.
    pub fn styled(&mut self, indent: usize, text: &str, style: Style) {
        let text = sanitize_line(text).into_owned();
        self.lines.push(Line { indent, text, style, is_whole: false });
    }

    /// Adds a line that is never folded: a command that somebody copies.
    pub fn command(&mut self, indent: usize, command: &str) {
        let text = sanitize_line(command).into_owned();
        self.lines.push(Line { indent, text, style: Style::Plain, is_whole: true });
    }

    /// Adds the lines of another text.
    pub fn append(&mut self, other: Self) {
        self.lines.extend(other.lines);
    }

    /// Returns whether there is no line.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Returns the text, in lines of at most this many columns where there is a width.
    pub fn render(&self, width: Option<usize>, color: bool) -> String {
        let mut text = String::new();
        for Line { indent, text: line, style, is_whole } in &self.lines {
            let first = " ".repeat(*indent);
            let folded = match width.filter(|_| !is_whole) {
                Some(width) => folded(line, [&first, &format!("{first}  ")], width),
                None => vec![format!("{first}{line}")],
            };
            for one in folded {
                text.push_str(&style.paint(&one, color));
                text.push('\n');
            }
        }
        text
    }
}

/// Returns a text in lines of at most `width` columns, the first one after the first of the two indents. What stands
/// between backticks is a command and stays together.
pub fn folded(text: &str, [first, next]: [&str; 2], width: usize) -> Vec<String> {
    let width = width.max(LEAST_WIDTH + next.chars().count());
    let mut lines = vec![first.to_owned()];
    let mut room = width.saturating_sub(first.chars().count());
    let mut is_empty = true;
    for word in words(text) {
        let mut rest = word;
        loop {
            let length = rest.chars().count();
            let between = usize::from(!is_empty);
            let Some(line) = lines.last_mut() else { break };
            if length + between <= room || (is_empty && rest.contains('`')) {
                line.push_str(if is_empty { "" } else { " " });
                line.push_str(rest);
                room = room.saturating_sub(length + between);
                is_empty = false;
                break;
            }
            // A word that is too long for any line is broken, at a comma if it has one.
            let is_breakable = !rest.contains('`') && length > width - next.chars().count();
            let head = head(rest, room.saturating_sub(between));
            if is_breakable && (is_empty || head.ends_with(',')) {
                line.push_str(if is_empty { "" } else { " " });
                line.push_str(head);
                rest = rest.strip_prefix(head).unwrap_or_default();
            }
            lines.push(next.to_owned());
            room = width - next.chars().count();
            is_empty = true;
        }
    }
    lines
}

/// Returns the start of a word that has room: to its last comma, or else all that fits.
fn head(word: &str, room: usize) -> &str {
    let end = word.char_indices().nth(room).map_or(word.len(), |(index, _)| index);
    let start = word.get(..end).unwrap_or(word);
    start.rfind(',').and_then(|comma| start.get(..=comma)).unwrap_or(start)
}

/// Returns what blanks separate, outside of backticks.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut is_quoted = false;
    let is_closed = text.matches('`').count().is_multiple_of(2);
    text.split(move |character: char| {
        is_quoted ^= character == '`' && is_closed;
        character == ' ' && !is_quoted
    })
}

impl Printer {
    /// Writes text as data; a terminal gets its sentences folded.
    ///
    /// # Errors
    /// Standard output can't be written.
    pub fn prose(&mut self, prose: &Prose) -> Result<()> {
        let Appearance { width, color, .. } = self.appearance();
        let text = prose.render(width, color);
        self.data(&text)
    }

    /// Writes a sentence to standard error, folded where that is a terminal.
    pub fn remark(&mut self, sentence: impl AsRef<str>) {
        let mut prose = Prose::default();
        prose.sentence(0, sentence.as_ref());
        self.remarks(&prose);
    }

    /// Writes text to standard error, its sentences folded where that is a terminal.
    pub fn remarks(&mut self, prose: &Prose) {
        let Appearance { width, live, talk_color, .. } = self.appearance();
        let text = prose.render(width.filter(|_| live), talk_color);
        self.say(&text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_where_the_terminal_does() {
        let lines = |text: &str, width: usize| folded(text, ["  ", "    "], width);
        assert_eq!(lines("one two three four five six", 24), ["  one two three four", "    five six"]);
        assert_eq!(lines("one two", 80), ["  one two"]);
        assert_eq!(lines("", 80), ["  "]);
    }

    #[test]
    fn commands_between_backticks_stay_together() {
        let lines = |text: &str| folded(text, ["", "  "], 24);
        assert_eq!(
            lines("see `kubectl quota verify -n shop` for all"),
            ["see", "  `kubectl quota verify -n shop`", "  for all"]
        );
        // A backtick alone is a character like any other.
        assert_eq!(lines("a ` one two three four five"), ["a ` one two three four", "  five"]);
    }

    #[test]
    fn lists_without_blanks_break_at_commas_and_names_anywhere() {
        let lines = |text: &str| folded(text, ["", "  "], 24);
        assert_eq!(
            lines("requested: limits.cpu=1,limits.memory=2Gi,requests.cpu=1"),
            ["requested: limits.cpu=1,", "  limits.memory=2Gi,", "  requests.cpu=1"]
        );
        assert_eq!(
            lines(&"x".repeat(50)),
            ["x".repeat(24), format!("  {}", "x".repeat(22)), "  xxxx".into()]
        );
        assert!(lines(&"é".repeat(50)).iter().all(|line| line.chars().count() <= 24));
    }

    #[test]
    fn only_sentences_are_folded_and_only_on_terminals() {
        let mut prose = Prose::default();
        prose.blank();
        prose.styled(0, "one two three four five six", Style::Critical);
        prose.command(2, "kubectl patch resourcequota compute -n shop");
        let whole = "\none two three four five six\n  kubectl patch resourcequota compute -n shop\n";
        assert_eq!(prose.render(None, false), whole);
        assert_eq!(
            prose.render(Some(22), true),
            "\n\u{1b}[31mone two three four\u{1b}[0m\n\u{1b}[31m  five six\u{1b}[0m\n  kubectl patch resourcequota compute -n shop\n"
        );
    }
}
