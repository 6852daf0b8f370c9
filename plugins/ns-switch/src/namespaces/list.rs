//! The namespaces a cluster has, or those of the known ones it lets us see.

use jiff::Timestamp;
use shared::{
    Error, Result,
    client::{Client, ListOptions, Page, Scope, bounded},
    model::Namespace,
};

use super::Known;

/// One namespace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamespaceRow {
    /// Its name.
    pub name: String,
    /// `Active` or `Terminating`; empty where we may not look.
    pub phase: String,
    /// When it was made.
    pub created: Option<Timestamp>,
}

/// What could be seen.
#[derive(Clone, Debug)]
pub struct Namespaces {
    /// The namespaces, in the server's order.
    pub rows: Vec<NamespaceRow>,
    /// Why these are not all: the server's refusal to list them.
    pub refused: Option<Error>,
}

/// Lists the namespaces. Where that is forbidden, those known by other means are looked at one by one: a Role with
/// `get` in a namespace covers the namespace itself. One that we may not look at either is kept, without phase.
///
/// # Errors
/// Everything but a forbidden list.
pub async fn collect(client: &Client, known: &Known) -> Result<Namespaces> {
    let mut rows = Vec::new();
    let listed = client
        .list::<Namespace>(&Scope::All, &ListOptions::default(), |page| match page {
            Page::Items(items) => rows.extend(items.into_iter().map(row)),
            Page::Restart => rows.clear(),
        })
        .await;
    let refusal = match listed {
        Ok(_) => return Ok(Namespaces { rows, refused: None }),
        Err(error) if error.is_api(403) => error,
        Err(error) => return Err(error),
    };
    let looked = bounded(known.names(), |name| async move {
        match client.get::<Namespace>("", name).await {
            Ok(namespace) => Ok(Some(row(namespace))),
            Err(error) if error.is_api(404) => Ok(None),
            Err(error) if error.is_api(403) => {
                Ok(Some(NamespaceRow { name: name.to_owned(), phase: String::new(), created: None }))
            }
            Err(error) => Err(error),
        }
    })
    .await;
    let rows = looked.into_iter().filter_map(Result::transpose).collect::<Result<_>>()?;
    Ok(Namespaces { rows, refused: Some(refusal) })
}

fn row(namespace: Namespace) -> NamespaceRow {
    NamespaceRow {
        created: namespace.metadata.creation_timestamp.timestamp(),
        name: namespace.metadata.name,
        phase: namespace.status.phase,
    }
}
