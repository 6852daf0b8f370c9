//! Text from the cluster must not drive the terminal it is shown on.
//!
//! Names are safe by validation, but annotations, messages, scopes and everything read from a dump are not.
//! Control characters (escape sequences start with one), characters that reorder text, and characters without
//! width become visible escapes such as `\u{1b}`, but for those that an emoji is made of. Talk and tables are always
//! sanitised, into a pipe too: what is piped today is looked at tomorrow. JSON and YAML escape the same characters in their
//! own way, so nothing is lost there; names alone, as of `-o name`, are escaped for a terminal only
//! ([`super::Printer::name`]), since programs give them back.

use std::{borrow::Cow, fmt::Write};

use super::emoji;

/// Whether a terminal would act on this character, or not show it.
pub(super) fn is_hazardous(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}'                        // soft hyphen: invisible
            | '\u{34f}' | '\u{61c}'         // grapheme joiner, Arabic letter mark
            | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' // Hangul fillers: look like spaces
            | '\u{17b4}' | '\u{17b5}'       // invisible Khmer vowels
            | '\u{180b}'..='\u{180f}'       // Mongolian selectors and separator
            | '\u{200b}'..='\u{200f}'       // zero width space and joiners, direction marks
            | '\u{2028}'..='\u{202e}'       // line and paragraph separators, direction overrides
            | '\u{2060}'..='\u{206f}'       // word joiner, direction isolates
            | '\u{fe00}'..='\u{fe0f}'       // variation selectors
            | '\u{feff}'                    // byte order mark
            | '\u{fff9}'..='\u{fffb}'       // interlinear annotation
            | '\u{1d173}'..='\u{1d17a}'     // invisible musical controls
            | '\u{e0000}'..='\u{e0fff}'     // tags and more variation selectors
        )
}

/// The text on one line, for a cell of a table: hazardous characters escaped, line breaks as `\n`, tabs as `\t`.
pub fn sanitize_line(text: &str) -> Cow<'_, str> {
    escape(text, false)
}

/// The text for talk: hazardous characters escaped, line breaks kept, since messages have several lines.
pub fn sanitize(text: &str) -> Cow<'_, str> {
    escape(text, true)
}

/// Whether a text is printable ASCII: as wide as long, and nothing to escape.
pub(super) fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

fn escape(text: &str, keep_lines: bool) -> Cow<'_, str> {
    // Nearly all text is this, and a table of a large cluster is a million texts.
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let hazardous = |character| is_hazardous(character) && !(keep_lines && character == '\n');
    if !text.contains(hazardous) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    let mut before = None;
    let mut rest = text.chars();
    while let Some(character) = rest.next() {
        let joins = emoji::joins(before, character, rest.clone().next());
        before = Some(character);
        match character {
            character if joins => escaped.push(character),
            '\n' if !keep_lines => escaped.push_str("\\n"),
            '\t' => escaped.push_str("\\t"),
            '\r' => escaped.push_str("\\r"),
            character if hazardous(character) => {
                write!(escaped, "\\u{{{:x}}}", u32::from(character)).expect("writing to a String can't fail");
            }
            character => escaped.push(character),
        }
    }
    Cow::Owned(escaped)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn harmless_text_is_not_copied() {
        assert!(matches!(sanitize_line("größe 漢字 é 🚀"), Cow::Borrowed("größe 漢字 é 🚀")));
    }

    /// The text without the characters that make one emoji of those around them.
    fn without_emoji(text: &str) -> String {
        let letters: Vec<char> = text.chars().collect();
        let joins = |index: usize| {
            let before = index.checked_sub(1).map(|before| letters[before]);
            emoji::joins(before, letters[index], letters.get(index + 1).copied())
        };
        (0..letters.len()).filter(|&index| !joins(index)).map(|index| letters[index]).collect()
    }

    #[test]
    fn an_emoji_is_shown_and_its_parts_elsewhere_are_not() {
        for name in ["⚠\u{fe0f} prod", "👩\u{200d}💻", "❤\u{fe0f}\u{200d}🔥", "1\u{fe0f}\u{20e3}"] {
            assert_eq!(sanitize_line(name), name);
        }
        assert_eq!(sanitize_line("a\u{fe0f}b\u{200d}c"), r"a\u{fe0f}b\u{200d}c");
        assert_eq!(sanitize_line("\u{fe0f}⚠\u{200d}x"), r"\u{fe0f}⚠\u{200d}x");
        assert_eq!(sanitize_line("⚠\u{fe0f}\u{fe0f}"), "⚠\u{fe0f}\\u{fe0f}");
    }

    #[test]
    fn escapes_become_visible() {
        assert_eq!(sanitize_line("a\u{1b}[31mred"), r"a\u{1b}[31mred");
        assert_eq!(sanitize_line("\u{9b}2J\u{7f}"), r"\u{9b}2J\u{7f}");
        assert_eq!(sanitize_line("abc\u{202e}fed"), r"abc\u{202e}fed");
        assert_eq!(sanitize_line("a\u{200b}b\u{e0041}"), r"a\u{200b}b\u{e0041}");
        assert_eq!(sanitize_line("one\ntwo\tthree\r"), r"one\ntwo\tthree\r");
    }

    #[test]
    fn talk_keeps_its_lines_but_no_carriage_return() {
        assert_eq!(sanitize("one\ntwo\roverwritten"), "one\ntwo\\roverwritten");
    }

    proptest! {
        #[test]
        fn nothing_hazardous_is_left(text in any::<String>()) {
            prop_assert!(!without_emoji(&sanitize_line(&text)).contains(is_hazardous));
            prop_assert!(!without_emoji(&sanitize(&text)).contains(|c| is_hazardous(c) && c != '\n'));
        }
    }
}
