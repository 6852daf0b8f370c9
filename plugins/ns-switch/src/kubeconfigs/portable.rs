//! Contexts on their own: with the cluster and user they name, and without files beside them.

use std::path::Path;

use serde_json::{Value, json};
use shared::{
    Error, Result, base64,
    kubeconfig::{RawEntries, RawEntry, nearest_names},
    output::sanitize_line,
    regular_file,
};

use super::did_you_mean;

/// Returns contexts with the clusters and users they name, the first of them current.
///
/// # Errors
/// A context does not exist, or what it names does not.
pub fn contexts_with_entries(all: &RawEntries, names: &[String]) -> Result<RawEntries> {
    let mut found = RawEntries { current: names.first().cloned(), ..RawEntries::default() };
    for name in names {
        let Some(context) = all.contexts.iter().find(|context| context.name == *name) else {
            return Err(no_such_context(all, name));
        };
        if found.contexts.contains(context) {
            continue;
        }
        found.contexts.push(context.clone());
        for (word, from, to) in
            [("cluster", &all.clusters, &mut found.clusters), ("user", &all.users, &mut found.users)]
        {
            let Some(wanted) = context.text(word) else { continue };
            let Some(entry) = from.iter().find(|entry| entry.name == wanted) else {
                return Err(Error::new(format!(
                    "{word} \"{}\" of context \"{}\" does not exist",
                    sanitize_line(wanted),
                    sanitize_line(name)
                )));
            };
            if !to.contains(entry) {
                to.push(entry.clone());
            }
        }
    }
    Ok(found)
}

fn no_such_context(all: &RawEntries, name: &str) -> Error {
    let error = Error::new(format!("no context exists with the name \"{}\"", sanitize_line(name)));
    let nearest = nearest_names(name, all.contexts.iter().map(|context| context.name.as_str()));
    match nearest.is_empty() {
        true => error.with_hint("see them all with `kubectl ns-switch contexts`"),
        false => error.with_hint(did_you_mean(&nearest)),
    }
}

/// Puts the content of the files that clusters and users name in their place.
///
/// # Errors
/// A file can't be read.
pub fn embed(entries: &mut RawEntries) -> Result<()> {
    for cluster in &mut entries.clusters {
        replace(cluster, "certificate-authority", "certificate-authority-data", encoded)?;
    }
    for user in &mut entries.users {
        replace(user, "client-certificate", "client-certificate-data", encoded)?;
        replace(user, "client-key", "client-key-data", encoded)?;
        // A file with a token wins over a token.
        replace(user, "tokenFile", "token", |bytes| {
            Value::from(String::from_utf8_lossy(&bytes).trim().to_owned())
        })?;
    }
    Ok(())
}

fn encoded(bytes: Vec<u8>) -> Value {
    json!(base64::encode(&bytes))
}

/// Replaces a field that names a file by one with its content. Data that stands there already wins, as for kubectl.
fn replace(entry: &mut RawEntry, file: &str, data: &str, content: fn(Vec<u8>) -> Value) -> Result<()> {
    let Some(path) = entry.text(file).map(ToOwned::to_owned) else { return Ok(()) };
    if entry.text(data).is_none() || data == "token" {
        let bytes = regular_file::read(Path::new(&path)).map_err(|error| {
            Error::new(format!("can't read {path}, which \"{}\" names: {error}", sanitize_line(&entry.name)))
        })?;
        entry.body[data] = content(bytes);
    }
    if let Some(fields) = entry.body.as_object_mut() {
        fields.remove(file);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(name: &str, body: Value) -> RawEntry {
        RawEntry { name: name.into(), body }
    }

    fn all() -> RawEntries {
        RawEntries {
            clusters: vec![entry("c", json!({"server": "https://h"})), entry("d", json!({}))],
            users: vec![entry("u", json!({"token": "t"}))],
            contexts: vec![
                entry("x", json!({"cluster": "c", "user": "u"})),
                entry("y", json!({"cluster": "c"})),
                entry("z", json!({"cluster": "gone"})),
            ],
            current: Some("y".into()),
        }
    }

    #[test]
    fn only_what_is_named_goes_along() {
        let found = contexts_with_entries(&all(), &["x".into(), "y".into(), "x".into()]).unwrap();
        let names = |list: &[RawEntry]| list.iter().map(|entry| entry.name.clone()).collect::<Vec<_>>();
        assert_eq!(
            (names(&found.contexts), names(&found.clusters)),
            (vec!["x".into(), "y".into()], vec!["c".into()])
        );
        assert_eq!((names(&found.users), found.current.as_deref()), (vec!["u".into()], Some("x")));
        let error =
            |name: &str| contexts_with_entries(&all(), &[name.to_owned()]).unwrap_err().sentence().to_owned();
        assert_eq!(error("z"), "cluster \"gone\" of context \"z\" does not exist");
        assert_eq!(error("q"), "no context exists with the name \"q\"");
    }

    #[test]
    fn files_are_embedded_where_no_data_wins_over_them() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("f");
        std::fs::write(&file, "hi\n").unwrap();
        let mut entries = RawEntries {
            clusters: vec![entry("c", json!({"certificate-authority": file}))],
            users: vec![entry(
                "u",
                json!({"tokenFile": file, "token": "old", "client-key": "/no/file", "client-key-data": "a"}),
            )],
            ..RawEntries::default()
        };
        embed(&mut entries).unwrap();
        assert_eq!(entries.clusters[0].body, json!({"certificate-authority-data": "aGkK"}));
        assert_eq!(entries.users[0].body, json!({"token": "hi", "client-key-data": "a"}));
        entries.users[0].body = json!({"client-key": "/no/file"});
        assert!(
            embed(&mut entries)
                .unwrap_err()
                .sentence()
                .starts_with("can't read /no/file, which \"u\" names: ")
        );
    }
}
