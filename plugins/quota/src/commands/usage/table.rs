//! The tables of `usage`, CSV and Markdown included.

use std::borrow::Cow;

use shared::{
    output::{Cell, Column, Format, Prose, Style, Table},
    quantity::Quantity,
};

use super::{
    group::{Group, GroupBy, Total},
    row::Row,
    state::State,
};

/// Choice of columns.
#[derive(Clone, Copy, Debug)]
pub struct Columns {
    /// Whether to show the namespace.
    pub namespace: bool,
    /// Whether all columns are shown, whatever the rows hold: for files that programs read.
    pub fixed: bool,
    /// Whether every reason is shown, not only those without which the numbers would mislead.
    pub reasons: bool,
}

impl Columns {
    /// All columns.
    pub const FIXED: Self = Self { namespace: true, fixed: true, reasons: true };

    /// Returns the columns of a terminal table; `namespaced` says whether several namespaces were asked for.
    pub fn for_people(namespaced: bool, format: Format) -> Self {
        Self { namespace: namespaced, fixed: false, reasons: format == Format::Wide }
    }
}

/// What a narrow terminal can do without, the first ones first.
pub const DROPPABLE: [&str; 7] =
    ["REASON", "UNCOUNTED", "SCOPES", "FREE", "QUOTAS", "NAMESPACES", "OF NODES"];

/// Returns the reasons of rows without which their numbers would mislead, for below a table that has no room for them.
pub fn reasons(rows: &[Row]) -> Prose {
    let mut prose = Prose::default();
    for row in rows.iter().filter(|row| needs_reason(row.state)) {
        if prose.is_empty() {
            prose.blank();
        }
        prose.sentence(2, &format!("{} {}: {}", row.quota_cell(), row.resource, row.reason));
    }
    prose
}

/// Returns the scopes of totals, which tell rows of one resource apart, for below a table that has no room for them.
pub fn scopes_of_totals(groups: &[Group], by: &GroupBy) -> Prose {
    let mut prose = Prose::default();
    for group in groups {
        for total in group.totals.iter().filter(|total| !total.scopes.is_empty()) {
            if prose.is_empty() {
                prose.blank();
            }
            let name = match by {
                GroupBy::Label(_) => format!("{} {}", group.name, total.resource),
                _ => total.resource.clone(),
            };
            let (used, hard) = (total.used.in_format_of(&total.hard), &total.hard);
            prose.sentence(2, &format!("{name}, {used} of {hard}: only {}", scopes(&total.scopes)));
        }
    }
    prose
}

/// Returns the table of rows. SCOPES and REASON are shown where a row needs them, else only with `-o wide`.
pub fn of_rows(rows: &[Row], columns: Columns) -> Table {
    let scoped = columns.fixed || rows.iter().any(|row| row.is_scoped());
    let has_reason = columns.fixed || rows.iter().any(|row| needs_reason(row.state));
    let mut headers = Vec::new();
    if columns.namespace {
        headers.push(Column::new("NAMESPACE"));
    }
    headers.extend(["QUOTA", "RESOURCE"].map(Column::new));
    headers.extend(amounts());
    headers.push(Column::new("STATE"));
    headers.push(column("SCOPES", scoped));
    headers.push(Column::wide("SPEC").of_amounts());
    headers.push(Column::wide("BINDING"));
    headers.push(column("REASON", has_reason));
    let mut table = Table::new(headers);
    for row in rows {
        let free = row.free();
        let namespace = match row.place.namespace.as_str() {
            "" => "-",
            namespace => namespace,
        };
        let namespace = columns.namespace.then(|| Cell::from(namespace));
        let cells = [
            row.quota_cell().into(),
            row.resource.as_str().into(),
            amount(row.used.as_ref(), row).into(),
            row.hard.text().into(),
            amount(free.as_ref(), row).into(),
            row.percent_cell(),
            Cell::styled(row.state.word(), style(row)),
            scopes(&row.place.scopes).into(),
            row.spec_hard.as_ref().map_or("-".into(), Quantity::text).into(),
            if row.binding { "yes" } else { "" }.into(),
            if columns.reasons || needs_reason(row.state) { row.reason.as_ref() } else { "" }.into(),
        ];
        table.push(namespace.into_iter().chain(cells));
    }
    table
}

/// Returns the table of groups: the tightest row of each namespace or quota, or the totals of each resource or label.
pub fn of_groups(groups: &[Group], by: &GroupBy) -> Table {
    match by {
        GroupBy::Namespace | GroupBy::Quota => of_places(groups, by),
        GroupBy::Resource | GroupBy::Label(_) => of_totals(groups, by),
    }
}

