//! The entries of a kubeconfig as JSON, nothing left out: what is copied from one file to another.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use serde_json::{Map, Value as Json, json};

use super::{LoadOptions, decode::decode_file, load::failure, model::clean};
use crate::{
    Result,
    yaml::{Document, SourceText, Value},
};

/// One entry of a list: its name, and what stands beside it under `cluster`, `user` or `context`.
#[derive(Clone, PartialEq, Eq)]
pub struct RawEntry {
    /// Its name.
    pub name: String,
    /// What it says, fields of other programs included. Paths of files are absolute.
    pub body: Json,
}

impl fmt::Debug for RawEntry {
    /// Without the body: it may hold credentials.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawEntry").field("name", &self.name).finish_non_exhaustive()
    }
}

/// The entries of all three lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawEntries {
    /// The clusters.
    pub clusters: Vec<RawEntry>,
    /// The users.
    pub users: Vec<RawEntry>,
    /// The contexts.
    pub contexts: Vec<RawEntry>,
    /// The current context, if one is set.
    pub current: Option<String>,
}

/// The fields of a cluster and of a user that name files.
const PATHS: [&str; 4] = ["certificate-authority", "client-certificate", "client-key", "tokenFile"];

impl RawEntries {
    /// Reads a kubeconfig. `shown` names it in messages; relative paths in it start from `directory`.
    ///
    /// # Errors
    /// A text that kubectl would refuse, in its words.
    pub fn parse(bytes: &[u8], shown: &Path, directory: &Path) -> Result<Self> {
        // As strict as a load; what is copied is what stands there.
        decode_file(bytes, shown, directory, LoadOptions::default())
            .map_err(|problem| failure(&[problem]))?;
        let source = SourceText::decode(bytes).ok();
        let document = source.as_ref().and_then(|source| Document::parse(&source.text).ok());
        let value = document.as_ref().and_then(|document| Value::resolve(document).ok()).flatten();
        let json = value.map_or(Json::Null, |value| value.to_raw_json());
        let current = json["current-context"].as_str().filter(|name| !name.is_empty());
        Ok(Self {
            clusters: entries(&json, "clusters", "cluster", directory),
            users: entries(&json, "users", "user", directory),
            contexts: entries(&json, "contexts", "context", directory),
            current: current.map(ToOwned::to_owned),
        })
    }

    /// Returns whether there are none.
    pub fn is_empty(&self) -> bool {
        self.clusters.is_empty() && self.users.is_empty() && self.contexts.is_empty()
    }

    /// Adds the entries of a later file: of each name the first one counts.
    pub fn merge(&mut self, later: Self) {
        for (list, more) in [
            (&mut self.clusters, later.clusters),
            (&mut self.users, later.users),
            (&mut self.contexts, later.contexts),
        ] {
            let new: Vec<RawEntry> =
                more.into_iter().filter(|entry| !list.iter().any(|one| one.name == entry.name)).collect();
            list.extend(new);
        }
        self.current = self.current.take().or(later.current);
    }

    /// Returns a kubeconfig with these entries and this current context.
    pub fn document(&self) -> Json {
        let list = |word: &str, entries: &[RawEntry]| -> Vec<Json> {
            entries.iter().map(|entry| entry.to_json(word)).collect()
        };
        let mut document = json!({
            "apiVersion": "v1",
            "kind": "Config",
            "clusters": list("cluster", &self.clusters),
            "contexts": list("context", &self.contexts),
            "users": list("user", &self.users),
        });
        if let Some(current) = &self.current {
            document["current-context"] = json!(current);
        }
        document
    }
}

impl RawEntry {
    /// Returns the entry as it stands in a list; `word` is the key of its body.
    pub fn to_json(&self, word: &str) -> Json {
        json!({"name": self.name, word: self.body})
    }

    /// Returns a field of the body that is a text and not empty.
    pub fn text(&self, field: &str) -> Option<&str> {
        self.body[field].as_str().filter(|text| !text.is_empty())
    }
}

fn entries(document: &Json, list: &str, word: &str, directory: &Path) -> Vec<RawEntry> {
    let items = document[list].as_array().into_iter().flatten();
    let entry = |item: &Json| {
        let mut body = item[word].as_object().cloned().unwrap_or_default();
        // A field without a value means what no field means.
        body.retain(|_, value| !value.is_null() && value != "");
        make_absolute(&mut body, directory);
        RawEntry { name: item["name"].as_str().unwrap_or_default().to_owned(), body: Json::Object(body) }
    };
    items.map(entry).collect()
}

/// Makes paths absolute, as client-go resolves them (`ResolveLocalPaths`): a program of a credential plugin only where it is
/// a path at all.
fn make_absolute(body: &mut Map<String, Json>, directory: &Path) {
    let absolute = |path: &str| clean(&directory.join(path)).to_string_lossy().into_owned();
    for field in PATHS {
        if let Some(value) = body.get_mut(field)
            && let Some(path) = value.as_str()
        {
            *value = json!(absolute(path));
        }
    }
    if let Some(command) = body.get_mut("exec").and_then(|exec| exec.get_mut("command"))
        && let Some(path) = command.as_str().filter(|path| PathBuf::from(path).components().count() > 1)
    {
        *command = json!(absolute(path));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_kept_and_paths_are_absolute() {
        let text = "clusters:\n- name: c\n  cluster: {server: 'https://h', certificate-authority: ./ca.crt, extensions: [{name: x, extension: {a: 1}}]}\nusers:\n- {name: u, user: {exec: {command: ./login, apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never}, client-key: /k, token: ''}}\n- {name: v, user: {exec: {command: login, apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never}}}\ncurrent-context: x\n";
        let entries = RawEntries::parse(text.as_bytes(), Path::new("f"), Path::new("/team")).unwrap();
        let cluster = json!({"server": "https://h", "certificate-authority": "/team/ca.crt", "extensions": [{"name": "x", "extension": {"a": 1}}]});
        assert_eq!(entries.clusters[0].body, cluster);
        assert_eq!(entries.users[0].body["exec"]["command"], "/team/login");
        assert_eq!(entries.users[0].body["client-key"], "/k");
        assert!(entries.users[0].body.get("token").is_none());
        assert_eq!(entries.users[1].body["exec"]["command"], "login");
        assert_eq!(entries.current.as_deref(), Some("x"));
        assert!(!format!("{entries:?}").contains("https"), "{entries:?}");
    }

    #[test]
    fn the_first_of_a_name_counts() {
        let entry =
            |name: &str, server: &str| RawEntry { name: name.into(), body: json!({"server": server}) };
        let of = |clusters: Vec<RawEntry>| RawEntries { clusters, ..RawEntries::default() };
        let mut all = of(vec![entry("a", "1")]);
        all.merge(of(vec![entry("a", "2"), entry("b", "3")]));
        assert_eq!(all, of(vec![entry("a", "1"), entry("b", "3")]));
    }

    #[test]
    fn what_kubectl_refuses_is_refused() {
        let refused = RawEntries::parse(b"clusters: 3", Path::new("team.yaml"), Path::new("/"));
        assert!(refused.unwrap_err().to_string().contains("team.yaml"));
    }
}
