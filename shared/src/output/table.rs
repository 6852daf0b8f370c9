//! Tables that look like kubectl's, and the same rows as CSV and Markdown.

use std::{borrow::Cow, collections::BTreeMap};

use crate::quantity::{Quantity, percent_cell, percent_floor};

use super::{Style, align, sanitize, sanitize_line};

/// A column of a [`Table`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    header: Cow<'static, str>,
    wide: bool,
    amounts: bool,
}

impl Column {
    /// A column every table shows. Headers are upper-case as kubectl's.
    pub fn new(header: impl Into<Cow<'static, str>>) -> Self {
        Self { header: header.into(), wide: false, amounts: false }
    }

    /// A column of `-o wide`, CSV and Markdown only.
    pub fn wide(header: impl Into<Cow<'static, str>>) -> Self {
        Self { header: header.into(), wide: true, amounts: false }
    }

    /// The same column, whose cells are quantities or percentages: CSV has plain numbers there.
    #[must_use]
    pub fn of_amounts(self) -> Self {
        Self { amounts: true, ..self }
    }
}

/// A cell of a [`Table`]: text and what it means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell<'text> {
    text: Cow<'text, str>,
    style: Style,
    number: Option<String>,
}

impl<'text> Cell<'text> {
    /// A cell in a style.
    pub fn styled(text: impl Into<Cow<'text, str>>, style: Style) -> Self {
        Self { text: text.into(), style, number: None }
    }

    /// The share of `hard` that is used, as [`percent_cell`] shows it. CSV has a number for `<1%` and `>100%` too, with the first
    /// decimals that tell it from 0 and 100: `0.4`, `100.02`. `None` where `hard` is zero or less.
    pub fn percent(used: &Quantity, hard: &Quantity) -> Option<Self> {
        let text = percent_cell(used, hard)?;
        let tells = |number: &String| number != "0" && number != "100";
        let number = text
            .starts_with(['<', '>'])
            .then(|| (1..=9).filter_map(|decimals| percent_floor(used, hard, decimals)).find(tells));
        Some(Self { text: text.into(), number: number.flatten(), ..Self::default() })
    }
}

impl<'text, T: Into<Cow<'text, str>>> From<T> for Cell<'text> {
    fn from(text: T) -> Self {
        Self::styled(text, Style::Plain)
    }
}

/// Which parts of a table to show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TableOptions {
    /// Show the columns that are [`Column::wide`].
    pub wide: bool,
    /// Leave the header line out.
    pub no_headers: bool,
}

/// Rows under headers, rendered in several ways.
///
/// The text of all cells lies in one buffer: a table of a large cluster has a million cells, and a million little
/// strings would be most of what the process holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    columns: Vec<Column>,
    text: String,
    cells: Vec<Slot>,
    /// What CSV has in place of a cell's text, by the number of the cell.
    numbers: BTreeMap<usize, String>,
}

/// Where a cell's text ends in the buffer; it begins where the one before ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Slot {
    end: usize,
    style: Style,
}

impl Table {
    /// An empty table with these columns. Each has a name of its own: who reads CSV or Markdown by name gets one of two
    /// otherwise.
    pub fn new(columns: impl IntoIterator<Item = Column>) -> Self {
        let columns: Vec<Column> = columns.into_iter().collect();
        debug_assert!(
            columns
                .iter()
                .enumerate()
                .all(|(index, one)| columns[..index].iter().all(|other| other.header != one.header)),
            "two columns of one name: {columns:?}"
        );
        Self { columns, ..Self::default() }
    }

