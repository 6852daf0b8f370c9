//! The structs of a kubeconfig, field by field.

use std::path::Path;

use super::{Fault, Fields};
use crate::kubeconfig::{
    AuthProvider, Cluster, Context, ExecConfig, ExecVariable, Extension, LoadOptions, LocalPath, Preferences,
    User,
};
use crate::yaml::Value;

/// What decoding an entry depends on.
pub(super) struct Decoder<'directory> {
    directory: &'directory Path,
    tolerant: bool,
    discard_keys: bool,
}

impl<'directory> Decoder<'directory> {
    pub fn new(directory: &'directory Path, options: LoadOptions) -> Self {
        Self { directory, tolerant: options.undecodable_data, discard_keys: options.discard_keys }
    }

    /// Data that is kept only if somebody connects.
    fn key(
        &self,
        fields: &Fields<'_, '_>,
        name: &str,
        left_out: Option<&mut Vec<Fault>>,
    ) -> Result<Option<Vec<u8>>, Fault> {
        match self.discard_keys {
            false => fields.data(name, left_out),
            true => fields.checked_data(name, left_out),
        }
    }

    pub fn context(&self, fields: &Fields<'_, '_>) -> Result<Context, Fault> {
        Ok(Context {
            cluster: fields.text("cluster")?,
            user: fields.text("user")?,
            namespace: fields.text("namespace")?,
            extensions: extensions(fields)?,
        })
    }

    pub fn cluster(&self, fields: &Fields<'_, '_>, left_out: &mut Vec<Fault>) -> Result<Cluster, Fault> {
        let authority = self.key(fields, "certificate-authority-data", self.tolerant.then_some(left_out))?;
        Ok(Cluster {
            server: fields.text("server")?,
            tls_server_name: fields.text("tls-server-name")?,
            insecure_skip_tls_verify: fields.boolean("insecure-skip-tls-verify")?,
            certificate_authority: self.path(fields, "certificate-authority")?,
            certificate_authority_data: authority,
            proxy_url: fields.text("proxy-url")?,
            disable_compression: fields.boolean("disable-compression")?,
            extensions: extensions(fields)?,
        })
    }

    pub fn user(&self, fields: &Fields<'_, '_>, left_out: &mut Vec<Fault>) -> Result<User, Fault> {
        let certificate = fields.data("client-certificate-data", self.tolerant.then_some(&mut *left_out))?;
        let key = self.key(fields, "client-key-data", self.tolerant.then_some(left_out))?;
        Ok(User {
            client_certificate: self.path(fields, "client-certificate")?,
            client_certificate_data: certificate,
            client_key: self.path(fields, "client-key")?,
            client_key_data: key.map(Into::into),
            token: fields.secret_text("token")?.map(Into::into),
            token_file: self.path(fields, "tokenFile")?,
            impersonate_user: fields.text("as")?,
            impersonate_uid: fields.text("as-uid")?,
            impersonate_groups: fields.texts("as-groups")?,
            impersonate_extra: text_lists(&fields.fields("as-user-extra")?)
                .map_err(|fault| fault.inside("as-user-extra"))?,
            username: fields.text("username")?,
            password: fields.secret_text("password")?.map(Into::into),
            auth_provider: optional(fields, "auth-provider", auth_provider)?,
            exec: optional(fields, "exec", |fields| self.exec(fields))?,
            extensions: extensions(fields)?,
        })
    }

