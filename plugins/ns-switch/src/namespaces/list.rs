//! Reads the namespaces of a cluster, or those of the known ones that the user may read.

use jiff::Timestamp;
use serde::Serialize;
use shared::{
    Error, Result,
    cli::{ConnectionFlags, block_on},
    client::{Client, Environment, ListOptions, Page, Scope},
    kubeconfig::{Kubeconfig, edit::ContextPin},
    model::Namespace,
    output::{Printer, StderrSink},
};

use super::KnownNamespaces;
use crate::kubeconfigs::Kubeconfigs;

/// One namespace. Serialized it is an item of `list -o json`: keys are added to, never renamed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NamespaceRow {
    /// Its name.
    pub name: String,
    /// Whether it is the namespace in effect.
    pub current: bool,
    /// `Active` or `Terminating`; none where reading it is forbidden.
    pub phase: Option<String>,
    /// When it was created.
    pub created: Option<Timestamp>,
}

/// The namespaces of a cluster, as far as they could be seen.
#[derive(Clone, Debug)]
pub struct Namespaces {
    /// The namespaces, in the server's order.
    pub rows: Vec<NamespaceRow>,
    /// The server's refusal to list them, if these may not be all.
    pub refused: Option<Error>,
    /// The namespace in effect.
    pub current: String,
    /// The context that names the cluster, if there is one.
    pub context: Option<String>,
    /// What that context was when the cluster was asked.
    pub pin: Option<ContextPin>,
}

/// Lists the namespaces of the chosen context's cluster, and shows progress and the server's warnings meanwhile.
///
/// # Errors
/// The kubeconfig can't be read, or the server can't be asked; a forbidden list is no error.
pub fn list(
    kubeconfigs: &Kubeconfigs,
    connection: &ConnectionFlags,
    printer: &Printer,
) -> Result<Namespaces> {
    block_on(async {
        let _progress = printer.progress("listing namespaces");
        connect_and_list(kubeconfigs, connection, printer.stderr_sink()).await
    })
}

/// Lists the namespaces of the chosen context's cluster; `stderr` takes the server's warnings.
///
/// # Errors
/// As [`list`].
pub async fn connect_and_list(
    kubeconfigs: &Kubeconfigs,
    connection: &ConnectionFlags,
    stderr: StderrSink,
) -> Result<Namespaces> {
    let kubeconfig = kubeconfigs.load(false)?;
    let client = Client::connect_with(connection, &kubeconfig, &Environment::from_process(), stderr)?;
    let known = KnownNamespaces::read(kubeconfigs, &kubeconfig, client.context())?;
    let (mut rows, refused) = rows(&client, &known).await?;
    let current = client.namespace().to_owned();
    rows.iter_mut().for_each(|row| row.current = row.name == current);
    let pin = client.context().and_then(|name| pin(&kubeconfig, name));
    Ok(Namespaces { rows, refused, current, context: client.context().map(ToOwned::to_owned), pin })
}

fn pin(kubeconfig: &Kubeconfig, name: &str) -> Option<ContextPin> {
    let context = kubeconfig.context(name)?;
    Some(ContextPin {
        context: context.name.clone(),
        cluster: context.context.cluster.clone(),
        file: context.file.path.clone(),
    })
}

/// Reads the namespaces. Where a list is forbidden, known ones are read one by one: a Role with
/// `get` in a namespace covers the namespace itself. One that may not be read either is kept, without a phase.
async fn rows(client: &Client, known: &KnownNamespaces) -> Result<(Vec<NamespaceRow>, Option<Error>)> {
    let mut rows = Vec::new();
    let listed = client
        .list::<Namespace>(&Scope::All, &ListOptions::default(), |page| match page {
            Page::Items(items) => rows.extend(items.into_iter().map(row)),
            Page::Restart => rows.clear(),
        })
        .await;
    let refusal = match listed {
        Ok(_) => return Ok((rows, None)),
        Err(error) if error.is_api(403) => error,
        Err(error) => return Err(error),
    };
    let looked = client
        .bounded(known.names(), |name| async move {
            match client.get::<Namespace>("", name).await {
                Ok(namespace) => Ok(Some(row(namespace))),
                Err(error) if error.is_api(404) => Ok(None),
                Err(error) if error.is_api(403) => Ok(Some(NamespaceRow {
                    name: name.to_owned(),
                    current: false,
                    phase: None,
                    created: None,
                })),
                Err(error) => Err(error),
            }
        })
        .await;
    let rows = looked.into_iter().filter_map(Result::transpose).collect::<Result<_>>()?;
    Ok((rows, Some(refusal)))
}

fn row(namespace: Namespace) -> NamespaceRow {
    NamespaceRow {
        created: namespace.metadata.creation_timestamp.timestamp(),
        name: namespace.metadata.name,
        current: false,
        phase: Some(namespace.status.phase).filter(|phase| !phase.is_empty()),
    }
}
