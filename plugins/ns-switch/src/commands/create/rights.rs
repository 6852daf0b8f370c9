//! The rights that writing needs, asked for beforehand: whoever lacks one should know before anything is made.

use shared::client::{
    Client,
    self_subject_review::{AccessAttributes, ResourceAttributes, access},
};

use super::plan::Step;

/// Returns a sentence for each object that the user may not write. What can't be asked is left to the write itself.
pub async fn missing(client: &Client, steps: &[Step]) -> Vec<String> {
    let needed: Vec<ResourceAttributes> = steps.iter().flat_map(needed).collect();
    let reviews = client
        .bounded(needed.iter(), |attributes| {
            let attributes = AccessAttributes::Resource(attributes.clone());
            async move { access(client, &attributes).await }
        })
        .await;
    let refused =
        needed.iter().zip(reviews).filter(|(_, review)| review.as_ref().is_ok_and(|review| !review.allowed));
    let mut sentences: Vec<String> = refused.map(|(attributes, _)| sentence(attributes)).collect();
    sentences.dedup();
    sentences
}

/// An apply is a patch, and a creation where nothing is there.
fn needed(step: &Step) -> Vec<ResourceAttributes> {
    let kind = &step.manifest.kind;
    let of = |verb: &str| ResourceAttributes {
        verb: verb.to_owned(),
        group: kind.group.clone(),
        resource: kind.plural.clone(),
        namespace: step.manifest.namespace.clone(),
        ..ResourceAttributes::default()
    };
    let patch = ResourceAttributes { name: step.manifest.name.clone(), ..of("patch") };
    match step.present {
        Some(_) => vec![patch],
        None => vec![patch, of("create")],
    }
}

fn sentence(attributes: &ResourceAttributes) -> String {
    let ResourceAttributes { verb, group, resource, namespace, .. } = attributes;
    let group = if group.is_empty() { String::new() } else { format!(".{group}") };
    let place = if namespace.is_empty() { String::new() } else { format!(" in namespace {namespace}") };
    format!("you may not {verb} {resource}{group}{place}, which will fail")
}
