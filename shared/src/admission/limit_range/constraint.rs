//! One bound of a LimitRange, and the server's message when it is violated.

use crate::{quantity::Quantity, resources::ResourceList};

/// Returns the three amounts at a common precision (`requestLimitEnforcedValues`). An amount beyond 64 bits becomes the
/// largest number.
fn at_common_precision(amounts: [&Quantity; 3]) -> [i64; 3] {
    let units = amounts.map(|amount| amount.value_ceil().unwrap_or(i64::MAX));
    match units.iter().all(|&value| value <= Quantity::MAX_MILLI_VALUE) {
        true => amounts.map(|amount| amount.milli_value_ceil().unwrap_or(i64::MAX)),
        false => units,
    }
}

/// The requests and limits of one resource, with the bound they are checked against.
pub(super) struct Constraint<'a> {
    /// `Container`, `Pod` or `PersistentVolumeClaim`.
    pub kind: &'a str,
    /// The resource.
    pub resource: &'a str,
    /// The bound.
    pub bound: &'a Quantity,
    /// All requests.
    pub requests: &'a ResourceList,
    /// All limits.
    pub limits: &'a ResourceList,
}

impl Constraint<'_> {
    fn values(&self) -> (Option<&Quantity>, Option<&Quantity>, [i64; 3]) {
        let (request, limit) = (self.requests.get(self.resource), self.limits.get(self.resource));
        let zero = &Quantity::ZERO;
        (request, limit, at_common_precision([request.unwrap_or(zero), limit.unwrap_or(zero), self.bound]))
    }

    /// Checks the minimum (`minConstraint`).
    pub fn min(&self) -> Option<String> {
        let (request, limit, [request_value, limit_value, bound]) = self.values();
        let start = format!("minimum {} usage per {} is {}", self.resource, self.kind, self.bound);
        match (request, limit) {
            (None, _) => Some(format!("{start}.  No request is specified")),
            (Some(request), _) if request_value < bound => Some(format!("{start}, but request is {request}")),
            (_, Some(limit)) if limit_value < bound => Some(format!("{start}, but limit is {limit}")),
            _ => None,
        }
    }

    /// Checks the maximum (`maxConstraint`).
    pub fn max(&self) -> Option<String> {
        let (request, limit, [request_value, limit_value, bound]) = self.values();
        let start = format!("maximum {} usage per {} is {}", self.resource, self.kind, self.bound);
        match (request, limit) {
            (_, None) => Some(format!("{start}.  No limit is specified")),
            (_, Some(limit)) if limit_value > bound => Some(format!("{start}, but limit is {limit}")),
            (Some(request), _) if request_value > bound => Some(format!("{start}, but request is {request}")),
            _ => None,
        }
    }

    /// Checks the maximum of a claim, which has no limits (`maxRequestConstraint`).
    pub fn max_request(&self) -> Option<String> {
        let (request, _, [request_value, _, bound]) = self.values();
        let start = format!("maximum {} usage per {} is {}", self.resource, self.kind, self.bound);
        match request {
            None => Some(format!("{start}.  No request is specified")),
            Some(request) if request_value > bound => Some(format!("{start}, but request is {request}")),
            Some(_) => None,
        }
    }

    /// Checks the ratio of limit and request (`limitRequestRatioConstraint`). Go divides doubles, and what it prints
    /// depends on it.
    #[expect(clippy::cast_precision_loss, reason = "as the server does")]
    pub fn ratio(&self) -> Option<String> {
        let (request, limit, [request_value, limit_value, _]) = self.values();
        let start =
            format!("{} max limit to request ratio per {} is {}", self.resource, self.kind, self.bound);
        if request.is_none() || request_value == 0 {
            return Some(format!("{start}, but no request is specified or request is 0"));
        }
        if limit.is_none() || limit_value == 0 {
            return Some(format!("{start}, but no limit is specified or limit is 0"));
        }
        let ratio = limit_value as f64 / request_value as f64;
        let units = self.bound.value_ceil().unwrap_or(i64::MAX);
        let exceeds = match units <= Quantity::MAX_MILLI_VALUE {
            true => ratio * 1000.0 > self.bound.milli_value_ceil().unwrap_or(i64::MAX) as f64,
            false => ratio > units as f64,
        };
        exceeds.then(|| format!("{start}, but provided ratio is {ratio:.6}"))
    }
}
