//! What is there already, and what the server says to a dry run.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value, json};
use shared::{Error, Result, cli::ExitStatus, client::Client, quantity::Quantity};

use super::{
    manifests::{Manifest, manifests},
    owned::{FIELD_MANAGER, keep},
    specification::Specification,
};

/// Attempts to add to a list that others change meanwhile.
const ATTEMPTS: usize = 5;

/// One object to write, and what is there.
#[derive(Clone, Debug)]
pub struct Step {
    /// The object.
    pub manifest: Manifest,
    /// The existing object.
    pub present: Option<Value>,
    /// The object as the server would store it, after a dry run.
    pub checked: Option<Value>,
}

/// What became of an object, or would.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub enum Action {
    /// It is new.
    Created,
    /// It was there and changed.
    Updated,
    /// It was there and is the same.
    Unchanged,
    /// The server refused.
    Failed,
    /// Something before it failed.
    NotTried,
}

/// How objects are sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct SendOptions {
    /// The server checks everything and stores nothing.
    pub dry_run: bool,
    /// Fields of others are taken over.
    pub force: bool,
}

/// Reads what is there, and makes the steps.
///
/// # Errors
/// Something can't be read, the namespace is being deleted, or a binding of that name is another one.
pub async fn plan(client: &Client, wanted: &Specification) -> Result<Vec<Step>> {
    let namespace = match manifests(wanted, true).into_iter().next() {
        Some(namespace) => read(client, &namespace).await?,
        None => None,
    };
    if let Some(namespace) = &namespace
        && namespace["status"]["phase"] == "Terminating"
    {
        return Err(Error::new(format!("namespace {} is being deleted", wanted.name))
            .with_status(ExitStatus::Guarded)
            .with_hint("wait until it is gone; `kubectl ns-switch list` shows what holds it"));
    }
    let is_new = namespace.is_none();
    let manifests = manifests(wanted, is_new);
    let found = client
        .bounded(manifests.iter(), |manifest| async move {
            match is_new {
                // Nothing can be in it.
                true => Ok(None),
                false => read(client, manifest).await,
            }
        })
        .await;
    let mut steps = Vec::new();
    for (mut manifest, present) in manifests.into_iter().zip(found) {
        let present = present?;
        if let Some(present) = &present {
            refuse_other_binding(&manifest, present)?;
            keep(&mut manifest, present);
            append_secrets(&mut manifest, present);
        }
        steps.push(Step { manifest, present, checked: None });
    }
    Ok(steps)
}

async fn read(client: &Client, manifest: &Manifest) -> Result<Option<Value>> {
    match client.get_json::<Value>(&manifest.path()).await {
        Ok(object) => Ok(Some(object)),
        Err(error) if error.is_api(404) => Ok(None),
        Err(error) if error.is_api(403) => {
            Err(error.with_hint("`kubectl ns-switch rbac create` prints the role that the command needs"))
        }
        Err(error) => Err(error),
    }
}

/// The role of a binding can't be changed, and its subjects are somebody's access.
fn refuse_other_binding(manifest: &Manifest, present: &Value) -> Result<()> {
    if !manifest.is("RoleBinding") {
        return Ok(());
    }
    let role = |object: &Value| {
        let role = &object["roleRef"];
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        format!("{}/{}", text(&role["kind"]), text(&role["name"]))
    };
    let subjects = |object: &Value| -> Vec<String> {
        let all = object["subjects"].as_array().cloned().unwrap_or_default();
        let mut names: Vec<String> = all
            .iter()
            .map(|one| {
                let text = |field: &str| one[field].as_str().unwrap_or_default().to_owned();
                format!("{} {}/{}", text("kind"), text("namespace"), text("name"))
            })
            .collect();
        names.sort();
        names
    };
    if role(&manifest.body) == role(present) && subjects(&manifest.body) == subjects(present) {
        return Ok(());
    }
    Err(Error::new(format!(
        "rolebinding/{} exists and gives {} to somebody else; nothing was changed",
        manifest.name,
        role(present)
    ))
    .with_status(ExitStatus::Guarded)
    .with_hint("rename or delete that RoleBinding first"))
}

/// The pull secrets of a service account that is there stay.
fn append_secrets(manifest: &mut Manifest, present: &Value) {
    if !manifest.is("ServiceAccount") {
        return;
    }
    let mut secrets = present["imagePullSecrets"].as_array().cloned().unwrap_or_default();
    for secret in manifest.body["imagePullSecrets"].as_array().into_iter().flatten() {
        if !secrets.contains(secret) {
            secrets.push(secret.clone());
        }
    }
    manifest.body["imagePullSecrets"] = Value::Array(secrets);
}

impl Step {
    /// Has the server check the object, and remembers what it would store.
    ///
    /// # Errors
    /// The server's refusal.
    pub async fn check(&mut self, client: &Client, force: bool) -> Result<()> {
        self.checked = Some(self.send(client, SendOptions { dry_run: true, force }).await?);
        Ok(())
    }

