//! What a server serves of the manifests' kinds, and how their objects are to look.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::{
    Result,
    admission::version::{Minor, Version},
    client::Client,
    dump::DumpObject,
    manifest::{
        Manifest,
        json::text,
        kinds::Kinds,
        schema::{self, Schema},
    },
    model::path_segment,
};

/// The kinds that are not served, and the schemas of those whose objects the built-in schema does not describe.
#[derive(Clone, Debug, Default)]
pub struct ServedKinds {
    schema: Schema,
    unserved: BTreeSet<(String, String)>,
}

/// The server's answers about the versions of the manifests' kinds.
#[derive(Debug, Default)]
pub struct Discovery(Vec<(String, Result<Value>)>);

impl Discovery {
    /// Asks the server which kinds it serves in the versions of these objects.
    pub async fn read(client: &Client, objects: &[DumpObject]) -> Self {
        let versions: BTreeSet<&str> = objects.iter().map(|one| text(&one.object["apiVersion"])).collect();
        let lists = client.bounded(versions, |version| async move {
            (version.to_owned(), client.get_json::<Value>(&root_of(version)).await)
        });
        Self(lists.await)
    }
}

impl ServedKinds {
    /// Returns what the server serves of the kinds that Kubernetes does not always serve, and asks for its schema where an
    /// object does not follow the built-in one: the server may be newer. `kinds` learns what the server says.
    ///
    /// # Errors
    /// Errors on the way to the server.
    pub async fn read(
        client: &Client,
        objects: &[DumpObject],
        discovery: Discovery,
        kinds: &mut Kinds,
        version: Version,
    ) -> Result<Self> {
        let mut served = Self::default();
        let built_in = schema::built_in();
        let mut doubtful: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        let mut described: BTreeSet<String> = BTreeSet::new();
        for one in objects {
            let (api_version, kind) = (text(&one.object["apiVersion"]), text(&one.object["kind"]));
            if version.emulation < Minor::NEWEST
                || !built_in.knows(api_version, kind)
                || schema::is_subresource(api_version, kind)
            {
                doubtful.entry(api_version).or_default().insert(kind.to_owned());
            } else if built_in.decoding_error(api_version, kind, &one.object).is_some() {
                described.insert(api_version.to_owned());
            }
        }
        for (version, list) in discovery.0 {
            let Some(wanted) = doubtful.remove(version.as_str()) else { continue };
            match list {
                Ok(list) => {
                    let (group, number) = version.rsplit_once('/').unwrap_or(("", &version));
                    if !group.is_empty() {
                        kinds.learn_discovery(group, number, &list);
                    }
                    let serves = |kind: &String| {
                        list["resources"]
                            .as_array()
                            .into_iter()
                            .flatten()
                            .any(|one| one["kind"] == **kind && !text(&one["name"]).contains('/'))
                    };
                    let (here, absent): (Vec<_>, Vec<_>) = wanted.into_iter().partition(serves);
                    if !here.is_empty() {
                        described.insert(version.clone());
                    }
                    served.add_unserved(&version, absent, kinds);
                }
                Err(error) if error.is_api(404) => served.add_unserved(&version, wanted, kinds),
                // Who may not ask may still be served.
                Err(error) if error.api_status().is_some() => {}
                Err(error) => return Err(error),
            }
        }
        let documents = client.bounded(described, |version| async move {
            client.get_json::<Value>(&format!("/openapi/v3{}", root_of(&version))).await
        });
        for document in documents.await {
            match document {
                Ok(document) => served.schema.extend(Schema::from_openapi(&document)),
                // The built-in schema is as good as any other then.
                Err(error) if error.api_status().is_some() => {}
                Err(error) => return Err(error),
            }
        }
        Ok(served)
    }

    /// Returns what no supported version of Kubernetes serves, for manifests that are checked against a dump.
    pub fn of_dump(objects: &[DumpObject], kinds: &Kinds) -> Self {
        let mut served = Self::default();
        for one in objects {
            let (version, kind) = (text(&one.object["apiVersion"]), text(&one.object["kind"]));
            if schema::is_gone(version, kind) || schema::is_subresource(version, kind) {
                served.add_unserved(version, [kind.to_owned()], kinds);
            }
        }
        served
    }

    fn add_unserved(&mut self, version: &str, absent: impl IntoIterator<Item = String>, kinds: &Kinds) {
        let absent = absent.into_iter().filter(|kind| !kinds.has_learnt(version, kind));
        self.unserved.extend(absent.map(|kind| (version.to_owned(), kind)));
    }

    /// Returns whether the server does not know the kind of a manifest.
    pub fn lacks(&self, manifest: &Manifest) -> bool {
        let version = text(&manifest.value["apiVersion"]).to_owned();
        self.unserved.contains(&(version, manifest.kind.kind.clone()))
    }

    /// Returns the server's message about an object that it can't decode.
    pub fn decoding_error(&self, manifest: &Manifest) -> Option<String> {
        let (version, kind) = (text(&manifest.value["apiVersion"]), manifest.kind.kind.as_str());
        let schema = if self.schema.knows(version, kind) { &self.schema } else { schema::built_in() };
        schema.decoding_error(version, kind, &manifest.value)
    }
}

/// Returns the path of a group and version: `/apis/apps/v1`.
fn root_of(api_version: &str) -> String {
    match api_version.split_once('/') {
        Some((group, version)) => format!("/apis/{}/{}", path_segment(group), path_segment(version)),
        None => format!("/api/{}", path_segment(api_version)),
    }
}
