//! Tags, with the rules that all services share.

use crate::wire::failure::{Failure, Outcome};
use crate::wire::xml::Element;
use std::collections::BTreeMap;

/// The tags of a resource.
pub type Tags = BTreeMap<String, String>;

/// How many tags a load balancer or target group may have.
const LIMIT: usize = 50;

/// Adds tags to those of a resource, or fails and adds none.
pub fn add(tags: &mut Tags, added: &[(String, String)]) -> Outcome<()> {
    for (key, value) in added {
        if key.starts_with("aws:") {
            return Err(Failure::validation(format!("Tag key '{key}' is reserved: it starts with aws:")));
        }
        if key.is_empty() || key.chars().count() > 128 || value.chars().count() > 256 {
            return Err(Failure::validation(format!("The length of the tag '{key}' is not valid")));
        }
        if let Some(wrong) = [key, value].into_iter().find(|text| !text.chars().all(allowed)) {
            return Err(Failure::validation(format!("'{wrong}' has characters that a tag cannot have")));
        }
    }
    let mut all = tags.clone();
    all.extend(added.iter().cloned());
    if all.len() > LIMIT {
        return Err(Failure::new("TooManyTags", format!("The maximum number of tags is {LIMIT}")));
    }
    *tags = all;
    Ok(())
}

/// `^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$`
fn allowed(character: char) -> bool {
    character.is_alphanumeric() || character == ' ' || "_.:/=+-@".contains(character)
}

/// Returns tags as the load balancing services write them.
pub fn members(tags: &Tags) -> Element {
    let member =
        |(key, value): (&String, &String)| Element::new("member").text("Key", key).text("Value", value);
    Element::list_of("Tags", "member", tags.iter().map(member))
}

/// Returns tags as EC2 writes them.
pub fn tag_set(tags: &Tags) -> Element {
    let item = |(key, value): (&String, &String)| Element::new("item").text("key", key).text("value", value);
    Element::list_of("tagSet", "item", tags.iter().map(item))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_fifty_reserved_and_odd_tags_are_refused() {
        let pair = |key: &str, value: &str| vec![(key.to_owned(), value.to_owned())];
        let mut tags = Tags::new();
        let fifty: Vec<_> = (0..50).map(|number| (format!("k{number}"), String::new())).collect();
        assert_eq!(add(&mut tags, &fifty), Ok(()));
        assert_eq!(add(&mut tags, &pair("k1", "again")), Ok(()));
        assert_eq!(add(&mut tags, &pair("one more", "")).unwrap_err().code, "TooManyTags");
        for (key, value) in [("aws:x", ""), ("", "v"), ("a\"", "v"), ("a", "b,c")] {
            assert_eq!(add(&mut tags, &pair(key, value)).unwrap_err().code, "ValidationError", "{key}");
        }
        assert_eq!(tags.len(), 50);
    }
}
