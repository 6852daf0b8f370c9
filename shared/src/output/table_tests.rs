use super::*;

fn quotas() -> Table {
    let mut table = Table::new([Column::new("NAMESPACE"), Column::new("STATE"), Column::wide("REASON")]);
    table.push(["team-a".into(), Cell::styled("Full", Style::Critical), "nothing left".into()]);
    table.push(["b".into(), "Ok".into(), Cell::default()]);
    table
}

#[test]
fn looks_like_kubectl() {
    assert_eq!(
        quotas().render(TableOptions::default(), false),
        "NAMESPACE   STATE\nteam-a      Full\nb           Ok\n"
    );
}

#[test]
fn wide_shows_every_column_and_no_headers_leaves_the_first_line_out() {
    let options = TableOptions { wide: true, no_headers: true };
    assert_eq!(quotas().render(options, false), "team-a   Full   nothing left\nb        Ok\n");
}

#[test]
fn color_does_not_move_columns() {
    let mut table = Table::new([Column::new("STATE"), Column::new("NAME")]);
    table.push([Cell::styled("Full", Style::Critical), "a".into()]);
    assert_eq!(table.render(TableOptions::default(), true), "STATE   NAME\n\u{1b}[31mFull\u{1b}[0m    a\n");
}

#[test]
fn cells_cannot_break_lines_or_drive_the_terminal() {
    let mut table = Table::new([Column::new("NAME"), Column::new("AGE")]);
    table.push(["evil\u{1b}[2J\nrow\t".into(), "1d".into()]);
    assert_eq!(
        table.render(TableOptions::default(), false),
        "NAME                   AGE\nevil\\u{1b}[2J\\nrow\\t   1d\n"
    );
}

#[test]
fn no_rows_no_headers() {
    assert_eq!(Table::new([Column::new("NAME")]).render(TableOptions::default(), false), "");
}

#[test]
fn short_rows_are_filled_and_long_ones_cut() {
    let mut table = Table::new([Column::new("A"), Column::new("B")]);
    table.push([Cell::from("1")]);
    table.push(["1".into(), "2".into(), "3".into()]);
    assert_eq!(table.csv(false), "A,B\n1,\n1,2\n");
}

#[test]
fn csv_quotes_what_rfc_4180_says() {
    let mut table = Table::new([Column::new("A"), Column::new("B")]);
    table.push(["a,b".into(), "say \"hi\"".into()]);
    table.push(["two\nlines".into(), "plain text".into()]);
    assert_eq!(table.csv(false), "A,B\n\"a,b\",\"say \"\"hi\"\"\"\n\"two\nlines\",plain text\n");
    assert_eq!(table.csv(true).lines().next(), Some("\"a,b\",\"say \"\"hi\"\"\""));
}

#[test]
fn csv_has_plain_numbers_where_a_column_has_amounts() {
    let mut table = Table::new([Column::new("TEXT"), Column::new("AMOUNT").of_amounts()]);
    for text in ["500m", "1Gi", "25%", "+1500m", "-2Ki", "<1%", ">100%", "?", "-", ""] {
        table.push([text.into(), text.into()]);
    }
    let amounts: Vec<_> =
        table.csv(true).lines().map(|line| line.split_once(',').unwrap_or_default().1.to_owned()).collect();
    assert_eq!(amounts, ["0.5", "1073741824", "25", "1.5", "-2048", "<1", ">100", "?", "", ""]);
    assert!(table.csv(true).starts_with("500m,0.5\n"));
}

#[test]
fn csv_has_numbers_for_shares_that_tables_only_bound() {
    let mut table = Table::new([Column::new("USE%").of_amounts()]);
    let shares = [("1", "250"), ("2501", "2500"), ("1", "100000"), ("3", "8"), ("0", "8"), ("100", "100")];
    for (used, hard) in shares {
        let [used, hard] = [used, hard].map(|text| Quantity::parse(text).expect("a quantity"));
        table.push([Cell::percent(&used, &hard).expect("a share")]);
    }
    assert_eq!(table.csv(true), "0.4\n100.04\n0.001\n37\n0\n100\n");
    let text = table.render(TableOptions { no_headers: true, ..Default::default() }, false);
    assert_eq!(text, "<1%\n>100%\n<1%\n37%\n0%\n100%\n");
}

#[test]
fn csv_runs_no_formulas_and_keeps_quantities() {
    let mut table = Table::new([Column::new("A")]);
    for value in ["=1+1", "@SUM(A1)", "-1+1|cmd", "+1", "-500m", "-", "+1.5Gi"] {
        table.push([Cell::from(value)]);
    }
    assert_eq!(table.csv(true), "'=1+1\n'@SUM(A1)\n'-1+1|cmd\n+1\n-500m\n\n+1.5Gi\n");
}

#[test]
fn markdown_escapes_its_own_markup() {
    let mut table = Table::new([Column::new("SCOPES"), Column::wide("REASON")]);
    table.push(["<none>".into(), "a|b `c` x_y".into()]);
    assert_eq!(table.markdown(), "| SCOPES | REASON |\n| --- | --- |\n| &lt;none> | a\\|b \\`c\\` x\\_y |\n");
}

#[test]
fn many_rows_are_fast_enough_to_take_the_other_way() {
    let mut table = Table::new([Column::new("NAME"), Column::new("STATE")]);
    for index in 0..3_000 {
        table.push([Cell::from(format!("row-{index}")), "Ok".into()]);
    }
    let text = table.render(TableOptions::default(), false);
    assert_eq!(text.lines().count(), 3_001);
    assert_eq!(text.lines().next(), Some("NAME       STATE"));
    assert_eq!(text.lines().nth(1), Some("row-0      Ok"));
    assert_eq!(text.lines().last(), Some("row-2999   Ok"));
}
