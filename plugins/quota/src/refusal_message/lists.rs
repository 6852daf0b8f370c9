//! Lists inside refusals: names, and the resources that containers do not specify.

use shared::admission::refusal_text::{is_list_character, leading_list};

use super::UnspecifiedResources;

/// Reads the names that a text starts with, and returns the rest.
pub(super) fn names(text: &str) -> (Vec<String>, &str) {
    let (list, rest) = leading_list(text);
    (list.split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect(), rest)
}

/// Reads `limits.cpu for: app,side; limits.memory for: app`, or `limits.cpu,limits.memory` of older servers, and returns
/// the rest.
pub(super) fn missing(text: &str) -> Option<(UnspecifiedResources, &str)> {
    let (first, mut rest) = names(text);
    if first.is_empty() {
        return None;
    }
    let Some(after) = rest.strip_prefix(" for: ") else {
        return Some((first.into_iter().map(|resource| (resource, Vec::new())).collect(), rest));
    };
    let mut missing = Vec::new();
    let mut resource = first.into_iter().next()?;
    rest = after;
    loop {
        let (containers, after) = names(rest);
        missing.push((resource, containers));
        let next = after.strip_prefix("; ").and_then(|after| {
            let (resource, after) = after.split_once(" for: ")?;
            resource.chars().all(is_list_character).then_some((resource, after))
        });
        match next {
            Some((name, after)) => (resource, rest) = (name.to_owned(), after),
            None => return Some((missing, after)),
        }
    }
}
