//! Commands that were mistyped: what is no command is taken for the name of a quota.

use shared::output::ShellCommand;

/// The names of all commands.
pub const COMMANDS: [&str; 15] = [
    "check",
    "completion",
    "create",
    "diff",
    "explain",
    "fits",
    "limits",
    "lint",
    "rbac",
    "recommend",
    "rollout",
    "usage",
    "verify",
    "what-if",
    "who",
];

/// Returns the command that a word looks like.
pub fn command(word: &str) -> Option<&'static str> {
    let near = COMMANDS.iter().map(|name| (distance(word, name), *name));
    let (distance, name) = near.min()?;
    // A short word is near to every other one.
    (distance <= 2 && distance * 2 < word.chars().count()).then_some(name)
}

/// Returns the hint at the command that a word was meant as, with the rest of the command line as it was typed.
pub fn hint(word: &str, typed: &[String]) -> Option<String> {
    let meant = command(word)?;
    let mut line = ShellCommand::new(["kubectl", "quota", meant]);
    if let Some(index) = position(word, typed) {
        // After the name of a command it is an argument of that.
        if typed[..index].iter().any(|word| COMMANDS.contains(&word.as_str())) {
            return None;
        }
        let rest = typed.iter().enumerate().filter(|(at, _)| *at != index);
        for (at, word) in rest {
            let is_secret = at > 0 && typed[at - 1] == "--token";
            line = line.flag(match word.split_once('=') {
                _ if is_secret => "TOKEN".to_owned(),
                Some(("--token", _)) => "--token=TOKEN".to_owned(),
                _ => word.clone(),
            });
        }
    }
    Some(format!("did you mean the command `{line}`?"))
}

/// Returns the hint for a command line that makes no sense: its first word may be a command that was mistyped.
pub fn hint_of_line(typed: &[String]) -> Option<String> {
    if typed.iter().any(|word| COMMANDS.contains(&word.as_str())) {
        return None;
    }
    let mut words = typed.iter().filter(|word| !word.starts_with('-'));
    words.find_map(|word| hint(word, typed))
}

/// Returns where a word stands that is not the value of a flag.
fn position(word: &str, typed: &[String]) -> Option<usize> {
    let takes_no_value = |flag: &str| {
        ["-A", "--all-namespaces", "-w", "--watch", "--effective", "--no-headers"].contains(&flag)
    };
    let is_free =
        |index: usize| index == 0 || !typed[index - 1].starts_with('-') || takes_no_value(&typed[index - 1]);
    (0..typed.len()).find(|index| typed[*index] == word && is_free(*index))
}

/// Returns how many letters have to be added, removed, changed or exchanged with their neighbors.
fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, letter) in one.iter().enumerate() {
        let mut next = vec![index + 1];
        for (column, theirs) in other.iter().enumerate() {
            let mut least =
                (row[column] + usize::from(letter != theirs)).min(row[column + 1] + 1).min(next[column] + 1);
            let swapped =
                index > 0 && column > 0 && one[index - 1] == *theirs && other[column - 1] == *letter;
            if swapped {
                least = least.min(before[column - 1] + 1);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{command, hint, hint_of_line};

    #[test]
    fn what_looks_like_a_command_was_meant_as_one() {
        for (word, meant) in [
            ("usge", Some("usage")),
            ("exlpain", Some("explain")),
            ("verfiy", Some("verify")),
            ("whatif", Some("what-if")),
            ("compute", None),
            ("web", None),
            ("q", None),
        ] {
            assert_eq!(command(word), meant, "{word}");
        }
    }

    #[test]
    fn the_rest_of_the_command_line_is_repeated() {
        let words = |line: &str| line.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let meant = |word: &str, line: &str| {
            let hint = hint(word, &words(line))?;
            let line = hint.strip_prefix("did you mean the command `kubectl quota ")?;
            line.strip_suffix("`?").map(str::to_owned)
        };
        for (line, repeated) in [
            ("usge -n shop", "usage -n shop"),
            ("-n usge -A usge -o json", "usage -n usge -A -o json"),
            ("usge a*b --token secret --token=secret", "usage 'a*b' --token TOKEN --token=TOKEN"),
        ] {
            assert_eq!(meant("usge", line).as_deref(), Some(repeated), "{line}");
        }
        assert_eq!(meant("usge", "usage usge"), None);
        let hint = hint_of_line(&words("-n shop chek -f x.yaml")).unwrap();
        assert_eq!(hint, "did you mean the command `kubectl quota check -n shop -f x.yaml`?");
        assert_eq!(hint_of_line(&words("check --nonsense")), None);
    }
}
