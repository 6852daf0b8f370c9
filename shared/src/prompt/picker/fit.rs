//! A name on a line that is too short for it.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

/// Returns a text in at most `columns`. Names that clouds make are alike at the start and differ at the end, so the middle
/// is left out; what was typed, `typed`, stays in sight.
pub(super) fn fit(text: &str, columns: usize, typed: Option<Range<usize>>) -> String {
    let letters: Vec<(char, usize)> =
        text.chars().map(|letter| (letter, letter.width().unwrap_or_default())).collect();
    if letters.iter().map(|(_, width)| width).sum::<usize>() <= columns {
        return text.to_owned();
    }
    let typed = typed.filter(|typed| typed.end <= letters.len()).unwrap_or(0..0);
    let room = columns.saturating_sub(1);
    let last = letters.len();
    let shown = |range: Range<usize>| letters[range].iter().map(|(letter, _)| letter).collect::<String>();
    // Half and half, where what was typed is in one of the halves.
    let head = ahead(&letters, 0, room.div_ceil(2));
    let tail = behind(&letters, last, room / 2);
    if typed.is_empty() || typed.end <= head || typed.start >= tail {
        return cut(&[&shown(0..head), &shown(tail..last)], columns);
    }
    // From what was typed to the end, with what stands before it as far as there is room.
    let from = behind(&letters, last, room);
    if typed.start >= from {
        return cut(&["", &shown(from..last)], columns);
    }
    // The start, what was typed, and a third of the room for the end.
    let room = columns.saturating_sub(2);
    let end = behind(&letters, last, room / 3);
    let end = end.max(typed.start);
    let head = ahead(&letters, 0, columns.saturating_sub(1 + columns / 3));
    if typed.end <= head {
        return cut(&[&shown(0..head), &shown(behind(&letters, last, columns / 3)..last)], columns);
    }
    let middle = ahead(&letters, typed.start, room - room / 3);
    cut(&["", &shown(typed.start..middle), &shown(end.max(middle)..last)], columns)
}

/// Returns how far one gets from `start` on in so many columns.
fn ahead(letters: &[(char, usize)], start: usize, columns: usize) -> usize {
    let mut used = 0;
    let fitting = letters[start..].iter().take_while(|(_, width)| {
        used += width;
        used <= columns
    });
    start + fitting.count()
}

/// Returns from where on the letters before `end` are no wider than so many columns.
fn behind(letters: &[(char, usize)], end: usize, columns: usize) -> usize {
    let mut used = 0;
    let fitting = letters[..end].iter().rev().take_while(|(_, width)| {
        used += width;
        used <= columns
    });
    end - fitting.count()
}

/// Joins parts of a text by what says that something is left out: once on a line that has no room for it twice, and not
/// at all on one without columns.
fn cut(parts: &[&str], columns: usize) -> String {
    match columns {
        0 => String::new(),
        1 => "…".to_owned(),
        _ => parts.join("…"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_width::UnicodeWidthStr as _;

    use super::*;

    const EKS: &str = "arn:aws:eks:eu-west-1:111122223333:cluster/payments-production";

    fn at(columns: usize, typed: &str) -> String {
        let span = EKS.find(typed).filter(|_| !typed.is_empty()).map(|at| at..at + typed.len());
        fit(EKS, columns, span)
    }

    #[test]
    fn both_ends_are_shown_and_what_was_typed() {
        assert_eq!(at(100, ""), EKS);
        assert_eq!(at(43, ""), "arn:aws:eks:eu-west-1…r/payments-production");
        assert_eq!(at(43, "pay"), "arn:aws:eks:eu-west-1…r/payments-production");
        assert_eq!(at(27, "pay"), "…luster/payments-production");
        assert_eq!(at(27, "eks"), "arn:aws:eks:e…ts-production");
        assert_eq!(at(27, "1111"), "…111122223333:clus…oduction");
        assert_eq!(at(27, "eu-west"), "…eu-west-1:1111222…oduction");
        assert_eq!(at(1, ""), "…");
        assert_eq!(at(1, "eu-west"), "…");
        assert_eq!(at(0, "pay"), "");
    }

    #[test]
    fn wide_letters_count_twice() {
        assert_eq!(fit("漢字漢字漢字", 7, None), "漢…字");
    }

    proptest! {
        #[test]
        fn nothing_is_wider_than_the_line(text in "[a-z漢字é]{0,60}", columns in 0usize..40, start in 0usize..60, length in 0usize..20) {
            let shown = fit(&text, columns, Some(start..start + length));
            prop_assert!(shown.width() <= columns, "{shown:?}");
        }
    }
}
