//! Refusals by the bounds of LimitRanges: minimum, maximum and ratio.

use shared::quantity::Quantity;

/// A violated bound of a LimitRange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoundViolation {
    /// The kind of bound.
    pub rule: Rule,
    /// `Container`, `Pod` or `PersistentVolumeClaim`.
    pub kind: String,
    /// The resource, `cpu`.
    pub resource: String,
    /// The bound.
    pub bound: Quantity,
    /// The object's value in the server's words: `limit is 2`, `No request is specified`.
    pub found: String,
}

impl BoundViolation {
    /// Returns the quota key of what containers do not specify, where that is the violation.
    pub fn unspecified(&self) -> Option<String> {
        let list = match self.found.to_lowercase() {
            found if !found.starts_with("no ") || self.kind == "PersistentVolumeClaim" => return None,
            found if found.starts_with("no limit") => "limits",
            _ => "requests",
        };
        Some(format!("{list}.{}", self.resource))
    }
}

/// A kind of bound of a LimitRange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// A request is too small.
    Minimum,
    /// A limit is too large, or a request.
    Maximum,
    /// A limit is too many times the request.
    Ratio,
}

/// Reads one violation, or several in brackets (`NewAggregate`), and returns the rest.
pub(super) fn violations(text: &str) -> Option<(Vec<BoundViolation>, &str)> {
    let (mut rest, bracket) = text.strip_prefix('[').map_or((text, false), |rest| (rest, true));
    let mut all = Vec::new();
    loop {
        let (violation, after) = violation(rest)?;
        all.push(violation);
        match after.strip_prefix(", ").filter(|next| bracket && self::violation(next).is_some()) {
            Some(next) => rest = next,
            None => {
                return Some((all, if bracket { after.strip_prefix(']').unwrap_or(after) } else { after }));
            }
        }
    }
}

fn violation(text: &str) -> Option<(BoundViolation, &str)> {
    let (rule, resource, rest) = if let Some(rest) = text.strip_prefix("minimum ") {
        let (resource, rest) = rest.split_once(" usage per ")?;
        (Rule::Minimum, resource, rest)
    } else if let Some(rest) = text.strip_prefix("maximum ") {
        let (resource, rest) = rest.split_once(" usage per ")?;
        (Rule::Maximum, resource, rest)
    } else {
        let (resource, rest) = text.split_once(" max limit to request ratio per ")?;
        (Rule::Ratio, resource, rest)
    };
    if resource.contains(' ') {
        return None;
    }
    let (kind, rest) = rest.split_once(" is ")?;
    let (bound, rest) = amount(rest);
    let (found, rest) = found(rest)?;
    let violation = BoundViolation {
        rule,
        kind: kind.to_owned(),
        resource: resource.to_owned(),
        bound: Quantity::parse(bound.trim_end_matches('.')).ok()?,
        found: found.to_owned(),
    };
    Some((violation, rest))
}

/// Splits a text after the quantity that it starts with.
fn amount(text: &str) -> (&str, &str) {
    let end = text
        .find(|character: char| !character.is_ascii_alphanumeric() && !matches!(character, '.' | '+' | '-'))
        .unwrap_or(text.len());
    text.split_at(end)
}

/// Reads the object's value, which ends in a phrase or a number.
fn found(text: &str) -> Option<(&str, &str)> {
    let text = text.strip_prefix(", but ").or_else(|| text.strip_prefix("  "))?;
    for words in [
        "No request is specified",
        "No limit is specified",
        "no request is specified or request is 0",
        "no limit is specified or limit is 0",
    ] {
        if let Some(rest) = text.strip_prefix(words) {
            return Some((words, rest));
        }
    }
    let start = ["limit is ", "request is ", "provided ratio is "]
        .into_iter()
        .find(|start| text.starts_with(start))?;
    let (number, _) = amount(&text[start.len()..]);
    // A full stop of the sentence around it.
    let number = number.trim_end_matches('.');
    (!number.is_empty()).then(|| text.split_at(start.len() + number.len()))
}
