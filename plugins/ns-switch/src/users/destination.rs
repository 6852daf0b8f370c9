//! Where new credentials go: a kubeconfig of their own, or a context in ours.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use shared::{
    Error, Result,
    cli::{ConnectionFlags, ExitStatus},
    kubeconfig::{
        KubeconfigFiles, RawEntries, RawEntry,
        write::{create_file, file_exists},
    },
    output::{Printer, sanitize_line, yaml},
    regular_file,
};

use super::{Subject, issued::Credentials};
use crate::{
    kubeconfigs::{ContextIndex, Kubeconfigs, contexts_with_entries, embed},
    switching::Switcher,
};

/// Where credentials go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// A kubeconfig of their own.
    File(PathBuf),
    /// A context in the kubeconfig of who issues them.
    Context(String),
}

/// Where credentials went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Placed {
    /// The file, as it was named.
    pub file: Option<String>,
    /// The context.
    pub context: Option<String>,
}

/// Credentials that are there to be renewed.
#[derive(Clone, Debug)]
pub struct Existing {
    /// The context that uses them.
    pub context: String,
    /// The user's name in the file.
    pub user: String,
    /// What the user says.
    pub body: Value,
    /// The server of the context.
    pub server: Option<String>,
}

impl Destination {
    /// Returns the destination that the flags name: without any, a file that is called like the user.
    pub fn of(file: Option<PathBuf>, context: Option<String>, subject: &Subject) -> Self {
        match (context, file) {
            (Some(context), _) => Self::Context(context),
            (None, Some(file)) => Self::File(file),
            (None, None) => {
                let name: String = subject
                    .name()
                    .chars()
                    .map(|one| if one == '/' || one == '\\' { '-' } else { one })
                    .collect();
                Self::File(PathBuf::from(format!("./{name}.kubeconfig")))
            }
        }
    }

    /// Refuses a destination that is taken, before anything is asked of the cluster.
    ///
    /// # Errors
    /// [`ExitStatus::Guarded`].
    pub fn check_free(&self, kubeconfigs: &Kubeconfigs) -> Result<()> {
        match self {
            Self::File(file) => {
                let absolute = kubeconfigs.environment.current_directory.join(file);
                match std::fs::symlink_metadata(&absolute) {
                    Ok(_) => Err(file_exists(file).with_hint(
                        "name another file with --file; `kubectl ns-switch user renew` renews what is in it",
                    )),
                    Err(_) => Ok(()),
                }
            }
            Self::Context(name) => match ContextIndex::read(kubeconfigs)?.context(name) {
                None => Ok(()),
                Some(_) => Err(Error::new(format!(
                    "a context \"{}\" already exists and was not changed",
                    sanitize_line(name)
                ))
                .with_status(ExitStatus::Guarded)
                .with_hint(
                    "name another one; `kubectl ns-switch user renew` renews the credentials of that one",
                )),
            },
        }
    }

    /// Puts new credentials in their place.
    ///
    /// # Errors
    /// The place was taken meanwhile, or can't be written.
    pub fn place(
        &self,
        (subject, credentials): (&Subject, &Credentials),
        (cluster, namespace): (RawEntry, Option<&str>),
        kubeconfigs: &Kubeconfigs,
        connection: &ConnectionFlags,
        printer: &mut Printer,
    ) -> Result<Placed> {
        let name = match self {
            Self::File(_) => subject.name().to_owned(),
            Self::Context(context) => context.clone(),
        };
        let mut body = json!({"cluster": cluster.name, "user": name});
        if let Some(namespace) = namespace {
            body["namespace"] = json!(namespace);
        }
        let mut entries = RawEntries {
            users: vec![RawEntry { name: name.clone(), body: credentials.user.clone() }],
            contexts: vec![RawEntry { name: name.clone(), body }],
            clusters: vec![cluster],
            current: Some(name.clone()),
        };
        match self {
            Self::File(file) => {
                embed(&mut entries)?;
                let absolute = kubeconfigs.environment.current_directory.join(file);
                create_file(&absolute, yaml(&entries.document())?.as_bytes())?;
                Ok(Placed { file: Some(file.display().to_string()), context: Some(name) })
            }
            Self::Context(_) => {
                entries.current = None;
                let index = ContextIndex::read(kubeconfigs)?;
                if let Some(sources) = &index.sources {
                    entries.clusters.retain(|cluster| !sources.has_cluster(&cluster.name));
                }
                Switcher::new(kubeconfigs, connection).add_entries(entries, None, "", printer)?;
                Ok(Placed { file: None, context: Some(name) })
            }
        }
    }

