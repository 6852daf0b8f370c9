//! Patterns for context names.

use regex_lite::Regex;
use serde::Deserialize;

/// A glob (`*` any text, `?` one character) for the whole name, or after `re:` a regular expression for any part.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
pub struct Pattern(Matcher);

#[derive(Clone, Debug)]
enum Matcher {
    Glob(Vec<char>),
    Expression(Regex),
}

impl TryFrom<String> for Pattern {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        match text.strip_prefix("re:") {
            Some(expression) => Regex::new(expression)
                .map(|regex| Self(Matcher::Expression(regex)))
                .map_err(|error| format!("`{expression}` is not a regular expression: {error}")),
            None => Ok(Self(Matcher::Glob(text.chars().collect()))),
        }
    }
}

impl Pattern {
    /// Returns whether a name matches.
    pub fn matches(&self, name: &str) -> bool {
        match &self.0 {
            Matcher::Expression(regex) => regex.is_match(name),
            Matcher::Glob(pattern) => glob(pattern, &name.chars().collect::<Vec<_>>()),
        }
    }
}

/// Matches greedily, and goes back to the last star only: linear in both texts for all but contrived patterns.
fn glob(pattern: &[char], name: &[char]) -> bool {
    let (mut at, mut in_name) = (0, 0);
    let mut last_star: Option<(usize, usize)> = None;
    while in_name < name.len() {
        match pattern.get(at) {
            Some('*') => {
                last_star = Some((at, in_name));
                at += 1;
            }
            Some(&wanted) if wanted == '?' || wanted == name[in_name] => {
                at += 1;
                in_name += 1;
            }
            _ => {
                let Some((star, taken)) = last_star else { return false };
                last_star = Some((star, taken + 1));
                at = star + 1;
                in_name = taken + 1;
            }
        }
    }
    pattern[at..].iter().all(|&rest| rest == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_match_the_whole_name() {
        let check = |pattern: &str, name: &str, expected: bool| {
            let matched = Pattern::try_from(pattern.to_owned()).unwrap().matches(name);
            assert_eq!(matched, expected, "{pattern} {name}");
        };
        check("prod", "prod", true);
        check("prod", "prod-eu", false);
        check("prod*", "prod-eu", true);
        check("*prod*", "eu-prod-1", true);
        check("*:cluster/live-?", "arn:aws:eks:eu:1:cluster/live-1", true);
        check("*:cluster/live-?", "arn:aws:eks:eu:1:cluster/live-12", false);
        check("a*b*c", "aXbYbZc", true);
        check("a*b*c", "aXbYbZ", false);
        check("?", "ü", true);
        check("", "", true);
        check("*", "", true);
        check("[x]", "x", false);
    }
}
