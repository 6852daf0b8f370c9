//! Everything that `usage` reads: quotas from a cluster or a dump, labels of namespaces, and what limits a namespace
//! without quotas.

use std::{path::Path, pin::pin};

use futures::future::{Either, select};
use shared::{
    Result,
    client::{Client, ListOptions, Page, Scope, incomplete::Skipped},
    dump::{Dump, impossible_amounts},
    model::{LimitRange, Namespace, Resource, ResourceQuota},
    selector::{FieldSelector, LabelSelector},
};

use crate::forbidden_everywhere::forbidden_everywhere;

use super::{
    collect_others,
    group::{Allocatable, GroupBy, NamespaceLabels},
    nodes,
    options::Options,
    row_collector::{QuotaRows, RowCollector},
};

/// Everything that was read.
#[derive(Debug)]
pub struct Collected {
    /// The rows of the quotas.
    pub quotas: QuotaRows,
    /// Which namespaces they are from.
    pub coverage: Coverage,
    /// The labels of namespaces, where rows are grouped by them and they could be read.
    pub labels: Option<NamespaceLabels>,
    /// What nodes have, where groups are compared with it and it could be read.
    pub allocatable: Option<Allocatable>,
    /// The number of LimitRanges in a namespace without quotas, where they could be counted.
    pub limit_ranges: Option<usize>,
}

/// The namespaces that were listed.
#[derive(Clone, Debug)]
pub struct Coverage {
    /// The one namespace that was read; `None` for all.
    pub namespace: Option<String>,
    /// What is odd about a dump.
    pub remarks: Vec<String>,
    /// What could not be read.
    pub skipped: Vec<Skipped>,
}

/// Reads a cluster.
///
/// # Errors
/// What the server or the connection refuses, a forbidden namespace included; the server's NotFound for a namespace
/// that does not exist.
pub async fn from_cluster(client: &Client, options: &Options) -> Result<Collected> {
    let mut collector = RowCollector::new(options);
    let (mut coverage, others) = {
        let list = pin!(list_quotas(client, options, |page| collector.add_page(page)));
        let others = pin!(collect_others::read(client, options));
        // Where quotas may not be listed, nobody waits for others.
        match select(list, others).await {
            Either::Left((coverage, others)) => (coverage?, others.await?),
            Either::Right((others, list)) => (list.await?, others?),
        }
    };
    coverage.skipped.extend(others.skipped);
    let (labels, allocatable) = match options.by {
        Some(GroupBy::Label(_)) => {
            let mut skipped = Vec::new();
            let (labels, nodes) =
                futures::join!(list_labels(client, &mut coverage), nodes::read(client, &mut skipped));
            coverage.skipped.extend(skipped);
            (labels?, nodes?)
        }
        _ => (None, None),
    };
    let quotas = collector.finish_with(others.rows)?;
    let limit_ranges = match &coverage.namespace {
        Some(namespace) if quotas.quotas == 0 && options.names.is_empty() => {
            count_limit_ranges(client, namespace).await?
        }
        Some(namespace) if quotas.names.is_empty() => {
            client.require_namespace(namespace).await?;
            None
        }
        _ => None,
    };
    Ok(Collected { quotas, coverage, labels, allocatable, limit_ranges })
}

/// Reads a dump: the namespace of `-n`, else all namespaces in it.
///
/// # Errors
/// A dump that can't be read or holds no quota, and selectors that can't be parsed.
pub fn from_dump(path: &Path, options: &Options) -> Result<Collected> {
    let dump = Dump::read_readable(path)?;
    let mut collector = RowCollector::new(options);
    let namespace = namespace_of_dump(options);
    let others = collect_others::of_dump(&dump, namespace.as_deref(), options)?;
    // A dump of other quotas alone is one of quotas, too.
    let mut remarks = Vec::new();
    let own: Vec<ResourceQuota> = match others.rows.is_empty() {
        true => dump.require_last(&mut remarks)?,
        false => dump.take_last(&mut remarks)?,
    };
    remarks.extend(impossible_amounts(&own));
    collector.add_page(Page::Items(selected(own, options)?));
    let mut coverage = Coverage { namespace, remarks, skipped: others.skipped };
    coverage.skipped.extend(Skipped::of_files(ResourceQuota::PLURAL, dump.unread()));
    let labels = match options.by {
        Some(GroupBy::Label(_)) => labels_of_dump(&dump, &mut coverage)?,
        _ => None,
    };
    let allocatable = match options.by {
        Some(GroupBy::Label(_)) => nodes::of_dump(&dump, &mut coverage.remarks)?,
        _ => None,
    };
    let quotas = collector.finish_with(others.rows)?;
    Ok(Collected { quotas, coverage, labels, allocatable, limit_ranges: None })
}

