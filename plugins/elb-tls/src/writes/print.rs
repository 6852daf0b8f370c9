//! What is printed of a write: lines, Services, and the change for other tools.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use shared::{
    Result,
    output::{Format, Printer, ShellCommand, sanitize_line, yaml},
};

use super::{annotation_write::AnnotationWrite, flags::Output};
use crate::planning::AnnotationChange;

/// Returns an object with changed annotations.
pub fn with_changes(mut object: Value, changes: &[AnnotationChange]) -> Value {
    if !object["metadata"]["annotations"].is_object() {
        object["metadata"]["annotations"] = json!({});
    }
    if let Some(annotations) = object["metadata"]["annotations"].as_object_mut() {
        for change in changes {
            match &change.after {
                Some(value) => annotations.insert(change.key.clone(), value.clone().into()),
                None => annotations.remove(&change.key),
            };
        }
        if annotations.is_empty()
            && let Some(metadata) = object["metadata"].as_object_mut()
        {
            metadata.remove("annotations");
        }
    }
    object
}

/// Prints Services as kubectl does: several in a List, without managed fields.
pub fn print_objects(mut objects: Vec<Value>, output: Output, printer: &mut Printer) -> Result<()> {
    for object in &mut objects {
        if let Some(metadata) = object["metadata"].as_object_mut() {
            metadata.remove("managedFields");
        }
    }
    let document = match objects.len() {
        1 => objects.remove(0),
        _ => json!({"apiVersion": "v1", "kind": "List", "items": objects}),
    };
    printer.document(if output == Output::Json { Format::Json } else { Format::Yaml }, &document)
}

/// Prints the changes for other tools, or the difference.
pub fn print_for_others(
    writes: &[AnnotationWrite],
    output: Option<Output>,
    printer: &mut Printer,
) -> Result<()> {
    let changed: Vec<&AnnotationWrite> = writes.iter().filter(|write| !write.changes.is_empty()).collect();
    match output {
        Some(Output::Patch) => changed.iter().try_for_each(|write| {
            let patch = json!({"metadata": {"annotations": values(&write.changes)}}).to_string();
            // A patch does not say of what: several are commands.
            match changed.len() {
                1 => printer.data(&format!("{patch}\n")),
                _ => printer.data(&format!("{}\n", patch_command(write, &patch))),
            }
        }),
        Some(Output::Kustomize) => {
            let patches = changed.iter().map(|write| kustomize_patches(write)).collect::<Result<Vec<_>>>()?;
            printer.document(Format::Yaml, &json!({"patches": patches.concat()}))
        }
        Some(Output::Helm) => {
            let documents = changed.iter().map(|write| {
                // Helm deletes a default where its value is null.
                let text = yaml(&json!({"service": {"annotations": values(&write.changes)}}))?;
                // Values do not say of what: several have a comment.
                let name = match changed.len() {
                    1 => String::new(),
                    _ => format!("# {}\n", sanitize_line(&write.object())),
                };
                Ok(format!("{name}{text}"))
            });
            printer.data(&documents.collect::<Result<Vec<_>>>()?.join("---\n"))
        }
        _ => changed.iter().try_for_each(|write| printer.data(&difference(write))),
    }
}

/// Prints manifests that are not written anywhere.
pub fn print_local(
    writes: &[AnnotationWrite],
    manifests: Vec<Value>,
    output: Option<Output>,
    diff: bool,
    printer: &mut Printer,
) -> Result<()> {
    match output {
        _ if diff => print_for_others(writes, None, printer),
        Some(Output::Patch | Output::Kustomize | Output::Helm) => print_for_others(writes, output, printer),
        output => {
            let changed = manifests.into_iter().zip(writes);
            let objects = changed.map(|(manifest, write)| with_changes(manifest, &write.changes));
            print_objects(objects.collect(), output.unwrap_or(Output::Yaml), printer)
        }
    }
}

fn patch_command(write: &AnnotationWrite, patch: &str) -> ShellCommand {
    let metadata = &write.live.metadata;
    let command = ShellCommand::new(["kubectl", "patch", "service"]).name(&metadata.name);
    command.flag_with("-n", &metadata.namespace).flag("--type=merge").flag_with("-p", patch)
}

fn values(changes: &[AnnotationChange]) -> BTreeMap<&str, Option<&str>> {
    changes.iter().map(|change| (change.key.as_str(), change.after.as_deref())).collect()
}

/// Returns patches that set annotations and that remove others. Kustomize takes the null of a merge patch of annotations for
/// the string "null", so that those are removed by a JSON patch.
fn kustomize_patches(write: &AnnotationWrite) -> Result<Vec<Value>> {
    let name = &write.live.metadata.name;
    let of = |patch: &Value| {
        let target = json!({"version": "v1", "kind": "Service", "name": name});
        yaml(patch).map(|patch| json!({"target": target, "patch": patch}))
    };
    let (set, removed): (Vec<_>, Vec<_>) =
        write.changes.iter().cloned().partition(|change| change.after.is_some());
    let mut patches = Vec::new();
    if !set.is_empty() {
        patches.push(of(&json!({
            "apiVersion": "v1",
            "kind": "Service",
            "metadata": {"name": name, "annotations": values(&set)},
        }))?);
    }
    if !removed.is_empty() {
        let path = |key: &str| format!("/metadata/annotations/{}", key.replace('~', "~0").replace('/', "~1"));
        let operations = removed.iter().map(|change| json!({"op": "remove", "path": path(&change.key)}));
        patches.push(of(&operations.collect())?);
    }
    Ok(patches)
}

fn difference(write: &AnnotationWrite) -> String {
    let object = sanitize_line(&write.live.metadata.name).into_owned();
    let mut text =
        format!("--- service/{object}\n+++ service/{object}, annotated\n metadata:\n   annotations:\n");
    for change in &write.changes {
        for (sign, value) in [('-', &change.before), ('+', &change.after)] {
            if let Some(value) = value {
                let line = format!("{}: {}", change.key, Value::from(value.as_str()));
                text.push_str(&format!("{sign}    {}\n", sanitize_line(&line)));
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn annotations_are_added_and_the_last_one_takes_its_map_along() {
        let change = |before: Option<&str>, after: Option<&str>| AnnotationChange {
            key: "a".into(),
            before: before.map(Into::into),
            after: after.map(Into::into),
        };
        let bare = json!({"metadata": {"name": "web"}});
        let annotated = with_changes(bare.clone(), &[change(None, Some("1"))]);
        assert_eq!(annotated, json!({"metadata": {"name": "web", "annotations": {"a": "1"}}}));
        assert_eq!(with_changes(annotated, &[change(Some("1"), None)]), bare);
    }
}
