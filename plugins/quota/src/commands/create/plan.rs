//! The plan: the objects to write, each with the object it replaces.

use serde_json::Value;
use shared::{Result, client::Client, model::kind::kind_of};

use crate::proposal::Proposal;

/// One object to write.
#[derive(Clone, Debug)]
pub struct Write {
    /// `resourcequota` or `limitrange`.
    pub resource: &'static str,
    /// The plural, for paths.
    plural: &'static str,
    namespace: String,
    /// The name.
    pub name: String,
    /// The object to write.
    pub manifest: Value,
    /// The existing object when the plan was made.
    pub present: Option<Value>,
    /// The object as the server would store it, after a dry run.
    pub dry_run_result: Option<Value>,
}

/// Plans the writes of a proposal.
///
/// # Errors
/// An existing object can't be read.
pub async fn plan(client: &Client, proposal: &Proposal) -> Result<Vec<Write>> {
    let mut writes = Vec::new();
    for manifest in proposal.manifests() {
        let (resource, plural) = match manifest["kind"] == "ResourceQuota" {
            true => ("resourcequota", "resourcequotas"),
            false => ("limitrange", "limitranges"),
        };
        let name = manifest["metadata"]["name"].as_str().unwrap_or_default().to_owned();
        let mut write = Write {
            resource,
            plural,
            namespace: proposal.namespace.clone(),
            name,
            manifest,
            present: None,
            dry_run_result: None,
        };
        write.present = write.read(client).await?;
        writes.push(write);
    }
    Ok(writes)
}

impl Write {
    /// Returns the name as `resourcequota/team`.
    pub fn object(&self) -> String {
        format!("{}/{}", self.resource, self.name)
    }

    /// Returns the object as it is written: with the scopes that the existing one keeps.
    pub fn shown(&self) -> Value {
        let mut shown = self.manifest.clone();
        if let Some(present) = &self.present {
            let body = self.body(present);
            for field in ["scopes", "scopeSelector"] {
                if !body["spec"][field].is_null() {
                    shown["spec"][field] = body["spec"][field].clone();
                }
            }
        }
        shown
    }

    /// Returns whether the existing object already has this spec.
    pub fn changes_nothing(&self) -> bool {
        self.present.as_ref().is_some_and(|present| match &self.dry_run_result {
            Some(result) => present["spec"] == result["spec"],
            None => present["spec"] == self.body(present)["spec"],
        })
    }

    /// Sends a dry run to the server.
    ///
    /// # Errors
    /// The server's refusal.
    pub async fn send_dry_run(&mut self, client: &Client) -> Result<()> {
        self.dry_run_result = Some(self.send(client, self.present.as_ref(), true).await?);
        Ok(())
    }

    fn collection(&self) -> String {
        kind_of("", "", self.plural).collection(&self.namespace)
    }

    fn path(&self) -> String {
        kind_of("", "", self.plural).object_path(&self.namespace, &self.name)
    }

    /// Reads the existing object.
    ///
    /// # Errors
    /// Errors other than NotFound.
    pub async fn read(&self, client: &Client) -> Result<Option<Value>> {
        match client.get_json::<Value>(&self.path()).await {
            Ok(object) => Ok(Some(object)),
            Err(error) if error.is_api(404) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Returns the object that replaces `present`: fields that the proposal does not set stay.
    fn body(&self, present: &Value) -> Value {
        let mut body = present.clone();
        body["apiVersion"] = self.manifest["apiVersion"].clone();
        body["kind"] = self.manifest["kind"].clone();
        for field in ["hard", "scopes", "scopeSelector", "limits"] {
            if !self.manifest["spec"][field].is_null() {
                body["spec"][field] = self.manifest["spec"][field].clone();
            }
        }
        if let Some(fields) = body.as_object_mut() {
            fields.remove("status");
        }
        if let Some(metadata) = body["metadata"].as_object_mut() {
            metadata.remove("managedFields");
        }
        body
    }

    /// Sends the object. `present` is replaced only in this resourceVersion.
    ///
    /// # Errors
    /// The server's refusal.
    pub async fn send(&self, client: &Client, present: Option<&Value>, dry_run: bool) -> Result<Value> {
        let query = format!(
            "?fieldValidation=Strict&fieldManager=kubectl-quota{}",
            if dry_run { "&dryRun=All" } else { "" }
        );
        match present {
            Some(present) => client.put_json(&format!("{}{query}", self.path()), &self.body(present)).await,
            None => client.post_json(&format!("{}{query}", self.collection()), &self.manifest).await,
        }
    }
}
