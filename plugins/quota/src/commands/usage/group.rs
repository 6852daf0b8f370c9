//! `--by`: rows gathered by namespace, quota, resource, or a label of the namespace.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    str::FromStr,
};

use shared::{
    admission::resource_names::canonical,
    quantity::{Quantity, percent_cell, ratio},
};

use super::{decide::judge_amounts, row::Row, state::State, thresholds::Thresholds};

/// What rows are gathered by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GroupBy {
    /// The namespace.
    Namespace,
    /// The quota, named `NAMESPACE/QUOTA`.
    Quota,
    /// The resource, over all namespaces.
    Resource,
    /// The value of this label of the namespace, `<none>` where it has none: a team's total.
    Label(String),
}

impl GroupBy {
    /// The header of the column that names the groups.
    pub fn header(&self) -> String {
        match self {
            Self::Namespace => "NAMESPACE".to_owned(),
            Self::Quota => "QUOTA".to_owned(),
            Self::Resource => "RESOURCE".to_owned(),
            Self::Label(key) => key.to_uppercase(),
        }
    }
}

impl fmt::Display for GroupBy {
    /// As it is typed on the command line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Namespace => f.write_str("namespace"),
            Self::Quota => f.write_str("quota"),
            Self::Resource => f.write_str("resource"),
            Self::Label(key) => write!(f, "label:{key}"),
        }
    }
}

impl FromStr for GroupBy {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "namespace" | "ns" => Ok(Self::Namespace),
            "quota" => Ok(Self::Quota),
            "resource" => Ok(Self::Resource),
            _ => match text.strip_prefix("label:") {
                Some(key) if !key.is_empty() => Ok(Self::Label(key.to_owned())),
                _ => Err(format!("`{text}` is none of namespace, quota, resource, label:KEY")),
            },
        }
    }
}

/// The labels of namespaces, by namespace name. Needed for [`GroupBy::Label`] only.
pub type NamespaceLabels = BTreeMap<String, BTreeMap<String, String>>;

/// What stands for a namespace without the label.
pub const WITHOUT_LABEL: &str = "<none>";

/// One group: how many namespaces and quotas it spans, the worst of its rows, and a total for each resource.
#[derive(Clone, Debug)]
pub struct Group {
    /// What the rows have in common.
    pub name: String,
    /// How many namespaces have rows here.
    pub namespaces: usize,
    /// How many quotas have rows here.
    pub quotas: usize,
    /// The row nearest to its limit; rows that limit nothing come last.
    pub tightest: Row,
    /// The sums, by resource and scopes.
    pub totals: Vec<Total>,
}

/// The sum of one resource over the namespaces of a group.
///
/// Where several quotas of a namespace limit the same resource, only the tightest is summed: all of them count
/// the same objects, and the tightest is what the namespace can really use.
#[derive(Clone, Debug)]
pub struct Total {
    /// The resource, under its one name (`cpu` is `requests.cpu`).
    pub resource: String,
    /// The scopes of the quotas summed; scoped and unscoped ones never mix.
    pub scopes: Vec<String>,
    /// How many namespaces are in the sum.
    pub namespaces: usize,
    /// What may be used.
    pub hard: Quantity,
    /// What is used.
    pub used: Quantity,
    /// What is left in all; one namespace's excess does not eat another's room.
    pub free: Quantity,
    /// Used over hard; `None` where hard is 0.
    pub ratio: Option<f64>,
    /// The verdict on the sum.
    pub state: State,
    /// How many rows could not be summed because nothing is counted.
    pub uncounted: usize,
}

impl Total {
    /// Used over hard in whole percent, as in [`Row::percent`].
    pub fn percent(&self) -> String {
        percent_cell(&self.used, &self.hard).unwrap_or_else(|| "-".to_owned())
    }
}

/// Gathers rows into groups, in the order of the groups' names.
pub fn group(rows: &[Row], by: &GroupBy, labels: &NamespaceLabels, thresholds: &Thresholds) -> Vec<Group> {
    let mut gathered: BTreeMap<String, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        gathered.entry(group_name(row, by, labels)).or_default().push(row);
    }
    gathered
        .into_iter()
        .filter_map(|(name, rows)| {
            let tightest = rows.iter().max_by(|a, b| tightness(a).total_cmp(&tightness(b)))?;
            Some(Group {
                name,
                namespaces: rows.iter().map(|row| &row.place.namespace).collect::<BTreeSet<_>>().len(),
                quotas: rows
                    .iter()
                    .map(|row| (&row.place.namespace, &row.place.quota))
                    .collect::<BTreeSet<_>>()
                    .len(),
                tightest: (*tightest).clone(),
                totals: totals(&rows, thresholds),
            })
        })
        .collect()
}

fn group_name(row: &Row, by: &GroupBy, labels: &NamespaceLabels) -> String {
    match by {
        GroupBy::Namespace => row.place.namespace.clone(),
        GroupBy::Quota => format!("{}/{}", row.place.namespace, row.place.quota),
        GroupBy::Resource => canonical(&row.resource).into_owned(),
        GroupBy::Label(key) => {
            let value = labels.get(&row.place.namespace).and_then(|labels| labels.get(key));
            value.map_or(WITHOUT_LABEL, String::as_str).to_owned()
        }
    }
}

/// How near a row is to its limit, for ranking: a limit of 0 ranks as full; rows without a share come last.
fn tightness(row: &Row) -> f64 {
    match (row.ratio(), &row.used) {
        _ if row.counts_quotas() => -1.0,
        (Some(ratio), _) => ratio,
        (None, Some(_)) => 1.0,
        (None, None) => -1.0,
    }
}

fn totals(rows: &[&Row], thresholds: &Thresholds) -> Vec<Total> {
    // The tightest row of each namespace, so that what two quotas both count is summed once.
    let mut tightest: BTreeMap<(String, &[String], &str), &Row> = BTreeMap::new();
    let mut uncounted: BTreeMap<(String, &[String]), usize> = BTreeMap::new();
    for row in rows {
        let resource = canonical(&row.resource).into_owned();
        if row.used.is_none() {
            *uncounted.entry((resource, &row.place.scopes)).or_default() += 1;
            continue;
        }
        tightest
            .entry((resource, &row.place.scopes, &row.place.namespace))
            .and_modify(|best| {
                if row.free() < best.free() {
                    *best = row;
                }
            })
            .or_insert(row);
    }
    let mut totals: Vec<Total> = Vec::new();
    for ((resource, scopes, _), row) in tightest {
        let (Some(used), Some(free)) = (&row.used, &row.free()) else { continue };
        match totals.last_mut() {
            Some(total) if total.resource == resource && total.scopes == scopes => {
                total.namespaces += 1;
                total.hard += &row.hard;
                total.used += used;
                total.free += free;
            }
            _ => totals.push(Total {
                uncounted: uncounted.remove(&(resource.clone(), scopes)).unwrap_or_default(),
                resource,
                scopes: scopes.to_vec(),
                namespaces: 1,
                hard: row.hard.clone(),
                used: used.clone(),
                free: free.clone(),
                ratio: None,
                state: State::Ok,
            }),
        }
    }
    for total in &mut totals {
        total.ratio = ratio(&total.used, &total.hard);
        total.state = judge_amounts(&total.used, &total.hard, thresholds).0;
    }
    totals
}
