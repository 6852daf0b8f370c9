//! A token of a service account, by the TokenRequest API.

use jiff::Timestamp;
use serde_json::{Value, json};
use shared::{Error, Result, client::Client, model::kind::kind_of, output::ShellCommand};

use super::{Lifetime, issued::Credentials};

/// Gets a token of a service account, or with `dry_run` only asks whether there would be one.
///
/// # Errors
/// The server's refusal; a service account that does not exist.
pub async fn issue(
    client: &Client,
    namespace: &str,
    name: &str,
    lifetime: Lifetime,
    dry_run: bool,
) -> Result<Credentials> {
    let account = kind_of("", "ServiceAccount", "serviceaccounts").object_path(namespace, name);
    let body = json!({
        "apiVersion": "authentication.k8s.io/v1",
        "kind": "TokenRequest",
        "spec": {"expirationSeconds": lifetime.0.as_secs()},
    });
    let query = if dry_run { "?dryRun=All" } else { "" };
    let answer: Result<Value> = client.post_json(&format!("{account}/token{query}"), &body).await;
    let answer = answer.map_err(|error| match error.is_api(404) {
        false => error,
        true => {
            let command = ShellCommand::new(["kubectl", "create", "serviceaccount"]).name(name);
            error.with_hint(format!("`{}` makes it", command.flag_with("-n", namespace)))
        }
    })?;
    let Some(token) = answer["status"]["token"].as_str().filter(|token| !token.is_empty() || dry_run) else {
        return Err(Error::new("the server's answer has no token"));
    };
    let expires = answer["status"]["expirationTimestamp"].as_str();
    Ok(Credentials {
        user: json!({"token": token}),
        request: None,
        expires: expires.and_then(|at| at.parse::<Timestamp>().ok()),
    })
}
