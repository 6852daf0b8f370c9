//! Changes that this plugin recorded when it wrote them: they tell what the object does not say any more.

use std::collections::BTreeMap;

use shared::model::Service;

use super::plan::AnnotationChange;

/// A change of a Service's annotations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recorded {
    /// When it was made, in seconds since 1970.
    pub time: i64,
    /// Each annotation before and after.
    pub changes: Vec<AnnotationChange>,
}

/// Returns the Service from before the newest change, where it still has what that wrote.
pub fn before_newest(recorded: &[Recorded], live: &Service) -> Option<Service> {
    let newest = recorded.last()?;
    let stands =
        newest.changes.iter().all(|change| live.annotations.get(&change.key) == change.after.as_ref());
    stands.then(|| {
        let mut earlier = live.clone();
        revert(&newest.changes, &mut earlier.annotations);
        earlier
    })
}

/// Returns the value that a key had before it was last removed; `None` where nobody is known to have removed it, or where
/// one of `resets` has changed since.
pub fn removed_value<'a>(recorded: &'a [Recorded], key: &str, resets: &[&str]) -> Option<&'a str> {
    for change in recorded.iter().rev().flat_map(|one| &one.changes) {
        if resets.contains(&change.key.as_str()) {
            return None;
        }
        if change.key == key {
            return change.before.as_deref().filter(|_| change.after.is_none());
        }
    }
    None
}

/// Returns the value that a key had before any recorded change; `None` where none has it.
pub fn first_value<'a>(recorded: &'a [Recorded], key: &str) -> Option<Option<&'a str>> {
    let mut changes = recorded.iter().flat_map(|one| &one.changes);
    changes.find(|change| change.key == key).map(|change| change.before.as_deref())
}

fn revert(changes: &[AnnotationChange], annotations: &mut BTreeMap<String, String>) {
    for change in changes {
        match &change.before {
            Some(value) => annotations.insert(change.key.clone(), value.clone()),
            None => annotations.remove(&change.key),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        keys,
        samples::{ARN, OTHER_ARN, web},
    };

    fn recorded(key: &str, before: Option<&str>, after: Option<&str>) -> Recorded {
        let change = AnnotationChange {
            key: key.into(),
            before: before.map(Into::into),
            after: after.map(Into::into),
        };
        Recorded { time: 0, changes: vec![change] }
    }

    #[test]
    fn the_newest_change_is_taken_back_where_it_still_stands() {
        let history = [recorded(keys::SSL_CERT, Some(ARN), Some(OTHER_ARN))];
        let live = web(&[("ssl-cert", OTHER_ARN)]);
        assert_eq!(before_newest(&history, &live).unwrap().annotations[keys::SSL_CERT], ARN);
        assert_eq!(before_newest(&history, &web(&[("ssl-cert", "x")])), None);
        assert_eq!(before_newest(&[], &live), None);
    }

    #[test]
    fn a_removed_value_is_known_until_something_resets_it() {
        let removed = recorded("policy", Some("p"), None);
        let history = [recorded("policy", None, Some("p")), removed.clone()];
        assert_eq!(removed_value(&history, "policy", &["cert"]), Some("p"));
        let reset = [removed, recorded("cert", None, Some("c"))];
        assert_eq!(removed_value(&reset, "policy", &["cert"]), None);
        assert_eq!(removed_value(&history[..1], "policy", &[]), None);
        assert_eq!(first_value(&history, "policy"), Some(None));
        assert_eq!(first_value(&history, "cert"), None);
    }
}
