//! Columns in line, as kubectl's tabwriter puts them: at least three spaces between, at least six columns wide
//! (`GetNewTabWriter` in cli-runtime's `printers/tabwriter.go`).

use std::borrow::Cow;

use comfy_table::{ColumnConstraint, ContentArrangement, Width, presets};
use unicode_width::UnicodeWidthStr;

use super::{
    Style,
    sanitize::{is_plain, sanitize_line},
};

const PADDING: usize = 3;
const LEAST_WIDTH: usize = 6;

/// comfy-table lays out 100 rows in a millisecond, 5,000 in 42 ms and 20,000 in 200 ms; by hand it takes a tenth.
const BY_HAND_FROM: usize = 64;
/// comfy-table counts widths in 16 bits.
const BY_HAND_FROM_WIDTH: usize = 10_000;

/// Text, sanitised, in a style, and how wide it is on a terminal.
pub(super) struct Text<'a> {
    text: Cow<'a, str>,
    style: Style,
    width: usize,
}

impl<'a> Text<'a> {
    pub(super) fn new(text: &'a str, style: Style) -> Self {
        if is_plain(text) {
            return Self { text: Cow::Borrowed(text), style, width: text.len() };
        }
        let text = sanitize_line(text);
        let width = text.width();
        Self { text, style, width }
    }
}

/// So many lines of so many cells as text, each line ended. Cells are asked for more than once instead of being held.
pub(super) fn render<'a>(
    lines: usize,
    columns: usize,
    cell: impl Fn(usize, usize) -> Text<'a>,
    color: bool,
) -> String {
    let widest = (0..lines).flat_map(|line| (0..columns).map(move |column| (line, column)));
    let is_wide = |(line, column)| cell(line, column).width >= BY_HAND_FROM_WIDTH;
    if lines >= BY_HAND_FROM || widest.into_iter().any(is_wide) {
        by_hand(lines, columns, cell, color)
    } else {
        by_comfy_table(lines, columns, cell, color)
    }
}

fn by_comfy_table<'a>(
    lines: usize,
    columns: usize,
    cell: impl Fn(usize, usize) -> Text<'a>,
    color: bool,
) -> String {
    let mut table = comfy_table::Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    // It must not look at the terminal by itself: color is decided already, and cells carry their escapes.
    table.force_no_tty();
    for line in 0..lines {
        table.add_row((0..columns).map(|column| {
            let cell = cell(line, column);
            cell.style.paint(&cell.text, color).into_owned()
        }));
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

fn by_hand<'a>(lines: usize, columns: usize, cell: impl Fn(usize, usize) -> Text<'a>, color: bool) -> String {
    let mut widths = vec![LEAST_WIDTH; columns];
    for line in 0..lines {
        for (column, width) in widths.iter_mut().enumerate() {
            *width = (*width).max(cell(line, column).width + PADDING);
        }
    }
    let mut text = String::with_capacity(lines * widths.iter().sum::<usize>());
    for line in 0..lines {
        for (column, &width) in widths.iter().enumerate() {
            let cell = cell(line, column);
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
            let cell = |line: usize, column: usize| {
                let (text, style) = &rows[line][column];
                Text::new(text, *style)
            };
            let columns = rows[0].len();
            prop_assert_eq!(
                by_hand(rows.len(), columns, cell, color),
                by_comfy_table(rows.len(), columns, cell, color)
            );
        }
    }

    #[test]
    fn columns_are_at_least_six_wide_with_three_spaces_between() {
        let lines = [["A", "NAME", "AGE"], ["x", "long-name", "5d"]];
        let cell = |line: usize, column: usize| Text::new(lines[line][column], Style::Plain);
        let expected = "A     NAME        AGE\nx     long-name   5d\n";
        assert_eq!(by_hand(2, 3, cell, false), expected);
        assert_eq!(by_comfy_table(2, 3, cell, false), expected);
    }

    #[test]
    fn wide_characters_count_two() {
        let lines = [
            [("漢字漢字", Style::Ok), ("b", Style::Plain)],
            [("abcdefgh", Style::Plain), ("c", Style::Plain)],
        ];
        let cell = |line: usize, column: usize| Text::new(lines[line][column].0, lines[line][column].1);
        assert_eq!(render(2, 2, cell, true), "\u{1b}[32m漢字漢字\u{1b}[0m   b\nabcdefgh   c\n");
    }
}
