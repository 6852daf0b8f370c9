//! Tables on terminals that are too narrow for them.

use super::{Printer, Table, TableOptions, fits};
use crate::Result;

/// Returns the table without as many of these columns, the first ones first, as it takes to fit, and their headers.
fn fitted<'a, 'b>(
    table: &Table,
    options: TableOptions,
    width: usize,
    droppable: &'b [&'a str],
) -> (Table, &'b [&'a str]) {
    let narrowed = (0..=droppable.len()).map(|count| &droppable[..count]);
    let mut tried = narrowed.map(|headers| (table.without_columns(headers), headers));
    let found = tried.find(|(table, _)| fits(table, options, width));
    // Where nothing helps, nothing is lost.
    found.unwrap_or_else(|| (table.clone(), &[]))
}

impl Printer {
    /// Writes a table as [`Printer::table`] does. On a terminal that is too narrow, it leaves out these columns, the first
    /// ones first, until the table fits, says so, and returns their headers.
    ///
    /// # Errors
    /// Standard output can't be written.
    pub fn table_to_fit<'a>(
        &mut self,
        table: &Table,
        options: TableOptions,
        droppable: &'a [&'a str],
    ) -> Result<Vec<&'a str>> {
        let Some(width) = self.width().filter(|_| !options.wide) else {
            return self.table(table, options).map(|()| Vec::new());
        };
        // What the table does not show anyway is not left out.
        let shown: Vec<&str> =
            droppable.iter().copied().filter(|header| table.shows(header, options)).collect();
        let (narrower, left_out) = fitted(table, options, width, &shown);
        self.table(&narrower, options)?;
        if !left_out.is_empty() {
            self.note(format!("left out on this terminal: {} (-o wide shows all)", left_out.join(", ")));
        }
        Ok(left_out.to_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::{Appearance, Column};

    fn shown(width: usize, wide: bool) -> (String, String) {
        let mut table = Table::new(["NAME", "SCOPES", "REASON"].map(Column::new));
        table.push(["compute".into(), "BestEffort".into(), "full".into()]);
        let (mut printer, capture) =
            Printer::captured(Appearance { width: Some(width), ..Appearance::default() });
        let options = TableOptions { wide, ..TableOptions::default() };
        printer.table_to_fit(&table, options, &["SCOPES", "REASON"]).unwrap();
        drop(printer);
        let header = capture.stdout().lines().next().unwrap_or_default().to_owned();
        (header, capture.stderr())
    }

    #[test]
    fn columns_go_one_after_the_other_and_are_named() {
        assert_eq!(shown(80, false), ("NAME      SCOPES       REASON".into(), String::new()));
        let left_out = |columns: &str| format!("left out on this terminal: {columns} (-o wide shows all)\n");
        assert_eq!(shown(20, false), ("NAME      REASON".into(), left_out("SCOPES")));
        assert_eq!(shown(10, false), ("NAME".into(), left_out("SCOPES, REASON")));
        assert_eq!(shown(5, false), ("NAME      SCOPES       REASON".into(), String::new()));
        assert_eq!(shown(10, true), ("NAME      SCOPES       REASON".into(), String::new()));
    }
}
