//! `-o`: the forms output can take.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

/// A form of output. Each command says by a [`FormatSet`] which ones it has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Columns for people.
    #[default]
    Table,
    /// More columns for people.
    Wide,
    /// One JSON document.
    Json,
    /// The same document as YAML.
    Yaml,
    /// Names alone, a line each: `resource/name` unless the [`FormatSet`] says otherwise.
    Name,
    /// Comma-separated values (RFC 4180).
    Csv,
    /// A Markdown table.
    Markdown,
    /// Prometheus text exposition.
    Prom,
    /// SARIF 2.1.0, for code scanners.
    Sarif,
    /// JUnit XML, for CI.
    Junit,
}

impl Format {
    /// The word on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Wide => "wide",
            Self::Json => "json",
            Self::Yaml => "yaml",
            Self::Name => "name",
            Self::Csv => "csv",
            Self::Markdown => "markdown",
            Self::Prom => "prom",
            Self::Sarif => "sarif",
            Self::Junit => "junit",
        }
    }

    fn help<S: FormatSet>(self) -> &'static str {
        match self {
            Self::Table => "Columns for people",
            Self::Wide => "More columns",
            Self::Json => "One JSON document",
            Self::Yaml => "One YAML document",
            Self::Name => S::NAME_HELP,
            Self::Csv => "Comma-separated values",
            Self::Markdown => "A Markdown table",
            Self::Prom => "Prometheus metrics",
            Self::Sarif => "SARIF for code scanners",
            Self::Junit => "JUnit XML for CI",
        }
    }
}

/// The formats one command has; the first is its default.
///
/// ```
/// use shared::output::{Format, FormatSet};
/// #[derive(Clone, Debug)]
/// struct UsageFormats;
/// impl FormatSet for UsageFormats {
///     const FORMATS: &'static [Format] = &[Format::Table, Format::Wide, Format::Json, Format::Prom];
/// }
/// ```
pub trait FormatSet: Clone + Send + Sync + 'static {
    /// The formats, the default first.
    const FORMATS: &'static [Format];

    /// What the help says of [`Format::Name`].
    const NAME_HELP: &'static str = "Only names, as resource/name";
}

/// A clap parser for the formats of a set: other words are refused with the list, completion knows them.
pub(crate) fn format_parser<S: FormatSet>() -> impl TypedValueParser<Value = Format> {
    let values = S::FORMATS.iter().map(|format| PossibleValue::new(format.as_str()).help(format.help::<S>()));
    PossibleValuesParser::new(values).map(|word| {
        let format = S::FORMATS.iter().find(|format| format.as_str().eq_ignore_ascii_case(&word));
        *format.expect("clap lets only listed values through")
    })
}
