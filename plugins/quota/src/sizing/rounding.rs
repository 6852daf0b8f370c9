//! Rounds amounts to values that people would choose.

use shared::quantity::{Format, Quantity};

/// Rounds an amount up to a readable one, by about a tenth at most.
pub fn round_up(resource: &str, amount: &Quantity) -> Quantity {
    let name = resource.trim_start_matches("requests.").trim_start_matches("limits.");
    let steps: &[(&str, &str)] = match name {
        "cpu" => &[("1", "50m"), ("4", "250m"), ("10", "500m"), ("100", "1"), ("", "10")],
        "memory" | "ephemeral-storage" => {
            &[("1Gi", "64Mi"), ("4Gi", "256Mi"), ("16Gi", "512Mi"), ("128Gi", "1Gi"), ("", "8Gi")]
        }
        _ if name.ends_with("storage") => &[("10Gi", "1Gi"), ("100Gi", "5Gi"), ("", "50Gi")],
        // Huge pages are counted in whole pages already.
        _ if name.starts_with("hugepages-") => return amount.clone(),
        _ => &[("20", "1"), ("100", "5"), ("", "10")],
    };
    let format = match name {
        "cpu" => Format::DecimalSi,
        _ if name == "memory" || name.ends_with("storage") => Format::BinarySi,
        _ => Format::DecimalSi,
    };
    let read = |text: &str| Quantity::parse(text).unwrap_or_default();
    let step = steps.iter().find(|(below, _)| below.is_empty() || *amount <= read(below));
    match step {
        Some((_, step)) => amount.up_to_multiple_of(&read(step)).with_format(format),
        None => amount.clone(),
    }
}

#[cfg(test)]
mod tests {
    use shared::quantity::Quantity;

    use super::round_up;

    #[test]
    fn amounts_become_what_people_write() {
        let rounded =
            |resource: &str, amount: &str| round_up(resource, &Quantity::parse(amount).unwrap()).to_string();
        assert_eq!(rounded("requests.cpu", "1210m"), "1250m");
        assert_eq!(rounded("limits.cpu", "120m"), "150m");
        assert_eq!(rounded("requests.cpu", "11100m"), "12");
        assert_eq!(rounded("limits.memory", "700M"), "704Mi");
        assert_eq!(rounded("requests.memory", "5000Mi"), "5Gi");
        assert_eq!(rounded("requests.storage", "11Gi"), "15Gi");
        assert_eq!(rounded("requests.hugepages-2Mi", "6Mi"), "6Mi");
        assert_eq!(rounded("pods", "3600m"), "4");
        assert_eq!(rounded("pods", "41"), "45");
        assert_eq!(rounded("requests.nvidia.com/gpu", "1200m"), "2");
    }

    #[test]
    fn nothing_is_rounded_down() {
        for resource in
            ["requests.cpu", "limits.memory", "requests.storage", "pods", "requests.nvidia.com/gpu"]
        {
            for value in (0..400u32).map(|power| 1i128 << (power / 6)) {
                let amount = Quantity::from_milli(value, shared::quantity::Format::DecimalSi);
                assert!(round_up(resource, &amount) >= amount, "{resource} {amount}");
            }
        }
    }
}
