//! The ordinals of a StatefulSet: which of them have pods and claims. Ranges, since there may be many.

use std::{collections::BTreeSet, ops::Range};

use serde_json::Value;

use super::{ClusterObjects, claim_templates};
use crate::{manifest::Key, model::kind::Kind};

/// Returns the ordinals of the existing objects whose name is this start and an ordinal.
pub(super) fn existing_ordinals(
    objects: ClusterObjects,
    kind: &Kind,
    namespace: &str,
    start: &str,
) -> BTreeSet<usize> {
    let first = Key::new(kind, namespace, start);
    let range = objects.existing.range(&first..);
    let named = range.map_while(|(key, _)| {
        let is_same = key.kind == first.kind && key.namespace == first.namespace;
        key.name.strip_prefix(start).filter(|_| is_same)
    });
    let ordinal = |text: &str| text.parse::<usize>().ok().filter(|ordinal| ordinal.to_string() == text);
    named.filter_map(ordinal).collect()
}

/// Returns the ordinals without a pod. `pods` is the number of pods, `known` are the ordinals of those that were read.
pub(super) fn missing_ordinals(set: &Value, pods: usize, known: &BTreeSet<usize>) -> Vec<Range<usize>> {
    let ordinals = claim_templates::ordinals(set);
    if known.range(ordinals.clone()).count() == pods {
        return gaps(ordinals, known);
    }
    // Otherwise they were not read, or at another moment: pods are created and deleted in order.
    let start = ordinals.start + pods.min(ordinals.len());
    gaps(start..ordinals.end, &BTreeSet::new())
}

/// Returns the parts of a range that do not contain any of these ordinals.
pub fn gaps(range: Range<usize>, present: &BTreeSet<usize>) -> Vec<Range<usize>> {
    let mut gaps = Vec::new();
    let mut start = range.start;
    for &ordinal in present.range(range.clone()) {
        gaps.push(start..ordinal);
        start = ordinal + 1;
    }
    gaps.push(start..range.end);
    gaps.retain(|gap| !gap.is_empty());
    gaps
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::missing_ordinals;

    #[test]
    fn gaps_are_seen_where_pods_were_read() {
        let set = json!({"spec": {"replicas": 4, "ordinals": {"start": 5}}});
        assert_eq!(missing_ordinals(&set, 2, &[5, 7].into()), [6..7, 8..9]);
        assert_eq!(missing_ordinals(&set, 2, &[].into()), [std::ops::Range { start: 7, end: 9 }]);
        assert_eq!(missing_ordinals(&set, 2, &[5, 12].into()), [std::ops::Range { start: 7, end: 9 }]);
        assert!(missing_ordinals(&set, 9, &[].into()).is_empty());
    }
}