    /// Sends the object: by server-side apply, and the default service account by a patch where it is there, since the list
    /// of its pull secrets is one field that may be another's.
    ///
    /// # Errors
    /// The server's refusal; [`ExitStatus::Guarded`] where others own a field and `force` is not given.
    pub async fn send(&self, client: &Client, options: SendOptions) -> Result<Value> {
        let dry_run = if options.dry_run { "&dryRun=All" } else { "" };
        let query = format!("?fieldManager={FIELD_MANAGER}&fieldValidation=Strict{dry_run}");
        let path = self.manifest.path();
        if let Some(present) = self.present.as_ref().filter(|_| self.manifest.is("ServiceAccount")) {
            return self.patch_secrets(client, &format!("{path}{query}"), present).await;
        }
        let force = if options.force { "&force=true" } else { "" };
        let sent = client.apply_json(&format!("{path}{query}{force}"), &self.manifest.body).await;
        sent.map_err(|error| match error.api_cause("FieldManagerConflict") {
            None => error,
            Some(_) => error
                .with_status(ExitStatus::Guarded)
                .with_hint("change it where its owner takes it from, or take it over with --force-conflicts"),
        })
    }

    async fn patch_secrets(&self, client: &Client, path: &str, present: &Value) -> Result<Value> {
        let mut now = present.clone();
        for _ in 0..ATTEMPTS {
            let mut manifest = self.manifest.clone();
            append_secrets(&mut manifest, &now);
            if manifest.body["imagePullSecrets"] == now["imagePullSecrets"] {
                return Ok(now);
            }
            let patch = json!({
                "metadata": {"resourceVersion": now["metadata"]["resourceVersion"]},
                "imagePullSecrets": manifest.body["imagePullSecrets"],
            });
            match client.patch_json(path, &patch).await {
                Err(error) if error.is_api(409) => now = client.get_json(&self.manifest.path()).await?,
                outcome => return outcome,
            }
        }
        Err(Error::new(format!("others keep changing {}", self.manifest.object()))
            .with_hint("run the command again"))
    }

    /// Returns what the server's answer means.
    pub fn action(&self, answer: &Value) -> Action {
        match &self.present {
            None => Action::Created,
            Some(present) if content(present) == content(answer) => Action::Unchanged,
            Some(_) => Action::Updated,
        }
    }

    /// Returns the object as the server would store it, or as it is sent where the server was not asked.
    pub fn stored(&self) -> Value {
        let mut object = self.checked.clone().unwrap_or_else(|| self.manifest.body.clone());
        if let Some(metadata) = object.get_mut("metadata").and_then(Value::as_object_mut) {
            metadata.remove("managedFields");
        }
        object
    }

    /// Returns what would become of the object: as the server said, or by comparison with what is there.
    pub fn foreseen(&self) -> Action {
        match (&self.checked, &self.present) {
            (Some(answer), _) => self.action(answer),
            (None, None) => Action::Created,
            (None, Some(present)) if contains(present, &self.manifest.body) => Action::Unchanged,
            (None, Some(_)) => Action::Updated,
        }
    }
}

/// Returns an object without what changes by itself.
fn content(object: &Value) -> Value {
    let mut object = object.clone();
    if let Some(fields) = object.as_object_mut() {
        fields.remove("status");
    }
    if let Some(metadata) = object.get_mut("metadata").and_then(Value::as_object_mut) {
        for field in ["managedFields", "resourceVersion", "generation"] {
            metadata.remove(field);
        }
    }
    object
}

/// Returns whether an object has all fields of another one.
fn contains(object: &Value, part: &Value) -> bool {
    match (object, part) {
        (Value::Object(object), Value::Object(part)) => {
            let has = |fields: &Map<String, Value>, key: &str, value: &Value| {
                fields.get(key).is_some_and(|found| contains(found, value))
            };
            part.iter().all(|(key, value)| has(object, key, value))
        }
        (Value::Array(items), Value::Array(part)) => {
            items.len() == part.len() && items.iter().zip(part).all(|(one, other)| contains(one, other))
        }
        (Value::String(one), Value::String(other)) if one != other => {
            // The server stores quantities in another spelling.
            let parsed = Quantity::parse(one).ok().zip(Quantity::parse(other).ok());
            parsed.is_some_and(|(one, other)| one == other)
        }
        (one, other) => one == other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_are_compared_by_value() {
        let object = json!({"spec": {"hard": {"cpu": "1500m", "memory": "10Gi"}, "x": 1}});
        assert!(contains(&object, &json!({"spec": {"hard": {"cpu": "1.5", "memory": "10240Mi"}}})));
        assert!(!contains(&object, &json!({"spec": {"hard": {"cpu": "2"}}})));
        assert!(!contains(&object, &json!({"spec": {"hard": {"pods": "2"}}})));
        assert!(!contains(&json!({"a": [1, 2]}), &json!({"a": [1]})));
    }

    #[test]
    fn what_changes_by_itself_is_no_change() {
        let present =
            json!({"metadata": {"name": "a", "resourceVersion": "1"}, "status": {"phase": "Active"}});
        let kind = shared::model::kind::kind_of("", "Namespace", "namespaces");
        let manifest = Manifest { kind, namespace: String::new(), name: "a".into(), body: json!({}) };
        let step = Step { manifest, present: Some(present), checked: None };
        let answer = json!({"metadata": {"name": "a", "resourceVersion": "2", "managedFields": []}});
        assert_eq!(step.action(&answer), Action::Unchanged);
        assert_eq!(step.action(&json!({"metadata": {"name": "a", "labels": {"x": "y"}}})), Action::Updated);
    }
}
