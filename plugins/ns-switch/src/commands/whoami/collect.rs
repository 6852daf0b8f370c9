//! Asks the cluster who the user is and what they may do.

use shared::{
    Error, Result,
    cli::ConnectionFlags,
    client::{
        Client, Environment,
        self_subject_review::{rules, who_am_i},
    },
    kubeconfig::Kubeconfig,
    output::Printer,
};

use super::{authentication::authentication, facts::Identity};
use crate::kubeconfigs::without_credentials;

/// Connects to the server that flags and kubeconfig name.
///
/// # Errors
/// A configuration that can't be used.
pub fn connect(flags: &ConnectionFlags, kubeconfig: &Kubeconfig, printer: &Printer) -> Result<Client> {
    Client::connect_with(flags, kubeconfig, &Environment::from_process(), printer.stderr_sink())
}

/// Collects who the user is. What the server refuses to tell is no error: the rest is told.
///
/// # Errors
/// The server can't be asked.
pub async fn collect(client: &Client, flags: &ConnectionFlags, kubeconfig: &Kubeconfig) -> Result<Identity> {
    let is_in_cluster =
        client.context().is_none() && kubeconfig.clusters.is_empty() && flags.server.is_none();
    let mut identity = Identity {
        context: client.context().map(ToOwned::to_owned),
        server: without_credentials(client.server()),
        namespace: client.namespace().to_owned(),
        authentication: authentication(flags, kubeconfig, is_in_cluster),
        ..Identity::default()
    };
    let (user, rules) = futures::join!(who_am_i(client), rules(client, client.namespace()));
    let of_plugin = client.plugin_credential_expires();
    identity.authentication.expires = identity.authentication.expires.or(of_plugin);
    match user {
        Ok(user) => {
            identity.user = Some(user.username);
            identity.uid = Some(user.uid).filter(|uid| !uid.is_empty());
            identity.groups = user.groups;
            identity.extra = user.extra;
        }
        Err(error) => identity.refusals.push(refusal(error)?),
    }
    match rules {
        Ok(rules) => identity.rules = Some(rules),
        Err(error) => identity.refusals.push(refusal(error)?),
    }
    Ok(identity)
}

/// Returns the server's sentence where it refuses to answer this user, or does not know such a question.
fn refusal(error: Error) -> Result<String> {
    match error.api_status() {
        Some(status) if matches!(status.code, 401 | 403 | 404) => Ok(status.message.clone()),
        _ => Err(error),
    }
}
