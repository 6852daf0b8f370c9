//! What a rollback puts back.

use std::collections::BTreeMap;

use crate::writes::Entry;

/// An annotation that is put back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// Its key.
    pub key: String,
    /// Its value before the changes that are undone.
    pub was: Option<String>,
    /// Its value as those changes left it.
    pub ours: Option<String>,
}

/// Returns what it takes to undo these changes, given oldest first: each annotation that any of them has, as it was before
/// the first.
pub fn undo(entries: &[Entry]) -> Vec<Restored> {
    let mut restored: BTreeMap<&str, Restored> = BTreeMap::new();
    for change in entries.iter().flat_map(|entry| &entry.changes) {
        restored.entry(&change.key).and_modify(|one| one.ours.clone_from(&change.after)).or_insert_with(
            || Restored { key: change.key.clone(), was: change.before.clone(), ours: change.after.clone() },
        );
    }
    restored.into_values().collect()
}

/// Returns the annotations that somebody else has changed since: neither as they were nor as the changes left them.
pub fn changed_since<'a>(restored: &'a [Restored], now: &BTreeMap<String, String>) -> Vec<&'a Restored> {
    let is_changed = |one: &&Restored| {
        let now = now.get(&one.key);
        now != one.ours.as_ref() && now != one.was.as_ref()
    };
    restored.iter().filter(is_changed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::planning::AnnotationChange;

    fn entry(number: u64, key: &str, before: Option<&str>, after: Option<&str>) -> Entry {
        let change = AnnotationChange {
            key: key.into(),
            before: before.map(Into::into),
            after: after.map(Into::into),
        };
        Entry { number, time: 0, written: true, changes: vec![change] }
    }

    #[test]
    fn several_changes_are_undone_at_once() {
        let entries = [
            entry(1, "a", None, Some("1")),
            entry(2, "b", Some("x"), None),
            entry(3, "a", Some("1"), Some("2")),
        ];
        let restored = undo(&entries);
        let of = |key: &str, was: Option<&str>, ours: Option<&str>| Restored {
            key: key.into(),
            was: was.map(Into::into),
            ours: ours.map(Into::into),
        };
        assert_eq!(restored, [of("a", None, Some("2")), of("b", Some("x"), None)]);
        let now = |value: &str| BTreeMap::from([("a".to_owned(), value.to_owned())]);
        assert_eq!(changed_since(&restored, &now("2")), [] as [&Restored; 0]);
        assert_eq!(changed_since(&restored, &now("3")), [&restored[0]]);
    }
}
