//! Commands that were mistyped: what is no command is taken for the name of a quota.

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
    use super::command;

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
}