    /// Returns the kubeconfig files that have the credentials.
    fn files(&self, kubeconfigs: &Kubeconfigs) -> Kubeconfigs {
        match self {
            Self::Context(_) => kubeconfigs.clone(),
            Self::File(file) => Kubeconfigs {
                environment: kubeconfigs.environment.clone(),
                files: KubeconfigFiles::Explicit(file.clone()),
            },
        }
    }

    /// Finds the credentials that are to be renewed.
    ///
    /// # Errors
    /// There are none, or the file can't be read.
    pub fn existing(&self, kubeconfigs: &Kubeconfigs) -> Result<Existing> {
        let files = self.files(kubeconfigs);
        if let Self::File(file) = self {
            let absolute = kubeconfigs.environment.current_directory.join(file);
            if !absolute.exists() {
                return Err(Error::new(format!("there is no {} to be renewed", file.display()))
                    .with_hint("name it with --file, or its context with --add-context; `kubectl ns-switch user add` makes a new one"));
            }
        }
        let index = ContextIndex::read(&files)?;
        let name = match self {
            Self::Context(name) => index.existing(name)?.name.clone(),
            Self::File(_) => index.chosen(None)?.name.clone(),
        };
        let all = index.into_sources(&files)?.raw_entries()?;
        let found = contexts_with_entries(&all, std::slice::from_ref(&name))?;
        let Some(user) = found.users.into_iter().next() else {
            return Err(Error::new(format!("context \"{}\" names no user", sanitize_line(&name))));
        };
        let server = found.clusters.first().and_then(|cluster| cluster.text("server")).map(ToOwned::to_owned);
        Ok(Existing { context: name, user: user.name, body: user.body, server })
    }

    /// Puts renewed credentials in the place of the old ones, which are kept nowhere.
    ///
    /// # Errors
    /// The file can't be written.
    pub fn replace(
        &self,
        existing: &Existing,
        credentials: &Credentials,
        kubeconfigs: &Kubeconfigs,
        connection: &ConnectionFlags,
        printer: &mut Printer,
    ) -> Result<Placed> {
        let files = self.files(kubeconfigs);
        let mut body = existing.body.clone();
        for field in [
            "client-certificate",
            "client-key",
            "tokenFile",
            "token",
            "client-certificate-data",
            "client-key-data",
        ] {
            if let Some(fields) = body.as_object_mut() {
                fields.remove(field);
            }
        }
        for (field, value) in credentials.user.as_object().into_iter().flatten() {
            body[field] = value.clone();
        }
        let user = RawEntry { name: existing.user.clone(), body };
        Switcher::new(&files, connection).replace_user(user, printer)?;
        let file = match self {
            Self::File(file) => Some(file.display().to_string()),
            Self::Context(_) => None,
        };
        Ok(Placed { file, context: Some(existing.context.clone()) })
    }
}

/// Returns the cluster that the flags and the kubeconfig choose, to be named in another kubeconfig.
///
/// # Errors
/// A kubeconfig that can't be read, or neither it nor the flags name a server.
pub fn cluster(kubeconfigs: &Kubeconfigs, connection: &ConnectionFlags) -> Result<RawEntry> {
    let kubeconfig = kubeconfigs.load(false)?;
    let selection = kubeconfig.select(connection)?;
    let all = ContextIndex::read(kubeconfigs)?.into_sources(kubeconfigs)?.raw_entries()?;
    let known =
        selection.cluster.and_then(|named| all.clusters.into_iter().find(|entry| entry.name == named.name));
    let mut entry = known.unwrap_or_else(|| RawEntry { name: "cluster".to_owned(), body: json!({}) });
    if let Some(server) = connection.server.as_deref().filter(|server| !server.is_empty()) {
        entry.body["server"] = json!(server);
    }
    if let Some(file) = &connection.certificate_authority {
        entry.body["certificate-authority-data"] = json!(shared::base64::encode(&read(file)?));
    }
    if let Some(insecure) = connection.insecure_skip_tls_verify {
        entry.body["insecure-skip-tls-verify"] = json!(insecure);
    }
    match entry.text("server") {
        Some(_) => Ok(entry),
        None => Err(Error::new("neither the kubeconfig nor a flag names a server")
            .with_hint("name it with --server, or the kubeconfig that does with --kubeconfig")),
    }
}

fn read(file: &Path) -> Result<Vec<u8>> {
    regular_file::read(file).map_err(|error| Error::new(format!("can't read {}: {error}", file.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_flags_a_file_is_called_like_the_user() {
        let of = |subject: &str| Destination::of(None, None, &subject.parse().unwrap());
        assert_eq!(of("jane"), Destination::File("./jane.kubeconfig".into()));
        assert_eq!(of("sa:shop/ci"), Destination::File("./ci.kubeconfig".into()));
        assert_eq!(of("../../etc/jane"), Destination::File("./..-..-etc-jane.kubeconfig".into()));
    }
}
