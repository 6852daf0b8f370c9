//! What kubeconfig files say, each entry with the file and line it comes from.

use std::{
    fmt,
    path::{Path, PathBuf},
    sync::Arc,
};

use secrecy::{SecretSlice, SecretString};

use crate::yaml::Encoding;

/// All files of one load, merged: for every name the entry of the first file that has it.
///
/// Nothing in here shows a secret when printed for debugging.
#[derive(Clone, Debug, Default)]
pub struct Kubeconfig {
    /// The contexts, in the order of files and lists.
    pub contexts: Vec<NamedContext>,
    /// The clusters, in the order of files and lists.
    pub clusters: Vec<NamedCluster>,
    /// The users, in the order of files and lists.
    pub users: Vec<NamedUser>,
    /// The current context: that of the first file that sets one. It may name a context that does not exist.
    pub current_context: Option<CurrentContext>,
    /// Deprecated since 1.34, used by nothing, but never lost.
    pub preferences: Preferences,
    /// Data of other programs at the top level.
    pub extensions: Vec<Extension>,
    /// Every file asked for, in order of precedence, missing ones included.
    pub files: Vec<Arc<SourceFile>>,
    /// What was passed over because the load was told to be tolerant.
    pub problems: Vec<Problem>,
}

/// One kubeconfig file of a load.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// The path as the user spelled it.
    pub path: PathBuf,
    /// The absolute directory relative paths inside the file start from.
    pub directory: PathBuf,
    /// Whether it was there and readable.
    pub state: FileState,
    /// Its own `current-context`, even where an earlier file's wins.
    pub current_context: Option<String>,
    /// The names of its own contexts, even where an earlier file's win.
    pub contexts: Vec<String>,
    /// The names of its own clusters.
    pub clusters: Vec<String>,
    /// The names of its own users.
    pub users: Vec<String>,
}

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileState {
    /// Read and merged.
    Loaded {
        /// How its bytes spell text.
        encoding: Encoding,
        /// Whether documents follow the first one, which kubectl ignores.
        has_more_documents: bool,
        /// How often it sets `current-context`; the last time counts.
        current_contexts: usize,
    },
    /// Not there, which is no error in a list.
    Missing,
    /// Not readable or not valid; only where the load tolerates that.
    Unusable,
}

/// Something wrong that a tolerant load passed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file.
    pub path: PathBuf,
    /// The line, counted from 1; 0 where the file as a whole is meant.
    pub line: usize,
    /// What is wrong, a sentence without file and line.
    pub message: String,
    /// How to put it right, if that is known.
    pub hint: Option<String>,
}

impl fmt::Display for Problem {
    /// kubectl's words for a file it can't load, with the line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error loading config file \"{}\": ", self.path.display())?;
        if self.line != 0 {
            write!(f, "line {}: ", self.line)?;
        }
        f.write_str(&self.message)
    }
}

/// `current-context` and the file that sets it.
#[derive(Clone, Debug)]
pub struct CurrentContext {
    /// The name; never empty.
    pub name: String,
    /// The first file that sets it.
    pub file: Arc<SourceFile>,
}

/// An entry of `contexts`.
#[derive(Clone, Debug)]
pub struct NamedContext {
    /// Its name; may be empty.
    pub name: String,
    /// What it says.
    pub context: Context,
    /// The file it comes from.
    pub file: Arc<SourceFile>,
    /// The line its list entry starts on, counted from 1.
    pub line: usize,
}

/// A cluster, a user and a namespace under one name.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// The cluster's name.
    pub cluster: Option<String>,
    /// The user's name.
    pub user: Option<String>,
    /// The namespace; `None` and `""` in the file both mean `default`.
    pub namespace: Option<String>,
    /// Data of other programs.
    pub extensions: Vec<Extension>,
}

/// An entry of `clusters`.
#[derive(Clone, Debug)]
pub struct NamedCluster {
    /// Its name; may be empty.
    pub name: String,
    /// What it says.
    pub cluster: Cluster,
    /// The file it comes from.
    pub file: Arc<SourceFile>,
    /// The line its list entry starts on, counted from 1.
    pub line: usize,
    /// Fields a tolerant load had to leave out; such a cluster can be shown, not connected to.
    pub problems: Vec<Problem>,
}

/// How to reach an API server.
#[derive(Clone, Debug, Default)]
pub struct Cluster {
    /// The server's URL.
    pub server: Option<String>,
    /// The name to check the server's certificate against, where the URL's host is not it.
    pub tls_server_name: Option<String>,
    /// Accept any certificate.
    pub insecure_skip_tls_verify: bool,
    /// A file of PEM certificates.
    pub certificate_authority: Option<LocalPath>,
    /// PEM certificates, decoded; they win over the file.
    pub certificate_authority_data: Option<Vec<u8>>,
    /// The proxy for this cluster alone: `http`, `https` or `socks5`.
    pub proxy_url: Option<String>,
    /// Ask for uncompressed answers.
    pub disable_compression: bool,
    /// Data of other programs.
    pub extensions: Vec<Extension>,
}

/// An entry of `users`.
#[derive(Clone, Debug)]
pub struct NamedUser {
    /// Its name; may be empty.
    pub name: String,
    /// What it says.
    pub user: User,
    /// The file it comes from.
    pub file: Arc<SourceFile>,
    /// The line its list entry starts on, counted from 1.
    pub line: usize,
    /// Fields a tolerant load had to leave out; such a user can be shown, not connected as.
    pub problems: Vec<Problem>,
}

