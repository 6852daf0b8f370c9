//! The objects in files, and which of them the cluster lacks.

use std::{collections::BTreeSet, path::PathBuf};

use serde_json::Value;
use shared::{
    Error, Result,
    client::Client,
    dump::DumpObject,
    manifest::{self, Manifest, json::text, kinds::Kinds},
    model::path_segment,
};

use crate::manifest::clean;

/// Reads the objects of files in their order, without what servers fill in.
///
/// # Errors
/// Files that can't be read, and kinds that the server does not serve.
pub async fn objects(client: &Client, paths: &[PathBuf]) -> Result<Vec<Manifest>> {
    let found = manifest::read(paths)?;
    let mut kinds = Kinds::default();
    learn(client, &found, &mut kinds).await?;
    found
        .into_iter()
        .map(|mut one| {
            let (api_version, kind) = (text(&one.object["apiVersion"]), text(&one.object["kind"]));
            let kind = kinds.find(api_version, kind).ok_or_else(|| {
                Error::new(format!("{}: the server does not serve {kind} of {api_version}", one.file))
            })?;
            clean(&mut one.object);
            Ok(Manifest::from_file(one, kind, client.namespace()))
        })
        .collect()
}

/// Asks the server about the kinds that are not Kubernetes' own.
async fn learn(client: &Client, objects: &[DumpObject], kinds: &mut Kinds) -> Result<()> {
    let is_unknown =
        |one: &&DumpObject| kinds.find(text(&one.object["apiVersion"]), text(&one.object["kind"])).is_none();
    let versions = objects.iter().filter(is_unknown);
    let versions: BTreeSet<_> =
        versions.filter_map(|one| text(&one.object["apiVersion"]).split_once('/')).collect();
    for (group, version) in versions {
        let path = format!("/apis/{}/{}", path_segment(group), path_segment(version));
        match client.get_json::<Value>(&path).await {
            Ok(list) => kinds.learn_discovery(group, version, &list),
            Err(error) if error.is_api(404) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Returns which of the objects are there, whatever they look like by now.
///
/// # Errors
/// One that can't be read.
pub async fn are_there(client: &Client, objects: &[Manifest]) -> Result<Vec<bool>> {
    let answers = client.bounded(objects, |one| async move {
        let path = one.kind.object_path(&one.namespace, &one.name);
        match client.get_json::<Value>(&path).await {
            Ok(_) => Ok(true),
            Err(error) if error.is_api(404) => Ok(false),
            Err(error) => Err(error),
        }
    });
    answers.await.into_iter().collect()
}