    /// Adds a row, one cell a column, the wide ones included. Missing cells are empty, surplus cells are dropped.
    pub fn push<'text>(&mut self, cells: impl IntoIterator<Item = Cell<'text>>) {
        let full = self.cells.len() + self.columns.len();
        for cell in cells.into_iter().take(self.columns.len()) {
            self.text.push_str(&cell.text);
            if let Some(number) = cell.number {
                self.numbers.insert(self.cells.len(), number);
            }
            self.cells.push(Slot { end: self.text.len(), style: cell.style });
        }
        self.cells.resize(full, Slot { end: self.text.len(), style: Style::Plain });
    }

    /// The same table with one more column at the end, with a cell for each row there is; missing cells are empty.
    pub fn with_column<'text>(
        &self,
        header: impl Into<Cow<'static, str>>,
        cells: impl IntoIterator<Item = Cell<'text>>,
    ) -> Self {
        let mut wider = Self::new(self.columns.iter().cloned().chain([Column::new(header)]));
        let mut cells = cells.into_iter();
        for row in 0..self.len() {
            let copies = (0..self.columns.len()).map(|column| self.copy_of_cell(row, column));
            wider.push(copies.chain([cells.next().unwrap_or_default()]));
        }
        wider
    }

    /// Whether it shows a column with this header.
    pub fn shows(&self, header: &str, options: TableOptions) -> bool {
        self.columns.iter().any(|column| column.header == header && (options.wide || !column.wide))
    }

    /// The same table without the columns with these headers.
    pub fn without_columns(&self, headers: &[&str]) -> Self {
        let kept: Vec<usize> = (0..self.columns.len())
            .filter(|&index| !headers.contains(&self.columns[index].header.as_ref()))
            .collect();
        let mut narrower = Self::new(kept.iter().map(|&index| self.columns[index].clone()));
        for row in 0..self.len() {
            narrower.push(kept.iter().map(|&column| self.copy_of_cell(row, column)));
        }
        narrower
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.cells.len().checked_div(self.columns.len()).unwrap_or_default()
    }

    /// Returns the headers of all columns, and whether each is shown.
    pub(super) fn headers(&self, options: TableOptions) -> impl Iterator<Item = (&str, bool)> {
        self.columns.iter().map(move |column| (column.header.as_ref(), options.wide || !column.wide))
    }

    /// Returns the same table with other texts: `change` gets the number of the column and the text.
    pub(super) fn with_texts<'a>(&'a self, change: impl Fn(usize, &'a str) -> Cow<'a, str>) -> Self {
        let mut changed = Self::new(self.columns.iter().cloned());
        for row in 0..self.len() {
            changed.push((0..self.columns.len()).map(|column| {
                let (text, style) = self.cell(row, column);
                Cell::styled(change(column, text), style)
            }));
        }
        changed
    }

    pub(super) fn cell(&self, row: usize, column: usize) -> (&str, Style) {
        let index = row * self.columns.len() + column;
        let start = index.checked_sub(1).map_or(0, |before| self.cells[before].end);
        (&self.text[start..self.cells[index].end], self.cells[index].style)
    }

    fn copy_of_cell(&self, row: usize, column: usize) -> Cell<'_> {
        let (text, style) = self.cell(row, column);
        Cell { number: self.number(row, column).cloned(), ..Cell::styled(text, style) }
    }

    fn number(&self, row: usize, column: usize) -> Option<&String> {
        self.numbers.get(&(row * self.columns.len() + column))
    }

    fn texts(&self, row: usize) -> impl Iterator<Item = &str> {
        (0..self.columns.len()).map(move |column| self.cell(row, column).0)
    }

    /// The table as `kubectl get` prints it: upper-case headers, at least three spaces between columns, no
    /// trailing spaces, a line break at the end. Text is sanitised; columns are as wide as terminals show them.
    /// A table without rows is empty, headers and all.
    pub fn render(&self, options: TableOptions, color: bool) -> String {
        if self.is_empty() {
            return String::new();
        }
        let shown: Vec<usize> =
            (0..self.columns.len()).filter(|&index| options.wide || !self.columns[index].wide).collect();
        let cell = |line: usize, column: usize| {
            let (text, style) = match line.checked_sub(usize::from(!options.no_headers)) {
                Some(row) => self.cell(row, shown[column]),
                None => (self.columns[shown[column]].header.as_ref(), Style::Plain),
            };
            align::Text::new(text, style)
        };
        align::render(self.len() + usize::from(!options.no_headers), shown.len(), cell, color)
    }

    /// All columns as CSV, quoted by RFC 4180, with `\n` at the end of lines so that `cut` and `awk` read the last
    /// column. A value a spreadsheet would run as a formula is led by a single quote. Quantities and percentages of columns
    /// [`Column::of_amounts`] are decimal numbers without a unit, which a spreadsheet can add up. The dash that stands for
    /// nothing in a table is for people: here the field is empty.
    pub fn csv(&self, no_headers: bool) -> String {
        let mut text = String::new();
        if !no_headers {
            csv_line(&mut text, self.columns.iter().map(|column| column.header.as_ref().into()));
        }
        for row in 0..self.len() {
            let values =
                self.columns.iter().zip(self.texts(row)).enumerate().map(|(index, (column, text))| {
                    match (self.number(row, index), text) {
                        (Some(number), _) => number.into(),
                        (None, "-") => "".into(),
                        (None, text) if column.amounts => plain_number(text),
                        (None, text) => text.into(),
                    }
                });
            csv_line(&mut text, values);
        }
        text
    }

    /// All columns as a Markdown table (GitHub's), pipes and markup of the text escaped, sanitised.
    pub fn markdown(&self) -> String {
        let mut text = String::new();
        markdown_line(&mut text, self.columns.iter().map(|column| markdown_escaped(&column.header)));
        markdown_line(&mut text, self.columns.iter().map(|_| "---".to_owned()));
        for row in 0..self.len() {
            markdown_line(&mut text, self.texts(row).map(markdown_escaped));
        }
        text
    }
}

