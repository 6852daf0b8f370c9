//! Label selectors applied locally, where a dump takes the place of a server.

use std::collections::BTreeMap;

use crate::{Error, Result};

/// A label selector: all of its requirements must hold. Grammar and meaning are those of
/// `k8s.io/apimachinery/pkg/labels/selector.go`, so that `-l` means the same on a dump as on a server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LabelSelector(Vec<Requirement>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Requirement {
    Exists(String),
    DoesNotExist(String),
    In(String, Vec<String>),
    NotIn(String, Vec<String>),
    GreaterThan(String, i64),
    LessThan(String, i64),
}

impl LabelSelector {
    /// What to do about a selector that can't be read.
    pub const SYNTAX: &str =
        "write key=value, key!=value, key in (a,b), key notin (a,b), key or !key, joined by commas";

    /// Reads `key`, `!key`, `key=value`, `key==value`, `key!=value`, `key in (a,b)`, `key notin (a,b)`, `key>1`
    /// and `key<1`, joined by commas.
    ///
    /// # Errors
    /// A usage error that quotes what could not be read.
    pub fn parse(text: &str) -> Result<Self> {
        let mut requirements = Vec::new();
        let mut rest = text.trim();
        while !rest.is_empty() {
            let end = end_of_requirement(rest);
            let (requirement, after) = rest.split_at(end);
            let refuse = || {
                Error::usage(format!("label selector `{text}`: `{}` can't be read", requirement.trim()))
                    .with_hint(Self::SYNTAX)
            };
            requirements.push(Requirement::parse(requirement.trim()).ok_or_else(refuse)?);
            rest = match after.strip_prefix(',') {
                Some(next) if next.trim().is_empty() => return Err(refuse()),
                Some(next) => next.trim_start(),
                None => "",
            };
        }
        Ok(Self(requirements))
    }

    /// Returns whether these labels satisfy every requirement. A key that is missing satisfies `!=` and `notin`.
    pub fn matches(&self, labels: &BTreeMap<String, String>) -> bool {
        self.0.iter().all(|requirement| requirement.matches(labels))
    }
}

/// Returns where the first requirement ends: at a comma that is not inside parentheses, else at the end.
fn end_of_requirement(text: &str) -> usize {
    let mut depth = 0_usize;
    for (index, character) in text.char_indices() {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => return index,
            _ => {}
        }
    }
    text.len()
}

impl Requirement {
    fn parse(text: &str) -> Option<Self> {
        if let Some(key) = text.strip_prefix('!') {
            return Some(Self::DoesNotExist(parse_key(key)?));
        }
        if let Some((head, values)) = text.strip_suffix(')').and_then(|text| text.split_once('(')) {
            let mut words = head.split_whitespace();
            let (key, operator) = (parse_key(words.next()?)?, words.next()?);
            let values = values.split(',').map(parse_value).collect::<Option<Vec<_>>>()?;
            return match (operator, words.next()) {
                ("in", None) => Some(Self::In(key, values)),
                ("notin", None) => Some(Self::NotIn(key, values)),
                _ => None,
            };
        }
        if let Some((key, value)) = text.split_once("!=") {
            return Some(Self::NotIn(parse_key(key)?, vec![parse_value(value)?]));
        }
        if let Some((key, value)) = text.split_once("==").or_else(|| text.split_once('=')) {
            return Some(Self::In(parse_key(key)?, vec![parse_value(value)?]));
        }
        if let Some((key, value)) = text.split_once('>') {
            return Some(Self::GreaterThan(parse_key(key)?, value.trim().parse().ok()?));
        }
        if let Some((key, value)) = text.split_once('<') {
            return Some(Self::LessThan(parse_key(key)?, value.trim().parse().ok()?));
        }
        Some(Self::Exists(parse_key(text)?))
    }

    fn matches(&self, labels: &BTreeMap<String, String>) -> bool {
        let number = |key: &str| labels.get(key).and_then(|value| value.parse::<i64>().ok());
        match self {
            Self::Exists(key) => labels.contains_key(key),
            Self::DoesNotExist(key) => !labels.contains_key(key),
            Self::In(key, values) => labels.get(key).is_some_and(|value| values.contains(value)),
            Self::NotIn(key, values) => labels.get(key).is_none_or(|value| !values.contains(value)),
            Self::GreaterThan(key, bound) => number(key).is_some_and(|number| number > *bound),
            Self::LessThan(key, bound) => number(key).is_some_and(|number| number < *bound),
        }
    }
}

/// Parses a label key: an optional DNS prefix and a name, in the characters that the API allows.
fn parse_key(text: &str) -> Option<String> {
    let key = text.trim();
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    (!key.is_empty() && key.chars().all(allowed)).then(|| key.to_owned())
}

/// Parses a label value, which may be empty.
fn parse_value(text: &str) -> Option<String> {
    let value = text.trim();
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    value.chars().all(allowed).then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(selector: &str, labels: &[(&str, &str)]) -> bool {
        let labels = labels.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        LabelSelector::parse(selector).unwrap().matches(&labels)
    }

    #[test]
    fn equality() {
        assert!(matches("team=a", &[("team", "a")]));
        assert!(matches("team==a", &[("team", "a")]));
        assert!(!matches("team=a", &[("team", "b")]));
        assert!(!matches("team=a", &[]));
        assert!(matches("team!=a", &[("team", "b")]));
        assert!(matches("team!=a", &[]), "a missing key satisfies !=");
        assert!(matches("team=", &[("team", "")]));
    }

    #[test]
    fn sets_and_existence() {
        assert!(matches("team in (a, b)", &[("team", "b")]));
        assert!(!matches("team notin (a,b)", &[("team", "b")]));
        assert!(matches("team notin (a,b)", &[]));
        assert!(matches("example.com/team", &[("example.com/team", "")]));
        assert!(matches("!team", &[]));
        assert!(!matches("!team", &[("team", "a")]));
    }

    #[test]
    fn several_requirements_must_all_hold() {
        assert!(matches("team in (a,b),tier=web,!old", &[("team", "a"), ("tier", "web")]));
        assert!(!matches("team in (a,b),tier=web,!old", &[("team", "a"), ("tier", "web"), ("old", "")]));
        assert!(matches("", &[("team", "a")]), "an empty selector matches everything");
    }

    #[test]
    fn numbers_are_compared_as_integers() {
        assert!(matches("age>9", &[("age", "10")]));
        assert!(!matches("age<9", &[("age", "10")]));
        assert!(!matches("age>9", &[("age", "old")]));
    }

    #[test]
    fn what_kubectl_refuses_is_refused() {
        for text in ["a=b,", ",", "a in b", "a in (b", "=a", "!", "a b", "a>b", "a=b c", "a within (b)"] {
            assert!(LabelSelector::parse(text).is_err(), "{text:?} was accepted");
        }
    }
}
