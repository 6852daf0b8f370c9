//! `--scope-selector`, in the syntax of label selectors.

use std::{fmt, str::FromStr};

use shared::admission::quota_facts::ScopeRequirement;

/// Scope selector: requirements that must all hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScopeSelector(pub Vec<ScopeRequirement>);

const HINT: &str = "use PriorityClass=high, PriorityClass in (high,low), PriorityClass notin (low), PriorityClass or !PriorityClass, joined by commas";

impl FromStr for ScopeSelector {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut depth = 0_usize;
        let parts = text.split(|character| {
            match character {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            character == ',' && depth == 0
        });
        let read = |part: &str| requirement(part.trim()).ok_or_else(|| format!("`{}`: {HINT}", part.trim()));
        Ok(Self(parts.map(read).collect::<Result<_, _>>()?))
    }
}

/// Parses one requirement. Combinations of scope and operator are validated later, by the server's rules.
fn requirement(text: &str) -> Option<ScopeRequirement> {
    let parse = |scope: &str, operator: &str, values: &str| {
        let values: Vec<_> = values.split(',').map(|value| value.trim().to_owned()).collect();
        let scope = scope.trim();
        let is_word = |word: &str| {
            !word.is_empty() && !word.contains(|c: char| "()!=,".contains(c) || c.is_whitespace())
        };
        let is_valid = is_word(scope) && values.iter().all(|value| is_word(value));
        is_valid.then(|| ScopeRequirement { scope: scope.to_owned(), operator: operator.to_owned(), values })
    };
    let without_values = |scope: &str, operator: &str| {
        parse(scope, operator, "-").map(|one| ScopeRequirement { values: Vec::new(), ..one })
    };
    if let Some(scope) = text.strip_prefix('!') {
        return without_values(scope, "DoesNotExist");
    }
    if let Some((head, values)) = text.strip_suffix(')').and_then(|text| text.split_once('(')) {
        return match head.split_whitespace().collect::<Vec<_>>().as_slice() {
            [scope, "in"] => parse(scope, "In", values),
            [scope, "notin"] => parse(scope, "NotIn", values),
            _ => None,
        };
    }
    if let Some((scope, value)) = text.split_once("!=") {
        return parse(scope, "NotIn", value);
    }
    match text.split_once("==").or_else(|| text.split_once('=')) {
        Some((scope, value)) => parse(scope, "In", value),
        None => without_values(text, "Exists"),
    }
}

impl fmt::Display for ScopeSelector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let texts: Vec<_> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&texts.join(","))
    }
}

#[cfg(test)]
mod tests {
    use super::ScopeSelector;

    #[test]
    fn selectors_are_read_as_kubectl_reads_those_of_labels() {
        let read = |text: &str| text.parse::<ScopeSelector>().map(|selector| selector.to_string());
        for (text, expected) in [
            ("PriorityClass=high", "PriorityClass in (high)"),
            ("PriorityClass == high", "PriorityClass in (high)"),
            ("PriorityClass!=low", "PriorityClass notin (low)"),
            ("PriorityClass in ( high, low )", "PriorityClass in (high,low)"),
            ("PriorityClass notin (low),BestEffort", "PriorityClass notin (low),BestEffort"),
            ("!PriorityClass, Terminating", "!PriorityClass,Terminating"),
            ("PriorityClass=high,low", "PriorityClass in (high),low"),
        ] {
            assert_eq!(read(text).as_deref(), Ok(expected), "{text}");
            assert_eq!(read(expected).as_deref(), Ok(expected));
        }
        for wrong in [
            "",
            ",",
            "PriorityClass in high",
            "PriorityClass in ()",
            "a b",
            "PriorityClass=",
            "!",
            "x in (a",
            "x of (a)",
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
