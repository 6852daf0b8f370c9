//! What `check` was asked, checked and ready to use.

use std::path::PathBuf;

use shared::{
    Error, Result,
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
        let inputs = args.filenames.iter().chain(&args.from).filter(|path| path.as_os_str() == "-").count();
        if inputs > 1 {
            return Err(Error::usage("standard input can be read once only")
                .with_hint("give - to one of -f and --from, and a file to the other"));
        }
        Ok(Self {
            filenames: args.filenames,
            dump: args.from,
            namespace,
            format: args.output.format,
            table: args.output.table_options(),
        })
    }
}
