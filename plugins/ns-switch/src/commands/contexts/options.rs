//! What `contexts` was asked to list.

use shared::{
    cli::OutputFlags,
    output::{Format, TableOptions},
};

use super::args::{ContextFormats, ContextsArgs};

/// The options of the list.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Ask the clusters.
    pub check: bool,
    /// Leave out files that can't be read.
    pub skip_bad: bool,
    /// How to show it.
    pub format: Format,
    /// Headers and width of tables.
    pub table: TableOptions,
}

impl Options {
    /// From what was typed.
    pub fn resolve(args: &ContextsArgs) -> Self {
        let output: &OutputFlags<ContextFormats> = &args.output;
        Self {
            check: args.check,
            skip_bad: args.skip_bad,
            format: output.format,
            table: output.table_options(),
        }
    }
}
