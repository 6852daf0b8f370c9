//! Tables on terminals that are too narrow for them.

use std::borrow::Cow;

use super::{Printer, Table, TableOptions, fits, truncate::without_middle};
use crate::Result;

/// The shortest that names of objects are cut to: both ends still tell them apart.
const SHORTEST_NAME: usize = 8;
/// The shortest that anything else is cut to, which leaves amounts and states whole.
const SHORTEST: usize = 16;
/// The columns of names.
const NAMES: [&str; 7] = ["NAMESPACE", "QUOTA", "LIMITRANGE", "NAME", "USED BY", "WORKLOAD", "AUTOSCALER"];
/// What stands between columns, and the least a column takes with it, as `align` has it.
const PADDING: usize = 3;
const LEAST_COLUMN: usize = 6;

/// A table as a narrow terminal gets it.
struct Fitted<'a> {
    table: Table,
    left_out: Vec<&'a str>,
    shortened: Vec<String>,
}

/// Returns the table without as many of these columns, the first ones first, as it takes to fit. Where that is not
/// enough, names lose their middle as well.
fn fitted<'a>(table: &Table, options: TableOptions, width: usize, droppable: &[&'a str]) -> Fitted<'a> {
    for count in 0..=droppable.len() {
        let left_out = droppable.get(..count).unwrap_or_default();
        let narrower = table.without_columns(left_out);
        if fits(&narrower, options, width) {
            return Fitted { table: narrower, left_out: left_out.to_vec(), shortened: Vec::new() };
        }
    }
    let narrowest = table.without_columns(droppable);
    match longest_name(&narrowest, options, width) {
        Some(longest) => {
            let (table, shortened) = shortened(&narrowest, options, longest);
            Fitted { table, left_out: droppable.to_vec(), shortened }
        }
        // Where nothing helps, nothing is lost.
        None => Fitted { table: table.clone(), left_out: Vec::new(), shortened: Vec::new() },
    }
}

/// A shown column.
struct Shown<'a> {
    header: &'a str,
    /// The length of its longest text.
    length: usize,
}

impl Shown<'_> {
    /// Returns the length that its texts are cut to where names are cut to this length.
    fn limit(&self, longest_name: usize) -> usize {
        let shortest = if NAMES.contains(&self.header) { SHORTEST_NAME } else { SHORTEST };
        longest_name.max(shortest)
    }
}

/// Returns the columns; `None` for those that are not shown.
fn columns(table: &Table, options: TableOptions) -> Vec<Option<Shown<'_>>> {
    let length = |column: usize| {
        (0..table.len()).map(|row| table.cell(row, column).0.chars().count()).max().unwrap_or_default()
    };
    let headers = table.headers(options).enumerate();
    headers
        .map(|(column, (header, is_shown))| is_shown.then(|| Shown { header, length: length(column) }))
        .collect()
}

/// Returns the length that names have to be cut to for the table to fit; `None` where it would be too short.
fn longest_name(table: &Table, options: TableOptions, width: usize) -> Option<usize> {
    let columns: Vec<Shown<'_>> = columns(table, options).into_iter().flatten().collect();
    let needs = |longest: usize| {
        let widths = columns.iter().map(|column| {
            let header = if options.no_headers { 0 } else { column.header.chars().count() };
            column.length.min(column.limit(longest)).max(header)
        });
        let last = widths.clone().next_back().unwrap_or_default();
        let before = widths.take(columns.len().saturating_sub(1));
        before.map(|width| (width + PADDING).max(LEAST_COLUMN)).sum::<usize>() + last
    };
    (SHORTEST_NAME..=width).rev().find(|longest| needs(*longest) <= width)
}

/// Returns the table with names of at most this length, and the headers of the columns that were changed.
fn shortened(table: &Table, options: TableOptions, longest: usize) -> (Table, Vec<String>) {
    let limits: Vec<Option<usize>> = columns(table, options)
        .into_iter()
        .map(|column| column.map(|column| column.limit(longest)))
        .collect();
    let mut changed: Vec<String> = Vec::new();
    for Shown { header, length } in columns(table, options).into_iter().flatten() {
        let limit = Shown { header, length }.limit(longest);
        if length > limit && !changed.iter().any(|one| one == header) {
            changed.push(header.to_owned());
        }
    }
    let change = |column: usize, text| -> Cow<'_, str> {
        match limits.get(column).copied().flatten() {
            Some(limit) => without_middle(text, limit),
            None => Cow::Borrowed(text),
        }
    };
    (table.with_texts(change), changed)
}

