//! Whether the entries of a kubeconfig would be refused before any request is sent, for somebody who checks them all.
//!
//! It goes the way of a connection, [`Connection::new`] and the first request's TLS settings, so that there is one list
//! of what is refused. No credential plugin runs.

use super::{Connection, Target, validate};
use crate::{
    Error,
    cli::ConnectionFlags,
    client::{credentials::Credentials, environment::Environment, transport},
    kubeconfig::{Cluster, NamedCluster, NamedUser},
};

/// A server that every user can be checked with: credentials are read for encrypted connections only, and no proxy is
/// used for it.
const ANY_SERVER: &str = "https://localhost";

/// Returns why no request can be sent to a cluster; empty where nothing speaks against it.
pub fn cluster_refusals(named: &NamedCluster, environment: &Environment) -> Vec<Error> {
    let target =
        Target { cluster_name: named.name.clone(), cluster: named.cluster.clone(), ..Target::default() };
    refusals(target, environment)
}

/// Returns why no request can be sent as a user; empty where nothing speaks against it. Whether the user's credential
/// plugin can be started is told by [`plugin_refusal`].
pub fn user_refusals(named: &NamedUser, environment: &Environment) -> Vec<Error> {
    let cluster = Cluster { server: Some(ANY_SERVER.to_owned()), ..Cluster::default() };
    let (user_name, user) = (named.name.clone(), named.user.clone());
    // Somebody who looks in a pipe now may connect on a terminal later.
    let mut environment = environment.clone();
    environment.stdin_is_terminal = true;
    refusals(Target { cluster, user_name, user, ..Target::default() }, &environment)
}

/// Returns why the credential plugin of a user can't be started, if it has one: it is not installed, or the user's kuberc
/// forbids it.
pub fn plugin_refusal(named: &NamedUser, environment: &Environment) -> Option<Error> {
    let mut alone = named.clone();
    let exec = alone.user.exec.as_mut().filter(|exec| !exec.command.original.is_empty())?;
    // Whatever else is wrong with it is told by the others.
    exec.api_version = Some("client.authentication.k8s.io/v1".to_owned());
    exec.interactive_mode = Some("Never".to_owned());
    exec.env.clear();
    alone.user = crate::kubeconfig::User { exec: alone.user.exec, ..Default::default() };
    let cluster = Cluster { server: Some(ANY_SERVER.to_owned()), ..Cluster::default() };
    let target = Target { cluster, user: alone.user, ..Target::default() };
    let connection = Connection::new(target, &ConnectionFlags::default(), environment).ok()?;
    match connection.credentials {
        Credentials::Plugin(plugin) => plugin.check().err(),
        _ => None,
    }
}

fn refusals(target: Target, environment: &Environment) -> Vec<Error> {
    if let Err(wrong) = validate::validate(&target) {
        return wrong.into_iter().map(Error::kubeconfig).collect();
    }
    match Connection::new(target, &ConnectionFlags::default(), environment) {
        Ok(connection) => transport::check(&connection.settings).err().into_iter().collect(),
        Err(refusal) => vec![refusal],
    }
}
