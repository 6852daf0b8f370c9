//! `-o` of commands that print lines or tables by themselves, and a document where one is asked for.

use clap::ValueEnum;
use shared::output::Format;

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
