//! The API server's refusal of a quota, taken apart (`CheckRequest` in
//! `apiserver/pkg/admission/plugin/resourcequota/controller.go`).

use super::Shortage;
use crate::quantity::Quantity;

/// Returns whether a character can be part of a list of resource names and quantities.
pub fn is_list_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '.' | '/' | '_' | '-' | '+' | '=' | ',')
}

/// Splits a text after the list of names or amounts that it starts with.
pub fn leading_list(text: &str) -> (&str, &str) {
    let end = text.find(|character| !is_list_character(character)).unwrap_or(text.len());
    let (list, _) = text.split_at(end);
    // A comma or a full stop of the sentence around the list: `limited: pods=1, retrying`.
    let list = list.trim_end_matches([',', '.']);
    (list, &text[list.len()..])
}

/// Reads what follows `exceeded quota: `, that is `QUOTA, requested: …, used: …, limited: …`: the quota, its shortages,
/// and the rest of the text. `None` where the text breaks off.
pub fn exceeded_quota(text: &str) -> Option<(String, Vec<Shortage>, &str)> {
    let (quota, rest) = text.split_once(", requested: ").filter(|(quota, _)| !quota.contains(' '))?;
    let (requested, rest) = rest.split_once(", used: ")?;
    let (used, rest) = rest.split_once(", limited: ")?;
    let (limited, rest) = leading_list(rest);
    let (requested, used, limited) = (amounts(requested)?, amounts(used)?, amounts(limited)?);
    let amount_of = |amounts: &[(String, Quantity)], name: &str| {
        amounts.iter().find(|(resource, _)| resource == name).map(|(_, amount)| amount.clone())
    };
    let shortages = requested.into_iter().map(|(resource, requested)| {
        let (used, hard) = (amount_of(&used, &resource)?, amount_of(&limited, &resource)?);
        Some(Shortage { quota: quota.to_owned(), resource, requested, used, hard })
    });
    Some((quota.to_owned(), shortages.collect::<Option<_>>()?, rest))
}

/// Reads `requests.cpu=1,pods=2`. Neither resource names nor quantities contain an equals sign.
fn amounts(text: &str) -> Option<Vec<(String, Quantity)>> {
    let pairs = text.split(',').map(|pair| {
        let (name, amount) = pair.rsplit_once('=')?;
        Some((name.to_owned(), Quantity::parse(amount).ok()?))
    });
    pairs.collect::<Option<Vec<_>>>().filter(|pairs| pairs.iter().all(|(name, _)| !name.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::exceeded_quota;

    #[test]
    fn amounts_are_matched_by_resource() {
        let text = "q.1, requested: a.b/c=1,requests.cpu=600m, used: a.b/c=3,requests.cpu=3500m, limited: a.b/c=3,requests.cpu=4, retrying";
        let (quota, shortages, rest) = exceeded_quota(text).unwrap();
        let read: Vec<_> = shortages
            .iter()
            .map(|one| format!("{} {} {} {}", one.resource, one.requested, one.used, one.hard))
            .collect();
        assert_eq!((quota.as_str(), rest), ("q.1", ", retrying"));
        assert_eq!(read, ["a.b/c 1 3 3", "requests.cpu 600m 3500m 4"]);
        assert!(exceeded_quota("q, requested: pods=1, used: pods=2").is_none());
    }
}
