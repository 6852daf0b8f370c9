//! Lists inside of refusals: amounts, names, and what containers lack.

use shared::{admission::Shortage, quantity::Quantity};

use super::UnspecifiedResources;

/// The characters of resource names and quantities, and what joins them.
fn belongs(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '.' | '/' | '_' | '-' | '+' | '=' | ',')
}

/// The list at the start, and what comes after it.
pub(super) fn list(text: &str) -> (&str, &str) {
    let end = text.find(|character| !belongs(character)).unwrap_or(text.len());
    let (list, _) = text.split_at(end);
    // The comma of the text around it: `limited: pods=1, retrying`.
    let list = list.trim_end_matches(',');
    (list, &text[list.len()..])
}

/// The names at the start, and what comes after them.
pub(super) fn names(text: &str) -> (Vec<String>, &str) {
    let (list, rest) = list(text);
    (list.split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect(), rest)
}

/// `requests.cpu=1,pods=2`: keys may hold `=` never, values neither; the last one decides all the same.
fn amounts(text: &str) -> Option<Vec<(String, Quantity)>> {
    let pairs = text.split(',').map(|pair| {
        let (name, amount) = pair.rsplit_once('=')?;
        Some((name.to_owned(), Quantity::parse(amount).ok()?))
    });
    pairs.collect::<Option<Vec<_>>>().filter(|pairs| pairs.iter().all(|(name, _)| !name.is_empty()))
}

/// `QUOTA, requested: …, used: …, limited: …`: the shortages, and what comes after them.
pub(super) fn exceeded(text: &str) -> Option<(String, Vec<Shortage>, &str)> {
    let (quota, rest) = text.split_once(", requested: ").filter(|(quota, _)| !quota.contains(' '))?;
    let (requested, rest) = rest.split_once(", used: ")?;
    let (used, rest) = rest.split_once(", limited: ")?;
    let (limited, rest) = list(rest);
    let (requested, used, limited) = (amounts(requested)?, amounts(used)?, amounts(limited)?);
    let of = |amounts: &[(String, Quantity)], name: &str| {
        amounts.iter().find(|(of, _)| of == name).map(|(_, amount)| amount.clone())
    };
    let shortages = requested.into_iter().map(|(resource, requested)| {
        let (used, hard) = (of(&used, &resource)?, of(&limited, &resource)?);
        Some(Shortage { quota: quota.to_owned(), resource, requested, used, hard })
    });
    Some((quota.to_owned(), shortages.collect::<Option<_>>()?, rest))
}

/// `limits.cpu for: app,side; limits.memory for: app`, or `limits.cpu,limits.memory` of older servers.
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
            resource.chars().all(belongs).then_some((resource, after))
        });
        match next {
            Some((name, after)) => (resource, rest) = (name.to_owned(), after),
            None => return Some((missing, after)),
        }
    }
}
