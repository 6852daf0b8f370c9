//! The validated options of `check`.

use std::path::PathBuf;

use shared::{
    Result,
    admission::version::Version,
    output::{Format, TableOptions},
};

use super::args::CheckArgs;

/// Options of `check`.
#[derive(Clone, Debug)]
pub struct Options {
    /// Files and directories of manifests.
    pub filenames: Vec<PathBuf>,
    /// A kustomization instead.
    pub kustomization: Option<PathBuf>,
    /// The dump to read instead of a cluster.
    pub dump: Option<PathBuf>,
    /// Whether to send dry runs to the server.
    pub ask_server: bool,
    /// Whether uncertain results count as refusals.
    pub strict: bool,
    /// Whether changed resources of a pod are a resize.
    pub resize: bool,
    /// The Kubernetes version to evaluate with, where given.
    pub version: Option<Version>,
    /// The value of `--namespace`.
    pub namespace: Option<String>,
    /// Output format.
    pub format: Format,
    /// Headers and width of tables.
    pub table: TableOptions,
}

impl Options {
    /// Validates the arguments.
    ///
    /// # Errors
    /// A usage error for a second `-` or an unknown version.
    pub fn resolve(args: CheckArgs, namespace: Option<String>) -> Result<Self> {
        args.dump.require_one_stdin(&args.filenames)?;
        Ok(Self {
            filenames: args.filenames,
            kustomization: args.kustomize,
            dump: args.dump.from,
            ask_server: args.ask_server,
            strict: args.strict,
            resize: args.subresource.is_some(),
            version: args.k8s.as_deref().map(Version::parse).transpose()?,
            namespace,
            format: args.output.format,
            table: args.output.table_options(),
        })
    }
}
