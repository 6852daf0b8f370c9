//! `--by`: groups rows by namespace, quota, resource, or a label of the namespace.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    str::FromStr,
};

use schemars::JsonSchema;
use serde::Serialize;
use shared::{
    admission::{resource_names::canonical, validation::qualified_name_complaints},
    output::Cell,
    quantity::{Quantity, ratio},
};

use super::{
    decide::state_of_amounts,
    row::Row,
    state::{State, Thresholds},
};

/// The columns of totals.
const OF_TOTALS: [&str; 10] =
    ["RESOURCE", "NAMESPACES", "USED", "HARD", "FREE", "USE%", "STATE", "OF NODES", "SCOPES", "UNCOUNTED"];

/// Criterion that rows are grouped by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GroupBy {
    /// The namespace.
    Namespace,
    /// The quota, named `NAMESPACE/QUOTA`.
    Quota,
    /// The resource, over all namespaces.
    Resource,
    /// The value of this label of the namespace, `<none>` where it has none.
    Label(String),
}

impl GroupBy {
    /// Returns the header of the column that names the groups.
    pub fn header(&self) -> String {
        match self {
            Self::Namespace => "NAMESPACE".to_owned(),
            Self::Quota => "QUOTA".to_owned(),
            Self::Resource => "RESOURCE".to_owned(),
            Self::Label(key) => match key.to_uppercase() {
                // Another column is called so.
                key if OF_TOTALS.contains(&key.as_str()) => format!("LABEL {key}"),
                key => key,
            },
        }
    }
}

impl fmt::Display for GroupBy {
    /// Writes the value as on the command line.
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
                Some(key) if !key.is_empty() && !qualified_name_complaints(key, "").is_empty() => {
                    Err(format!("no label can have the key `{key}`"))
                }
                Some(key) if !key.is_empty() => Ok(Self::Label(key.to_owned())),
                _ => Err("expected namespace, quota, resource or label:KEY".to_owned()),
            },
        }
    }
}

/// The labels of namespaces, by namespace name. Needed for [`GroupBy::Label`] only.
pub type NamespaceLabels = BTreeMap<String, BTreeMap<String, String>>;

/// Name of the group of namespaces without the label.
pub const WITHOUT_LABEL: &str = "<none>";

/// One group of rows: the numbers of its namespaces and quotas, its tightest row, and a total for each resource.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Group {
    /// What the rows have in common.
    #[serde(rename = "group")]
    pub name: String,
    /// Number of namespaces with rows in the group.
    pub namespaces: usize,
    /// Number of quotas with rows in the group.
    pub quotas: usize,
    /// The row nearest to its limit; rows that limit nothing come last.
    pub tightest: Row,
    /// The sums, by resource and scopes.
    pub totals: Vec<Total>,
}

/// Sum of one resource over the namespaces of a group.
///
/// Where several quotas of a namespace limit the same resource, only the tightest is summed: all of them count
/// the same objects, and the tightest is what the namespace can really use.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Total {
    /// The resource, under its one name (`cpu` is `requests.cpu`).
    pub resource: String,
    /// The scopes of the quotas summed; scoped and unscoped ones never mix.
    pub scopes: Vec<String>,
    /// Number of namespaces in the sum.
    pub namespaces: usize,
    /// The sum of the limits.
    pub hard: Quantity,
    /// The sum of what is used.
    pub used: Quantity,
    /// The sum of what is free in each namespace; an overused namespace counts as 0.
    pub free: Quantity,
    /// Used divided by hard; `None` where hard is 0.
    pub ratio: Option<f64>,
    /// The state of the sum.
    pub state: State,
    /// Number of rows left out of the sum because nothing is counted.
    pub uncounted: usize,
    /// What all nodes have of it, where they were read and have some.
    pub allocatable: Option<Quantity>,
    /// The limits divided by what the nodes have: above 1 more is promised than there is.
    pub overcommitment: Option<f64>,
}

impl Total {
    /// Returns the percentage used as a cell, as [`Row::percent_cell`].
    pub fn percent_cell(&self) -> Cell<'static> {
        Cell::percent(&self.used, &self.hard).unwrap_or_else(|| "-".into())
    }

    /// Returns what share of the nodes is promised, as a percentage in a cell.
    pub fn percent_of_nodes(&self) -> Cell<'static> {
        let percent = self.allocatable.as_ref().and_then(|nodes| Cell::percent(&self.hard, nodes));
        percent.unwrap_or_else(|| "-".into())
    }

    /// Compares the limits with what nodes have.
    fn compare_with_nodes(&mut self, allocatable: &Allocatable) {
        self.allocatable = resource_of_nodes(&self.resource).and_then(|name| allocatable.get(name)).cloned();
        self.overcommitment = self.allocatable.as_ref().and_then(|nodes| ratio(&self.hard, nodes));
    }
}

/// What all nodes have, by resource.
pub type Allocatable = BTreeMap<String, Quantity>;

/// Returns the resource of nodes that a resource of quotas is taken from.
fn resource_of_nodes(resource: &str) -> Option<&str> {
    let bare = resource.strip_prefix("requests.").or_else(|| resource.strip_prefix("limits."));
    match (resource, bare) {
        ("pods", _) => Some("pods"),
        (_, Some(bare)) if bare != "storage" => Some(bare),
        _ => None,
    }
}

/// Groups rows, the groups in the order of their names. `allocatable` is what nodes have, where that was read.
pub fn group(
    rows: &[Row],
    by: &GroupBy,
    labels: &NamespaceLabels,
    allocatable: &Allocatable,
    thresholds: &Thresholds,
) -> Vec<Group> {
    let mut grouped: BTreeMap<String, Vec<&Row>> = BTreeMap::new();
    // Quotas over several namespaces count what the quotas of each count already.
    for row in rows.iter().filter(|row| row.is_own()) {
        grouped.entry(group_name(row, by, labels)).or_default().push(row);
    }
    grouped
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
                totals: totals(&rows, allocatable, thresholds),
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

/// Returns the share used, for ranking: a limit of 0 ranks as full, and rows without a share come last.
fn tightness(row: &Row) -> f64 {
    match (row.ratio(), &row.used) {
        _ if row.counts_quotas() => -1.0,
        (Some(ratio), _) => ratio,
        (None, Some(_)) => 1.0,
        (None, None) => -1.0,
    }
}

fn totals(rows: &[&Row], allocatable: &Allocatable, thresholds: &Thresholds) -> Vec<Total> {
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
                allocatable: None,
                overcommitment: None,
            }),
        }
    }
    for total in &mut totals {
        total.ratio = ratio(&total.used, &total.hard);
        total.state = state_of_amounts(&total.used, &total.hard, thresholds).0;
        total.compare_with_nodes(allocatable);
    }
    totals
}
