//! What is to be written, object by object, against what is there.

use serde_json::Value;
use shared::{Result, client::Client, model::kind::kind_of};

use crate::proposal::Proposal;

/// One object to be written.
#[derive(Clone, Debug)]
pub struct Write {
    /// `resourcequota` or `limitrange`.
    pub word: &'static str,
    /// The name in paths.
    plural: &'static str,
    namespace: String,
    /// Its name.
    pub name: String,
    /// What is to be.
    pub manifest: Value,
    /// What was there when the plan was made.
    pub present: Option<Value>,
    /// What the server would make of it.
    pub tried: Option<Value>,
}

/// The writes of a proposal, with what is there under their names.
///
/// # Errors
/// What is there can't be read.
pub async fn plan(client: &Client, proposal: &Proposal) -> Result<Vec<Write>> {
    let mut writes = Vec::new();
    for manifest in proposal.manifests() {
        let (word, plural) = match manifest["kind"] == "ResourceQuota" {
            true => ("resourcequota", "resourcequotas"),
            false => ("limitrange", "limitranges"),
        };
        let name = manifest["metadata"]["name"].as_str().unwrap_or_default().to_owned();
        let mut write = Write {
            word,
            plural,
            namespace: proposal.namespace.clone(),
            name,
            manifest,
            present: None,
            tried: None,
        };
        write.present = write.read(client).await?;
        writes.push(write);
    }
    Ok(writes)
}

impl Write {
    /// `resourcequota/team`.
    pub fn object(&self) -> String {
        format!("{}/{}", self.word, self.name)
    }

    /// Whether what is there is what is to be: as the server would keep it, where it was asked.
    pub fn changes_nothing(&self) -> bool {
        self.present.as_ref().is_some_and(|present| match &self.tried {
            Some(tried) => present["spec"] == tried["spec"],
            None => present["spec"] == self.body(present)["spec"],
        })
    }

    /// Has the server try it.
    ///
    /// # Errors
    /// The server's refusal.
    pub async fn attempt(&mut self, client: &Client) -> Result<()> {
        self.tried = Some(self.send(client, self.present.as_ref(), true).await?);
        Ok(())
    }

    fn collection(&self) -> String {
        kind_of("", "", self.plural).collection(&self.namespace)
    }

    fn path(&self) -> String {
        kind_of("", "", self.plural).object_path(&self.namespace, &self.name)
    }

    /// What is there now.
    ///
    /// # Errors
    /// Trouble other than that nothing is.
    pub async fn read(&self, client: &Client) -> Result<Option<Value>> {
        match client.get_json::<Value>(&self.path()).await {
            Ok(object) => Ok(Some(object)),
            Err(error) if error.is_api(404) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The object as it is sent in the place of `present`: everything that the proposal does not speak of stays.
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

    /// Sends it; over what is there only if that is still the object and version of `present`.
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