    fn exec(&self, fields: &Fields<'_, '_>) -> Result<ExecConfig, Fault> {
        let api_version = fields.text("apiVersion")?;
        // Versions before v1 may leave it out (`SetDefaults_ExecConfig` in api/v1/defaults.go).
        let default_mode = match api_version.as_deref() {
            Some("client.authentication.k8s.io/v1beta1" | "client.authentication.k8s.io/v1alpha1") => {
                Some("IfAvailable".to_string())
            }
            _ => None,
        };
        let command = fields.text("command")?.unwrap_or_default();
        // A bare name is looked up on PATH (`GetAuthInfoFileReferences` in tools/clientcmd/loader.go).
        let command = match command.contains(std::path::MAIN_SEPARATOR) {
            true => LocalPath::resolve(command, self.directory),
            false => LocalPath { resolved: (&command).into(), original: command },
        };
        let env = fields.list("env")?.iter().map(|item| {
            let variable = Fields::new(fields.document(), Some(item))?;
            Ok(ExecVariable {
                name: variable.text("name")?.unwrap_or_default(),
                value: variable.secret_text("value")?.unwrap_or_default().into(),
            })
        });
        Ok(ExecConfig {
            command,
            args: secret_texts(fields, "args")?,
            env: env.collect::<Result<_, Fault>>().map_err(|fault| fault.inside("env"))?,
            install_hint: fields.text("installHint")?,
            interactive_mode: fields.text("interactiveMode")?.or(default_mode),
            provide_cluster_info: fields.boolean("provideClusterInfo")?,
            api_version,
        })
    }

    fn path(&self, fields: &Fields<'_, '_>, name: &str) -> Result<Option<LocalPath>, Fault> {
        Ok(fields.text(name)?.map(|original| LocalPath::resolve(original, self.directory)))
    }
}

fn auth_provider(fields: &Fields<'_, '_>) -> Result<AuthProvider, Fault> {
    let settings = fields.fields("config")?;
    let config = settings.entries().iter().map(|entry| {
        let value = settings.string_of(&entry.value, false).map_err(|fault| fault.inside(&entry.key))?;
        Ok((entry.key.to_string(), value.into()))
    });
    Ok(AuthProvider {
        name: fields.text("name")?.unwrap_or_default(),
        config: config.collect::<Result<_, Fault>>().map_err(|fault| fault.inside("config"))?,
    })
}

pub(super) fn preferences(fields: &Fields<'_, '_>) -> Result<Preferences, Fault> {
    Ok(Preferences { colors: fields.boolean("colors")?, extensions: extensions(fields)? })
}

/// `extensions`: named values of any kind. A name may stand twice only if the first has no value: the conversion to a
/// map takes null for absent (`Convert_Slice_v1_NamedExtension_To_Map_string_To_runtime_Object`).
pub(super) fn extensions(fields: &Fields<'_, '_>) -> Result<Vec<Extension>, Fault> {
    let items = fields.list("extensions")?;
    let mut extensions: Vec<Extension> = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        let place = |fault: Fault| fault.inside(&format!("extensions[{index}]"));
        let entry = Fields::new(fields.document(), Some(item)).map_err(place)?;
        let name = entry.text("name").map_err(place)?.unwrap_or_default();
        let extension = entry.value("extension").map(Value::to_raw_json).unwrap_or_default();
        match extensions.iter_mut().find(|earlier| earlier.name == name) {
            None => extensions.push(Extension { name, extension }),
            Some(earlier) if earlier.extension.is_null() => earlier.extension = extension,
            Some(_) => {
                let message = format!("duplicate name \"{name}\" in extensions");
                return Err(Fault::new(item.line, message).with_hint("rename or remove one of the two"));
            }
        }
    }
    Ok(extensions)
}

/// A struct that may be missing.
fn optional<T>(
    fields: &Fields<'_, '_>,
    name: &str,
    decode: impl FnOnce(&Fields<'_, '_>) -> Result<T, Fault>,
) -> Result<Option<T>, Fault> {
    match fields.value(name) {
        None => Ok(None),
        Some(_) => decode(&fields.fields(name)?).map(Some).map_err(|fault| fault.inside(name)),
    }
}

/// A mapping of lists of strings.
fn text_lists(fields: &Fields<'_, '_>) -> Result<Vec<(String, Vec<String>)>, Fault> {
    fields.entries().iter().map(|entry| Ok((entry.key.to_string(), fields.texts(&entry.key)?))).collect()
}

/// A list of strings that no message may repeat.
fn secret_texts(fields: &Fields<'_, '_>, name: &str) -> Result<Vec<String>, Fault> {
    let items = fields.list(name)?;
    items
        .iter()
        .map(|item| fields.string_of(item, false))
        .collect::<Result<_, _>>()
        .map_err(|fault| fault.inside(name))
}
