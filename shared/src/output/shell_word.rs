//! Words of commands that users are to copy into a shell.

use std::borrow::Cow;

use super::sanitize_line;

/// A word as a POSIX shell has to be given it: as it is, or in quotes where it holds anything but letters, digits and
/// `-_./:@=,+%`. What can't be shown on a line is spelled in octal within `$'…'` ("Dollar-Single-Quotes" in the Shell
/// Command Language of POSIX.1-2024), so that what is copied means what was meant.
pub fn shell_word(word: &str) -> Cow<'_, str> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:@=,+%".contains(&byte);
    if !word.is_empty() && word.bytes().all(plain) {
        return word.into();
    }
    if sanitize_line(word) == word {
        return format!("'{}'", word.replace('\'', "'\\''")).into();
    }
    let mut quoted = "$'".to_owned();
    let mut buffer = [0; 4];
    for letter in word.chars() {
        let text = &*letter.encode_utf8(&mut buffer);
        match letter {
            '\'' | '\\' => quoted.extend(['\\', letter]),
            _ if sanitize_line(text) == text => quoted.push(letter),
            _ => quoted.extend(text.bytes().map(|byte| format!("\\{byte:03o}"))),
        }
    }
    quoted.push('\'');
    quoted.into()
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    #[test]
    fn plain_words_stay() {
        for word in ["prod", "arn:aws:eks:eu-west-1:1:cluster/a", "x@y", "requests.nvidia.com/gpu=1,pods=+5"]
        {
            assert_eq!(shell_word(word), word);
        }
        assert_eq!(shell_word(""), "''");
        assert_eq!(shell_word("it's; rm *"), "'it'\\''s; rm *'");
        assert_eq!(shell_word("a\nb'\u{1b}[0m"), "$'a\\012b\\'\\033[0m'");
    }

    #[test]
    #[cfg(unix)]
    fn a_shell_reads_the_word_back() {
        for word in ["", "a b", "it's", "$HOME `id` \"x\" \\n", "~", "#a", "-n", "*", "é ü", "!x", "a\\'b"]
        {
            let script = format!("printf %s {}", shell_word(word));
            let output = Command::new("sh").args(["-c", &script]).output().unwrap();
            assert_eq!(String::from_utf8(output.stdout).unwrap(), word);
        }
    }
}
