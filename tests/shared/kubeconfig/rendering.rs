//! A loaded kubeconfig in the shape of `kubectl config view --raw -o json`.

use base64::{Engine, prelude::BASE64_STANDARD};
use secrecy::ExposeSecret;
use serde_json::{Map, Value, json};
use shared::kubeconfig::{Cluster, Context, ExecConfig, Extension, Kubeconfig, LocalPath, User};

/// Renders as kubectl does: entries sorted by name, empty optional fields left out, paths as they are written.
pub fn render(kubeconfig: &Kubeconfig) -> Value {
    let contexts = kubeconfig.contexts.iter().map(|entry| (&entry.name, "context", context(&entry.context)));
    let clusters = kubeconfig.clusters.iter().map(|entry| (&entry.name, "cluster", cluster(&entry.cluster)));
    let users = kubeconfig.users.iter().map(|entry| (&entry.name, "user", user(&entry.user)));
    let mut top = Object::default();
    top.always("kind", json!("Config"));
    top.always("apiVersion", json!("v1"));
    let mut preferences = Object::default();
    preferences.flag("colors", kubeconfig.preferences.colors);
    preferences.extensions(&kubeconfig.preferences.extensions);
    if !preferences.0.is_empty() {
        top.always("preferences", Value::Object(preferences.0));
    }
    top.always("clusters", named(clusters));
    top.always("users", named(users));
    top.always("contexts", named(contexts));
    let current = kubeconfig.current_context.as_ref().map(|current| current.name.as_str());
    top.always("current-context", json!(current.unwrap_or_default()));
    top.extensions(&kubeconfig.extensions);
    Value::Object(top.0)
}

/// Makes lists and maps that Go may print as null or as empty the same.
pub fn without_empty_lists(mut view: Value) -> Value {
    for user in view["users"].as_array_mut().into_iter().flatten() {
        let user = &mut user["user"];
        for (outer, inner) in [("exec", "args"), ("exec", "env"), ("auth-provider", "config")] {
            if let Some(fields) = user.get_mut(outer).and_then(Value::as_object_mut) {
                let empty = fields.get(inner).is_some_and(|value| match value {
                    Value::Array(items) => items.is_empty(),
                    Value::Object(entries) => entries.is_empty(),
                    other => other.is_null(),
                });
                if empty {
                    fields.remove(inner);
                }
            }
        }
        for values in user.get_mut("as-user-extra").and_then(Value::as_object_mut).into_iter().flatten() {
            if values.1.is_null() {
                *values.1 = json!([]);
            }
        }
    }
    view
}

#[derive(Default)]
struct Object(Map<String, Value>);

impl Object {
    fn always(&mut self, name: &str, value: Value) {
        self.0.insert(name.into(), value);
    }

    fn text(&mut self, name: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.always(name, json!(text));
        }
    }

    fn flag(&mut self, name: &str, flag: bool) {
        if flag {
            self.always(name, json!(true));
        }
    }

    fn data(&mut self, name: &str, data: Option<&[u8]>) {
        if let Some(data) = data {
            self.always(name, json!(BASE64_STANDARD.encode(data)));
        }
    }

    fn extensions(&mut self, extensions: &[Extension]) {
        if !extensions.is_empty() {
            let entries = extensions.iter().map(|entry| (&entry.name, "extension", entry.extension.clone()));
            self.always("extensions", named(entries));
        }
    }
}

/// A list of `{name, <inner>}` in byte order of names; null when empty.
fn named<'a>(entries: impl Iterator<Item = (&'a String, &'static str, Value)>) -> Value {
    let mut entries: Vec<_> = entries.collect();
    if entries.is_empty() {
        return Value::Null;
    }
    entries.sort_by(|left, right| left.0.cmp(right.0));
    entries.into_iter().map(|(name, inner, value)| json!({"name": name, inner: value})).collect()
}

fn context(context: &Context) -> Value {
    let mut fields = Object::default();
    fields.always("cluster", json!(context.cluster.as_deref().unwrap_or_default()));
    fields.always("user", json!(context.user.as_deref().unwrap_or_default()));
    fields.text("namespace", context.namespace.as_deref());
    fields.extensions(&context.extensions);
    Value::Object(fields.0)
}

fn original(path: &LocalPath) -> &str {
    &path.original
}

fn cluster(cluster: &Cluster) -> Value {
    let mut fields = Object::default();
    fields.always("server", json!(cluster.server.as_deref().unwrap_or_default()));
    fields.text("tls-server-name", cluster.tls_server_name.as_deref());
    fields.flag("insecure-skip-tls-verify", cluster.insecure_skip_tls_verify);
    fields.text("certificate-authority", cluster.certificate_authority.as_ref().map(original));
    fields.data("certificate-authority-data", cluster.certificate_authority_data.as_deref());
    fields.text("proxy-url", cluster.proxy_url.as_deref());
    fields.flag("disable-compression", cluster.disable_compression);
    fields.extensions(&cluster.extensions);
    Value::Object(fields.0)
}

fn user(user: &User) -> Value {
    let mut fields = Object::default();
    fields.text("client-certificate", user.client_certificate.as_ref().map(original));
    fields.data("client-certificate-data", user.client_certificate_data.as_deref());
    fields.text("client-key", user.client_key.as_ref().map(original));
    fields.data("client-key-data", user.client_key_data.as_ref().map(|data| data.expose_secret()));
    fields.text("token", user.token.as_ref().map(|token| token.expose_secret()));
    fields.text("tokenFile", user.token_file.as_ref().map(original));
    fields.text("as", user.impersonate_user.as_deref());
    fields.text("as-uid", user.impersonate_uid.as_deref());
    if !user.impersonate_groups.is_empty() {
        fields.always("as-groups", json!(user.impersonate_groups));
    }
    if !user.impersonate_extra.is_empty() {
        let extra: Map<String, Value> =
            user.impersonate_extra.iter().map(|(key, values)| (key.clone(), json!(values))).collect();
        fields.always("as-user-extra", Value::Object(extra));
    }
    fields.text("username", user.username.as_deref());
    fields.text("password", user.password.as_ref().map(|password| password.expose_secret()));
    if let Some(provider) = &user.auth_provider {
        let config: Map<String, Value> =
            provider.config.iter().map(|(key, value)| (key.clone(), json!(value.expose_secret()))).collect();
        fields.always("auth-provider", json!({"name": provider.name, "config": config}));
    }
    if let Some(exec) = &user.exec {
        fields.always("exec", self::exec(exec));
    }
    fields.extensions(&user.extensions);
    Value::Object(fields.0)
}

fn exec(exec: &ExecConfig) -> Value {
    let mut fields = Object::default();
    fields.always("command", json!(exec.command.original));
    fields.always("args", json!(exec.args));
    let env = exec
        .env
        .iter()
        .map(|variable| json!({"name": variable.name, "value": variable.value.expose_secret()}));
    fields.always("env", env.collect());
    fields.text("apiVersion", exec.api_version.as_deref());
    fields.text("installHint", exec.install_hint.as_deref());
    fields.always("provideClusterInfo", json!(exec.provide_cluster_info));
    fields.text("interactiveMode", exec.interactive_mode.as_deref());
    Value::Object(fields.0)
}
