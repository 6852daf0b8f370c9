//! `-o` of commands that print lines or tables by themselves, and a document where one is asked for.

use clap::{Args, ValueEnum};
use shared::output::Format;

/// Whether a document is the output.
#[derive(Args, Clone, Copy, Debug)]
pub struct DocumentFlags {
    /// Print a document instead of lines or a table
    #[arg(short = 'o', long, value_name = "FORMAT", value_enum, help_heading = "Output")]
    pub output: Option<DocumentFormat>,
}

impl DocumentFlags {
    /// Returns the form of the document, if there is to be one.
    pub fn format(self) -> Option<Format> {
        self.output.map(Format::from)
    }
}

/// The form of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DocumentFormat {
    /// JSON
    Json,
    /// YAML
    Yaml,
}

impl From<DocumentFormat> for Format {
    fn from(format: DocumentFormat) -> Self {
        match format {
            DocumentFormat::Json => Self::Json,
            DocumentFormat::Yaml => Self::Yaml,
        }
    }
}
