//! Natural order of names: `team-2` before `team-10`.

use std::cmp::Ordering;

/// Compares two names, runs of digits by their value. Names that differ only in leading zeros are compared byte by
/// byte, so that only equal names are equal.
pub fn natural_order(left: &str, right: &str) -> Ordering {
    let (mut a, mut b) = (left.as_bytes(), right.as_bytes());
    while let (Some(first), Some(second)) = (a.first(), b.first()) {
        if first.is_ascii_digit() && second.is_ascii_digit() {
            let (one, rest_a) = split_digits(a);
            let (two, rest_b) = split_digits(b);
            // Without leading zeros the longer number is the larger one, whatever its length.
            let ordering = one.len().cmp(&two.len()).then_with(|| one.cmp(two));
            if ordering.is_ne() {
                return ordering;
            }
            (a, b) = (rest_a, rest_b);
        } else {
            if first != second {
                return first.cmp(second);
            }
            (a, b) = (&a[1..], &b[1..]);
        }
    }
    a.len().cmp(&b.len()).then_with(|| left.cmp(right))
}

/// Splits off the digits at the start, without leading zeros.
fn split_digits(text: &[u8]) -> (&[u8], &[u8]) {
    let end = text.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    let zeros = text[..end].iter().take_while(|&&byte| byte == b'0').count();
    (&text[zeros..end], &text[end..])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_count_by_value() {
        let mut names = ["team-10", "team-2", "team", "team-02", "b", "team-2-10", "team-2-9", "a10b", "a9c"];
        names.sort_by(|left, right| natural_order(left, right));
        assert_eq!(
            names,
            ["a9c", "a10b", "b", "team", "team-02", "team-2", "team-2-9", "team-2-10", "team-10"]
        );
    }

    #[test]
    fn numbers_too_long_for_a_machine_word_count_too() {
        assert_eq!(natural_order("n99999999999999999999999", "n100000000000000000000000"), Ordering::Less);
    }

    proptest! {
        #[test]
        fn it_is_a_total_order(a in "[a0-9-]{0,6}", b in "[a0-9-]{0,6}", c in "[a0-9-]{0,6}") {
            prop_assert_eq!(natural_order(&a, &b), natural_order(&b, &a).reverse());
            prop_assert_eq!(natural_order(&a, &b) == Ordering::Equal, a == b);
            if natural_order(&a, &b).is_le() && natural_order(&b, &c).is_le() {
                prop_assert!(natural_order(&a, &c).is_le());
            }
        }
    }
}
