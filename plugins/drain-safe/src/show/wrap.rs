//! Sentences that fit a terminal.

/// Returns a text in lines of at most `width` columns, each after `indent`. A word that is longer has a line of its own.
pub fn wrapped(text: &str, indent: &str, width: usize) -> String {
    let mut lines = String::new();
    let mut line = String::from(indent);
    let mut is_empty = true;
    for word in text.split(' ') {
        if !is_empty && line.chars().count() + 1 + word.chars().count() > width {
            lines.push_str(&line);
            lines.push('\n');
            line = indent.to_owned();
            is_empty = true;
        }
        if !is_empty {
            line.push(' ');
        }
        line.push_str(word);
        is_empty = false;
    }
    lines.push_str(&line);
    lines.push('\n');
    lines
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn lines_end_where_the_terminal_does() {
        assert_eq!(wrapped("one two three", "  ", 10), "  one two\n  three\n");
        assert_eq!(wrapped("unbreakable", "  ", 5), "  unbreakable\n");
        assert_eq!(wrapped("", "  ", 5), "  \n");
    }
}
