//! Columns in line, as kubectl's tabwriter puts them: at least three spaces between, at least six columns wide
//! (`GetNewTabWriter` in cli-runtime's `printers/tabwriter.go`).

use std::borrow::Cow;

use comfy_table::{ColumnConstraint, ContentArrangement, Width, presets};
use unicode_width::UnicodeWidthStr;

use super::Style;

const PADDING: usize = 3;
const LEAST_WIDTH: usize = 6;

/// comfy-table lays out 5,000 rows in 42 ms and 20,000 in 200 ms; by hand it takes a tenth.
const BY_HAND_FROM: usize = 2_000;
/// comfy-table counts widths in 16 bits.
const BY_HAND_FROM_WIDTH: usize = 10_000;

/// Sanitised text in a style, and how wide it is on a terminal.
pub(super) struct Text<'a> {
    text: Cow<'a, str>,
    style: Style,
    width: usize,
}

impl<'a> Text<'a> {
    pub(super) fn new(text: Cow<'a, str>, style: Style) -> Self {
        let width = if text.is_ascii() { text.len() } else { text.width() };
        Self { text, style, width }
    }
}

/// Lines of equally many cells as text, each line ended.
pub(super) fn render(lines: &[Vec<Text<'_>>], color: bool) -> String {
    let widest = lines.iter().flatten().map(|cell| cell.width).max().unwrap_or(0);
    if lines.len() >= BY_HAND_FROM || widest >= BY_HAND_FROM_WIDTH {
        by_hand(lines, color)
    } else {
        by_comfy_table(lines, color)
    }
}

fn by_comfy_table(lines: &[Vec<Text<'_>>], color: bool) -> String {
    let mut table = comfy_table::Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    // It must not look at the terminal by itself: colour is decided already, and cells carry their escapes.
    table.force_no_tty();
    for line in lines {
        table.add_row(line.iter().map(|cell| cell.style.paint(&cell.text, color).into_owned()));
    }
    let padding = u16::try_from(PADDING).expect("three fits");
    let least = u16::try_from(LEAST_WIDTH).expect("six fits");
    for column in table.column_iter_mut() {
        column.set_padding((0, padding)).set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(least)));
    }
    let mut text = table.trim_fmt();
    text.push('\n');
    text
}

fn by_hand(lines: &[Vec<Text<'_>>], color: bool) -> String {
    let columns = lines.iter().map(Vec::len).max().unwrap_or(0);
    let mut widths = vec![LEAST_WIDTH; columns];
    for line in lines {
        for (width, cell) in widths.iter_mut().zip(line) {
            *width = (*width).max(cell.width + PADDING);
        }
    }
    let mut text = String::with_capacity(lines.len() * widths.iter().sum::<usize>());
    for line in lines {
        for (cell, &width) in line.iter().zip(&widths) {
            text.push_str(&cell.style.paint(&cell.text, color));
            text.extend(std::iter::repeat_n(' ', width - cell.width));
        }
        text.truncate(text.trim_end_matches(' ').len());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn style() -> impl Strategy<Value = Style> {
        prop_oneof![Just(Style::Plain), Just(Style::Ok), Just(Style::Critical), Just(Style::Muted)]
    }

    proptest! {
        /// Whichever way a table takes, nobody can tell.
        #[test]
        fn both_ways_give_the_same_bytes(
            rows in (1usize..6).prop_flat_map(|columns| {
                let cell = ("[a-zA-Z0-9<>/:.%é漢🚀-]{0,12}( [a-z漢]{1,5})?", style());
                prop::collection::vec(prop::collection::vec(cell, columns), 1..12)
            }),
            color in any::<bool>(),
        ) {
            let lines: Vec<Vec<Text<'_>>> = rows
                .iter()
                .map(|row| row.iter().map(|(text, style)| Text::new(Cow::Borrowed(text.as_str()), *style)).collect())
                .collect();
            prop_assert_eq!(by_hand(&lines, color), by_comfy_table(&lines, color));
        }
    }

    #[test]
    fn columns_are_at_least_six_wide_with_three_spaces_between() {
        let line = |cells: &[&'static str]| {
            cells.iter().map(|&text| Text::new(Cow::Borrowed(text), Style::Plain)).collect::<Vec<_>>()
        };
        let lines = [line(&["A", "NAME", "AGE"]), line(&["x", "long-name", "5d"])];
        let expected = "A     NAME        AGE\nx     long-name   5d\n";
        assert_eq!(by_hand(&lines, false), expected);
        assert_eq!(by_comfy_table(&lines, false), expected);
    }

    #[test]
    fn wide_characters_count_two() {
        let lines = [
            vec![Text::new("漢字漢字".into(), Style::Ok), Text::new("b".into(), Style::Plain)],
            vec![Text::new("abcdefgh".into(), Style::Plain), Text::new("c".into(), Style::Plain)],
        ];
        assert_eq!(render(&lines, true), "\u{1b}[32m漢字漢字\u{1b}[0m   b\nabcdefgh   c\n");
    }
}
