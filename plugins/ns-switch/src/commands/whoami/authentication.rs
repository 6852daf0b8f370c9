//! How the user authenticates, by flags and kubeconfig.

use shared::{cli::ConnectionFlags, client::token_expiry, kubeconfig::Kubeconfig, regular_file};

use super::facts::Authentication;
use crate::credentials::{ClientCertificate, CredentialKind, Credentials};

/// Returns how requests with these flags authenticate. Flags come before what the kubeconfig says, as for kubectl: a token
/// before a certificate of the kubeconfig, a certificate of the flags before everything.
pub fn authentication(
    flags: &ConnectionFlags,
    kubeconfig: &Kubeconfig,
    is_in_cluster: bool,
) -> Authentication {
    let user = kubeconfig.select(flags).ok().and_then(|selection| selection.user);
    let known = user.map(Credentials::of_user).unwrap_or_default();
    let impersonates = flags.impersonate_user.clone().or(known.impersonates.clone());
    let mut found =
        match (&flags.client_certificate, flags.token.as_deref().filter(|token| !token.is_empty())) {
            (Some(file), _) => {
                let read = regular_file::read(file).map_err(|error| error.to_string());
                match read.and_then(|pem| ClientCertificate::from_pem(&pem)) {
                    Ok(certificate) => Authentication {
                        kind: CredentialKind::ClientCertificate,
                        expires: certificate.expires,
                        ..Authentication::default()
                    },
                    Err(problem) => Authentication {
                        kind: CredentialKind::ClientCertificate,
                        problems: vec![format!("{}: {problem}", file.display())],
                        ..Authentication::default()
                    },
                }
            }
            // The server believes a certificate before a token.
            (None, Some(token)) if known.kind != CredentialKind::ClientCertificate => Authentication {
                kind: CredentialKind::Token,
                expires: token_expiry(token),
                ..Authentication::default()
            },
            (None, _) if is_in_cluster && known.kind == CredentialKind::None => {
                Authentication { kind: CredentialKind::InCluster, ..Authentication::default() }
            }
            (None, _) => Authentication {
                kind: known.kind,
                expires: known.expires,
                problems: known.problems,
                ..Authentication::default()
            },
        };
    found.impersonates = impersonates.filter(|user| !user.is_empty());
    found
}