/// Who one is.
#[derive(Clone, Debug, Default)]
pub struct User {
    /// A file with a PEM client certificate.
    pub client_certificate: Option<LocalPath>,
    /// A PEM client certificate, decoded; it wins over the file.
    pub client_certificate_data: Option<Vec<u8>>,
    /// A file with the certificate's PEM key.
    pub client_key: Option<LocalPath>,
    /// The certificate's PEM key, decoded; it wins over the file.
    pub client_key_data: Option<SecretSlice<u8>>,
    /// A bearer token.
    pub token: Option<SecretString>,
    /// A file with a bearer token, read again now and then; it wins over the token.
    pub token_file: Option<LocalPath>,
    /// The user to impersonate (`as`).
    pub impersonate_user: Option<String>,
    /// The UID to impersonate (`as-uid`).
    pub impersonate_uid: Option<String>,
    /// The groups to impersonate (`as-groups`).
    pub impersonate_groups: Vec<String>,
    /// More about the impersonated user (`as-user-extra`): key and values.
    pub impersonate_extra: Vec<(String, Vec<String>)>,
    /// The user name of basic authentication.
    pub username: Option<String>,
    /// The password of basic authentication.
    pub password: Option<SecretString>,
    /// A built-in plugin (`oidc`).
    pub auth_provider: Option<AuthProvider>,
    /// A program that prints credentials.
    pub exec: Option<ExecConfig>,
    /// Data of other programs.
    pub extensions: Vec<Extension>,
}

/// `auth-provider`: a plugin built into the client.
#[derive(Clone, Debug, Default)]
pub struct AuthProvider {
    /// The plugin's name.
    pub name: String,
    /// Its settings; tokens and client secrets are among them.
    pub config: Vec<(String, SecretString)>,
}

/// `exec`: a program that prints credentials.
#[derive(Clone, Default)]
pub struct ExecConfig {
    /// The version of `ExecCredential` to speak.
    pub api_version: Option<String>,
    /// The program: looked up on `PATH` unless it has a path separator, then resolved like the other paths.
    pub command: LocalPath,
    /// Its arguments.
    pub args: Vec<String>,
    /// Environment variables on top of those of this process.
    pub env: Vec<ExecVariable>,
    /// What to tell the user when the program is missing. Untrusted text.
    pub install_hint: Option<String>,
    /// `Never`, `IfAvailable` or `Always`, as written; `IfAvailable` where the two old API versions leave it out.
    pub interactive_mode: Option<String>,
    /// Whether the program is told about the cluster.
    pub provide_cluster_info: bool,
}

/// An environment variable of an exec plugin.
#[derive(Clone, Debug, Default)]
pub struct ExecVariable {
    /// The variable's name.
    pub name: String,
    /// Its value, which may be a secret.
    pub value: SecretString,
}

impl fmt::Debug for ExecConfig {
    /// Without the arguments: some plugins take a secret there.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExecConfig")
            .field("api_version", &self.api_version)
            .field("command", &self.command)
            .field("args", &format_args!("[{} arguments]", self.args.len()))
            .field("env", &self.env)
            .field("install_hint", &self.install_hint)
            .field("interactive_mode", &self.interactive_mode)
            .field("provide_cluster_info", &self.provide_cluster_info)
            .finish()
    }
}

/// Data of another program, kept as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Extension {
    /// The key, by convention with a domain of its owner.
    pub name: String,
    /// The data.
    pub extension: serde_json::Value,
}

/// `preferences`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Preferences {
    /// Nobody knows what it once colored.
    pub colors: bool,
    /// Data of other programs.
    pub extensions: Vec<Extension>,
}

/// A path as written and as it is to be opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LocalPath {
    /// As it stands in the file.
    pub original: String,
    /// Made absolute against the directory of the file that holds it.
    pub resolved: PathBuf,
}

impl LocalPath {
    /// Resolves a path against the directory of its file as client-go's `ResolvePaths` does: an absolute one stays
    /// as it is, a relative one is joined and cleaned (`a/../b` becomes `b`, without looking at the disk).
    pub fn resolve(original: String, directory: &Path) -> Self {
        let resolved = match Path::new(&original).is_absolute() || original.is_empty() {
            true => PathBuf::from(&original),
            false => clean(&directory.join(&original)),
        };
        Self { original, resolved }
    }
}

/// Go's `filepath.Clean` of an absolute path.
pub(super) fn clean(path: &Path) -> PathBuf {
    use std::path::Component;
    let mut cleaned = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            // `pop` leaves the root alone, as `/..` is `/`.
            Component::ParentDir => {
                cleaned.pop();
            }
            other => cleaned.push(other),
        }
    }
    cleaned
}

impl Kubeconfig {
    /// The context of this name.
    pub fn context(&self, name: &str) -> Option<&NamedContext> {
        self.contexts.iter().find(|context| context.name == name)
    }

    /// The cluster of this name.
    pub fn cluster(&self, name: &str) -> Option<&NamedCluster> {
        self.clusters.iter().find(|cluster| cluster.name == name)
    }

    /// The user of this name.
    pub fn user(&self, name: &str) -> Option<&NamedUser> {
        self.users.iter().find(|user| user.name == name)
    }
}