/// Lists the quotas page by page. Where listing all namespaces is forbidden, the namespace in effect is listed instead,
/// and the coverage says so.
async fn list_quotas(
    client: &Client,
    options: &Options,
    mut add_page: impl FnMut(Page<ResourceQuota>),
) -> Result<Coverage> {
    let one = Scope::Namespace(client.namespace().to_owned());
    let requested = if options.all_namespaces { &Scope::All } else { &one };
    let mut skipped = Vec::new();
    let listed = match client.list(requested, &options.list, &mut add_page).await {
        Err(error) if options.all_namespaces && error.is_api(403) => {
            skipped.push(Skipped::list(ResourceQuota::PLURAL, "", &error));
            add_page(Page::Restart);
            client.list(&one, &options.list, &mut add_page).await.map_err(forbidden_everywhere)?;
            &one
        }
        outcome => {
            outcome?;
            requested
        }
    };
    Ok(Coverage { namespace: listed.namespace().map(str::to_owned), remarks: Vec::new(), skipped })
}

fn namespace_of_dump(options: &Options) -> Option<String> {
    options.namespace.clone().filter(|_| !options.all_namespaces)
}

/// Returns the quotas that the options ask for, in the order of names.
fn selected(mut quotas: Vec<ResourceQuota>, options: &Options) -> Result<Vec<ResourceQuota>> {
    let labels = LabelSelector::parse(options.list.label_selector.as_deref().unwrap_or_default())?;
    let fields = FieldSelector::parse(options.list.field_selector.as_deref().unwrap_or_default())?;
    let namespace = namespace_of_dump(options);
    quotas.retain(|quota| {
        let metadata = &quota.metadata;
        namespace.as_ref().is_none_or(|namespace| *namespace == metadata.namespace)
            && labels.matches(&metadata.labels)
            && fields.matches(&metadata.namespace, &metadata.name)
    });
    quotas.sort_by(|a, b| {
        (&a.metadata.namespace, &a.metadata.name).cmp(&(&b.metadata.namespace, &b.metadata.name))
    });
    Ok(quotas)
}

/// Reads the labels of namespaces. Where that is forbidden, the coverage says so: the answer is then incomplete.
async fn list_labels(client: &Client, coverage: &mut Coverage) -> Result<Option<NamespaceLabels>> {
    let read = match &coverage.namespace {
        Some(namespace) => client.get::<Namespace>("", namespace).await.map(|namespace| vec![namespace]),
        None => client.list_all::<Namespace>(&Scope::All, &ListOptions::default()).await,
    };
    match read {
        Ok(namespaces) => Ok(Some(labels_by_name(namespaces))),
        Err(error) if error.is_api(403) => {
            let verb = if coverage.namespace.is_some() { "get" } else { "list" };
            coverage
                .skipped
                .push(Skipped { verb: verb.to_owned(), ..Skipped::list(Namespace::PLURAL, "", &error) });
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// Reads the labels of the namespaces in a dump. Where it holds none, the coverage says so.
fn labels_of_dump(dump: &Dump, coverage: &mut Coverage) -> Result<Option<NamespaceLabels>> {
    let namespaces = dump.take::<Namespace>()?;
    if namespaces.is_empty() {
        coverage.skipped.push(Skipped {
            verb: "read".to_owned(),
            resource: Namespace::PLURAL.to_owned(),
            namespace: String::new(),
            reason: "the dump holds no Namespace, so labels are unknown".to_owned(),
        });
        return Ok(None);
    }
    Ok(Some(labels_by_name(namespaces)))
}

fn labels_by_name(namespaces: Vec<Namespace>) -> NamespaceLabels {
    namespaces.into_iter().map(|namespace| (namespace.metadata.name, namespace.metadata.labels)).collect()
}

/// Checks that a namespace without quotas exists, and counts its LimitRanges. A namespace that may not be read is
/// assumed to exist. Returns `None` where LimitRanges can't be counted.
async fn count_limit_ranges(client: &Client, namespace: &str) -> Result<Option<usize>> {
    client.require_namespace(namespace).await?;
    let scope = Scope::Namespace(namespace.to_owned());
    let ranges = client.list_all::<LimitRange>(&scope, &ListOptions::default()).await;
    Ok(ranges.ok().map(|ranges| ranges.len()))
}
