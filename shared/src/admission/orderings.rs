//! The orders in which LimitRanges may apply: the server's own is random.

/// Up to this many, all orders are tried; beyond it, only which one comes first is varied.
const ALL_ORDERS_UP_TO: usize = 4;

/// Returns the orders of `count` things, by index.
pub fn orderings(count: usize) -> Vec<Vec<usize>> {
    if count > ALL_ORDERS_UP_TO {
        return (0..count).map(|first| (0..count).map(|index| (first + index) % count).collect()).collect();
    }
    let mut all = vec![Vec::new()];
    for next in 0..count {
        all = all
            .into_iter()
            .flat_map(|order| {
                (0..=order.len()).map(move |place| {
                    let mut order = order.clone();
                    order.insert(place, next);
                    order
                })
            })
            .collect();
    }
    all
}
