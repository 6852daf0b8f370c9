//! The rights that issuing credentials needs, asked for before anything is made.

use shared::{
    Error, Result,
    cli::ExitStatus,
    client::{
        Client,
        self_subject_review::{AccessAttributes, ResourceAttributes, access},
    },
};

use super::Subject;

/// The signer of certificates that the API server accepts from clients.
pub const SIGNER: &str = "kubernetes.io/kube-apiserver-client";

const GROUP: &str = "certificates.k8s.io";

/// Fails unless the user may do all that issuing credentials needs.
///
/// # Errors
/// [`ExitStatus::NotPermitted`] with the first right that is missing; the server can't be asked.
pub async fn check(client: &Client, subject: &Subject) -> Result<()> {
    let needed = needed(subject);
    let reviews = client
        .bounded(needed.iter(), |attributes| {
            let attributes = AccessAttributes::Resource(attributes.clone());
            async move { access(client, &attributes).await }
        })
        .await;
    for (attributes, review) in needed.iter().zip(reviews) {
        if !review?.allowed {
            return Err(missing(attributes));
        }
    }
    Ok(())
}

fn needed(subject: &Subject) -> Vec<ResourceAttributes> {
    let of = |verb: &str, resource: &str, subresource: &str, name: &str| ResourceAttributes {
        verb: verb.to_owned(),
        group: GROUP.to_owned(),
        resource: resource.to_owned(),
        subresource: subresource.to_owned(),
        name: name.to_owned(),
        ..ResourceAttributes::default()
    };
    match subject {
        Subject::User(_) => vec![
            of("create", "certificatesigningrequests", "", ""),
            of("get", "certificatesigningrequests", "", ""),
            of("update", "certificatesigningrequests", "approval", ""),
            of("approve", "signers", "", SIGNER),
        ],
        Subject::ServiceAccount { namespace, name } => vec![ResourceAttributes {
            namespace: namespace.clone(),
            group: String::new(),
            ..of("create", "serviceaccounts", "token", name)
        }],
    }
}

fn missing(attributes: &ResourceAttributes) -> Error {
    let ResourceAttributes { verb, group, resource, subresource, name, namespace } = attributes;
    let mut words = format!("{verb} {resource}");
    if !group.is_empty() {
        words.push_str(&format!(".{group}"));
    }
    if !subresource.is_empty() {
        words.push_str(&format!("/{subresource}"));
    }
    if resource == "signers" {
        words.push_str(&format!(" \"{name}\""));
    }
    if !namespace.is_empty() {
        words.push_str(&format!(" in namespace {namespace}"));
    }
    Error::new(format!("you may not {words}; nothing was requested"))
        .with_status(ExitStatus::NotPermitted)
        .with_hint("`kubectl ns-switch rbac user` prints the role that permits it")
}
