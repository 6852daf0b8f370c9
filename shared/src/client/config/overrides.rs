//! What flags change of a kubeconfig's cluster and user (`getCluster` and `getAuthInfo` in `client_config.go`).

use std::path::Path;

use secrecy::SecretString;

use super::Target;
use crate::{cli::ConnectionFlags, kubeconfig::LocalPath};

pub(super) fn apply(flags: &ConnectionFlags, target: &mut Target) {
    let cluster = &mut target.cluster;
    let given = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    if let Some(server) = given(&flags.server) {
        cluster.server = Some(server);
        // The kubeconfig's name belongs to the kubeconfig's server.
        cluster.tls_server_name = None;
    }
    if let Some(name) = given(&flags.tls_server_name) {
        cluster.tls_server_name = Some(name);
    }
    let insecure = flags.insecure_skip_tls_verify == Some(true);
    let authority = path(flags.certificate_authority.as_deref());
    if insecure || authority.is_some() {
        cluster.insecure_skip_tls_verify = insecure;
        cluster.certificate_authority = authority;
        cluster.certificate_authority_data = None;
    }

    let user = &mut target.user;
    if let Some(token) = given(&flags.token) {
        user.token = Some(SecretString::from(token));
        // client-go would let a token file of the kubeconfig win over the flag.
        user.token_file = None;
    }
    if let Some(certificate) = path(flags.client_certificate.as_deref()) {
        user.client_certificate = Some(certificate);
        user.client_certificate_data = None;
    }
    if let Some(key) = path(flags.client_key.as_deref()) {
        user.client_key = Some(key);
        user.client_key_data = None;
    }
    if let Some(name) = given(&flags.impersonate_user) {
        user.impersonate_user = Some(name);
    }
    if let Some(uid) = given(&flags.impersonate_uid) {
        user.impersonate_uid = Some(uid);
    }
    if !flags.impersonate_groups.is_empty() {
        user.impersonate_groups.clone_from(&flags.impersonate_groups);
    }
}

fn path(flag: Option<&Path>) -> Option<LocalPath> {
    let path = flag.filter(|path| !path.as_os_str().is_empty())?;
    Some(LocalPath { original: path.display().to_string(), resolved: path.to_owned() })
}
