//! Climbs the ladder.

use serde_json::json;
use shared::{
    Error, Result,
    client::{Client, ListOptions, Scope, self_subject_review},
    kubeconfig::nearest_names,
    model::Namespace,
};

use super::{
    decide::{Existence, Rung},
    rules::{NOWHERE, SelfSubjectRulesReview, has_own_rights},
};
use crate::namespaces::Known;

/// Asks whether a namespace exists.
///
/// # Errors
/// The server can't be asked at all. A refusal is no error, but an answer of [`Existence::Unknown`] at worst.
pub async fn ask(client: &Client, name: &str, known: &Known) -> Result<Existence> {
    let refusal = match client.get::<Namespace>("", name).await {
        Ok(namespace) => return Ok(exists(Rung::Get, &namespace)),
        Err(error) if error.is_api(404) => return Ok(missing(client, name, known).await),
        Err(error) if error.is_api(403) => error,
        Err(error) => return Err(error),
    };
    match client.list_all::<Namespace>(&Scope::All, &ListOptions::default()).await {
        Ok(namespaces) => {
            return Ok(match namespaces.iter().find(|namespace| namespace.metadata.name == name) {
                Some(namespace) => exists(Rung::List, namespace),
                None => Existence::Missing { nearest: nearest(name, &namespaces) },
            });
        }
        Err(error) if error.is_api(403) => {}
        Err(error) => return Err(error),
    }
    let reviews = futures::join!(rules(client, name), rules(client, NOWHERE));
    if let (Ok(there), Ok(nowhere)) = reviews
        && has_own_rights(&there, &nowhere)
    {
        return Ok(Existence::Exists { rung: Rung::AccessReview, terminating: false });
    }
    if let Some(source) = known.source(name) {
        return Ok(Existence::Exists { rung: Rung::Known(source), terminating: false });
    }
    Ok(Existence::Unknown { reason: sentence(&refusal) })
}

fn exists(rung: Rung, namespace: &Namespace) -> Existence {
    Existence::Exists { rung, terminating: namespace.status.phase == "Terminating" }
}

/// Names like the one that does not exist, from the server's list, or from what is known where there is none.
async fn missing(client: &Client, name: &str, known: &Known) -> Existence {
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

async fn rules(client: &Client, namespace: &str) -> Result<SelfSubjectRulesReview> {
    let body = json!({
        "apiVersion": "authorization.k8s.io/v1",
        "kind": "SelfSubjectRulesReview",
        "spec": {"namespace": namespace},
    });
    self_subject_review::ask(
        client,
        "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
        &body.to_string(),
    )
    .await
}

fn sentence(refusal: &Error) -> String {
    refusal.api_status().map_or_else(|| refusal.to_string(), |api| api.message.clone())
}
