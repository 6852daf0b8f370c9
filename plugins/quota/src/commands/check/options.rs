//! What `check` was asked, checked and ready to use.

use std::path::PathBuf;

use shared::{
    Result,
    admission::version::Minor,
    output::{Format, TableOptions},
};

use super::args::CheckArgs;

/// The options of `check`.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where the manifests are.
    pub filenames: Vec<PathBuf>,
    /// The dump that stands for the cluster.
    pub dump: Option<PathBuf>,
    /// Whether the server is asked, by dry run.
    pub ask_server: bool,
    /// Whether what is uncertain counts as refused.
    pub strict: bool,
    /// The version whose rules hold, where given.
    pub minor: Option<Minor>,
    /// `--namespace`, where given.
    pub namespace: Option<String>,
    /// How to show it.
    pub format: Format,
    /// Headers and width of tables.
    pub table: TableOptions,
}

impl Options {
    /// From what was typed.
    ///
    /// # Errors
    /// Standard input can be read once only.
    pub fn resolve(args: CheckArgs, namespace: Option<String>) -> Result<Self> {
        let hint = "give - to one of -f and --from, and a file to the other";
        args.dump.require_one_stdin(&args.filenames, hint)?;
        Ok(Self {
            filenames: args.filenames,
            dump: args.dump.from,
            ask_server: args.ask_server,
            strict: args.strict,
            minor: args.k8s.as_deref().map(Minor::parse).transpose()?,
            namespace,
            format: args.output.format,
            table: args.output.table_options(),
        })
    }
}
