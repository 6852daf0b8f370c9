//! The table of recorded changes.

use jiff::Timestamp;
use shared::output::{Column, Table};

use crate::writes::Entry;

/// Returns the recorded changes as a table, a line for each annotation, the newest first.
pub fn table(entries: &[Entry]) -> Table {
    let mut table = Table::new(["NUMBER", "TIME", "KEY", "BEFORE", "AFTER"].map(Column::new));
    for entry in entries.iter().rev() {
        let time = Timestamp::from_second(entry.time).map_or_else(|_| String::new(), |time| time.to_string());
        for change in &entry.changes {
            let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
            table.push([
                entry.number.to_string().into(),
                time.clone().into(),
                change.key.clone().into(),
                value(&change.before).into(),
                value(&change.after).into(),
            ]);
        }
    }
    table
}
