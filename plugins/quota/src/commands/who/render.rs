//! Prints groups in every format.

use shared::{
    Result,
    client::incomplete::Skipped,
    output::{Cell, Column, Format, Printer, Table, fits},
    quantity::Quantity,
};

use super::{
    args::WhoArgs,
    row::{Group, Holder},
    tree::{Columns, tree},
};
use crate::document::list;

/// What a narrow terminal can do without, the first ones first.
const DROPPABLE: [&str; 3] = ["OBJECTS", "OF USED", "RELEASED"];

/// Prints the groups to standard output.
///
/// # Errors
/// Standard output can't be written.
pub fn show(
    groups: &[Group],
    skipped: &[Skipped],
    columns: Columns,
    args: &WhoArgs,
    printer: &mut Printer,
) -> Result<()> {
    let options = args.output.table_options();
    match args.output.format {
        Format::Csv => printer.csv(&flat(groups), options.no_headers),
        Format::Markdown => printer.markdown(&flat(groups)),
        Format::Table | Format::Wide => {
            let table = tree(groups, columns);
            let narrowest = || table.without_columns(&DROPPABLE);
            // Where there is no column left to leave out, quotas are headings within the tree.
            let is_narrow =
                printer.width().is_some_and(|width| !options.wide && !fits(&narrowest(), options, width));
            let table = if is_narrow { tree(groups, Columns { headings: true, ..columns }) } else { table };
            printer.table_to_fit(&table, options, &DROPPABLE).map(drop)
        }
        format => {
            let holders = groups.iter().flat_map(|group| &group.holders);
            printer.document(format, &list("Holders", holders, skipped))
        }
    }
}

/// Returns one row for each workload, and one for each of its pods, with every column filled: for files that programs
/// read.
fn flat(groups: &[Group]) -> Table {
    let headers = [
        "NAMESPACE",
        "QUOTA",
        "RESOURCE",
        "KIND",
        "NAME",
        "POD",
        "OBJECTS",
        "USED",
        "HARD",
        "OF USED",
        "OF HARD",
        "RELEASED",
        "IN USE",
        "UNUSED",
    ];
    let mut table = Table::new(headers.map(|header| match header {
        "USED" | "HARD" | "OF USED" | "OF HARD" | "IN USE" | "UNUSED" => Column::new(header).of_amounts(),
        header => Column::new(header),
    }));
    for group in groups {
        for holder in &group.holders {
            let amount = |amount: &Option<Quantity>| {
                amount.as_ref().map_or_else(String::new, |amount| amount.text().into_owned())
            };
            let measured = [amount(&holder.measured), amount(&holder.unused)];
            let row = Row { group, holder, pod: "", objects: holder.objects, used: &holder.used };
            table.push(row.cells(holder.released, measured));
            for member in &holder.members {
                let row = Row { group, holder, pod: &member.pod, objects: 1, used: &member.used };
                table.push(row.cells(0, Default::default()));
            }
        }
    }
    table
}

struct Row<'a> {
    group: &'a Group,
    holder: &'a Holder,
    pod: &'a str,
    objects: usize,
    used: &'a Quantity,
}

impl<'a> Row<'a> {
    fn cells(&self, released: usize, [measured, unused]: [String; 2]) -> [Cell<'a>; 14] {
        let Self { group, holder, pod, objects, used } = self;
        let percent = |whole: &Quantity| Cell::percent(used, whole).unwrap_or_default();
        [
            group.namespace.as_str().into(),
            group.quota.as_str().into(),
            group.resource.as_str().into(),
            holder.owner.kind.as_str().into(),
            holder.owner.name.as_str().into(),
            (*pod).into(),
            objects.to_string().into(),
            used.text().into_owned().into(),
            group.hard.text().into(),
            percent(&group.used),
            percent(&group.hard),
            released.to_string().into(),
            measured.into(),
            unused.into(),
        ]
    }
}
