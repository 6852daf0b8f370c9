//! The formats of lists of namespaces.

use shared::output::{Format, FormatSet};

/// The formats of lists of namespaces.
#[derive(Clone, Debug)]
pub struct NamespaceFormats;

impl FormatSet for NamespaceFormats {
    const FORMATS: &'static [Format] =
        &[Format::Table, Format::Wide, Format::Json, Format::Yaml, Format::Name];

    const NAME_HELP: &'static str = "Only names, as namespace/NAME";
}
