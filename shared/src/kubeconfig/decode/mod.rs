//! From the bytes of one file to what it says, as strict as kubectl and no stricter.
//!
//! kubectl decodes into the Go structs of `tools/clientcmd/api/v1/types.go` and converts lists to maps
//! (`conversion.go`). Field names are matched exactly, unknown fields are ignored, null leaves a field empty, and
//! nothing is coerced: a number where a string belongs fails the file.

mod entries;
mod fault;
mod fields;
mod kind;

use std::path::Path;

use fault::Fault;
use fields::Fields;

use super::{
    LoadOptions, Problem,
    parsed_file::{ParsedEntry, ParsedFile},
};
use crate::yaml::{Document, SourceText, Value};

/// Decodes a kubeconfig file.
///
/// `directory` is what its relative paths start from. Data whose base64 is broken may be left out, as `options` say; then
/// it is noted in the entry's problems.
pub(super) fn decode_file(
    bytes: &[u8],
    path: &Path,
    directory: &Path,
    options: LoadOptions,
) -> Result<ParsedFile, Problem> {
    decode(bytes, directory, options)
        .map(|mut file| {
            let noted = file.clusters.iter_mut().flat_map(|entry| &mut entry.problems);
            let noted = noted.chain(file.users.iter_mut().flat_map(|entry| &mut entry.problems));
            noted.for_each(|problem| problem.path = path.to_path_buf());
            file
        })
        .map_err(|fault| fault.into_problem(path))
}

fn decode(bytes: &[u8], directory: &Path, options: LoadOptions) -> Result<ParsedFile, Fault> {
    let source = SourceText::decode(bytes)?;
    let document = Document::parse(&source.text)?;
    let value = Value::resolve(&document)?;
    let top = Fields::new(&document, value.as_ref())?;
    kind::check(&top)?;
    let decoder = entries::Decoder::new(directory, options);
    let preferences = top.fields("preferences")?;
    let file = ParsedFile {
        contexts: named_entries(&top, "contexts", "context", |fields, _| decoder.context(fields))?,
        clusters: named_entries(&top, "clusters", "cluster", |fields, left_out| {
            decoder.cluster(fields, left_out)
        })?,
        users: named_entries(&top, "users", "user", |fields, left_out| decoder.user(fields, left_out))?,
        current_context: top.text("current-context")?,
        preferences: entries::preferences(&preferences).map_err(|fault| fault.inside("preferences"))?,
        extensions: entries::extensions(&top)?,
        encoding: source.encoding,
        has_more_documents: document.has_more_documents(),
        current_contexts: document.times_set("current-context"),
    };
    Ok(file)
}

/// A list of `{name: …, <inner>: {…}}`, in which every name may stand once.
fn named_entries<T>(
    top: &Fields<'_, '_>,
    list: &str,
    inner: &str,
    decode: impl Fn(&Fields<'_, '_>, &mut Vec<Fault>) -> Result<T, Fault>,
) -> Result<Vec<ParsedEntry<T>>, Fault> {
    let items = top.list(list)?;
    let mut entries: Vec<ParsedEntry<T>> = Vec::with_capacity(items.len());
    let mut lines = std::collections::HashMap::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        let mut left_out = Vec::new();
        let mut decode_item = || {
            let fields = Fields::new(top.document(), Some(item))?;
            let name = fields.text("name")?.unwrap_or_default();
            let entry = decode(&fields.fields(inner)?, &mut left_out).map_err(|fault| fault.inside(inner))?;
            Ok((name, entry))
        };
        let place = || format!("{list}[{index}]");
        let (name, entry) = decode_item().map_err(|fault: Fault| fault.inside(&place()))?;
        if let Some(first) = lines.insert(name.clone(), item.line) {
            let message = format!("duplicate name \"{name}\" in {list}, first on line {first}");
            return Err(Fault::new(item.line, message).with_hint("rename or remove one of the two"));
        }
        let problems = left_out
            .into_iter()
            .map(|fault| fault.inside(inner).inside(&place()).into_problem(Path::new("")))
            .collect();
        entries.push(ParsedEntry { name, entry, line: item.line, problems });
    }
    Ok(entries)
}
