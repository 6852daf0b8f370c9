//! Reads the namespaces of a cluster, or those of the known ones that the user may read.

use std::collections::BTreeMap;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use shared::{
    Error, Result,
    cli::{ConnectionFlags, block_on},
    client::{Client, Environment, ListOptions, Page, Scope},
    kubeconfig::{Kubeconfig, edit::ContextPin},
    model::Namespace,
    output::{Printer, StderrSink},
};

use super::{
    KnownNamespaces,
    quota_pressure::{self, QuotaPressure},
};
use crate::kubeconfigs::Kubeconfigs;

/// One namespace. Serialized it is an item of `list -o json`: keys are added to, never renamed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct NamespaceRow {
    /// Its name.
    pub name: String,
    /// Whether it is the namespace in effect.
    pub current: bool,
    /// `Active` or `Terminating`; none where reading it is forbidden.
    pub phase: Option<String>,
    /// When it was created.
    pub created: Option<Timestamp>,
    /// Its labels, but for that of its name, which the server gives to all.
    pub labels: BTreeMap<String, String>,
    /// Since when it is being deleted.
    pub deleted: Option<Timestamp>,
    /// What holds it, of one that is being deleted, in sentences.
    pub holding: Vec<String>,
    /// The quota of it that is nearest to its limit, where the quotas were read.
    pub quota: Option<QuotaPressure>,
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
    /// The server's refusal to list the quotas.
    pub quotas_refused: Option<Error>,
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

/// Lists the namespaces, with the quota that is nearest to its limit of each: one more list.
///
/// # Errors
/// As [`list`]; a forbidden list of quotas is no error either.
pub fn list_with_quotas(
    kubeconfigs: &Kubeconfigs,
    connection: &ConnectionFlags,
    printer: &Printer,
) -> Result<Namespaces> {
    block_on(async {
        let _progress = printer.progress("listing namespaces");
        let kubeconfig = kubeconfigs.load(false)?;
        let environment = Environment::from_process();
        let client = Client::connect_with(connection, &kubeconfig, &environment, printer.stderr_sink())?;
        let (found, pressures) =
            futures::join!(list_by(&client, kubeconfigs, &kubeconfig), quota_pressure::read(&client));
        let mut found = found?;
        match pressures {
            Ok(mut pressures) => {
                found.rows.iter_mut().for_each(|row| row.quota = pressures.remove(&row.name));
            }
            Err(error) if error.is_api(403) => found.quotas_refused = Some(error),
            Err(error) => return Err(error),
        }
        Ok(found)
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
    list_by(&client, kubeconfigs, &kubeconfig).await
}

async fn list_by(client: &Client, kubeconfigs: &Kubeconfigs, kubeconfig: &Kubeconfig) -> Result<Namespaces> {
    let known = KnownNamespaces::read(kubeconfigs, kubeconfig, client.context())?;
    let (mut rows, refused) = rows(client, &known).await?;
    let current = client.namespace().to_owned();
    rows.iter_mut().for_each(|row| row.current = row.name == current);
    let pin = client.context().and_then(|name| pin(kubeconfig, name));
    let context = client.context().map(ToOwned::to_owned);
    Ok(Namespaces { rows, refused, current, context, pin, quotas_refused: None })
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
                Err(error) if error.is_api(403) => {
                    Ok(Some(NamespaceRow { name: name.to_owned(), ..NamespaceRow::default() }))
                }
                Err(error) => Err(error),
            }
        })
        .await;
    let rows = looked.into_iter().filter_map(Result::transpose).collect::<Result<_>>()?;
    Ok((rows, Some(refusal)))
}

fn row(namespace: Namespace) -> NamespaceRow {
    let holding = holding(&namespace);
    let mut labels = namespace.metadata.labels;
    labels.remove("kubernetes.io/metadata.name");
    NamespaceRow {
        created: namespace.metadata.creation_timestamp.timestamp(),
        deleted: namespace.metadata.deletion_timestamp.and_then(|time| time.timestamp()),
        name: namespace.metadata.name,
        phase: Some(namespace.status.phase).filter(|phase| !phase.is_empty()),
        labels,
        holding,
        ..NamespaceRow::default()
    }
}

/// Returns what keeps a namespace from being gone, in the words of the namespace controller, which sets these conditions
/// while it deletes (`pkg/controller/namespace/deletion/status_condition_utils.go`).
fn holding(namespace: &Namespace) -> Vec<String> {
    if namespace.status.phase != "Terminating" {
        return Vec::new();
    }
    let conditions = namespace.status.conditions.iter().filter(|condition| condition.status == "True");
    let told = conditions.map(|condition| condition.message.clone()).filter(|message| !message.is_empty());
    let finalizers = namespace.spec.finalizers.iter().filter(|name| *name != "kubernetes");
    let waits = finalizers.map(|name| format!("the finalizer {name} has not been removed"));
    told.chain(waits).collect()
}
