//! Words of commands that users are to copy into a shell.

use std::borrow::Cow;

use super::sanitize_line;

/// Spells a word for a POSIX shell: as it is, or in quotes where it holds anything but letters, digits and
/// `-_./:@=,+%`.
///
/// What can't be shown on a line is spelled in octal for `printf`, so that what is copied means what was meant. `$'…'`
/// would be shorter; dash, the `sh` of Debian and Ubuntu, does not know it.
pub fn shell_word(word: &str) -> Cow<'_, str> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:@=,+%".contains(&byte);
    if !word.is_empty() && word.bytes().all(plain) {
        return word.into();
    }
    if sanitize_line(word) == word {
        return format!("'{}'", word.replace('\'', "'\\''")).into();
    }
    // The shell takes line ends off what a command prints: those at the end stand behind it as they are.
    let printed = word.trim_end_matches('\n');
    let line_ends = &word[printed.len()..];
    format!("\"$(printf '{}'){line_ends}\"", printf_format(printed)).into()
}

/// Spells a text for the format of `printf`, between single quotes. Spelled in octal are `!`, too, which an interactive
/// shell would take for a command of its history, and a `-` at the beginning, which `printf` would take for a flag.
fn printf_format(text: &str) -> String {
    let mut format = String::with_capacity(text.len());
    let mut buffer = [0; 4];
    for (index, letter) in text.char_indices() {
        let shown = &*letter.encode_utf8(&mut buffer);
        match letter {
            '\\' => format.push_str("\\\\"),
            '%' => format.push_str("%%"),
            '-' if index == 0 => format.push_str("\\055"),
            '\'' | '!' => format.push_str(&format!("\\{:03o}", u32::from(letter))),
            _ if sanitize_line(shown) == shown => format.push(letter),
            _ => format.extend(shown.bytes().map(|byte| format!("\\{byte:03o}"))),
        }
    }
    format
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_words_stay() {
        for word in ["prod", "arn:aws:eks:eu-west-1:1:cluster/a", "x@y", "requests.nvidia.com/gpu=1,pods=+5"]
        {
            assert_eq!(shell_word(word), word);
        }
        assert_eq!(shell_word(""), "''");
        assert_eq!(shell_word("it's; rm *"), "'it'\\''s; rm *'");
        assert_eq!(shell_word("a\nb'\u{1b}[0m%!"), "\"$(printf 'a\\012b\\047\\033[0m%%\\041')\"");
    }
}
