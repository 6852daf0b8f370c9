//! What a LimitRange fills in.

use super::LimitRangeFacts;
use crate::admission::object::PodFacts;

/// Gives containers the limits and requests they lack (`PodMutateLimitFunc`). A limit from here makes no request: that
/// was done before.
pub fn inject(range: &LimitRangeFacts, pod: &mut PodFacts) {
    for item in range.items.iter().filter(|item| item.kind == "Container") {
        for container in pod.containers_mut() {
            let spec = &mut container.spec;
            for (list, defaults) in
                [(&mut spec.limits, &item.default), (&mut spec.requests, &item.default_request)]
            {
                for (name, amount) in defaults {
                    list.entry(name.clone()).or_insert_with(|| amount.clone());
                }
            }
        }
    }
}
