//! The values that trials are made of: small, so that requests and quotas meet, and oddly spelled at times.

use support::Random;

/// Amounts of processor.
pub const CPU: &[&str] = &[
    "0", "1m", "50m", "100m", "100m", "200m", "250m", "500m", "500m", "1", "1", "2", "3", "0.5", "1.5", "+1",
    "01", "1.500", "1500u", "1e0", "1000m", "0.1",
];

/// Amounts of memory and storage, in bytes.
pub const BYTES: &[&str] = &[
    "0", "1", "64Mi", "64Mi", "128Mi", "128Mi", "256Mi", "512Mi", "1Gi", "1Gi", "2Gi", "1.1Gi", "1.5Gi",
    "500M", "1G", "1e9", "1024Mi", "010Mi", "1500m", "1000Ki", "5.", "0.5Gi",
];

/// Counts.
pub const COUNTS: &[&str] = &["0", "1", "1", "2", "3", "4", "5", "10", "1k", "+2", "01"];

/// Counts and what is none.
pub const DEVICES: &[&str] = &["0", "1", "1", "1", "2", "2", "3", "4", "1500m"];

/// Huge pages of 2Mi, and what is no multiple of it.
pub const PAGES: &[&str] = &["2Mi", "2Mi", "4Mi", "4Mi", "8Mi", "0", "3Mi"];

pub const GPU: &str = "example.com/gpu";
pub const PRIORITIES: &[&str] = &["high", "low", "middle"];

/// An amount of a container's resource.
pub fn amount(random: &mut Random, resource: &str) -> &'static str {
    let from = match resource {
        "cpu" => CPU,
        "memory" | "ephemeral-storage" | "storage" => BYTES,
        "hugepages-2Mi" => PAGES,
        _ => DEVICES,
    };
    random.pick(from)
}
