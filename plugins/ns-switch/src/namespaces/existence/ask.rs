//! Asks the cluster whether a namespace exists.

use shared::{
    Error, Result,
    client::{Client, ListOptions, Scope, self_subject_review::rules},
    kubeconfig::nearest_names,
    model::Namespace,
};

use super::{
    decide::{Evidence, Existence},
    rules::{NOWHERE, has_own_rights},
};
use crate::namespaces::KnownNamespaces;

/// Asks whether a namespace exists.
///
/// # Errors
/// The server can't be asked. A refusal is not an error, but at worst [`Existence::Unknown`].
pub async fn ask(client: &Client, name: &str, known: &KnownNamespaces) -> Result<Existence> {
    let refusal = match client.get::<Namespace>("", name).await {
        Ok(namespace) => return Ok(exists(Evidence::Get, &namespace)),
        Err(error) if error.is_api(404) => return Ok(missing(client, name, known).await),
        Err(error) if error.is_api(403) => error,
        Err(error) => return Err(error),
    };
    match client.list_all::<Namespace>(&Scope::All, &ListOptions::default()).await {
        Ok(namespaces) => {
            return Ok(match namespaces.iter().find(|namespace| namespace.metadata.name == name) {
                Some(namespace) => exists(Evidence::List, namespace),
                None => Existence::Missing { nearest: nearest(name, &namespaces) },
            });
        }
        Err(error) if error.is_api(403) => {}
        Err(error) => return Err(error),
    }
    let reviews = futures::join!(rules(client, name), rules(client, NOWHERE));
    if let (Ok(in_namespace), Ok(nowhere)) = reviews
        && has_own_rights(&in_namespace, &nowhere)
    {
        return Ok(Existence::Exists { evidence: Evidence::AccessReview, terminating: false });
    }
    if let Some(source) = known.source(name) {
        return Ok(Existence::Exists { evidence: Evidence::KnownFrom(source), terminating: false });
    }
    Ok(Existence::Unknown { reason: sentence(&refusal) })
}

fn exists(evidence: Evidence, namespace: &Namespace) -> Existence {
    Existence::Exists { evidence, terminating: namespace.status.phase == "Terminating" }
}

/// Finds names similar to the missing one in the server's list, or among the known ones where there is no list.
async fn missing(client: &Client, name: &str, known: &KnownNamespaces) -> Existence {
    let listed = client.list_all::<Namespace>(&Scope::All, &ListOptions::default()).await;
    let nearest = match listed {
        Ok(namespaces) => nearest(name, &namespaces),
        Err(_) => nearest_names(name, known.names()).into_iter().map(ToOwned::to_owned).collect(),
    };
    Existence::Missing { nearest }
}

fn nearest(name: &str, namespaces: &[Namespace]) -> Vec<String> {
    let names = namespaces.iter().map(|namespace| namespace.metadata.name.as_str());
    nearest_names(name, names).into_iter().map(ToOwned::to_owned).collect()
}

fn sentence(refusal: &Error) -> String {
    refusal.api_status().map_or_else(|| refusal.to_string(), |api| api.message.clone())
}