/// Returns the sentence about what a table does not show.
fn remark(left_out: &[&str], shortened: &[String]) -> Option<String> {
    let what = match (left_out.is_empty(), shortened.is_empty()) {
        (true, true) => return None,
        (false, true) => format!("left out on this terminal: {}", left_out.join(", ")),
        (true, false) => format!("shortened on this terminal: {}", shortened.join(", ")),
        (false, false) => {
            let (left_out, shortened) = (left_out.join(", "), shortened.join(", "));
            format!("left out on this terminal: {left_out}; shortened: {shortened}")
        }
    };
    Some(format!("{what} (-o wide shows all)"))
}

impl Printer {
    /// Writes a table as [`Printer::table`] does. On a terminal that is too narrow, it leaves out these columns, the first
    /// ones first, until the table fits, shortens names if that is not enough, says so, and returns the headers of the
    /// columns that it left out.
    ///
    /// # Errors
    /// Standard output can't be written.
    pub fn table_to_fit<'a>(
        &mut self,
        table: &Table,
        options: TableOptions,
        droppable: &[&'a str],
    ) -> Result<Vec<&'a str>> {
        let Some(width) = self.width().filter(|_| !options.wide) else {
            return self.table(table, options).map(|()| Vec::new());
        };
        // What the table does not show anyway is not left out.
        let shown: Vec<&str> =
            droppable.iter().copied().filter(|header| table.shows(header, options)).collect();
        let Fitted { table, left_out, shortened } = fitted(table, options, width, &shown);
        self.table(&table, options)?;
        if let Some(remark) = remark(&left_out, &shortened) {
            self.remark(remark);
        }
        Ok(left_out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::{Appearance, Column};

    fn shown(cells: [&str; 3], width: usize, wide: bool) -> (String, String) {
        let mut table = Table::new(["NAME", "SCOPES", "REASON"].map(Column::new));
        table.push(cells.map(Into::into));
        let (mut printer, capture) =
            Printer::captured(Appearance { width: Some(width), ..Appearance::default() });
        let options = TableOptions { wide, ..TableOptions::default() };
        printer.table_to_fit(&table, options, &["SCOPES", "REASON"]).unwrap();
        drop(printer);
        (capture.stdout(), capture.stderr())
    }

    #[test]
    fn columns_go_one_after_the_other_and_are_named() {
        let shown = |width: usize, wide: bool| {
            let (text, remark) = shown(["compute", "BestEffort", "full"], width, wide);
            (text.lines().next().unwrap_or_default().to_owned(), remark)
        };
        assert_eq!(shown(80, false), ("NAME      SCOPES       REASON".into(), String::new()));
        let left_out = |columns: &str| format!("left out on this terminal: {columns} (-o wide shows all)\n");
        assert_eq!(shown(20, false), ("NAME      REASON".into(), left_out("SCOPES")));
        assert_eq!(shown(10, false), ("NAME".into(), left_out("SCOPES, REASON")));
        assert_eq!(shown(5, false), ("NAME      SCOPES       REASON".into(), String::new()));
        assert_eq!(shown(10, true), ("NAME      SCOPES       REASON".into(), String::new()));
    }

    #[test]
    fn names_lose_their_middle_when_no_column_is_left_to_go() {
        let name = "a-quota-with-a-rather-long-name";
        let (text, remark) = shown([name, "BestEffort", "full"], 20, false);
        assert_eq!(text, "NAME\na-quota-w…long-name\n");
        assert_eq!(
            remark,
            "left out on this terminal: SCOPES, REASON; shortened: NAME (-o wide shows all)\n"
        );
        for width in 8..40 {
            let (text, _) = shown([name, "BestEffort", "full"], width, false);
            assert!(text.lines().all(|line| line.chars().count() <= width), "{width}\n{text}");
        }
    }
}
