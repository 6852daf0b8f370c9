//! Amounts by resource name.

use std::collections::BTreeMap;

use crate::quantity::Quantity;

/// Amounts by resource name (`cpu`, `memory`, `nvidia.com/gpu`). A missing name is not a zero: quotas tell the two apart.
pub type ResourceList = BTreeMap<String, Quantity>;

/// Adds every amount of `more` to `list` (`addResourceList`). What stands alone keeps its text.
pub fn add_list(list: &mut ResourceList, more: &ResourceList) {
    for (name, amount) in more {
        match list.get_mut(name) {
            Some(sum) => *sum += amount,
            None => drop(list.insert(name.clone(), amount.clone())),
        }
    }
}

/// Raises every amount of `list` to that of `other` where that is greater (`maxResourceList`).
pub fn raise_to_list(list: &mut ResourceList, other: &ResourceList) {
    for (name, amount) in other {
        if list.get(name).is_none_or(|own| amount > own) {
            list.insert(name.clone(), amount.clone());
        }
    }
}
