//! The tree for people: a resource of a quota, the workloads that use it, and their pods.

use std::borrow::Cow;

use shared::{
    output::{Cell, Column, Style, Table},
    quantity::{Quantity, percent_cell},
};

use super::row::{Group, Holder, Member};

/// Which columns there are.
#[derive(Clone, Copy, Debug)]
pub struct Columns {
    /// Whether to show the namespace.
    pub namespace: bool,
    /// Whether namespace and quota stand above what uses them, and not in columns.
    pub headings: bool,
    /// Whether there are measured amounts.
    pub measured: bool,
}

/// Returns the table of these groups.
pub fn tree(groups: &[Group], columns: Columns) -> Table {
    let has_released = groups.iter().flat_map(|group| &group.holders).any(|holder| holder.released > 0);
    let places = [columns.namespace.then_some("NAMESPACE"), Some("QUOTA")];
    let places = places.into_iter().flatten().filter(|_| !columns.headings);
    let mut headers: Vec<_> = places.map(Column::new).collect();
    headers.extend(["USED BY", "OBJECTS", "USED", "OF USED", "OF HARD"].map(Column::new));
    headers.push(if has_released { Column::new("RELEASED") } else { Column::wide("RELEASED") });
    if columns.measured {
        headers.extend(["IN USE", "UNUSED"].map(Column::new));
    }
    let mut table = Table::new(headers);
    for group in groups {
        table.push(places_of(group, columns).into_iter().chain(head(group, columns)));
        let last = group.holders.len().saturating_sub(1);
        for (index, holder) in group.holders.iter().enumerate() {
            let (branch, trunk) = if index == last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
            let blank = || places_of(group, columns).into_iter().map(|_| Cell::default());
            table.push(blank().chain(branch_of(group, holder, branch, columns)));
            let last = holder.members.len().saturating_sub(1);
            for (index, member) in holder.members.iter().enumerate() {
                let twig = if index == last { "└─ " } else { "├─ " };
                table.push(blank().chain(leaf(group, member, &format!("{trunk}{twig}"), columns)));
            }
        }
    }
    table
}

/// Returns the cells before those of the tree.
fn places_of(group: &Group, columns: Columns) -> Vec<Cell<'_>> {
    let namespace = columns.namespace.then(|| Cell::from(group.namespace.as_str()));
    let places = namespace.into_iter().chain([Cell::from(group.quota.as_str())]);
    places.filter(|_| !columns.headings).collect()
}

/// Returns the name of a group: the resource, with the quota and its namespace where these have no columns.
fn name(group: &Group, columns: Columns) -> Cow<'_, str> {
    let Group { namespace, quota, resource, .. } = group;
    match (columns.headings, columns.namespace) {
        (false, _) => resource.as_str().into(),
        (true, false) => format!("{quota} {resource}").into(),
        (true, true) => format!("{namespace}/{quota} {resource}").into(),
    }
}

fn head(group: &Group, columns: Columns) -> Vec<Cell<'_>> {
    let sum = |of: fn(&Holder) -> usize| group.holders.iter().map(of).sum::<usize>().to_string();
    let amount = |of: fn(&Holder) -> Option<&Quantity>| {
        group.holders.iter().filter_map(of).sum::<Quantity>().in_format_of(&group.hard).text().into_owned()
    };
    let mut cells = vec![
        name(group, columns).into(),
        sum(|holder| holder.objects).into(),
        group.used.text().into(),
        "".into(),
        format!("{} of {}", percent(&group.used, &group.hard), group.hard.text()).into(),
        released(group.holders.iter().map(|holder| holder.released).sum()),
    ];
    if columns.measured {
        cells.push(amount(|holder| holder.measured.as_ref()).into());
        cells.push(amount(|holder| holder.unused.as_ref()).into());
    }
    cells
}

fn branch_of<'a>(group: &'a Group, holder: &'a Holder, branch: &str, columns: Columns) -> Vec<Cell<'a>> {
    let owner = &holder.owner;
    let mut cells = vec![
        format!("{branch}{}/{}", owner.kind, owner.name).into(),
        holder.objects.to_string().into(),
        holder.used.text().into(),
        percent(&holder.used, &group.used).into(),
        percent(&holder.used, &group.hard).into(),
        released(holder.released),
    ];
    if columns.measured {
        let amount = |amount: &'a Option<Quantity>| amount.as_ref().map_or("-".into(), Quantity::text);
        cells.extend([amount(&holder.measured).into(), amount(&holder.unused).into()]);
    }
    cells
}

fn leaf<'a>(group: &'a Group, member: &'a Member, branch: &str, columns: Columns) -> Vec<Cell<'a>> {
    let mut cells = vec![
        format!("{branch}{}", member.pod).into(),
        "".into(),
        member.used.text().into(),
        percent(&member.used, &group.used).into(),
        percent(&member.used, &group.hard).into(),
        "".into(),
    ];
    if columns.measured {
        cells.extend([Cell::default(), Cell::default()]);
    }
    cells
}

fn released(count: usize) -> Cell<'static> {
    match count {
        0 => Cell::default(),
        count => Cell::styled(count.to_string(), Style::Muted),
    }
}

fn percent(part: &Quantity, whole: &Quantity) -> String {
    percent_cell(part, whole).unwrap_or_else(|| "-".to_owned())
}
