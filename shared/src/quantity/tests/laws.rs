//! Laws that hold for any quantity.

use proptest::prelude::*;

use super::super::{Format, Quantity, percent_floor, ratio};
use super::q;

const SUFFIXES: &[&str] = &[
    "", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei", "e3", "E-3", "e+6",
    "e1", "e-11", "e40",
];

/// Texts that are quantities, of all formats, signs and sizes.
fn quantities() -> impl Strategy<Value = String> {
    ("[+-]?", "[0-9]{1,25}", prop::option::of("\\.[0-9]{0,14}"), prop::sample::select(SUFFIXES)).prop_map(
        |(sign, whole, fraction, suffix)| format!("{sign}{whole}{}{suffix}", fraction.unwrap_or_default()),
    )
}

/// Whether the canonical text has lost a suffix beyond exa, as the server's does.
fn beyond_suffixes(quantity: &Quantity) -> bool {
    quantity.format() != Format::DecimalExponent && (quantity > &q("100E") || quantity < &q("-100E"))
}

/// The value from the digits alone, by shifting the point of the exact decimal: no code in common with the
/// parser but the result.
fn shift_point(decimal: &str, power: usize) -> String {
    let (sign, digits) = match decimal.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", decimal),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let padded = format!("{fraction:0<power$}");
    let (moved, rest) = padded.split_at(power);
    let whole = format!("{whole}{moved}");
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    match rest.trim_end_matches('0') {
        "" if whole == "0" => "0".to_owned(),
        "" => format!("{sign}{whole}"),
        rest => format!("{sign}{whole}.{rest}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_text_is_read_or_refused_without_panic(text in ".{0,12}") {
        let _ = Quantity::parse(&text);
    }

    #[test]
    fn any_text_of_quantity_letters_is_read_or_refused_without_panic(text in "[0-9.+eEinumkKMGTP-]{0,12}") {
        if let Ok(quantity) = Quantity::parse(&text) {
            prop_assert!(!quantity.text().is_empty());
            prop_assert!(!quantity.exact_decimal().ends_with('.'));
        }
    }

    #[test]
    fn text_reads_back_as_the_same_value(text in quantities()) {
        let quantity = q(&text);
        prop_assume!(!beyond_suffixes(&quantity));
        prop_assert_eq!(&q(&quantity.text()), &quantity);
        prop_assert_eq!(&q(&quantity.canonical()), &quantity);
        // The canonical form is a fixed point, and what the server stores it would store again.
        prop_assert_eq!(q(&quantity.canonical()).canonical(), quantity.canonical());
        prop_assert_eq!(q(&quantity.text()).to_string(), quantity.to_string());
    }

    #[test]
    fn exact_decimal_reads_back_as_the_same_value(text in quantities()) {
        let quantity = q(&text);
        let decimal = quantity.exact_decimal();
        prop_assert_eq!(&q(&decimal), &quantity);
        prop_assert!(!decimal.contains('.') || !decimal.ends_with('0'));
    }

    #[test]
    fn decimal_suffixes_shift_the_point(number in "-?(0|[1-9][0-9]{0,20})(\\.[0-9]{0,8}[1-9])?") {
        for (suffix, power) in [("k", 3), ("M", 6), ("E", 18), ("e1", 1), ("e100", 100)] {
            prop_assert_eq!(q(&format!("{number}{suffix}")).exact_decimal(), shift_point(&number, power));
        }
    }

    #[test]
    fn sums_and_differences_keep_their_laws(a in quantities(), b in quantities(), c in quantities()) {
        let (a, b, c) = (q(&a), q(&b), q(&c));
        prop_assert_eq!(&a + &b, &b + &a);
        prop_assert_eq!(&(&a + &b) + &c, &a + &(&b + &c));
        prop_assert_eq!(&(&a + &b) - &b, a.clone());
        prop_assert_eq!(&a - &b, -&(&b - &a));
        prop_assert_eq!((&a - &b).sign(), a.cmp(&b));
        prop_assert_eq!((&a + &c).cmp(&(&b + &c)), a.cmp(&b));
        prop_assert_eq!(a.times(3), &(&a + &a) + &a);
        prop_assert_eq!(a.saturating_sub(&b), (&a - &b).max(Quantity::ZERO));
        prop_assert_eq!((&a + &b).format(), if a.is_zero() { b.format() } else { a.format() });
    }

    #[test]
    fn order_is_total(a in quantities(), b in quantities(), c in quantities()) {
        let mut sorted = [q(&a), q(&b), q(&c)];
        sorted.sort();
        prop_assert!(sorted[0] <= sorted[1] && sorted[1] <= sorted[2] && sorted[0] <= sorted[2]);
    }

    #[test]
    fn so_many_fit_and_not_one_more(free in quantities(), part in quantities()) {
        let (free, part) = (q(&free), q(&part));
        match free.how_many(&part) {
            None => prop_assert!(!part.is_positive()),
            Some(0) => prop_assert!(free < part),
            Some(u64::MAX) => prop_assert!(part.times(u64::MAX) <= free),
            Some(times) => {
                prop_assert!(part.times(times) <= free);
                prop_assert!(part.times(i128::from(times) + 1) > free);
            }
        }
    }

    #[test]
    fn shares_agree_with_one_another(used in quantities(), hard in quantities()) {
        let (used, hard) = (q(&used), q(&hard));
        let Some(percent) = percent_floor(&used, &hard, 9) else {
            prop_assert!(!hard.is_positive() && ratio(&used, &hard).is_none());
            return Ok(());
        };
        let float = ratio(&used, &hard).unwrap();
        prop_assert!(float.is_finite());
        prop_assert_eq!(float.partial_cmp(&1.0), Some(used.cmp(&hard)));
        if used.is_positive() {
            prop_assert_eq!(super::super::reaches_percent(&used, &hard, super::super::Percent::new(100)), used >= hard);
            if let Ok(percent) = percent.parse::<super::super::Percent>() {
                prop_assert!(super::super::reaches_percent(&used, &hard, percent));
            }
            let from_text: f64 = percent.parse().unwrap();
            prop_assert!((from_text / 100.0 - float).abs() <= float * 1e-12 + 1e-11);
        }
    }
}
