//! Lists whose items have a key.

use serde_json::Value;

use super::{Lists, keys::key_of, merge};

/// Merges a list: items by key where the field has one, else the new list as it is.
pub(super) fn merge_list(live: &[Value], last: &Value, new: &[Value], field: &str) -> Value {
    let last = last.as_array().map(Vec::as_slice).unwrap_or_default();
    let Some(key) = key_of(field, live.iter().chain(last).chain(new)) else {
        return Value::from(new.to_vec());
    };
    let find = |items: &'_ [Value], item: &Value| items.iter().position(|one| one[key] == item[key]);
    let merged = new.iter().map(|item| {
        let nothing = Value::Null;
        let last = find(last, item).map_or(&nothing, |index| &last[index]);
        match find(live, item) {
            Some(index) => merge(&live[index], last, item, field, Lists::ByKey),
            None => item.clone(),
        }
    });
    let left = live.iter().filter(|item| find(new, item).is_none() && find(last, item).is_none());
    Value::from(in_order(left.cloned().collect(), merged.collect(), |item| find(live, item)))
}

/// Inserts the items that only the server has among those of the manifest, each before the first that came after it
/// (`mergeSortedSlice`).
fn in_order(
    left: Vec<Value>,
    right: Vec<Value>,
    place_in_live: impl Fn(&Value) -> Option<usize>,
) -> Vec<Value> {
    let mut all = Vec::with_capacity(left.len() + right.len());
    let mut left = left.into_iter().peekable();
    for item in right {
        while let Some(one) = left.peek() {
            let before =
                matches!((place_in_live(one), place_in_live(&item)), (Some(one), Some(other)) if one < other);
            if !before {
                break;
            }
            all.extend(left.next());
        }
        all.push(item);
    }
    all.extend(left);
    all
}