/// One line of CSV. Line breaks stay as they are, other control characters are made visible: files get printed too.
fn csv_line<'a>(text: &mut String, values: impl Iterator<Item = Cow<'a, str>>) {
    for (index, value) in values.enumerate() {
        if index > 0 {
            text.push(',');
        }
        let value = sanitize(&value);
        let guard = if is_formula(&value) { "'" } else { "" };
        if value.contains(['"', ',', '\n', '\r']) {
            text.push('"');
            text.push_str(guard);
            text.push_str(&value.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(guard);
            text.push_str(&value);
        }
    }
    text.push('\n');
}

/// Returns an amount as a number without a unit: `0.5` for `500m`, `1073741824` for `1Gi`, `25` for `25%`. What is no amount,
/// such as `?`, stays as it is.
fn plain_number(text: &str) -> Cow<'_, str> {
    let unsigned = text.strip_prefix('+').unwrap_or(text);
    if let Some(percent) = unsigned.strip_suffix('%') {
        return percent.into();
    }
    match Quantity::parse(unsigned) {
        // The API server reads a lone sign as zero; in a table it stands for nothing.
        Ok(_) if !unsigned.contains(|character: char| character.is_ascii_digit()) => text.into(),
        Ok(amount) => amount.exact_decimal().into(),
        Err(_) => text.into(),
    }
}

/// Whether a spreadsheet would evaluate this (<https://owasp.org/www-community/attacks/CSV_Injection>). Signed
/// quantities such as `+1` and `-500m` and a lone `-` are no formulas.
fn is_formula(value: &str) -> bool {
    match value.chars().next() {
        Some('=' | '@' | '\t' | '\r' | '\n') => true,
        Some('+' | '-') => !value[1..].chars().all(|c| c.is_ascii_alphanumeric() || c == '.'),
        _ => false,
    }
}

fn markdown_line(text: &mut String, values: impl Iterator<Item = String>) {
    text.push('|');
    for value in values {
        text.push(' ');
        text.push_str(&value);
        text.push_str(" |");
    }
    text.push('\n');
}

fn markdown_escaped(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for character in sanitize_line(value).chars() {
        match character {
            // `<none>` would vanish as an HTML tag.
            '<' => escaped.push_str("&lt;"),
            '&' => escaped.push_str("&amp;"),
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '~' => escaped.extend(['\\', character]),
            character => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;
