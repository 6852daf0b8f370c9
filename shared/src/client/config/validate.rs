//! Whether a configuration can be used at all (`ConfirmUsable` in client-go's `tools/clientcmd/validation.go`).

use std::io;

use secrecy::{ExposeSecret as _, SecretSlice};

use super::Target;
use crate::{Error, cli::ExitStatus, kubeconfig::LocalPath};

/// The PEM files of a configuration, read.
#[derive(Debug, Default)]
pub(super) struct PemFiles {
    /// The certificate authorities.
    pub authority: Option<Vec<u8>>,
    /// The client certificate.
    pub certificate: Option<Vec<u8>>,
    /// Its key.
    pub key: Option<SecretSlice<u8>>,
}

/// Checks what client-go checks and reads the files on the way.
///
/// # Errors
/// All that is wrong, a sentence each; [`refusal`] makes one error of them.
pub(super) fn validate(target: &Target) -> Result<PemFiles, Vec<String>> {
    let (cluster, user, cluster_name, name) =
        (&target.cluster, &target.user, &target.cluster_name, &target.user_name);
    let mut wrong = Vec::new();
    let mut files = PemFiles::default();
    let read = |what: &str, of: &str, path: &Option<LocalPath>, wrong: &mut Vec<String>| {
        let path = path.as_ref().filter(|path| !path.original.is_empty())?;
        std::fs::read(&path.resolved)
            .map_err(|error| {
                let (path, why) = (path.resolved.display(), reason(&error));
                wrong.push(format!("unable to read {what} {path} for {of} due to open {path}: {why}"));
            })
            .ok()
    };

    if cluster.certificate_authority.is_some() && cluster.certificate_authority_data.is_some() {
        wrong.push(format!(
            "certificate-authority-data and certificate-authority are both specified for {cluster_name}. certificate-authority-data will override."
        ));
    }
    files.authority = match &cluster.certificate_authority_data {
        Some(data) => Some(data.clone()),
        None => read("certificate-authority", cluster_name, &cluster.certificate_authority, &mut wrong),
    };

    let has_token = user.token.is_some();
    if has_token && (user.username.is_some() || user.password.is_some()) {
        wrong.push(format!(
            "more than one authentication method found for {name}; found [token basicAuth], only one is allowed"
        ));
    }
    if user.client_certificate.is_some() || user.client_certificate_data.is_some() {
        if user.client_certificate.is_some() && user.client_certificate_data.is_some() {
            wrong.push(format!(
                "client-cert-data and client-cert are both specified for {name}. client-cert-data will override."
            ));
        }
        if user.client_key.is_some() && user.client_key_data.is_some() {
            wrong.push(format!(
                "client-key-data and client-key are both specified for {name}; client-key-data will override"
            ));
        }
        if user.client_key.is_none() && user.client_key_data.is_none() {
            wrong.push(format!(
                "client-key-data or client-key must be specified for {name} to use the clientCert authentication method."
            ));
        }
        files.certificate = match &user.client_certificate_data {
            Some(data) => Some(data.clone()),
            None => read("client-cert", name, &user.client_certificate, &mut wrong),
        };
        files.key = match &user.client_key_data {
            Some(data) => Some(SecretSlice::from(data.expose_secret().to_vec())),
            None => read("client-key", name, &user.client_key, &mut wrong).map(SecretSlice::from),
        };
    }

    if let Some(exec) = &user.exec {
        if user.auth_provider.is_some() {
            wrong.push(format!(
                "authProvider cannot be provided in combination with an exec plugin for {name}"
            ));
        }
        if exec.command.original.is_empty() {
            wrong.push(format!("command must be specified for {name} to use exec authentication plugin"));
        }
        if exec.api_version.as_deref().unwrap_or_default().is_empty() {
            wrong.push(format!("apiVersion must be specified for {name} to use exec authentication plugin"));
        }
        if exec.env.iter().any(|variable| variable.name.is_empty()) {
            wrong.push(format!(
                "env variable name must be specified for {name} to use exec authentication plugin"
            ));
        }
        match exec.interactive_mode.as_deref().unwrap_or_default() {
            "Never" | "IfAvailable" | "Always" => {}
            "" => wrong.push(format!(
                "interactiveMode must be specified for {name} to use exec authentication plugin"
            )),
            other => wrong.push(format!("invalid interactiveMode for {name}: {other:?}")),
        }
    }
    let more = user.impersonate_uid.is_some()
        || !user.impersonate_groups.is_empty()
        || !user.impersonate_extra.is_empty();
    if more && user.impersonate_user.is_none() {
        wrong.push(format!("requesting uid, groups or user-extra for {name} without impersonating a user"));
    }
    if wrong.is_empty() { Ok(files) } else { Err(wrong) }
}

/// Words all that is wrong in kubectl's form: one sentence, or a list.
pub(super) fn refusal(wrong: &[String]) -> Error {
    match wrong {
        [one] => Error::kubeconfig(one),
        several => {
            let text = format!("Error in configuration: \n* {}", several.join("\n* "));
            Error::verbatim(text).with_status(ExitStatus::Kubeconfig)
        }
    }
}

/// The words of Go's `os` for why a file can't be opened.
pub(super) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or directory".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "is a directory".to_owned(),
        _ => error.to_string(),
    }
}
