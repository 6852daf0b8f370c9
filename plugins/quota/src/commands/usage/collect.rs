//! Everything `usage` reads: quotas from a cluster or a dump, and what explains an empty answer.

use std::path::Path;

use shared::{
    Result,
    client::{Client, ListOptions, Page, Scope, incomplete::Skipped},
    dump::Dump,
    model::{LimitRange, Namespace, Resource, ResourceQuota},
    selector::{FieldSelector, LabelSelector},
};

use super::{group::NamespaceLabels, options::Options};

/// How far the answer reaches.
#[derive(Clone, Debug)]
pub struct Coverage {
    /// The one namespace that was read; `None` for all.
    pub namespace: Option<String>,
    /// What could not be read.
    pub skipped: Vec<Skipped>,
}

/// Reads the quotas of a cluster, page by page. Where the list of all namespaces is forbidden, the namespace in
/// effect is read instead, and the answer says so.
///
/// # Errors
/// What the server or the connection refuses, a forbidden namespace included.
pub async fn quotas(
    client: &Client,
    options: &Options,
    mut read: impl FnMut(Page<ResourceQuota>),
) -> Result<Coverage> {
    let one = Scope::Namespace(client.namespace().to_owned());
    let scope = if options.all_namespaces { &Scope::All } else { &one };
    let mut skipped = Vec::new();
    let reached = match client.list(scope, &options.list, &mut read).await {
        Err(error) if options.all_namespaces && error.is_api(403) => {
            skipped.push(Skipped::list(ResourceQuota::PLURAL, "", &error));
            read(Page::Restart);
            client.list(&one, &options.list, &mut read).await?;
            &one
        }
        outcome => {
            outcome?;
            scope
        }
    };
    Ok(Coverage { namespace: reached.namespace().map(str::to_owned), skipped })
}

/// Reads the quotas of a dump: of the namespace asked for, else of all that it holds.
///
/// # Errors
/// A dump that can't be read or holds no quota, and selectors that can't be read.
pub fn quotas_of_dump(
    dump: &Dump,
    options: &Options,
    mut read: impl FnMut(Page<ResourceQuota>),
) -> Result<Coverage> {
    let labels = LabelSelector::parse(options.list.label_selector.as_deref().unwrap_or_default())?;
    let fields = FieldSelector::parse(options.list.field_selector.as_deref().unwrap_or_default())?;
    let namespace = options.namespace.clone().filter(|_| !options.all_namespaces);
    let mut quotas = dump.require::<ResourceQuota>()?;
    quotas.retain(|quota| {
        let metadata = &quota.metadata;
        namespace.as_ref().is_none_or(|namespace| *namespace == metadata.namespace)
            && labels.matches(&metadata.labels)
            && fields.matches(&metadata.namespace, &metadata.name)
    });
    quotas.sort_by(|a, b| {
        (&a.metadata.namespace, &a.metadata.name).cmp(&(&b.metadata.namespace, &b.metadata.name))
    });
    read(Page::Items(quotas));
    Ok(Coverage { namespace, skipped: Vec::new() })
}

/// Opens a dump for the kinds that `usage` reads.
///
/// # Errors
/// A file that can't be read, or is no dump.
pub fn dump(path: &Path) -> Result<Dump> {
    Dump::read(path)
}

/// The labels of namespaces, for totals by label. A refusal is told in `reach`: the answer is then incomplete.
///
/// # Errors
/// Trouble other than a refusal.
pub async fn namespace_labels(client: &Client, coverage: &mut Coverage) -> Result<Option<NamespaceLabels>> {
    let read = match &coverage.namespace {
        Some(namespace) => client.get::<Namespace>("", namespace).await.map(|namespace| vec![namespace]),
        None => client.list_all::<Namespace>(&Scope::All, &ListOptions::default()).await,
    };
    match read {
        Ok(namespaces) => Ok(Some(labels_of(namespaces))),
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

/// The labels of the namespaces that a dump holds; told as skipped where it holds none.
///
/// # Errors
/// A namespace in the dump that can't be read.
pub fn namespace_labels_of_dump(dump: &Dump, coverage: &mut Coverage) -> Result<Option<NamespaceLabels>> {
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
    Ok(Some(labels_of(namespaces)))
}

fn labels_of(namespaces: Vec<Namespace>) -> NamespaceLabels {
    namespaces.into_iter().map(|namespace| (namespace.metadata.name, namespace.metadata.labels)).collect()
}

/// Checks that a namespace without quotas exists, and counts its LimitRanges.
///
/// `None` where LimitRanges can't be counted. A namespace that may not be read is taken to exist.
///
/// # Errors
/// The server's NotFound for a namespace that does not exist.
pub async fn limit_ranges_of_empty(client: &Client, namespace: &str) -> Result<Option<usize>> {
    match client.get::<Namespace>("", namespace).await {
        Err(error) if error.is_api(404) => return Err(error),
        _ => {}
    }
    let scope = Scope::Namespace(namespace.to_owned());
    let ranges = client.list_all::<LimitRange>(&scope, &ListOptions::default()).await;
    Ok(ranges.ok().map(|ranges| ranges.len()))
}
