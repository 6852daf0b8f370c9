//! Texts and tables cut to what fits on a terminal.

use std::borrow::Cow;

use super::{Table, TableOptions};

/// Returns whether no line of a table is wider than a terminal of this many columns.
pub fn fits(table: &Table, options: TableOptions, width: usize) -> bool {
    table.render(options, false).lines().all(|line| line.chars().count() <= width)
}

/// Leaves out the middle of a long text: names that clouds generate differ at both ends.
pub fn without_middle(text: &str, longest: usize) -> Cow<'_, str> {
    // A text has no more characters than bytes, and most need no counting.
    if text.len() <= longest {
        return text.into();
    }
    let count = text.chars().count();
    if count <= longest {
        return text.into();
    }
    let half = longest.saturating_sub(1) / 2;
    let start: String = text.chars().take(half).collect();
    let end: String = text.chars().skip(count - half).collect();
    format!("{start}…{end}").into()
}

/// Leaves out the end of a long text.
pub fn without_end(text: &str, longest: usize) -> Cow<'_, str> {
    if text.len() <= longest || text.chars().count() <= longest {
        return text.into();
    }
    let start: String = text.chars().take(longest.saturating_sub(1)).collect();
    format!("{}…", start.trim_end()).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::Column;

    #[test]
    fn the_longest_line_decides() {
        let mut table = Table::new(["NAME", "AGE"].map(Column::new));
        table.push(["a".into(), "12345".into()]);
        assert!(fits(&table, TableOptions::default(), 12));
        assert!(!fits(&table, TableOptions::default(), 11));
    }

    #[test]
    fn both_ends_or_the_start_stay() {
        assert_eq!(without_middle("arn:aws:eks:eu:1:cluster/shop", 15), "arn:aws…er/shop");
        assert_eq!(without_middle("short", 5), "short");
        assert_eq!(without_end("client-certificate CN=alice", 20), "client-certificate…");
        assert_eq!(without_end("token", 5), "token");
    }
}
