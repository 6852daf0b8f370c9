//! Amounts for containers that specify none: values to start from, since what they need is unknown.

/// One pair of amounts for CPU and memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StarterAmounts {
    milli_cores: u32,
    mebibytes: u32,
}

/// Returns amounts from the usual ones down, each half of the one before.
pub fn starter_amounts() -> impl Iterator<Item = StarterAmounts> {
    (0..5).map(|times| StarterAmounts { milli_cores: 100 >> times, mebibytes: 128 >> times })
}

impl StarterAmounts {
    /// Returns the amount of `cpu` or `memory`.
    pub fn amount(self, resource: &str) -> String {
        match resource {
            "cpu" => format!("{}m", self.milli_cores),
            _ => format!("{}Mi", self.mebibytes),
        }
    }
}

/// Returns whether a quota's key is about limits, and its resource: `limits.cpu`, `requests.cpu`, `cpu`.
pub fn split_quota_key(key: &str) -> (bool, &str) {
    match key.split_once('.') {
        Some(("limits", resource)) => (true, resource),
        Some(("requests", resource)) => (false, resource),
        _ => (false, key),
    }
}

#[cfg(test)]
mod tests {
    use super::{split_quota_key, starter_amounts};

    #[test]
    fn amounts_are_halved() {
        let all: Vec<_> =
            starter_amounts().map(|one| format!("{} {}", one.amount("cpu"), one.amount("memory"))).collect();
        assert_eq!(all, ["100m 128Mi", "50m 64Mi", "25m 32Mi", "12m 16Mi", "6m 8Mi"]);
    }

    #[test]
    fn quota_keys_are_split() {
        assert_eq!(split_quota_key("limits.memory"), (true, "memory"));
        assert_eq!(split_quota_key("requests.cpu"), (false, "cpu"));
        assert_eq!(split_quota_key("memory"), (false, "memory"));
    }
}
