//! The partitions of AWS, by the names of their regions.

/// Beginnings of regions' names, the longer before the shorter (`partitions.json` of the AWS SDKs).
const PARTITIONS: &[(&str, &str)] = &[
    ("cn-", "aws-cn"),
    ("us-gov-", "aws-us-gov"),
    ("us-isob-", "aws-iso-b"),
    ("us-isof-", "aws-iso-f"),
    ("us-iso-", "aws-iso"),
    ("eu-isoe-", "aws-iso-e"),
    ("eusc-de-", "aws-eusc"),
    ("us-", "aws"),
    ("eu-", "aws"),
    ("ap-", "aws"),
    ("sa-", "aws"),
    ("ca-", "aws"),
    ("me-", "aws"),
    ("af-", "aws"),
    ("il-", "aws"),
    ("mx-", "aws"),
];

/// Returns the partition of a region; `None` where no region of AWS is named so.
pub fn partition_of(region: &str) -> Option<&'static str> {
    let (start, partition) = PARTITIONS.iter().find(|(start, _)| region.starts_with(start))?;
    let (place, number) = region.get(start.len()..)?.rsplit_once('-').unwrap_or_default();
    let word = place.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    // The names of some partitions have the place in their beginning or leave it out.
    let numbered = if place.is_empty() { &region[start.len()..] } else { number };
    let place_needed = *partition != "aws-eusc";
    let fits = word && (!place.is_empty() || !place_needed);
    (fits && !numbered.is_empty() && numbered.bytes().all(|byte| byte.is_ascii_digit())).then_some(partition)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_have_a_partition() {
        let cases = [
            ("us-east-1", Some("aws")),
            ("ap-southeast-5", Some("aws")),
            ("cn-north-1", Some("aws-cn")),
            ("us-gov-west-1", Some("aws-us-gov")),
            ("us-iso-east-1", Some("aws-iso")),
            ("us-isob-east-1", Some("aws-iso-b")),
            ("eu-isoe-west-1", Some("aws-iso-e")),
            ("eusc-de-east-1", Some("aws-eusc")),
            ("us-east", None),
            ("us-east-1a", None),
            ("us-1", None),
            ("europe-west-1", None),
            ("", None),
        ];
        for (region, partition) in cases {
            assert_eq!(partition_of(region), partition, "{region}");
        }
    }
}
