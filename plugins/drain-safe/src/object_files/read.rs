//! The objects that are written.

use serde_json::Value;
use shared::{
    Result,
    client::{
        Client, ListOptions, dynamic_list,
        incomplete::{Skipped, unless_forbidden},
    },
};

use super::kinds::kinds;
use crate::manifest::{clean, is_made_by_others};

/// Reads all objects that nothing else makes, each with the plural of its kind and without what servers fill in; and
/// what could not be read.
///
/// # Errors
/// Whatever keeps a list from being read, but for missing rights.
pub async fn read(client: &Client, secrets: bool) -> Result<(Vec<(String, Value)>, Vec<Skipped>)> {
    let (mut objects, mut skipped) = (Vec::new(), Vec::new());
    for kind in kinds(secrets) {
        let found = dynamic_list::objects(client, &kind, "", &ListOptions::default()).await;
        let found = unless_forbidden(found, &mut skipped, "list", &kind.resource(), "")?;
        let wanted = found.into_iter().flatten().filter(|object| !is_made_by_others(object));
        objects.extend(wanted.map(|mut object| {
            clean(&mut object);
            (kind.plural.clone(), object)
        }));
    }
    Ok((objects, skipped))
}