fn of_places(groups: &[Group], by: &GroupBy) -> Table {
    let mut headers = vec![Column::new(by.header())];
    if *by == GroupBy::Namespace {
        headers.push(Column::new("QUOTAS"));
    }
    headers.push(Column::new("TIGHTEST"));
    headers.extend(amounts());
    headers.push(Column::new("STATE"));
    headers.push(Column::wide("REASON"));
    let mut table = Table::new(headers);
    for group in groups {
        let row = &group.tightest;
        let free = row.free();
        let mut cells: Vec<Cell> = vec![group.name.as_str().into()];
        if *by == GroupBy::Namespace {
            cells.push(group.quotas.to_string().into());
        }
        cells.extend([
            row.resource.as_str().into(),
            amount(row.used.as_ref(), row).into(),
            row.hard.text().into(),
            amount(free.as_ref(), row).into(),
            row.percent_cell(),
            Cell::styled(row.state.word(), style(row)),
            row.reason.as_ref().into(),
        ]);
        table.push(cells);
    }
    table
}

fn of_totals(groups: &[Group], by: &GroupBy) -> Table {
    let has_label = matches!(by, GroupBy::Label(_));
    let scoped = groups.iter().flat_map(|group| &group.totals).any(|total| !total.scopes.is_empty());
    let mut headers = Vec::new();
    if has_label {
        headers.push(Column::new(by.header()));
    }
    headers.extend(["RESOURCE", "NAMESPACES"].map(Column::new));
    headers.extend(amounts());
    headers.push(Column::new("STATE"));
    if has_label {
        headers.push(Column::new("OF NODES").of_amounts());
    }
    headers.push(column("SCOPES", scoped));
    headers.push(Column::wide("UNCOUNTED"));
    let mut table = Table::new(headers);
    for group in groups {
        for total in &group.totals {
            let mut cells: Vec<Cell> = Vec::with_capacity(10);
            if has_label {
                cells.push(group.name.as_str().into());
            }
            let [resource, namespaces, used, hard, free, percent, state, rest @ ..] = total_cells(total);
            cells.extend([resource, namespaces, used, hard, free, percent, state]);
            cells.extend(has_label.then(|| total.percent_of_nodes()));
            cells.extend(rest);
            table.push(cells);
        }
    }
    table
}

fn total_cells(total: &Total) -> [Cell<'_>; 9] {
    [
        total.resource.as_str().into(),
        total.namespaces.to_string().into(),
        total.used.in_format_of(&total.hard).to_string().into(),
        total.hard.to_string().into(),
        total.free.in_format_of(&total.hard).to_string().into(),
        total.percent_cell(),
        Cell::styled(total.state.word(), style_of(total.state)),
        scopes(&total.scopes).into(),
        total.uncounted.to_string().into(),
    ]
}

/// Returns the columns of amounts that all tables have.
fn amounts() -> impl Iterator<Item = Column> {
    ["USED", "HARD", "FREE", "USE%"].into_iter().map(|header| Column::new(header).of_amounts())
}

fn column(header: &'static str, always: bool) -> Column {
    if always { Column::new(header) } else { Column::wide(header) }
}

/// Returns an amount in the format of the row's limit, so that a line uses one unit: the format of `used` is that of
/// whichever object was counted first. Returns `?` where the server should count and does not.
fn amount<'text>(amount: Option<&'text Quantity>, row: &Row) -> Cow<'text, str> {
    match amount {
        Some(amount) if amount.format() == row.hard.format() => amount.text(),
        Some(amount) => amount.in_format_of(&row.hard).text().into_owned().into(),
        None if row.state == State::Unknown => "?".into(),
        None => "-".into(),
    }
}

fn scopes(scopes: &[String]) -> String {
    scopes.join(" & ")
}

/// Returns whether the numbers alone would mislead.
fn needs_reason(state: State) -> bool {
    matches!(state, State::Pending | State::Unknown | State::NeverEnforced | State::NotEnforced)
}

fn style(row: &Row) -> Style {
    if row.counts_quotas() { Style::Muted } else { style_of(row.state) }
}

fn style_of(state: State) -> Style {
    match state {
        State::Ok => Style::Plain,
        State::Warn | State::Pending | State::Unknown | State::NeverEnforced | State::NotEnforced => {
            Style::Warning
        }
        State::Crit | State::Full | State::Blocked | State::Over => Style::Critical,
    }
}
