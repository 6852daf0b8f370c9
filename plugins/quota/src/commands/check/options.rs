//! What `check` was asked, checked and ready to use.

use std::path::PathBuf;

use shared::{
    Error, Result,
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
        let ask_server = args.asks_server();
        if ask_server && args.from.is_some() {
            return Err(Error::usage("a dump can't be asked: --server and --from exclude each other"));
        }
        let inputs = args.filenames.iter().chain(&args.from).filter(|path| path.as_os_str() == "-").count();
        if inputs > 1 {
            return Err(Error::usage("standard input can be read once only")
                .with_hint("give - to one of -f and --from, and a file to the other"));
        }
        Ok(Self {
            filenames: args.filenames,
            dump: args.from,
            ask_server,
            strict: args.strict,
            minor: args.k8s.as_deref().map(Minor::parse).transpose()?,
            namespace,
            format: args.output.format,
            table: args.output.table_options(),
        })
    }
}
